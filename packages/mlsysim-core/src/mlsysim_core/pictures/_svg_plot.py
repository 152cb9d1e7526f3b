"""Lines and points in SVG."""

from collections.abc import Callable, Iterator

from ._figure import Curve, Dots, Plot
from ._svg_parts import (
    FAINT,
    FRAME,
    SIZE,
    WIDTH,
    Room,
    extent,
    legend,
    line,
    marker,
    polyline,
    text,
)

__all__ = ["plot"]

_RIGHT = WIDTH - 18.0
_Place = Callable[[float], float]


def plot(panel: Plot, top: float, mark: str) -> tuple[list[str], float]:  # noqa: ARG001
    """Draw lines and points; return what is drawn, and how high it is."""
    ticks = panel.y.ticks()
    left = 30.0 + max(extent(word) for _, word in ticks)
    begin = top + 8.0
    lines: list[str] = []
    if panel.title:
        begin += SIZE + 4.0
        lines.append(text(left, begin - 8.0, panel.title, anchor="start", bold=True))
    bottom = begin + panel.height

    def x(value: float) -> float:
        return left + (_RIGHT - left) * panel.x.place(value)

    def y(value: float) -> float:
        return bottom - panel.height * panel.y.place(value)

    for value, word in panel.x.ticks():
        lines.append(line(x(value), begin, x(value), bottom, FAINT))
        lines.append(text(x(value), bottom + 17.0, word))
    for value, word in ticks:
        lines.append(line(left, y(value), _RIGHT, y(value), FAINT))
        lines.append(text(left - 6.0, y(value) + 4.5, word, anchor="end"))
    lines.append(
        f'<rect x="{left:.1f}" y="{begin:.1f}" width="{_RIGHT - left:.1f}" '
        f'height="{panel.height:g}" fill="none" {FRAME}/>'
    )
    middle = (begin + bottom) / 2
    lines.append(text((left + _RIGHT) / 2, bottom + 35.0, panel.x.name))
    turn = f' transform="rotate(-90 14 {middle:.1f})"'
    if panel.y.name:
        lines.append(text(14.0, middle, panel.y.name, extra=turn))
    lines += _inside(panel, x, y, Room(left + 2.0, begin + 2.0, _RIGHT - 2.0, bottom - 2.0))
    drawn, height = legend(_words(panel), left, bottom + 46.0, _RIGHT)
    return lines + drawn, bottom + 42.0 + height - top


def _inside(panel: Plot, x: _Place, y: _Place, room: Room) -> Iterator[str]:
    heavy = [curve for curve in panel.curves if curve.width >= 3.0]
    for curve in panel.curves:
        if curve not in heavy:
            yield _curve(curve, x, y)
    single = [dots for dots in panel.dots if not dots.fine]
    for a, b in (point for dots in single for point in dots.points):
        room.block(x(a) - 5.0, y(b) - 5.0, x(a) + 5.0, y(b) + 5.0)
    for curve in panel.curves:
        if curve.label:
            a, b = curve.points[-1]
            yield from _along(x(a), y(b), curve.label, room)
    yield from (_spots(dots, x, y) for dots in panel.dots if dots.fine)
    yield from (_curve(curve, x, y) for curve in heavy)
    for dots in single:
        names = dots.names or [""] * len(dots.points)
        for (a, b), name in zip(dots.points, names, strict=True):
            yield marker(x(a), y(b), dots.marker, " ".join(filter(None, (dots.label, name))))
    for dots in single:
        for (a, b), name in zip(dots.points, dots.names, strict=False):
            if name:
                yield from room.beside(x(a), y(b), name)


def _curve(curve: Curve, x: _Place, y: _Place) -> str:
    return polyline([(x(a), y(b)) for a, b in curve.points], curve.dash, curve.width)


def _along(x: float, y: float, words: str, room: Room) -> Iterator[str]:
    """Write words above or below the end of a line."""
    wide = extent(words)
    for base in (y - 6.0, y + SIZE + 4.0):
        if room.take(x - wide - 6.0, base - SIZE * 0.8, x - 6.0, base + SIZE * 0.25):
            yield text(x - 6.0, base, words, anchor="end")
            return


def _spots(dots: Dots, x: _Place, y: _Place) -> str:
    """Draw many points as one path: each a stroke of no length with round ends."""
    places = {(round(x(a), 1), round(y(b), 1)) for a, b in dots.points}
    path = "".join(f"M{a:g} {b:g}h0" for a, b in sorted(places))
    shade = ("#1f4e79", "#8a939c")[dots.marker % 2]
    return (
        f'<path d="{path}" fill="none" stroke="{shade}" stroke-width="3" stroke-linecap="round"/>'
    )


def _words(panel: Plot) -> Iterator[tuple[str, str]]:
    for curve in panel.curves:
        if curve.legend:
            yield polyline(((0.0, 6.0), (22.0, 6.0)), curve.dash, curve.width), curve.legend
    for dots in panel.dots:
        if dots.label and dots.fine:
            shade = ("#1f4e79", "#8a939c")[dots.marker % 2]
            yield f'<circle cx="11" cy="6" r="2" fill="{shade}"/>', dots.label
        elif dots.label:
            yield marker(11.0, 6.0, dots.marker), dots.label
