"""Design-space exploration: every point as arrays, judged by objectives and constraints."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mlsysim_core.arrays import attempt, numpy_or_error
from mlsysim_core.errors import InputError
from mlsysim_core.sweeping import DOES_NOT_FIT

from ._goal import COLUMNS, METRICS, Goal, constraint
from ._space import Block, Space
from ._table import DesignTable, Levels, join, nothing_accepted

__all__ = ["DSE"]

_MOST = 10**7
"""Points that a table may keep."""
_UNUSABLE = "a dependent value is not a whole number of at least 1"


class DSE:
    """A design space with what it is searched for.

    Each point is what :meth:`mlsysim_core.Engine.solve` answers, by the same formulas over
    arrays. What does not fit, has no answer or breaks a constraint is marked, and never
    chosen.

    Parameters
    ----------
    space : Space
        What is tried.
    objective : str, optional
        ``"minimize"`` or ``"maximize"`` and an expression of metrics: ``latency``,
        ``throughput``, ``mfu``, ``energy``, ``power``, ``memory``, ``capacity``, and the
        parameters of the space.
    constraints : str or sequence of str
        Comparisons of them, with units: ``"latency < 50 ms"``. A constraint on what is
        unknown, such as the energy of a device without a published power, is not kept.

    Examples
    --------
    >>> dse = DSE(
    ...     Space("Llama3_8B", ["A100", "H100"], batch_size="1:256:log2"),
    ...     objective="maximize throughput",
    ...     constraints="latency < 20 ms",
    ... )
    >>> dse.best()["hardware"]
    'H100'
    """

    def __init__(
        self,
        space: Space,
        objective: str | None = None,
        constraints: str | Sequence[str] = (),
    ) -> None:
        if not isinstance(space, Space):
            raise InputError(f"space must be a Space, got {space!r:.80}")
        self.space = space
        self._goal = None if objective is None else Goal.read(objective)
        listed = [constraints] if isinstance(constraints, str) else list(constraints)
        self._constraints = [constraint(one) for one in listed]

    def solve(self) -> DesignTable:
        """Return every point, in the order of the space.

        Raises
        ------
        InputError
            If there are more than ten million: :meth:`chunks`, :meth:`best`, :meth:`top`
            and :meth:`pareto` go through any number.
        """
        if self.space.size > _MOST:
            raise InputError(
                f"{self.space.size:,} points are too many to keep, the most are {_MOST:,}: use "
                "chunks(), best(), top() or pareto(), which go through any number"
            )
        return join(list(self.chunks()))

    def chunks(self, points: int | None = None) -> Iterator[DesignTable]:
        """Go through the space in tables, and keep none of them.

        Parameters
        ----------
        points : int, optional
            Most points of a table; as many as are fast if not given.
        """
        if points is not None and (type(points) is not int or points < 1):
            raise InputError(f"points must be a whole number of at least 1, got {points!r}")
        levels = Levels()
        for block in self.space.blocks(points):
            yield self._table(block, levels)

    def best(self) -> dict[str, Any]:
        """Return the accepted point that is best by the objective, in bounded memory.

        Raises
        ------
        InputError
            If no point is accepted; the message counts the reasons.
        """
        reasons: Counter[str] = Counter()
        found = self._fold(lambda table: table.top(1), reasons)
        if not len(found):
            raise nothing_accepted(reasons, self.space.size)
        best: dict[str, Any] = found[0]
        return best

    def top(self, count: int = 10) -> DesignTable:
        """Return the best accepted points by the objective, best first, in bounded memory."""
        if type(count) is not int or count < 1:
            raise InputError(f"count must be a whole number of at least 1, got {count!r}")
        return self._fold(lambda table: table.top(count))

    def pareto(self, *objectives: str) -> DesignTable:
        """Return the front of objectives, in memory that grows with the front alone.

        Parameters
        ----------
        *objectives : str
            Such as ``"minimize latency"`` and ``"maximize throughput"``.
        """
        if not objectives:
            raise InputError("pareto needs objectives, such as 'minimize latency'")
        goals = [Goal.read(one) for one in objectives]
        return self._fold(lambda table: table.front(goals))

    def _fold(
        self, choose: Callable[[DesignTable], DesignTable], reasons: Counter[str] | None = None
    ) -> DesignTable:
        kept: DesignTable | None = None
        for table in self.chunks():
            if reasons is not None:
                reasons.update(table.refusals())
            chosen = choose(table)
            if kept is None:
                kept = chosen
            elif len(chosen):
                kept = choose(join([kept, chosen]))
        if kept is None:
            raise AssertionError  # a space has one setting at least
        return kept

    def _table(self, block: Block, levels: Levels) -> DesignTable:
        np = numpy_or_error("exploring a design space")
        setting = block.setting
        found = attempt(setting, block.batch_size, block.seq_len, block.efficiency)
        shape = found.seconds.shape

        def flat(values: Any) -> Any:
            whole = np.broadcast_to(values, shape).reshape(-1)
            return whole if kept is None else whole[kept]

        kept = None if block.kept is None else np.broadcast_to(block.kept, shape).reshape(-1)
        words = {
            "model": setting.model.name,
            "hardware": setting.hardware.name,
            "precision": setting.precision,
            "stack": setting.stack.name,
            "phase": setting.phase_name,
        }
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
        columns = {name: flat(levels.code(name, word)) for name, word in words.items()}
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
        table = DesignTable({name: columns[name] for name in COLUMNS}, levels, self._goal)
        return self._judged(np, table, columns, levels)

    def _judged(self, np: Any, table: DesignTable, columns: Any, levels: Levels) -> DesignTable:
        """Hold points against the constraints, and give each its objective."""
        accepted, reasons = columns["accepted"], columns["reason"]
        for one in self._constraints:
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
        found = {**table._columns, "accepted": accepted, "reason": reasons}  # noqa: SLF001
        if self._goal is not None:
            objective = self._goal.expression(table.lookup)
            found["objective"] = np.broadcast_to(np.asarray(objective, dtype=float), accepted.shape)
        return DesignTable(found, levels, self._goal)

    def __repr__(self) -> str:
        goal = "no objective" if self._goal is None else self._goal.text
        return f"<DSE: {self.space.size:,} points, {goal}, {len(self._constraints)} constraints>"
