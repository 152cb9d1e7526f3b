"""The points of a design space as a table: columns, records, the best ones, the front."""

from collections.abc import Iterator, Sequence
from typing import Any

from mlsysim_core._shown import Shown
from mlsysim_core.arrays import numpy_or_error
from mlsysim_core.errors import InputError
from mlsysim_core.sheets import Section

from ._goal import TEXTS, UNITS, Goal
from ._optional import imported
from ._text import as_cells, as_csv, as_json, as_markdown

__all__ = ["DesignTable", "Levels", "join"]

_SHOWN = 20
"""Points that a notebook shows."""


class Levels:
    """The words of a column of text, each with its number; more come as points do."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {name: [] for name in TEXTS}
        self._codes: dict[tuple[str, str], int] = {}

    def code(self, column: str, word: str) -> int:
        """Return the number of a word."""
        key = (column, word)
        if key not in self._codes:
            self._codes[key] = len(self.words[column])
            self.words[column].append(word)
        return self._codes[key]


class DesignTable(Shown):
    """Points of a design space with their predictions, in the order of the space.

    Every number is in SI units (``DesignTable.units``), and is missing where there is no
    answer. ``feasible`` says whether a point fits in memory, ``accepted`` whether it keeps
    every constraint as well, and ``reason`` why not; no point is ever left out.

    Attributes
    ----------
    units : dict of str to str
        The unit of each column that has one.
    """

    units = UNITS

    def __init__(self, columns: dict[str, Any], levels: Levels, goal: Goal | None) -> None:
        self._columns, self._levels, self._goal = columns, levels, goal

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns; the objective has one if there is an objective."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return len(self._columns["latency"])

    def column(self, name: str) -> Any:
        """Return one column as an array; text as an array of text."""
        if name not in self._columns:
            raise InputError(f"a table has no column {name!r}; it has {', '.join(self.names)}")
        values = self._columns[name]
        if name in TEXTS:
            np = numpy_or_error()
            return np.array(self._levels.words[name], dtype=object)[values]
        return values

    def __getitem__(self, index: Any) -> Any:
        """Return a column by name, a record by number, a table by slice or array of places."""
        if isinstance(index, str):
            return self.column(index)
        if isinstance(index, slice) or hasattr(index, "dtype"):
            return self._only(index)
        if not -len(self) <= index < len(self):
            raise IndexError(f"point {index} of {len(self)}")
        return next(_records(self._only([index])))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Go through the points as records; what is missing is ``None``."""
        for start in range(0, len(self), 4096):
            yield from _records(self._only(slice(start, start + 4096)))

    def _only(self, places: Any) -> "DesignTable":
        columns = {name: values[places] for name, values in self._columns.items()}
        return DesignTable(columns, self._levels, self._goal)

    def accepted(self) -> "DesignTable":
        """Return the points that fit and keep every constraint."""
        return self._only(self._columns["accepted"])

    def refusals(self) -> dict[str, int]:
        """Return how many points are refused for each reason."""
        np = numpy_or_error()
        words = self._levels.words["reason"]
        counts = np.bincount(self._columns["reason"], minlength=len(words)).tolist()
        return {word: count for word, count in zip(words, counts, strict=True) if word and count}

    def best(self) -> dict[str, Any]:
        """Return the accepted point that is best by the objective.

        Raises
        ------
        InputError
            If no point is accepted; the message counts the reasons.
        """
        found = self.top(1)
        if not len(found):
            raise nothing_accepted(self.refusals(), len(self))
        best: dict[str, Any] = found[0]
        return best

    def top(self, count: int = 10) -> "DesignTable":
        """Return the best accepted points by the objective, best first."""
        if self._goal is None:
            raise InputError("there is no objective: give one, such as 'minimize latency'")
        np = numpy_or_error()
        cost = self._columns["objective"] * self._goal.sign
        places = np.flatnonzero(self._columns["accepted"] & ~np.isnan(cost))
        if len(places) > 4 * count:
            limit = np.partition(cost[places], count - 1)[count - 1]
            places = places[cost[places] <= limit]
        return self._only(places[np.argsort(cost[places], kind="stable")][:count])

    def pareto(self, *objectives: str) -> "DesignTable":
        """Return the accepted points that no other is better than in every objective.

        Parameters
        ----------
        *objectives : str
            Such as ``"minimize latency"`` and ``"maximize throughput"``.

        Returns
        -------
        DesignTable
            The front, by the first objective; of points that are equal in all of them the
            first one.
        """
        goals = [Goal.read(one) for one in objectives]
        return self.front(goals)

    def front(self, goals: Sequence[Goal]) -> "DesignTable":
        """Return the front of objectives that have been read."""
        np = numpy_or_error()
        count = len(self)
        costs = np.stack(
            [np.broadcast_to(one.expression(self.lookup) * one.sign, count) for one in goals], 1
        ).astype(float)
        places = np.flatnonzero(self._columns["accepted"] & ~np.isnan(costs).any(axis=1))
        return self._only(places[_undominated(np, costs[places])])

    def plot(self, first: str = "minimize latency", second: str = "maximize throughput") -> Any:
        """Draw the accepted points over two goals, and their front: a ``Picture``."""
        from ..pictures import pareto  # noqa: PLC0415  # most tables are never drawn

        return pareto(self, first, second)

    def lookup(self, name: str) -> Any:
        """Give an expression the values of a name."""
        if name == "power":
            return self._columns["energy"] / self._columns["latency"]
        return self.column(name)

    def to_csv(self, path: Any = None) -> str | None:
        """Write CSV under a line of names with units: to a file, or as text."""
        return _written(as_csv(self, self.names, UNITS), path)

    def to_json(self, path: Any = None) -> str | None:
        """Write one JSON document, ``units`` and ``points``: to a file, or as text."""
        return _written(as_json(self, self.names, UNITS), path)

    def to_markdown(self, path: Any = None) -> str | None:
        """Write a Markdown table for people: to a file, or as text."""
        return _written(as_markdown(self, UNITS), path)

    def to_pandas(self) -> Any:
        """Return a ``pandas.DataFrame``, if pandas is installed."""
        pandas = imported("pandas", "to_pandas()")
        return pandas.DataFrame({name: self.column(name) for name in self.names})

    def to_polars(self) -> Any:
        """Return a ``polars.DataFrame``, if polars is installed."""
        polars = imported("polars", "to_polars()")
        return polars.DataFrame({name: self.column(name).tolist() for name in self.names})

    def to_arrow(self, path: Any = None) -> Any:
        """Return a ``pyarrow.Table``, in which what is unknown is null; or write it to a file."""
        from ._arrow import to_arrow, write_arrow  # noqa: PLC0415  # they are made of tables

        return to_arrow(self) if path is None else write_arrow(self, path)

    def to_parquet(self, path: Any) -> None:
        """Write a Parquet file, if pyarrow is installed."""
        from ._arrow import write_parquet  # noqa: PLC0415  # it is made of tables

        write_parquet([self], path)

    def sections(self) -> list[Section]:
        """Return what a notebook shows: the first points."""
        names, cells = as_cells(self[:_SHOWN], UNITS)
        lines = [repr(self)[1:-1].partition(": ")[2]]
        if len(self) > _SHOWN:
            lines.append(f"the first {_SHOWN} points; to_csv, to_pandas, ... have all of them")
        right = frozenset(place for place, name in enumerate(names) if name not in TEXTS)
        table = Section(header=tuple(names), rows=[tuple(row) for row in cells], right=right)
        return [table, Section(lines=lines)] if cells else [Section(lines=lines)]

    def __repr__(self) -> str:
        accepted = int(self._columns["accepted"].sum())
        feasible = int(self._columns["feasible"].sum())
        return f"<DesignTable: {len(self):,} points, {feasible:,} feasible, {accepted:,} accepted>"


def _records(table: DesignTable) -> Iterator[dict[str, Any]]:
    listed = []
    for name in table.names:
        values = table.column(name).tolist()
        if name in {"batch_size", "seq_len"}:
            values = [None if one != one else int(one) for one in values]  # noqa: PLR0124
        elif name not in TEXTS:
            values = [None if one != one else one for one in values]  # noqa: PLR0124
        listed.append(values)
    for row in zip(*listed, strict=True):
        yield dict(zip(table.names, row, strict=True))


def nothing_accepted(refusals: dict[str, int], points: int) -> InputError:
    """Make the error of a space in which nothing is accepted, with the reasons."""
    ordered = sorted(refusals.items(), key=lambda one: -one[1])
    reasons = "; ".join(f"{count:,}: {reason}" for reason, count in ordered[:5])
    return InputError(f"none of {points:,} points is accepted: {reasons or 'none has a value'}")


def join(tables: Sequence[DesignTable]) -> DesignTable:
    """Put tables of one space after one another."""
    if len(tables) == 1:
        return tables[0]
    np = numpy_or_error()
    first = tables[0]
    columns = {
        name: np.concatenate([one._columns[name] for one in tables])  # noqa: SLF001
        for name in first.names
    }
    return DesignTable(columns, first._levels, first._goal)  # noqa: SLF001


def _undominated(np: Any, costs: Any) -> Any:
    """Return the places of rows that no other row is at most in every column."""
    order = np.lexsort(costs.T[::-1])
    costs = costs[order]
    if costs.shape[1] <= 2 and len(costs):
        last = costs[:, -1] if costs.shape[1] == 2 else np.zeros(len(costs))
        before = np.concatenate([[np.inf], np.minimum.accumulate(last)[:-1]])
        kept = last < before
        kept[0] = True
        return order[kept]
    place = 0
    while place < len(costs):
        worse = (costs >= costs[place]).all(axis=1)
        worse[place] = False
        order, costs = order[~worse], costs[~worse]
        place += 1
    return order


def _written(text: str, path: Any) -> str | None:
    if path is None:
        return text
    if hasattr(path, "write"):
        path.write(text)
    else:
        from pathlib import Path  # noqa: PLC0415

        Path(path).write_text(text, encoding="utf-8")
    return None
