"""Answers for people: sections of rows and prose, on a terminal or in Markdown."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ._form import Format
from ._terminal import bold, width

__all__ = ["Section", "as_markdown", "as_text", "for_people"]

_GAP = "  "
_LEAST = 12
"""Columns below which a clipped text says nothing."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of an answer for people: a heading, then rows, then lines of prose."""

    heading: str = ""
    header: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = ()
    right: frozenset[int] = frozenset()
    """Columns that line up on the right, as numbers do."""
    dispensable: tuple[int, ...] = ()
    """Columns that a narrow terminal does without, the first ones first."""
    clip: bool = False
    """Whether the last column is cut where it is too long; it is wrapped otherwise."""
    lines: Sequence[str] = field(default=())


def for_people(sections: Sequence[Section], form: Format) -> str:
    """Write sections in whichever of the two forms for people."""
    return as_markdown(sections) if form is Format.MARKDOWN else as_text(sections)


def as_markdown(sections: Iterable[Section]) -> str:
    """Write headings, tables and lists in Markdown."""
    blocks = []
    for section in sections:
        if section.heading:
            blocks.append(f"### {_escaped(section.heading)}")
        if section.rows:
            columns = max(len(row) for row in section.rows)
            header = section.header or ("",) * columns
            marks = ["---:" if place in section.right else "---" for place in range(columns)]
            table = [header, tuple(marks), *section.rows]
            blocks.append("\n".join(f"| {' | '.join(map(_escaped, row))} |" for row in table))
        if section.lines:
            blocks.append("\n".join(f"- {_escaped(line)}" for line in section.lines))
    return "\n\n".join(blocks) + "\n"


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")


def as_text(sections: Iterable[Section]) -> str:
    """Write sections for a terminal, none wider than it is."""
    columns = width()
    blocks = []
    for section in sections:
        lines = [bold(line) for line in _wrapped(section.heading, columns, "")]
        if section.rows:
            lines += _table(section, columns)
        for line in section.lines:
            lines += _wrapped(line, columns, _GAP)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _wrapped(text: str, columns: int, indent: str) -> list[str]:
    return textwrap.wrap(
        text, columns, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _table(section: Section, columns: int) -> list[str]:
    indent = _GAP if section.heading else ""
    rows = [section.header, *section.rows] if section.header else list(section.rows)
    kept = list(range(max(len(row) for row in rows)))
    widths = {place: max(len(row[place]) for row in rows) for place in kept}
    for place in section.dispensable:
        if _least(kept, widths, section) + len(indent) <= columns:
            break
        kept.remove(place)
    *front, last = kept
    lines = []
    for number, row in enumerate(rows):
        line = indent
        for place in front:
            cell = row[place]
            padded = cell.rjust if place in section.right else cell.ljust
            line += padded(widths[place]) + _GAP
        line += _last(row[last], line, columns, section, last in section.right, widths[last])
        header = bool(section.header) and number == 0
        lines += [bold(line.rstrip()) if header else line.rstrip()]
    return lines


def _least(kept: list[int], widths: dict[int, int], section: Section) -> int:
    """Columns that a row needs if its last column gives way as far as it can."""
    *front, last = kept
    gives = last not in section.right
    final = min(widths[last], _LEAST) if gives else widths[last]
    return sum(widths[place] + len(_GAP) for place in front) + final


def _last(cell: str, before: str, columns: int, section: Section, right: bool, natural: int) -> str:
    """Write the last cell of a row in what is left of the line."""
    if right:
        return cell.rjust(natural)
    room = max(columns - len(before), _LEAST)
    if len(cell) <= room:
        return cell
    if section.clip:
        return f"{cell[: room - 3].rstrip()}..."
    parts = textwrap.wrap(cell, room, break_on_hyphens=False)
    return ("\n" + " " * len(before)).join(parts)
