"""What every solver answers: values by name, with units, and where they come from."""

import re
from functools import cached_property
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, ClassVar

from ._former import Values, value_by_former_name
from ._shown import Shown

if TYPE_CHECKING:
    from .sheets import Section

__all__ = ["Answer", "described"]

_UNIT = re.compile(r"\s*\[([^\]]+)\]\.?$")


class Answer(Shown):
    """The base of every result: frozen values, each a quantity or with its unit in its text.

    Fields are plain numbers in SI units; properties give them back as quantities. What needs
    a value that nobody has published raises :class:`mlsysim_core.MissingValueError` when it is
    read.
    """

    __slots__ = ()

    _former: ClassVar[Values] = {}

    def sections(self) -> "list[Section]":
        """Return what a notebook shows: the values, and the notes."""
        from ._sheet_of_answer import sections  # noqa: PLC0415  # few answers are shown

        return sections(self)

    def sums(self) -> "dict[str, dict[str, float]]":
        """Return the times that are sums, each with its parts: what a comparison explains. [s]"""
        return {}

    def explain(self) -> Any:
        """Say where the answer comes from; as text, it is for people."""
        raise NotImplementedError

    @classmethod
    def schema(cls) -> dict[str, dict[str, str]]:
        """Return the values by name: the type of each, its unit, and what it is.

        Returns
        -------
        dict
            Of a quantity the unit is ``"quantity"``; of what has none it is empty.
        """
        from ._docstrings import fields, summary  # noqa: PLC0415  # few schemas are asked for

        found: dict[str, dict[str, str]] = {}
        for kind in reversed(cls.__mro__):
            told = fields(kind) if issubclass(kind, Answer) else {}
            for name, annotation in get_annotations(kind).items():
                if not name.startswith("_") and "ClassVar" not in str(annotation):
                    found[name] = described(annotation, told.get(name, ""))
            for name, value in kind.__dict__.items():
                read = getattr(value, "fget", None) or getattr(value, "func", None)
                if isinstance(value, property | cached_property) and not name.startswith("_"):
                    returned = getattr(read, "__annotations__", {}).get("return", "")
                    found[name] = described(returned, summary(value))
        return found

    if not TYPE_CHECKING:  # type checkers know the names that there are

        def __getattr__(self, name: str) -> Any:
            return value_by_former_name(self, name, self._former)


def described(annotation: Any, text: str) -> dict[str, str]:
    """Return the type, the unit and the meaning of a value, out of its annotation and text."""
    kind = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    kind = kind or str(annotation)
    unit = "quantity" if "Quantity" in kind else ""
    if match := _UNIT.search(text):
        unit, text = match[1], text[: match.start()]
    return {"type": kind, "unit": unit, "description": text}
