"""Text, lines, patterns and markers in SVG."""

import math
from collections.abc import Iterable, Iterator
from html import escape

from ._styles import DASHES, INK, MARKERS, Style

__all__ = [
    "FAINT",
    "FRAME",
    "PAPER",
    "SIZE",
    "WIDTH",
    "Room",
    "extent",
    "legend",
    "line",
    "marker",
    "pattern",
    "polyline",
    "text",
    "wrapped",
]

WIDTH = 480.0
"""Of every picture; at 80 mm its letters are 2.2 mm high."""
SIZE = 13.0
PAPER = "#ffffff"
FRAME = f'stroke="{INK}" stroke-width="1"'
FAINT = 'stroke="#d5d9dd" stroke-width="1"'

_NARROW, _WIDE = frozenset("iljtfI.,:;|!'()[] -"), frozenset("mwMWO@%")


def extent(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return about how wide a text is."""
    each = (0.32 if one in _NARROW else 0.85 if one in _WIDE else 0.57 for one in words)
    return size * math.fsum(each) * (1.08 if bold else 1.0)


def wrapped(words: str, most: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Part a text into lines that are not too wide."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and extent(longer, size, bold=bold) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "middle",
    size: float = SIZE,
    bold: bool = False,
    extra: str = "",
) -> str:
    """Write a text on its base line."""
    weight = ' font-weight="bold"' if bold else ""
    height = f' font-size="{size:g}"' if size != SIZE else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{side}{height}{weight}{extra}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    """Draw a straight line."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none" {style}/>'


def polyline(points: Iterable[tuple[float, float]], dash: int, width: float = 1.8) -> str:
    """Draw a line through points."""
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    strokes = DASHES[dash % len(DASHES)]
    dashed = f' stroke-dasharray="{" ".join(map(str, strokes))}"' if strokes else ""
    return f'<path d="M{path}" fill="none" stroke="{INK}" stroke-width="{width:g}"{dashed}/>'


_HATCHES = {
    "//": "M-2 8L8 -2M-2 2L2 -2M4 8L8 4",
    "\\\\": "M-2 -2L8 8M4 -2L8 2M-2 4L2 8",
    "xx": "M-1 7L7 -1M-1 -1L7 7",
    "--": "M0 3H6",
    "||": "M3 0V6",
    "++": "M0 3H6M3 0V6",
    "..": "M1.5 1.5h0M4.5 4.5h0",
}


def pattern(name: str, style: Style) -> tuple[str, str]:
    """Return what defines a fill, and what refers to it."""
    if not style.hatch:
        return "", style.ground
    width = 2.0 if style.hatch == ".." else 1.2
    drawn = (
        f'<rect width="6" height="6" fill="{style.ground}"/><path d="{_HATCHES[style.hatch]}" '
        f'stroke="{style.stroke}" stroke-width="{width:g}" stroke-linecap="round"/>'
    )
    space = 'width="6" height="6" patternUnits="userSpaceOnUse"'
    return f'<pattern id="{name}" {space}>{drawn}</pattern>', f"url(#{name})"


_SHAPES = {
    "circle": "M-4.2 0a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0Z",
    "square": "M-3.8 -3.8H3.8V3.8H-3.8Z",
    "triangle": "M0 -5L4.6 3.6H-4.6Z",
    "diamond": "M0 -5.4L4.6 0L0 5.4L-4.6 0Z",
    "cross": "M-3.8 -3.8L3.8 3.8M-3.8 3.8L3.8 -3.8",
    "plus": "M-4.8 0H4.8M0 -4.8V4.8",
}
_FILLS = ("#1f4e79", "#f6c26b", "#a9d8c4", "#d9b3d9", "none", "none")


def marker(x: float, y: float, kind: int, about: str = "") -> str:
    """Draw the mark of a point."""
    place = kind % len(MARKERS)
    shape = f'<path d="{_SHAPES[MARKERS[place]]}" transform="translate({x:.1f} {y:.1f})" '
    shape += f'fill="{_FILLS[place]}" stroke="{INK}" stroke-width="{2.0 if place > 3 else 1.2:g}"'
    return f"{shape}><title>{escape(about)}</title></path>" if about else f"{shape}/>"


def legend(
    words: Iterable[tuple[str, str]], left: float, top: float, most: float
) -> tuple[list[str], float]:
    """Lay out swatches with words, in lines; return them and how high they are.

    ``words`` pairs a swatch, drawn at 0, 0 in a room of 22 by 12, with what it is.
    """
    drawn: list[str] = []
    x, y = left, top
    for swatch, word in words:
        wide = 28.0 + extent(word) + 14.0
        if x > left and x + wide > most:
            x, y = left, y + 20.0
        drawn.append(f'<g transform="translate({x:.1f} {y:.1f})">{swatch}</g>')
        drawn.append(text(x + 28.0, y + 10.5, word, anchor="start"))
        x += wide
    return drawn, (y - top + 18.0) if drawn else 0.0


class Room:
    """Where words may still stand without covering each other."""

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        self._edges = (left, top, right, bottom)
        self._taken: list[tuple[float, float, float, float]] = []

    def take(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Take a place, if it is free."""
        edge = self._edges
        inside = left >= edge[0] and top >= edge[1] and right <= edge[2] and bottom <= edge[3]
        if not inside or any(
            left < one[2] and one[0] < right and top < one[3] and one[1] < bottom
            for one in self._taken
        ):
            return False
        self._taken.append((left, top, right, bottom))
        return True

    def block(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep words away."""
        self._taken.append((left, top, right, bottom))

    def beside(self, x: float, y: float, words: str, reach: float = 8.0) -> Iterator[str]:
        """Write words beside a point, wherever there is room; nothing if there is none."""
        wide = extent(words)
        for dx, dy in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)):
            left = x + dx * reach - (wide if dx < 0 else wide / 2 if dx == 0 else 0.0)
            base = y + dy * (reach + 5.0) + SIZE * 0.35
            if self.take(left, base - SIZE * 0.8, left + wide, base + SIZE * 0.25):
                halo = f' stroke="{PAPER}" stroke-width="3" paint-order="stroke"'
                yield text(left, base, words, anchor="start", extra=halo)
                return
