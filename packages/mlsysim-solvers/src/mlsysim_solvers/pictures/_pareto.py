"""The points of a design space over two goals, and its front."""

from typing import TYPE_CHECKING, Any

from mlsysim_core.arrays import numpy_or_error
from mlsysim_core.errors import InputError
from mlsysim_core.pictures import Curve, Dots, Picture, Plot, spanning

from ..exploration._goal import UNITS, Goal

if TYPE_CHECKING:
    from ..exploration._table import DesignTable

__all__ = ["pareto"]

_LOG = 20.0
"""Ratio of the largest value to the smallest from which an axis is logarithmic."""
_KINDS = 6


def pareto(table: "DesignTable", first: str, second: str) -> Picture:
    """Draw the accepted points of a design space, and those that no other beats in both goals.

    Parameters
    ----------
    table : DesignTable
        The points.
    first, second : str
        Goals, such as ``"min latency"`` and ``"max throughput"``.

    Raises
    ------
    InputError
        If no point is accepted.
    """
    goals = Goal.read(first), Goal.read(second)
    accepted = table.accepted()
    points = _values(accepted, goals)
    if not points:
        raise InputError("there is nothing to draw: no point fits and keeps every constraint")
    best = table.front(goals)
    front = _values(best, goals)
    axes = [_axis(goal, [point[place] for point in points]) for place, goal in enumerate(goals)]
    names = [goal.text for goal in goals]
    told = "; ".join(
        f"{_name(record)}: {x:.4g} and {y:.4g}" for record, (x, y) in zip(best, front, strict=True)
    )
    heading = f"Pareto front: {names[0]}, {names[1]}"
    about = f"{len(front):,} of {len(points):,} accepted points are on the front: {told}."
    curves = [Curve(front, dash=2)] if len(front) > 1 else []
    dots = [
        Dots(points, f"{len(points):,} accepted points", 1, fine=True),
        *_kinds(best, front, _varying(accepted)),
    ]
    return Picture(heading, about, [Plot(axes[0], axes[1], curves, dots)])


def _values(table: "DesignTable", goals: tuple[Goal, Goal]) -> list[tuple[float, float]]:
    np = numpy_or_error()
    columns = [
        np.broadcast_to(goal.expression(table.lookup), len(table)).astype(float).tolist()
        for goal in goals
    ]
    pairs = zip(*columns, strict=True)
    return [(x, y) for x, y in pairs if abs(x) < float("inf") and abs(y) < float("inf")]


def _axis(goal: Goal, values: list[float]) -> Any:
    label = goal.text.split(maxsplit=1)[1]
    log = min(values) > 0.0 and max(values) > _LOG * min(values)
    return spanning(label, values, UNITS.get(label, ""), log=log)


def _varying(table: "DesignTable") -> list[str]:
    """Name what tells kinds of points apart."""
    names = ("model", "hardware", "precision", "phase", "stack")
    return [name for name in names if len(set(table.column(name))) > 1] or ["hardware"]


def _kinds(best: "DesignTable", front: list[tuple[float, float]], told: list[str]) -> list[Dots]:
    """Make a marker for each device, model and format; name the batches."""
    records = list(best)
    kinds: dict[tuple[Any, ...], list[int]] = {}
    for place, record in enumerate(records):
        kinds.setdefault(tuple(record[name] for name in told), []).append(place)
    found = []
    for marker, (kind, places) in enumerate(sorted(kinds.items(), key=lambda one: -len(one[1]))):
        label = ", ".join(map(str, kind))
        names = [f"b{records[place]['batch_size']:,}" for place in places]
        if marker >= _KINDS:  # markers are used up: words tell the rest apart
            names = [f"{label} {name}" for name in names]
            label = ""
        found.append(Dots([front[place] for place in places], label, marker, names))
    return found


def _name(record: dict[str, Any]) -> str:
    return "{model} on {hardware}, {precision}, batch {batch_size}".format(**record)
