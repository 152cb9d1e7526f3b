"""Design-space exploration: every point as arrays, judged by objectives and constraints."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mlsysim_core.arrays import attempt, numpy_or_error
from mlsysim_core.errors import InputError
from mlsysim_core.sweeping import DOES_NOT_FIT

from ._block import Block
from ._choice import Choice, best_of
from ._goal import COLUMNS, METRICS, Goal, constraint
from ._sampling import Sample
from ._space import Space
from ._stored import PART, StoredTable, store
from ._table import DesignTable, Levels, join

if TYPE_CHECKING:
    from concurrent.futures import Executor

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
    space : Space or Sample
        What is tried: all of a space, or what :meth:`Space.sample` drew from it.
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
        space: Space | Sample,
        objective: str | None = None,
        constraints: str | Sequence[str] = (),
    ) -> None:
        if not isinstance(space, Space | Sample):
            raise InputError(f"space must be a Space or a sample of one, got {space!r:.80}")
        self.space = space
        self._goal = None if objective is None else Goal.read(objective)
        listed = [constraints] if isinstance(constraints, str) else list(constraints)
        self._constraints = [constraint(one) for one in listed]

    @property
    def objective(self) -> str | None:
        """What is looked for, if anything."""
        return None if self._goal is None else self._goal.text

    @property
    def constraints(self) -> list[str]:
        """What must be kept."""
        return [one.text for one in self._constraints]

    def over(self, space: Space | Sample) -> "DSE":
        """Return the same search of another space."""
        return DSE(space, self.objective, self.constraints)

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
        return best_of(self.chunks())

    def top(self, count: int = 10) -> DesignTable:
        """Return the best accepted points by the objective, best first, in bounded memory."""
        return Choice(count).fold(self.chunks())

    def pareto(self, *objectives: str) -> DesignTable:
        """Return the front of objectives, in memory that grows with the front alone.

        Parameters
        ----------
        *objectives : str
            Such as ``"minimize latency"`` and ``"maximize throughput"``.
        """
        return Choice(pareto=objectives).fold(self.chunks())

    def write(
        self,
        folder: Any,
        *,
        top: int | None = None,
        pareto: Sequence[str] | None = None,
        workers: int | None = None,
        scheduler: str | None = None,
        executor: "Executor | None" = None,
        part: int = PART,
        progress: Callable[[int, int], object] | None = None,
    ) -> StoredTable:
        """Write every point to a folder of Parquet files, on as many processes as there are.

        A part of the space is in the folder whole or not at all. Whatever is killed, at whatever
        moment, the same call goes on where it stood: nothing is lost, and nothing counted twice.
        A folder that another sweep began is refused.

        Parameters
        ----------
        folder : path
            Made if it is not there; every worker must have it.
        top, pareto
            Keep only so many of the best by the objective, or only the front of objectives.
        workers : int, optional
            Processes on this machine; this one alone if not given. A script that asks for more
            than one must begin them under ``if __name__ == "__main__"``.
        scheduler : str, optional
            Address of a Dask scheduler, such as ``"tcp://10.0.0.1:8786"``, whose workers have
            mlsysim.
        executor : concurrent.futures.Executor, optional
            Any other to run on.
        part : int
            Points that are written together.
        progress : callable, optional
            Called with the points that are done, those of an earlier run as well, and with all.

        Returns
        -------
        StoredTable
            What the folder holds.
        """
        choice = Choice(top, None if pareto is None else tuple(pareto))
        return store(self, folder, choice, part, progress, (workers, scheduler, executor))

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

    def __reduce__(self) -> tuple[Any, ...]:
        return DSE, (self.space, self.objective, self.constraints)

    def __repr__(self) -> str:
        goal = "no objective" if self._goal is None else self._goal.text
        return f"<DSE: {self.space.extent}, {goal}, {len(self._constraints)} constraints>"
