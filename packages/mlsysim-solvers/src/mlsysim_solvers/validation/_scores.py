"""Scores of predictions: errors by source, and a task's score as the mean over its sources."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from mlsysim_core.errors import InputError

__all__ = ["GROUPINGS", "INTERNAL", "Scored", "percentile", "report", "spearman"]

INTERNAL = "internal error"
"""How the reason of a row begins whose adaptor failed by mistake."""

GROUPINGS = ("hardware", "stack")
"""What errors can be told by, besides their sources."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One row: what was measured, and what was predicted or why it was not."""

    id: str
    task: str
    source: str
    hardware: str
    stack: str
    metric: str
    measured: float
    predicted: float | None
    reason: str = ""
    scored: bool = True
    """Whether the row counts; rows that their readers doubt are listed only."""

    @property
    def mistaken(self) -> bool:
        """Whether it was refused by a mistake of ours."""
        return self.predicted is None and self.reason.startswith(INTERNAL)

    @property
    def error(self) -> float:
        """Signed relative error of a predicted row."""
        assert self.predicted is not None  # noqa: S101
        return self.predicted / self.measured - 1.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lie, by linear interpolation."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranks[place] = (start + end) / 2.0
        start = end + 1
    return ranks


def spearman(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Return the rank correlation, or nothing for fewer than three or constant values."""
    if len(left) < 3:
        return None
    a, b = _ranks(left), _ranks(right)
    mean_a, mean_b = fmean(a), fmean(b)
    spread_a = sum((x - mean_a) ** 2 for x in a)
    spread_b = sum((y - mean_b) ** 2 for y in b)
    if not spread_a or not spread_b:
        return None
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    return float(both / (spread_a * spread_b) ** 0.5)


def _source(rows: Sequence[Scored]) -> dict[str, Any]:
    predicted = [row for row in rows if row.predicted is not None and row.scored]
    errors = [row.error for row in predicted]
    sizes = [abs(error) for error in errors]
    return {
        "rows": len(rows),
        "predicted": sum(row.predicted is not None for row in rows),
        "median_ape": median(sizes) if sizes else None,
        "mean_ape": fmean(sizes) if sizes else None,
        "p90_ape": percentile(sizes, 0.9) if sizes else None,
        "bias": median(errors) if errors else None,
        "spearman": spearman(
            [row.measured for row in predicted],
            [row.predicted for row in predicted],  # type: ignore[misc]
        ),
    }


def _summary(rows: Sequence[Scored]) -> dict[str, Any]:
    by_source: dict[str, list[Scored]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    sources = {name: _source(group) for name, group in sorted(by_source.items())}
    medians = [one["median_ape"] for one in sources.values() if one["median_ape"] is not None]
    predicted = [row for row in rows if row.predicted is not None]
    scored = [row for row in predicted if row.scored]
    return {
        "score": fmean(medians) if medians else None,
        "coverage": len(predicted) / len(rows),
        "bias": median(row.error for row in scored) if scored else None,
        "sources": sources,
    }


def _rank(rows: Sequence[Scored]) -> float | None:
    """Rank correlation of a task: within each metric, weighed by its rows."""
    by_metric: dict[str, list[Scored]] = defaultdict(list)
    for row in rows:
        if row.predicted is not None and row.scored:
            by_metric[row.metric].append(row)
    found = []
    for group in by_metric.values():
        rank = spearman([r.measured for r in group], [r.predicted for r in group])  # type: ignore[misc]
        if rank is not None:
            found.append((rank, len(group)))
    return sum(r * n for r, n in found) / sum(n for _, n in found) if found else None


def report(rows: Iterable[Scored], *, by: Iterable[str] = ()) -> dict[str, Any]:
    """Sum up scored rows; fractions, not percent.

    Parameters
    ----------
    rows : iterable of Scored
        What was measured and predicted.
    by : iterable of str
        ``"hardware"``, ``"stack"``: each task tells its errors by these as well.

    Returns
    -------
    dict
        ``rows``, ``predicted``, ``refused`` (with reasons) and ``tasks``: for each its
        score, coverage, rank correlation, bias, metrics and sources.
    """
    groupings = tuple(by)
    if unknown := [name for name in groupings if name not in GROUPINGS]:
        raise InputError(f"by must be {' or '.join(GROUPINGS)}, got {unknown[0]!r}")
    every = list(rows)
    by_task: dict[str, list[Scored]] = defaultdict(list)
    for row in every:
        by_task[row.task].append(row)
    tasks = {}
    for task, group in sorted(by_task.items()):
        summary = _summary(group)
        metrics: dict[str, list[Scored]] = defaultdict(list)
        for row in group:
            metrics[row.metric].append(row)
        tasks[task] = {
            "score": summary["score"],
            "coverage": summary["coverage"],
            "spearman": _rank(group),
            "bias": summary["bias"],
            "metrics": {
                metric: {key: _summary(part)[key] for key in ("score", "coverage")}
                for metric, part in sorted(metrics.items())
            },
            "sources": summary["sources"],
            **{name: _grouped(group, name) for name in groupings},
        }
    return {
        "rows": len(every),
        "predicted": sum(row.predicted is not None for row in every),
        "refused": [{"id": row.id, "reason": row.reason} for row in every if row.predicted is None],
        "tasks": tasks,
    }


def _grouped(rows: Sequence[Scored], by: str) -> dict[str, Any]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, by)].append(row)
    return {
        name: {key: _source(group)[key] for key in ("rows", "predicted", "median_ape", "bias")}
        for name, group in sorted(groups.items())
    }
