"""Pictures of predicted against measured, as SVG files that need nothing else."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from statistics import median

from mlsysim_solvers.validation import Scored

__all__ = ["picture"]

_SIDE, _LEFT, _TOP, _GAP = 360, 58, 34, 150
_LOWEST_ROW, _HIGHEST_ROW = 15.0, 36.0
_WIDEST = math.log(4.0)
_INK, _POINT = "#222", "#1f4e79"


def picture(task: str, rows: Sequence[Scored]) -> str:
    """Draw two panels: predicted against measured, and the ratio of the two by source."""
    by_source: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(math.log((row.predicted or 1.0) / row.measured))
    each = min(max(_SIDE / len(by_source), _LOWEST_ROW), _HIGHEST_ROW)
    height = math.ceil(_TOP + max(_SIDE, each * len(by_source)) + 50)
    width = _LEFT + 2 * _SIDE + _GAP + 60
    space = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    lines = [
        f'<svg {space} font-family="sans-serif" font-size="11" fill="{_INK}">',
        f"<title>{escape(task)}: predicted against measured</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_squares(task, rows),
        *_ratios(by_source, _LEFT + _SIDE + _GAP, each),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _text(x: float, y: float, text: str, anchor: str = "middle", extra: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{extra}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none" {style}/>'


_GRID = 'stroke="#ddd" stroke-width="1"'
_FRAME = f'stroke="{_INK}" stroke-width="1"'
_BAR = 'stroke="#000" stroke-width="2.5"'
_DASHED = f'stroke="{_INK}" stroke-width="1" stroke-dasharray="5 4"'


def _squares(task: str, rows: Sequence[Scored]) -> Iterator[str]:
    values = [value for row in rows for value in (row.measured, row.predicted or row.measured)]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    scale = _SIDE / (high - low)

    def x(value: float) -> float:
        return _LEFT + (math.log10(value) - low) * scale

    def y(value: float) -> float:
        return _TOP + _SIDE - (math.log10(value) - low) * scale

    yield _text(_LEFT + _SIDE / 2, 18, f"{task}: {len(rows):,} rows", extra=' font-weight="bold"')
    step = max(1, math.ceil((high - low) / 9))
    for power in range(low, high + 1, step):
        at_x, at_y = x(10.0**power), y(10.0**power)
        yield _line(at_x, _TOP, at_x, _TOP + _SIDE, _GRID)
        yield _line(_LEFT, at_y, _LEFT + _SIDE, at_y, _GRID)
        yield _text(at_x, _TOP + _SIDE + 15, f"1e{power}")
        yield _text(_LEFT - 5, at_y + 4, f"1e{power}", "end")
    points = {(round(x(row.measured), 1), round(y(row.predicted or 1.0), 1)) for row in rows}
    path = "".join(f"M{a:g} {b:g}h0" for a, b in sorted(points))
    style = f'stroke="{_POINT}" stroke-width="2.6" stroke-linecap="round"'
    yield f'<path d="{path}" fill="none" {style}/>'
    yield _line(_LEFT, _TOP + _SIDE, _LEFT + _SIDE, _TOP, _FRAME)
    shift = math.log10(2.0) * scale
    yield _line(_LEFT, _TOP + _SIDE - shift, _LEFT + _SIDE - shift, _TOP, _DASHED)
    yield _line(_LEFT + shift, _TOP + _SIDE, _LEFT + _SIDE, _TOP + shift, _DASHED)
    middle = _TOP + _SIDE / 2
    yield _text(
        _LEFT + _SIDE / 2,
        _TOP + _SIDE + 34,
        "measured, in the unit of the metric; dashed: twice, half",
    )
    yield _text(13, middle, "predicted", extra=f' transform="rotate(-90 13 {middle:.0f})"')


def _ratios(by_source: dict[str, list[float]], left: float, each: float) -> Iterator[str]:
    height = each * len(by_source)

    def x(ratio: float) -> float:
        return left + _SIDE / 2 * (1.0 + min(max(ratio / _WIDEST, -1.0), 1.0))

    title = "predicted / measured, by source"
    yield _text(left + _SIDE / 2, 18, title, extra=' font-weight="bold"')
    for ratio in (0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0):
        at = x(math.log(ratio))
        yield _line(at, _TOP, at, _TOP + height, _FRAME if ratio == 1.0 else _GRID)
        yield _text(at, _TOP + height + 15, f"{ratio:g}")
    spots: set[tuple[float, float]] = set()
    marks = []
    for place, (name, ratios) in enumerate(sorted(by_source.items())):
        middle = _TOP + each * (place + 0.5)
        yield _text(left - 6, middle + 4, f"{name[:24]} ({len(ratios)})", "end", ' font-size="9"')
        for number, ratio in enumerate(ratios):
            spots.add((round(x(ratio), 1), round(middle + (number % 7 - 3) * each / 12.0, 1)))
        at = x(median(ratios))
        marks.append(
            _line(
                at, middle - each / 2.5, at, middle + each / 2.5, 'stroke="#000" stroke-width="2.5"'
            )
        )
    path = "".join(f"M{a:g} {b:g}h0" for a, b in sorted(spots))
    style = f'stroke="{_POINT}" stroke-width="1.9" stroke-linecap="round"'
    yield f'<path d="{path}" fill="none" {style}/>'
    yield from marks
    yield _text(
        left + _SIDE / 2, _TOP + height + 34, "bars: medians; the edges take what is beyond"
    )
