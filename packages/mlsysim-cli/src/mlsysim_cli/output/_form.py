"""Forms of an answer."""

from enum import StrEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typer

__all__ = ["Format", "form_of"]


class Format(StrEnum):
    """Forms of an answer."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"


def form_of(context: "typer.Context", output: str | None) -> Format:
    """Settle the form of the answer: what is said after the command goes first."""
    return Format(output or context.find_root().params.get("output") or "table")
