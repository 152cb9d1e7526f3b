"""Answers for people: sections of rows and prose, as text, in Markdown or in HTML."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

__all__ = ["Section", "as_html", "as_markdown", "as_text"]

_GAP = "  "
_LEAST = 12
"""Columns below which a clipped text says nothing."""


class Section(NamedTuple):
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
    lines: Sequence[str] = ()
    shares: Sequence[float] = ()
    """Parts of one, a bar for each row where there is room for pictures."""


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
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "\\<")


def as_html(sections: Iterable[Section]) -> str:
    """Write tables that take the colors of the page, light or dark; nothing in them runs."""
    blocks = [block for section in sections for block in _html(section)]
    return "\n".join(('<div style="overflow-x:auto">', *blocks, "</div>")) + "\n"


_RULE = "border:0;border-bottom:1px solid rgba(128,128,128,.35);"
_CELL = f"{_RULE}padding:.15em .7em;background:transparent;color:inherit;vertical-align:top;"
_TABLE = "border-collapse:collapse;margin:.2em 0 .7em;font-size:.93em;border:0"
_BAR = "display:inline-block;height:.65em;background:currentColor;opacity:.45;"
_WIDEST = 8.0
"""Width of a bar that is everything. [em]"""


def _html(section: Section) -> Iterator[str]:
    from html import escape  # noqa: PLC0415  # few answers are shown in HTML

    if section.heading:
        yield f'<p style="margin:.4em 0 .1em"><strong>{escape(section.heading)}</strong></p>'
    if section.rows:
        yield f'<table style="{_TABLE}">'
        if section.header:
            heads = (_html_cell("th", *one, section) for one in enumerate(section.header))
            bars = f'<td style="{_CELL}"></td>' if section.shares else ""
            yield f"<thead><tr>{''.join(heads)}{bars}</tr></thead>"
        yield "<tbody>"
        for number, row in enumerate(section.rows):
            cells = [_html_cell("td", *one, section) for one in enumerate(row)]
            if section.shares:
                part = section.shares[number] if number < len(section.shares) else 0.0
                bar = f'<span style="{_BAR}width:{_WIDEST * part:.2f}em"></span>' if part else ""
                cells.append(f'<td aria-hidden="true" style="{_CELL}text-align:left">{bar}</td>')
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody></table>"
    if section.lines:
        items = "".join(f"<li>{escape(line)}</li>" for line in section.lines)
        yield f'<ul style="margin:.2em 0 .7em;font-size:.93em">{items}</ul>'


def _html_cell(tag: str, place: int, text: str, section: Section) -> str:
    from html import escape  # noqa: PLC0415

    side = "right" if place in section.right else "left"
    wrap = "white-space:nowrap;" if place in section.right else ""
    return f'<{tag} style="{_CELL}{wrap}text-align:{side}">{escape(text)}</{tag}>'


def as_text(
    sections: Iterable[Section], columns: int = 1000, bold: Callable[[str], str] = str
) -> str:
    """Write lines, none longer than so many columns."""
    blocks = []
    for section in sections:
        lines = [bold(line) for line in _wrapped(section.heading, columns, "")]
        if section.rows:
            lines += _table(section, columns, bold)
        for line in section.lines:
            lines += _wrapped(line, columns, _GAP)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _wrapped(text: str, columns: int, indent: str) -> list[str]:
    from textwrap import wrap  # noqa: PLC0415  # only text needs it

    return wrap(
        text, columns, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _table(section: Section, columns: int, bold: Callable[[str], str]) -> list[str]:
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
    return ("\n" + " " * len(before)).join(_wrapped(cell, room, ""))
