"""Pictures as figures of matplotlib, for those who want to change or combine them."""

from importlib import import_module
from typing import Any

from ..errors import MissingValueError
from ._axis import Axis
from ._figure import Bars, Picture, Plot
from ._styles import DASHES, INK, styled

__all__ = ["figure"]

_INCH = 96.0
_WIDTH = 480.0 / _INCH
_BELOW = 0.65
"""From an axis to its legend. [inch]"""
_MARKERS = ("o", "s", "^", "D", "x", "+")
_FILLS = ("#1f4e79", "#f6c26b", "#a9d8c4", "#d9b3d9", INK, INK)


def figure(picture: Picture) -> Any:
    """Draw a picture.

    Parameters
    ----------
    picture : Picture
        What to draw.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; it belongs to no window.
    """
    try:
        library = import_module("matplotlib.figure")
    except ImportError as error:
        raise MissingValueError("a figure needs matplotlib: install matplotlib") from error
    heights = [_height(panel) for panel in picture.panels]
    made = library.Figure(figsize=(_WIDTH, sum(heights) + 0.4), layout="constrained")
    made.suptitle(picture.title, fontsize=11, fontweight="bold", wrap=True)
    axes = made.subplots(len(heights), squeeze=False, height_ratios=heights)
    for (axis,), panel in zip(axes, picture.panels, strict=True):
        if panel.title:
            axis.set_title(panel.title, loc="left", fontsize=10)
        _scale(axis.xaxis, axis.set_xlabel, axis.set_xscale, axis.set_xlim, panel.x)
        if isinstance(panel, Bars):
            _bars(axis, panel)
        else:
            _plot(axis, panel)
    return made


def _height(panel: "Bars | Plot") -> float:
    if isinstance(panel, Bars):
        return (0.34 if panel.beside else 0.5) * len(panel.rows) + 1.2
    return panel.height / _INCH + 1.0


def _scale(ticks: Any, name: Any, scale: Any, limits: Any, axis: Axis) -> None:
    name(axis.name)
    scale("log" if axis.log else "linear")
    limits(axis.low, axis.high)
    places = axis.ticks()
    ticks.set_ticks([value for value, _ in places], [word for _, word in places])
    ticks.set_ticks([], minor=True)


def _bars(axis: Any, panel: Bars) -> None:
    fills = styled(list(panel.legend))
    seen: set[str] = set()
    for place, row in enumerate(panel.rows):
        for one in row.segments:
            style = fills[one.part]
            axis.barh(
                place,
                one.end - one.start,
                0.55 if not panel.beside else 0.8,
                one.start,
                color=style.ground,
                hatch=style.hatch or None,
                edgecolor=style.stroke or INK,
                linewidth=0.6,
                label=None if one.part in seen else one.part,
            )
            seen.add(one.part)
        if row.mark is not None:
            words = panel.mark if panel.mark not in seen else None
            axis.plot([row.mark] * 2, [place - 0.4, place + 0.4], color=INK, lw=2.5, label=words)
            seen.add(panel.mark)
        if not panel.beside:
            axis.text(panel.x.low, place - 0.33, row.label, fontsize=9, va="bottom")
    names = [row.label for row in panel.rows] if panel.beside else []
    axis.set_yticks(range(len(names)), names)
    axis.set_ylim(len(panel.rows) - 0.4, -0.8)
    _legend(axis, panel, 4)


def _legend(axis: Any, panel: Bars | Plot, columns: int) -> None:
    place = (0.5, -_BELOW / _height(panel))
    axis.legend(loc="upper center", bbox_to_anchor=place, ncols=columns, fontsize=8, frameon=False)


def _plot(axis: Any, panel: Plot) -> None:
    _scale(axis.yaxis, axis.set_ylabel, axis.set_yscale, axis.set_ylim, panel.y)
    axis.grid(color="#d5d9dd", linewidth=0.6)
    axis.set_axisbelow(True)
    for curve in panel.curves:
        dash = DASHES[curve.dash % len(DASHES)]
        xs, ys = zip(*curve.points, strict=True)
        style: Any = (0, dash) if dash else "-"
        axis.plot(
            xs, ys, color=INK, linestyle=style, lw=curve.width * 0.7, label=curve.legend or None
        )
        if curve.label:
            axis.annotate(curve.label, curve.points[-1], (-4, 4), textcoords="offset points",
                          ha="right", fontsize=8)  # fmt: skip
    for dots in panel.dots:
        place = dots.marker % len(_MARKERS)
        xs, ys = zip(*dots.points, strict=True)
        fill, marker, size = _FILLS[place], _MARKERS[place], 4.0 if dots.fine else 30.0
        edges = {"edgecolors": INK, "linewidths": 0.8} if place < 4 and not dots.fine else {}
        label = dots.label or None
        axis.scatter(xs, ys, size, fill, marker="o" if dots.fine else marker, label=label, **edges)
        for at, name in zip(dots.points, dots.names, strict=False):
            if name:
                axis.annotate(name, at, (5, 3), textcoords="offset points", fontsize=8)
    if axis.get_legend_handles_labels()[1]:
        _legend(axis, panel, 2)
