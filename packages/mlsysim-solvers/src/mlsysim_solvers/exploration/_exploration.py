"""Design-space exploration: every point as arrays, judged by objectives and constraints."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mlsysim_core.errors import InputError

from ._block import Block
from ._choice import Choice, best_of
from ._goal import Goal, constraint
from ._judging import judged, predicted
from ._optimizing import optimize
from ._sampling import Sample
from ._space import Space
from ._stored import PART, StoredTable, store
from ._table import DesignTable, Levels, join

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["DSE"]

_MOST = 10**7
"""Points that a table may keep."""


class DSE:
    """A design space with what it is searched for.

    Each point is what :meth:`mlsysim_core.Engine.solve` answers, by the same formulas over
    arrays. What does not fit, has no answer or breaks a constraint is marked, and never
    chosen.

    Parameters
    ----------
    space : Space or Sample
        What is tried: all of a space, or what ``Space.sample`` drew from it.
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

    def worked_out(self, block: Block, levels: Levels) -> DesignTable:
        """Return the points of a block."""
        return judged(predicted(block, levels), self._constraints, self._goal)

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
            yield self.worked_out(block, levels)

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

    def optimize(
        self,
        trials: int = 2000,
        *,
        pareto: Sequence[str] | None = None,
        seed: int = 0,
        sampler: Any = None,
    ) -> DesignTable:
        """Look for what is best, with optuna, in a space too large to go through, or without end.

        Parameters
        ----------
        trials : int
            Points that are tried.
        pareto : sequence of str, optional
            Objectives whose front is looked for, in place of the one objective.
        seed : int
            Equal seeds try equal points.
        sampler : optuna.samplers.BaseSampler, optional
            How points are chosen: a genetic algorithm, NSGA-II [1]_ with blended crossover, in
            generations that are worked out as arrays, if not given.

        Returns
        -------
        DesignTable
            Every point that was tried, once, in its order: ``best()``, ``top()`` and ``pareto()``
            choose from it.

        References
        ----------
        .. [1] K. Deb, A. Pratap, S. Agarwal, and T. Meyarivan, "A fast and elitist
           multiobjective genetic algorithm: NSGA-II," IEEE Trans. Evol. Comput., vol. 6,
           no. 2, pp. 182-197, 2002. doi:10.1109/4235.996017.
        """
        goals = [] if self._goal is None else [self._goal]
        if pareto is not None:
            goals = [Goal.read(one) for one in pareto]
        return optimize(self, goals, trials, seed, sampler)

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

    def __reduce__(self) -> tuple[Any, ...]:
        return DSE, (self.space, self.objective, self.constraints)

    def __repr__(self) -> str:
        goal = "no objective" if self._goal is None else self._goal.text
        return f"<DSE: {self.space.extent}, {goal}, {len(self._constraints)} constraints>"
