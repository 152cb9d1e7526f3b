"""Points of a design space: predicted as arrays, and held against what they must keep."""

from collections.abc import Sequence
from typing import Any

from mlsysim_core.arrays import attempt, numpy_or_error
from mlsysim_core.sweeping import DOES_NOT_FIT

from ._block import Block, words
from ._expressions import Expression
from ._goal import COLUMNS, METRICS, Goal
from ._table import DesignTable, Levels

__all__ = ["judged", "predicted"]

_UNUSABLE = "a dependent value is not a whole number of at least 1"


def predicted(block: Block, levels: Levels) -> DesignTable:
    """Predict the points of a block, with the words of a whole table."""
    np = numpy_or_error("exploring a design space")
    setting = block.setting
    found = attempt(setting, block.batch_size, block.seq_len, block.efficiency)
    shape = found.seconds.shape

    def flat(values: Any) -> Any:
        whole = np.broadcast_to(values, shape).reshape(-1)
        return whole if kept is None else whole[kept]

    kept = None if block.kept is None else np.broadcast_to(block.kept, shape).reshape(-1)
    missing = [levels.code("bottleneck", one) for one in ("Memory", "Compute", "")]
    answered = found.answered
    reasons = np.where(
        found.feasible, levels.code("reason", ""), levels.code("reason", DOES_NOT_FIT)
    )
    if found.reason:
        reasons = np.where(answered, reasons, levels.code("reason", found.reason))
    values = {
        "latency": found.seconds,
        "throughput": found.items_per_second,
        "mfu": found.mfu,
        "energy": found.joules,
        "memory": found.footprint,
    }
    feasible = found.feasible
    if block.unusable is not None:
        reasons = np.where(block.unusable, levels.code("reason", _UNUSABLE), reasons)
        values = {name: np.where(block.unusable, np.nan, one) for name, one in values.items()}
        feasible, answered = feasible & ~block.unusable, answered & ~block.unusable
    bound = np.where(found.compute_bound, missing[1], missing[0])
    columns = {name: flat(levels.code(name, word)) for name, word in words(setting).items()}
    columns |= {name: flat(one) for name, one in values.items()}
    columns |= {
        "efficiency": flat(np.nan if block.efficiency is None else block.efficiency),
        "batch_size": flat(block.batch_size),
        "seq_len": flat(np.nan if found.tokens is None else found.tokens),
        "bottleneck": flat(np.where(answered, bound, missing[2])),
        "feasible": flat(feasible),
        "capacity": flat(found.capacity),
        "accepted": flat(feasible),
        "reason": flat(reasons),
    }
    if block.dependent is not None:
        given = columns[block.dependent]
        columns[block.dependent] = np.where(flat(block.unusable), np.nan, given)
    if block.dependent != "batch_size":
        columns["batch_size"] = columns["batch_size"].astype(np.int64)
    return DesignTable({name: columns[name] for name in COLUMNS}, levels, None)


def judged(table: DesignTable, constraints: Sequence[Expression], goal: Goal | None) -> DesignTable:
    """Hold points against constraints, and give each its objective."""
    np = numpy_or_error("exploring a design space")
    columns, levels = table._columns, table._levels  # noqa: SLF001
    accepted, reasons = columns["accepted"], columns["reason"]
    for one in constraints:
        true = np.broadcast_to(one(table.lookup), accepted.shape)
        known = np.broadcast_to(True, accepted.shape)
        for name in one.names:
            if not isinstance(METRICS[name], str):
                known = known & ~np.isnan(table.lookup(name))
        broken = levels.code("reason", f"violates {one.text}")
        unknown = levels.code("reason", f"cannot be checked: {one.text}")
        why = np.where(known, broken, unknown)
        reasons = np.where(accepted & ~(true & known), why, reasons)
        accepted = accepted & true & known
    found = {**columns, "accepted": accepted, "reason": reasons}
    if goal is not None:
        objective = goal.expression(table.lookup)
        found["objective"] = np.broadcast_to(np.asarray(objective, dtype=float), accepted.shape)
    return DesignTable(found, levels, goal)
