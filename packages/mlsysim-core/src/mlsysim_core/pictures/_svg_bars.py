"""Bars in SVG."""

from collections.abc import Callable, Iterator
from html import escape

from ._figure import Bars, Row
from ._styles import INK, styled
from ._svg_parts import FAINT, FRAME, PAPER, SIZE, WIDTH, extent, legend, line, pattern, text

__all__ = ["bars"]

_RIGHT = WIDTH - 18.0
_TALL, _LOW = 24.0, 18.0
_MARK = f'stroke="{INK}" stroke-width="3"'
_OUTLINED = 3.0
"""Widest segment that is drawn without an outline."""


def bars(panel: Bars, top: float, mark: str) -> tuple[list[str], float]:
    """Draw bars; return what is drawn, and how high it is."""
    left = 14.0
    if panel.beside:
        left += max(extent(row.label) for row in panel.rows) + 6.0
    tall = _LOW if panel.beside else _TALL
    each = tall + (4.0 if panel.beside else SIZE + 14.0)
    begin = top
    lines: list[str] = []
    if panel.title:
        begin += SIZE + 6.0
        lines.append(text(left, begin - 6.0, panel.title, anchor="start", bold=True))
    bottom = begin + each * len(panel.rows) + 4.0
    fills = {}
    for number, (part, style) in enumerate(styled(list(panel.legend)).items()):
        defined, fills[part] = pattern(f"{mark}-{number}", style)
        lines.append(defined)

    def x(value: float) -> float:
        return left + (_RIGHT - left) * panel.x.place(value)

    ticks = panel.x.ticks()
    lines += [line(x(value), begin, x(value), bottom, FAINT) for value, _ in ticks]
    for number, row in enumerate(panel.rows):
        y = begin + each * number + (2.0 if panel.beside else SIZE + 8.0)
        if panel.beside:
            lines.append(text(left - 6.0, y + tall / 2 + 4.5, row.label, anchor="end"))
        else:
            lines.append(text(left, y - 5.0, row.label, anchor="start"))
        lines += _bar(row, fills, x, y, tall)
    lines.append(line(left, bottom, _RIGHT, bottom, FRAME))
    for value, word in ticks:
        lines.append(line(x(value), bottom, x(value), bottom + 4.0, FRAME))
        lines.append(text(x(value), bottom + 17.0, word))
    lines.append(text((left + _RIGHT) / 2, bottom + 35.0, panel.x.name))
    swatch = '<rect width="22" height="12" fill="{}" stroke="{}" stroke-width="1"/>'
    words = [(swatch.format(fills[part], INK), part) for part in panel.legend]
    if panel.mark:
        words.append((line(11.0, 0.0, 11.0, 12.0, _MARK), panel.mark))
    drawn, height = legend(words, 14.0, bottom + 46.0, _RIGHT)
    return [one for one in lines if one] + drawn, bottom + 46.0 + height - top


def _bar(
    row: Row, fills: dict[str, str], x: Callable[[float], float], y: float, tall: float
) -> Iterator[str]:
    for one in row.segments:
        start, wide = x(one.start), x(one.end) - x(one.start)
        outline = f' stroke="{INK}" stroke-width="1"' if wide > _OUTLINED else ""
        shape = f'<rect x="{start:.1f}" y="{y:.1f}" width="{max(wide, 0.3):.1f}" height="{tall:g}"'
        about = f"<title>{escape(one.about)}</title>" if one.about else ""
        yield f'{shape} fill="{fills[one.part]}"{outline}>{about}</rect>'
        if one.text and wide > extent(one.text) + 12.0:
            middle, half = start + wide / 2, extent(one.text) / 2 + 3.0
            yield (
                f'<rect x="{middle - half:.1f}" y="{y + tall / 2 - 8:.1f}" '
                f'width="{2 * half:.1f}" height="16" rx="2" fill="{PAPER}"/>'
            )
            yield text(middle, y + tall / 2 + 4.5, one.text)
    if row.mark is not None:
        at = x(row.mark)
        yield line(at, y - 1.0, at, y + tall + 4.0, _MARK)
