"""Scores of training and serving with what each stack states fitted without the source."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, exp, log
from statistics import fmean, median
from typing import Any

from _grouped import grouped
from _refit import _by_source, _mean_error, _note, _others
from mlsysim_core.catalog import find, names
from mlsysim_core.specs import StackSpec, optimized_stack
from mlsysim_solvers.validation import Row
from mlsysim_solvers.validation._descent import descend
from mlsysim_solvers.validation._trial import NUMBERS, Number, Trial, changed, trial
from mlsysim_solvers.validation.tasks._stacks import software_of

__all__ = ["RUNS", "runs_left_out"]

RUNS = {"train": "training", "serve": "serving"}
"""Tasks, and what of a stack shapes their rows beside its kernels."""
_MOST = 6
"""Rows of one source that take part in a fit: searches and simulations take long."""
_CLOSE = 0.1
"""Logarithm to which numbers are fitted."""
_KERNELS = ("compute_fraction", "bandwidth_fraction")


def runs_left_out(raw: Sequence[Mapping[str, object]], tasks: Sequence[str]) -> dict[str, Any]:
    """Fit what each stack states without each source, and score that source by it.

    Where no other source has measured a stack, its rows are predicted with the default one.
    """
    groups = grouped(raw, tasks, lambda row: (row["task"], software_of(row).name))
    errors: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    fits: dict[str, dict[str, Any]] = defaultdict(dict)
    with trial() as tried:
        for (task, name), rows in sorted(groups.items()):
            label = f"{name}, {RUNS[task]}"
            for source in sorted({row["source"] for row in rows}):
                own = [row for row in rows if row["source"] == source]
                others = _others(rows, source)
                stack: StackSpec = optimized_stack()
                found: dict[str, float] | str = "as it is"
                if others and name in names("stack"):
                    stack, found = _without(tried, find("stack", name), RUNS[task], others)
                fits[label][source] = {stack.name: found}
                _note(errors, own, tried.log_errors(own, None, stack))
                print(f"{label} without {source}: {fits[label][source]}", flush=True)
    scores = {
        task: round(fmean(median(one) for one in found.values()), 4)
        for task, found in errors.items()
    }
    return {"scores": scores, "fits": fits}


def _stated(stack: StackSpec, habit: str) -> tuple[Number, ...]:
    """Return the numbers of kernels and habits that a stack's entry states."""
    habits = getattr(stack, habit).model_fields_set
    paths = {name for name in _KERNELS if name in stack.model_fields_set}
    paths |= {f"{habit}.{name}" for name in habits}
    return tuple(one for one in NUMBERS if one.kind == "stack" and one.path in paths)


def _without(
    tried: Trial, stack: StackSpec, habit: str, others: Sequence[Row]
) -> tuple[StackSpec, dict[str, float]]:
    """Fit the numbers of a stack to the rows of other sources, from those of no stack at all."""
    by_source = [rows[:: ceil(len(rows) / _MOST)] for rows in _by_source(others)]
    numbers = _stated(stack, habit)

    def at(point: Sequence[float]) -> StackSpec:
        return changed(stack, "stack", numbers, [exp(one) for one in point])  # type: ignore[no-any-return]

    def loss(point: tuple[float, ...]) -> float:
        return _mean_error(tried, by_source, at(point))

    start = [log(one.zero or 1.0) for one in numbers]
    bounds = [(log(one.low), log(one.high)) for one in numbers]
    best = at(descend(loss, start, bounds, least=_CLOSE))
    return best, {one.path: float(f"{one.of(best):.3g}") for one in numbers}
