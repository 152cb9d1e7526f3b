"""Sweeps of any size, written to a folder as they go."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from functools import reduce
from importlib.metadata import version
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsysim_core._shown import Shown
from mlsysim_core.errors import InputError, MLSysimError

from ._arrow import arrow_or_error
from ._choice import Choice, best_of
from ._described import described, digest
from ._running import cluster, run
from ._store import Store, write_part
from ._table import DesignTable, join

if TYPE_CHECKING:
    from mlsysim_core.sheets import Section

    from ._exploration import DSE

__all__ = ["PART", "StoredTable", "store"]

PART = 2**20
"""Points that are written together."""
_MOST = 10**7
"""Points that a table may keep."""

Progress = Callable[[int, int], object]


class StoredTable(Shown):
    """The points of a sweep in a folder of Parquet files: what ``DSE.write`` returns.

    Parameters
    ----------
    folder : path
        Folder of a sweep that is finished.

    Attributes
    ----------
    folder : Path
        The same.
    points, feasible, accepted : int
        How many were tried, fit, and keep every constraint as well.
    """

    def __init__(self, folder: Any) -> None:
        self._store = Store.open(folder)
        self.folder: Path = self._store.folder
        if missing := len(self._store.missing()):
            raise InputError(
                f"{self.folder} lacks {missing:,} of {self._store.parts:,} parts: "
                "go on with the sweep first"
            )
        self._counts = reduce(add, map(self._store.counts, range(self._store.parts)))
        self.points: int = self._counts.points
        self.feasible: int = self._counts.feasible
        self.accepted: int = self._counts.accepted

    def refusals(self) -> dict[str, int]:
        """Return how many points were refused for each reason."""
        return dict(self._counts.refusals)

    def chunks(self) -> Iterator[DesignTable]:
        """Go through the points in tables, in the order of the space, and keep none."""
        return self._store.tables()

    def table(self) -> DesignTable:
        """Return the points in one table, ten million at most; those that are kept, if not all."""
        if kept := self._store.sweep.get("kept"):
            return Choice(**kept).fold(self.chunks())
        if self.points > _MOST:
            raise InputError(
                f"{self.points:,} points are too many to keep, the most are {_MOST:,}: use "
                "chunks(), best(), top() or pareto(), or read the folder with a data frame"
            )
        return join(list(self.chunks()))

    def best(self) -> dict[str, Any]:
        """Return the accepted point that is best by the objective."""
        return best_of(self.chunks())

    def top(self, count: int = 10) -> DesignTable:
        """Return the best accepted points by the objective, best first."""
        return Choice(count).fold(self.chunks())

    def pareto(self, *objectives: str) -> DesignTable:
        """Return the accepted points that no other is better than in every objective."""
        return Choice(pareto=objectives).fold(self.chunks())

    def sections(self) -> "list[Section]":
        """Return the counts, as notebooks show them."""
        from mlsysim_core.sheets import Section  # noqa: PLC0415  # few sweeps are shown

        counts = {"points": self.points, "feasible": self.feasible, "accepted": self.accepted}
        counts |= {f"refused: {reason}": count for reason, count in self.refusals().items()}
        rows = [(name, f"{count:,}") for name, count in counts.items()]
        return [Section(f"Sweep in {self.folder.name}", rows=rows, right=frozenset({1}))]

    def __len__(self) -> int:
        return self.points

    def __repr__(self) -> str:
        return (
            f"<StoredTable: {self.points:,} points, {self.feasible:,} feasible, "
            f"{self.accepted:,} accepted, in {self.folder.name}>"
        )


def store(
    dse: "DSE",
    folder: Any,
    choice: Choice,
    part: int,
    progress: Progress | None,
    where: tuple[int | None, str | None, Executor | None],
) -> StoredTable:
    """Work out the parts that a folder lacks; ``DSE.write`` says what the arguments are."""
    arrow_or_error("writing a sweep")
    choice.checked()
    if type(part) is not int or part < 1:
        raise InputError(f"part must be a whole number of at least 1, got {part!r}")
    if choice.top is not None and dse.objective is None:
        raise InputError("top needs an objective, such as 'maximize throughput'")
    sweep = described(dse.space, dse.objective, dse.constraints, choice) | {"part": part}
    sign = digest(dse.space, sweep)
    parts = dse.space.parts(part)
    total = dse.space.size
    with cluster(*where) as on:
        target = Store.begin(folder, sign, len(parts), sweep)
        missing = target.missing()
        done = total - sum(parts[one].size for one in missing)
        if progress is not None:
            progress(done, total)
        jobs = (
            (dse.over(parts[one]), target.path(one), choice, sign, sweep["mlsysim"])
            for one in missing
        )
        for points in run(_write, jobs, on):
            done += points
            if progress is not None:
                progress(done, total)
    if lacking := target.missing():
        raise MLSysimError(
            f"{target.path(lacking[0])} was written somewhere else: {folder} must be on a file "
            "system that every worker has"
        )
    target.tidy()
    return StoredTable(folder)


def _write(dse: "DSE", path: Path, choice: Choice, sign: str, wanted: str) -> int:
    """Write one part, wherever this runs; return its points."""
    if (own := version("mlsysim-core")) != wanted:
        raise MLSysimError(f"a worker has mlsysim {own}, and whoever asks it has {wanted}")
    write_part(dse.chunks(), path, choice, sign)
    return dse.space.size
