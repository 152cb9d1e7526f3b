"""Scores with the numbers of each stack fitted without the source that is scored."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import Any

from mlsysim_core.errors import MLSysimError
from mlsysim_core.specs import StackSpec, optimized_stack
from mlsysim_solvers.validation import Row, read_row
from mlsysim_solvers.validation._descent import descend
from mlsysim_solvers.validation._trial import NUMBERS, Trial, changed, trial
from mlsysim_solvers.validation.tasks._stacks import stack_of

__all__ = ["TASKS", "left_out"]

TASKS = ("decode", "prefill", "encode", "vision", "tiny", "gemm", "attention", "generate")
"""Tasks whose predictions the numbers of a stack shape, and that are quick to predict."""
_FITTED = tuple(
    one for one in NUMBERS if one.label in {"stack.compute_fraction", "stack.bandwidth_fraction"}
)
_MOST = 80
"""Rows of one source that take part in a fit."""
_UNFIT = 2.0


def left_out(raw: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """Fit each stack's fractions without each source, and score that source by them.

    Where no other source has measured a stack, its rows are predicted with the default one:
    as somebody would who brings software that nobody knows.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for values in raw:
        try:
            row = read_row(values)
        except MLSysimError:
            continue
        if row["task"] in TASKS and not row.flagged:
            groups[stack_of(row["stack"]).name].append(row)
    errors: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    fits: dict[str, dict[str, Any]] = defaultdict(dict)
    with trial() as tried:
        for name, rows in sorted(groups.items()):
            for source in sorted({row["source"] for row in rows}):
                others = [row for row in rows if row["source"] != source]
                own = [row for row in rows if row["source"] == source]
                stack = _without(tried, stack_of(own[0]["stack"]), others)
                fits[name][source] = _fractions(stack) if others else "default stack"
                for row, error in zip(own, tried.log_errors(own, None, stack), strict=True):
                    if error is not None:
                        errors[row["task"]][row["source"]].append(abs(math.expm1(error)))
                print(f"{name} without {source}: {fits[name][source]}", flush=True)
    scores = {
        task: round(fmean(median(one) for one in found.values()), 4)
        for task, found in errors.items()
    }
    return {"scores": scores, "fits": fits}


def _fractions(stack: StackSpec) -> dict[str, float]:
    return {one.path: float(f"{one.of(stack):.3g}") for one in _FITTED}


def _without(tried: Trial, stack: StackSpec, others: Sequence[Row]) -> StackSpec:
    """Fit the fractions of a stack to the rows of other sources."""
    if not others:
        return optimized_stack()
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in others:
        by_source[row["source"]].append(row)
    thinned = {name: rows[:: math.ceil(len(rows) / _MOST)] for name, rows in by_source.items()}

    def loss(point: tuple[float, ...]) -> float:
        other = changed(stack, "stack", _FITTED, [math.exp(one) for one in point])
        return fmean(
            fmean(
                _UNFIT if one is None else abs(one) for one in tried.log_errors(rows, None, other)
            )
            for rows in thinned.values()
        )

    bounds = [(math.log(one.low), 0.0) for one in _FITTED]
    found = descend(loss, [0.0] * len(_FITTED), bounds)
    return changed(stack, "stack", _FITTED, [math.exp(one) for one in found])  # type: ignore[no-any-return]
