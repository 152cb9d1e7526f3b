"""Which points are kept, of any number that pass by."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mlsysim_core.errors import InputError

from ._goal import Goal
from ._table import DesignTable, join, nothing_accepted

__all__ = ["Choice", "best_of"]


class Choice(NamedTuple):
    """All points, the best by the objective, or the front of some objectives."""

    top: int | None = None
    pareto: tuple[str, ...] | None = None

    @property
    def all(self) -> bool:
        """Whether every point is kept."""
        return self.top is None and self.pareto is None

    def checked(self) -> "Choice":
        """Return it, or say what is wrong with it."""
        if self.top is not None and self.pareto is not None:
            raise InputError("top and pareto exclude each other")
        if self.top is not None and (type(self.top) is not int or self.top < 1):
            raise InputError(f"count must be a whole number of at least 1, got {self.top!r}")
        if self.pareto is not None and not self.pareto:
            raise InputError("pareto needs objectives, such as 'minimize latency'")
        return self

    def fold(self, tables: Iterable[DesignTable]) -> DesignTable:
        """Go through tables of one space, in memory that grows with what is kept alone."""
        self.checked()
        goals = [Goal.read(one) for one in self.pareto or ()]

        def chosen(table: DesignTable) -> DesignTable:
            return table.front(goals) if goals else table.top(self.top or 1)

        kept: DesignTable | None = None
        for table in tables:
            found = chosen(table)
            if kept is None:
                kept = found
            elif len(found):
                kept = chosen(join([kept, found]))
        if kept is None:
            raise AssertionError  # a space has one setting at least
        return kept


def best_of(tables: Iterable[DesignTable]) -> dict[str, Any]:
    """Return the accepted point that is best by the objective.

    Raises
    ------
    InputError
        If no point is accepted; the message counts the reasons.
    """
    reasons: Counter[str] = Counter()
    points = 0

    def seen() -> Iterator[DesignTable]:
        nonlocal points
        for table in tables:
            points += len(table)
            reasons.update(table.refusals())
            yield table

    found = Choice(1).fold(seen())
    if not len(found):
        raise nothing_accepted(reasons, points)
    best: dict[str, Any] = found[0]
    return best
