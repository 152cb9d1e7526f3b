"""Scores with the numbers of each stack fitted without the source that is scored."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import fmean, median
from typing import Any

from _forgotten import forgotten
from _grouped import grouped
from mlsysim_core.catalog import find
from mlsysim_core.specs import StackSpec
from mlsysim_solvers import _cluster
from mlsysim_solvers.serving._links import node_of
from mlsysim_solvers.validation import Row
from mlsysim_solvers.validation._calibration import _NOISE
from mlsysim_solvers.validation._descent import descend
from mlsysim_solvers.validation._trial import NUMBERS, Trial, changed, trial
from mlsysim_solvers.validation.tasks._stacks import next_stack, software_of

__all__ = ["TASKS", "left_out"]

TASKS = (
    "decode", "prefill", "encode", "vision", "tiny", "gemm", "attention", "bandwidth", "generate",
)  # fmt: skip
"""Tasks whose predictions the numbers of a stack shape, and that are quick to predict."""
_FITTED = tuple(
    one for one in NUMBERS if one.label in {"stack.compute_fraction", "stack.bandwidth_fraction"}
)
_MOST = 80
"""Rows of one source that take part in a fit."""
_UNFIT = 2.0


def left_out(raw: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """Fit each stack's fractions without each source, and score that source by them.

    Where no other source has measured a stack, its rows are predicted with what its description
    means without the entries of such stacks: with the stack of the next keyword, or the default
    one, as somebody would who brings software that nobody knows. The links of a node are fitted
    likewise.
    """
    groups = grouped(raw, TASKS, lambda row: software_of(row).name)
    collectives = grouped(raw, ("collective",), lambda row: row["task"])["collective"]
    errors: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    fits: dict[str, dict[str, Any]] = defaultdict(dict)
    with trial() as tried:
        sources = {name: {row["source"] for row in rows} for name, rows in groups.items()}
        only = defaultdict(list)
        for name, of in sources.items():
            if len(of) == 1:
                only[next(iter(of))].append(name)
        for name, rows in sorted(groups.items()):
            for source in sorted(sources[name]):
                own, others = (
                    [row for row in rows if (row["source"] == source) is here]
                    for here in (True, False)
                )
                fits[name][source] = found = {}
                for stack, part in _known_as(own, others, only[source]):
                    others = _others(groups[stack.name], source)
                    fitted = _without(tried, stack, others) if others else stack
                    found[stack.name] = _fractions(fitted) if others else "as it is"
                    _note(errors, part, tried.log_errors(part, None, fitted))
                print(f"{name} without {source}: {found}", flush=True)
        for source in sorted({row["source"] for row in collectives}):
            own = [row for row in collectives if row["source"] == source]
            with _links(tried, _others(collectives, source)) as fitted:
                fits["links of a node"][source] = fitted
                _note(errors, own, tried.log_errors(own, None, None))
            print(f"links without {source}: {fitted}", flush=True)
    scores = {
        task: round(fmean(median(one) for one in found.values()), 4)
        for task, found in errors.items()
    }
    return {"scores": scores, "fits": fits, "devices": forgotten(raw, TASKS)}


def _known_as(
    own: Sequence[Row], others: Sequence[Row], unknown: Sequence[str]
) -> Iterator[tuple[StackSpec, list[Row]]]:
    """Tell what the software of a source's rows would be taken for."""
    if others:
        yield software_of(own[0]), list(own)
        return
    parts: dict[StackSpec, list[Row]] = defaultdict(list)
    for row in own:
        hardware = find("hardware", row["hardware"])
        parts[next_stack(row["stack"], unknown, hardware)].append(row)
    yield from parts.items()


def _others(rows: Sequence[Row], source: str) -> list[Row]:
    return [row for row in rows if row["source"] != source]


def _note(
    errors: Mapping[str, Mapping[str, list[float]]],
    rows: Sequence[Row],
    found: Sequence[float | None],
) -> None:
    for row, error in zip(rows, found, strict=True):
        if error is not None:
            errors[row["task"]][row["source"]].append(abs(math.expm1(error)))


@contextmanager
def _links(tried: Trial, others: Sequence[Row]) -> Iterator[dict[str, float]]:
    """Fit the links of a node to the collectives of other sources, for as long as it is open."""
    tables = (_cluster._SUSTAINED, _cluster._STARTUP, _cluster._MIDDLE, _cluster._EAGER)
    usual = [one["node"] for one in tables]
    by_source = _by_source(others)

    def settle(point: Sequence[float]) -> None:
        for table, value in zip(tables, point, strict=True):
            table["node"] = math.exp(value)
        _cluster.cluster.cache_clear()
        node_of.cache_clear()

    def loss(point: tuple[float, ...]) -> float:
        settle(point)
        return _mean_error(tried, by_source, None)

    try:
        bounds = [(math.log(0.3), 0.0), *[(math.log(1e-6), math.log(1e-3))] * 3]
        found = descend(loss, [math.log(0.9), *[math.log(2e-5)] * 3], bounds)
        settle(found)
        names = ("sustained", "startup", "middle", "eager")
        yield {name: float(f"{math.exp(one):.3g}") for name, one in zip(names, found, strict=True)}
    finally:
        settle([math.log(one) for one in usual])


def _fractions(stack: StackSpec) -> dict[str, float]:
    return {one.path: float(f"{one.of(stack):.3g}") for one in _FITTED}


def _by_source(rows: Sequence[Row]) -> list[list[Row]]:
    """Take some rows of each source."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["source"]].append(row)
    return [own[:: math.ceil(len(own) / _MOST)] for own in found.values()]


def _mean_error(tried: Trial, sources: Sequence[Sequence[Row]], stack: StackSpec | None) -> float:
    return fmean(
        fmean(_UNFIT if one is None else abs(one) for one in tried.log_errors(rows, None, stack))
        for rows in sources
    )


def _without(tried: Trial, stack: StackSpec, others: Sequence[Row]) -> StackSpec:
    """Fit the fractions of a stack to the rows of other sources.

    As calibration does, it doubts what is strange; rows of a source err together, as one.
    """
    by_source = _by_source(others)

    def loss(point: tuple[float, ...]) -> float:
        other = changed(stack, "stack", _FITTED, [math.exp(one) for one in point])
        strange = sum((at / one.doubt) ** 2 for at, one in zip(point, _FITTED, strict=True))
        return _mean_error(tried, by_source, other) + _NOISE / 2.0 * strange / len(by_source)

    bounds = [(math.log(one.low), 0.0) for one in _FITTED]
    found = descend(loss, [0.0] * len(_FITTED), bounds)
    return changed(stack, "stack", _FITTED, [math.exp(one) for one in found])  # type: ignore[no-any-return]
