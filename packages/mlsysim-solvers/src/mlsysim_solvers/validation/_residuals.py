"""Distributions of errors by task and stack, and how far they hold for what was left out.

An error is the logarithm of the measured over the predicted time. Rows of a source count less
the more it has, so that large sources do not decide alone. What the quantiles of all other
sources miss of each source tells how much wider they must be for software and devices that
nobody has measured.
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from statistics import NormalDist
from typing import Any, NamedTuple

from ._scores import Scored
from .tasks._stacks import stack_on

__all__ = ["GRID", "Residual", "coverage", "is_rate", "residuals_of", "table"]

GRID = (0.01, 0.025, 0.05, *(place / 20 for place in range(2, 19)), 0.95, 0.975, 0.99)
"""Parts of the rows at which quantiles are kept."""
_LEVEL = 0.8
"""Level at which widths are fitted."""
_FEW = 20
"""Rows of a stack from which on it has a distribution of its own."""
_WEIGHT = -0.5
"""Power of a source's number of rows with which each of them counts."""
_PLACES = tuple(
    NormalDist().inv_cdf(part) / NormalDist().inv_cdf(0.5 + _LEVEL / 2.0) for part in GRID
)
"""Where quantiles of a normal distribution lie, in units of the one at the level."""


class Residual(NamedTuple):
    """The error of one row."""

    task: str
    source: str
    stack: str
    error: float
    """Logarithm of measured over predicted time."""


def is_rate(metric: str) -> bool:
    """Tell whether more of a metric means less time."""
    return "per_s" in metric or metric in {"tflops", "tflops_per_device"} or "percent" in metric


def residuals_of(rows: Iterable[Scored]) -> list[Residual]:
    """Return the errors of rows that are predicted and count."""
    return [
        Residual(
            row.task,
            row.source,
            stack_on(row.stack, row.hardware).name,
            (-1.0 if is_rate(row.metric) else 1.0) * math.log(row.measured / row.predicted),
        )
        for row in rows
        if row.predicted is not None and row.scored
    ]


def table(residuals: Iterable[Residual]) -> dict[str, Any]:
    """Work out the quantiles of every task, and of every stack that has enough rows.

    Returns
    -------
    dict
        By task: ``rows``, ``widened`` (the distance for what is left out), and ``quantiles`` at
        :data:`GRID` by stack; those under the empty name are for any other.
    """
    by_task: dict[str, list[Residual]] = defaultdict(list)
    for one in residuals:
        by_task[one.task].append(one)
    found = {}
    for task, rows in sorted(by_task.items()):
        wider = _widening(rows)
        counts = Counter(row.stack for row in rows)
        stacks = ["", *sorted(name for name, count in counts.items() if count >= _FEW)]
        found[task] = {
            "rows": len(rows),
            "widened": round(wider, 3),
            "quantiles": {
                name: [round(one, 4) for one in _widened(_quantiles(rows, name), wider)]
                for name in stacks
            },
        }
    return found


def coverage(residuals: Iterable[Residual]) -> dict[str, tuple[int, int]]:
    """Count, by task, the rows that hold an 80 % interval made without their source.

    Where a task has one source only, its stacks are left out in turn instead.

    Returns
    -------
    dict of str to (int, int)
        Rows inside, and rows in all.
    """
    by_task: dict[str, list[Residual]] = defaultdict(list)
    for one in residuals:
        by_task[one.task].append(one)
    found = {}
    for task, every in sorted(by_task.items()):
        rows = _parted(every)
        inside = 0
        for source in {row.source for row in rows}:
            rest = [row for row in rows if row.source != source]
            wider = _widening(rest)
            own = [row for row in rows if row.source == source]
            inside += sum(need <= wider for need in _needs(own, rest))
        found[task] = inside, len(rows)
    return found


def _parted(rows: Sequence[Residual]) -> list[Residual]:
    """Take the stacks of the only source for sources."""
    if len({row.source for row in rows}) > 1:
        return list(rows)
    return [row._replace(source=row.stack) for row in rows]


def _widening(rows: Sequence[Residual]) -> float:
    """Return by how much bounds must move outwards to hold rows of sources left out.

    Conformal, as Romano, Patterson and Candès, 2019 (arXiv:1905.03222), with sources for rows.
    """
    rows = _parted(rows)
    sources = sorted({row.source for row in rows})
    if len(sources) < 2:
        return 0.0
    needs = []
    for source in sources:
        rest = [row for row in rows if row.source != source]
        own = [row for row in rows if row.source == source]
        needs += [(need, len(own) ** _WEIGHT) for need in _needs(own, rest)]
    needs.sort()
    sums = list(accumulate(weight for _, weight in needs))
    return max(needs[min(bisect_left(sums, _LEVEL * sums[-1]), len(needs) - 1)][0], 0.0)


def _needs(own: Sequence[Residual], rest: Sequence[Residual]) -> list[float]:
    """Return how far outside of an interval each of some rows lies; inside is below zero."""
    needs = []
    for stack in {row.stack for row in own}:
        quantiles = _quantiles(rest, stack)
        low, high = (at(quantiles, part) for part in (0.5 - _LEVEL / 2.0, 0.5 + _LEVEL / 2.0))
        needs += [max(low - row.error, row.error - high) for row in own if row.stack == stack]
    return needs


def at(quantiles: Sequence[float], part: float) -> float:
    """Interpolate among quantiles kept at :data:`GRID`."""
    above = min(max(bisect_left(GRID, part), 1), len(GRID) - 1)
    below = above - 1
    place = (part - GRID[below]) / (GRID[above] - GRID[below])
    return quantiles[below] + min(max(place, 0.0), 1.0) * (quantiles[above] - quantiles[below])


def _widened(quantiles: Sequence[float], distance: float) -> list[float]:
    """Move quantiles outwards, those at the level by a distance, others as a normal's would."""
    return [one + distance * place for one, place in zip(quantiles, _PLACES, strict=True)]


def _quantiles(rows: Sequence[Residual], stack: str) -> list[float]:
    """Quantiles of all rows; of a stack that has enough, its own weigh as much as the rest."""
    counts = Counter(row.source for row in rows)
    weighed = [(row.error, counts[row.source] ** _WEIGHT) for row in rows]
    own = [
        (error, weight)
        for (error, weight), row in zip(weighed, rows, strict=True)
        if row.stack == stack
    ]
    if _FEW <= len(own) < len(rows):
        factor = sum(weight for _, weight in weighed) / sum(weight for _, weight in own)
        weighed += [(error, weight * factor) for error, weight in own]
    weighed.sort()
    sums = list(accumulate(weight for _, weight in weighed))
    return [weighed[min(bisect_left(sums, part * sums[-1]), len(weighed) - 1)][0] for part in GRID]
