"""Answers for people: sheets of sections, on a terminal or in Markdown."""

from collections.abc import Iterable, Sequence

from mlsysim_core import sheets
from mlsysim_core.sheets import Section, as_markdown

from ._form import Format
from ._terminal import bold, width

__all__ = ["Section", "as_markdown", "as_text", "for_people"]


def for_people(sections: Sequence[Section], form: Format) -> str:
    """Write sections in whichever of the two forms for people."""
    return as_markdown(sections) if form is Format.MARKDOWN else as_text(sections)


def as_text(sections: Iterable[Section]) -> str:
    """Write sections for a terminal, none wider than it is."""
    return sheets.as_text(sections, width(), bold)
