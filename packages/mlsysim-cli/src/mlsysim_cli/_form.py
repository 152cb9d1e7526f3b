"""Forms of an answer."""

from enum import Enum

__all__ = ["Format"]


class Format(str, Enum):  # noqa: UP042  # typer needs 0.20 to take a StrEnum
    """Forms of an answer."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"
