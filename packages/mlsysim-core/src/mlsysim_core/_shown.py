"""What notebooks show as a sheet."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .sheets import Section

__all__ = ["Shown"]


class Shown:
    """Base of results: shown in notebooks by their sections, in HTML or in Markdown."""

    __slots__ = ()

    def sections(self) -> "list[Section]":
        """Return what is shown, part by part."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        from .sheets import as_html  # noqa: PLC0415  # few results are shown

        return as_html(self.sections())

    def _repr_markdown_(self) -> str:
        from .sheets import as_markdown  # noqa: PLC0415

        return as_markdown(self.sections())
