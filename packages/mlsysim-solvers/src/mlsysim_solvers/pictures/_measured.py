"""Predictions against measurements."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

from mlsysim_core.errors import InputError
from mlsysim_core.pictures import Axis, Curve, Dots, Picture, Plot

if TYPE_CHECKING:
    from ..validation import Scored

__all__ = ["measured"]

_RATIOS = (0.25, 0.5, 0.8, 1.25, 2.0, 4.0)
_ROW = 21.0
_LONGEST = 22
"""Letters of the name of a source that are shown."""


def measured(rows: "Sequence[Scored]", title: str = "") -> Picture:
    """Draw predicted against measured, and the ratio of the two by source.

    Parameters
    ----------
    rows : sequence of Scored
        Rows as :func:`mlsysim_solvers.validation.validate` returns them, of one task; those
        that were not predicted are counted, not drawn.
    title : str
        Title; the task if not given.

    Raises
    ------
    InputError
        If no row was predicted, or rows are of several tasks, whose units differ.
    """
    tasks = list(dict.fromkeys(row.task for row in rows))
    if len(tasks) > 1:
        raise InputError(f"one picture shows one task; choose one of {', '.join(tasks)}")
    pairs = [(row, row.predicted) for row in rows if row.predicted and row.measured > 0.0]
    if not pairs:
        raise InputError("there is nothing to draw: not one row could be predicted")
    by_source: dict[str, list[float]] = defaultdict(list)
    for row, predicted in pairs:
        by_source[row.source].append(predicted / row.measured)
    points = [(row.measured, predicted) for row, predicted in pairs]
    errors = [abs(y / x - 1.0) for x, y in points]
    missing = len(rows) - len(points)
    left = f"; {missing:,} could not be predicted" if missing else ""
    about = (
        f"{len(points):,} rows{left}. Median error {median(errors):.1%}. Median of predicted over "
        "measured by source: "
        + ", ".join(f"{name} {median(found):.2f}" for name, found in sorted(by_source.items()))
        + "."
    )
    heading = title or f"{tasks[0]}: predicted against measured, {len(points):,} rows"
    return Picture(heading, about, [_square(points), _by_source(by_source)])


def _square(points: list[tuple[float, float]]) -> Plot:
    values = [value for point in points for value in point]
    low, high = min(values) / 1.5, max(values) * 1.5
    x = Axis("measured, in the unit of the metric", low, high, log=True)
    curves = [
        Curve(((low, low), (high, high)), legend="equal"),
        Curve(((low, 2.0 * low), (high / 2.0, high)), dash=1, legend="twice, half"),
        Curve(((2.0 * low, low), (high, high / 2.0)), dash=1),
    ]
    return Plot(x, x._replace(label="predicted"), curves, [Dots(points, fine=True)], height=340.0)


def _by_source(by_source: dict[str, list[float]]) -> Plot:
    names = sorted(by_source)
    low, high = _RATIOS[0], _RATIOS[-1]
    x = Axis(
        "ratio; the edges take what is beyond",
        low,
        high,
        log=True,
        at=tuple((ratio, f"{ratio:g}") for ratio in (*_RATIOS, 1.0)),
    )
    labels = tuple(
        (float(place), f"{name[:_LONGEST]} ({len(by_source[name])})")
        for place, name in enumerate(names)
    )
    y = Axis("", len(names) - 0.5, -0.5, at=labels)
    spots: list[tuple[float, float]] = []
    medians: list[Curve] = []
    for place, name in enumerate(names):
        ratios = [min(max(ratio, low), high) for ratio in by_source[name]]
        spots += [(ratio, place + (number % 7 - 3) / 12.0) for number, ratio in enumerate(ratios)]
        middle = median(ratios)
        ends = ((middle, place - 0.4), (middle, place + 0.4))
        medians.append(Curve(ends, width=3.0, legend="" if medians else "median"))
    one = Curve(((1.0, -0.5), (1.0, len(names) - 0.5)), width=1.0)
    title = "Predicted over measured, by source"
    dots = [Dots(spots, fine=True)]
    return Plot(x, y, [one, *medians], dots, title=title, height=max(_ROW * len(names), 40.0))
