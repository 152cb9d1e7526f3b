"""`mlsysim plot`: pictures, to standard output or to a file."""

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from mlsysim_core import Engine, PerformanceProfile, pictures
from mlsysim_core.pictures import Picture
from mlsysim_core.report import setting, title

from .._ending import INFEASIBLE
from ..output._progress import Progress
from ..output._terminal import complain, write

__all__ = ["front", "measured", "passes", "timeline"]


def passes(
    kind: str,
    lists: Mapping[str, Sequence[Any]],
    settings: Mapping[str, Any],
    target: Path | None,
) -> int:
    """Draw every combination, and return the exit status."""
    sides = (dict(zip(lists, values, strict=True)) for values in product(*lists.values()))
    results = [Engine.solve(**side, **settings) for side in sides]
    lacking = [one for one in results if not one.feasible]
    for one in lacking:
        complain(f"{title(one)} ({setting(one)}) does not fit in memory")
    drawn: Sequence[PerformanceProfile] = results
    if kind != "memory":  # what does not fit has no time
        drawn = [one for one in results if one.feasible]
    status = _put(getattr(pictures, kind)(*drawn), target) if drawn else 0
    return status or (INFEASIBLE if lacking else 0)


def timeline(model: str, system: str, settings: Mapping[str, Any], target: Path | None) -> int:
    """Draw one training step, and return the exit status."""
    from mlsysim_solvers import DistributedModel  # noqa: PLC0415  # passes do without
    from mlsysim_solvers.pictures import timeline as draw  # noqa: PLC0415

    found = DistributedModel().solve(model, system, **settings)
    if not found.feasible:
        complain(f"{found.model} does not fit on {found.system}: there is no timeline to draw")
        return INFEASIBLE
    return _put(draw(found), target)


def front(
    space: dict[str, Any], goals: Sequence[str], constraints: Sequence[str], target: Path | None
) -> int:
    """Draw a design space, and return the exit status."""
    from mlsysim_solvers import DSE, Space  # noqa: PLC0415  # passes do without
    from mlsysim_solvers.pictures import pareto  # noqa: PLC0415

    first, second = goals
    return _put(pareto(DSE(Space(**space), None, constraints).solve(), first, second), target)


def measured(file: str, tasks: Sequence[str] | None, target: Path | None) -> int:
    """Draw predictions against measurements, and return the exit status."""
    from mlsysim_solvers.pictures import measured as draw  # noqa: PLC0415  # passes do without
    from mlsysim_solvers.validation import validate  # noqa: PLC0415

    with Progress("rows") as progress:
        _, scored = validate(file, tasks=tasks, progress=progress)
    return _put(draw(scored), target)


def _put(picture: Picture, target: Path | None) -> int:
    if target is None:
        return write(picture.svg())
    picture.save(target)
    return 0
