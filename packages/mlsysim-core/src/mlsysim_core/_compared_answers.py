"""The difference between answers of a solver, explained by the sums that they are."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from ._shown import Shown
from .answer import Answer
from .comparison import merged
from .comparison_report import change_of, contribution, letters
from .errors import InputTypeError
from .explanation import brief_time
from .sheets import Section, as_text

__all__ = ["AnswerComparison", "AnswerDifference"]


class AnswerDifference(NamedTuple):
    """Why one answer differs from another."""

    before: Answer
    after: Answer

    @property
    def explained(self) -> bool:
        """Whether both fit, and take times that are finite."""
        sides = (self.before, self.after)
        return all(getattr(one, "feasible", True) for one in sides) and all(
            math.isfinite(seconds)
            for one in sides
            for parts in one.sums().values()
            for seconds in parts.values()
        )

    @property
    def sums(self) -> dict[str, dict[str, float]]:
        """Change of each part of each time; the parts of a time add up to its change. [s]"""
        if not self.explained:
            return {}
        old, new = self.before.sums(), self.after.sums()
        return {
            what: {
                name: new[what].get(name, 0.0) - old[what].get(name, 0.0)
                for name in merged(list(old[what]), list(new[what]))
                if new[what].get(name) or old[what].get(name)
            }
            for what in old
        }


class AnswerComparison(Shown):
    """Answers of one kind side by side, and why each differs from the first.

    Attributes
    ----------
    results : tuple of Answer
        The answers; the first is what the others are compared with.
    differences : tuple of AnswerDifference
        One for each answer after the first.
    """

    __slots__ = ("differences", "results")

    def __init__(self, results: Iterable[Answer]) -> None:
        self.results = tuple(results)
        for one in self.results:
            if not isinstance(one, Answer) or not one.sums():
                raise InputTypeError(
                    "compare takes results of Engine.solve, or of a solver of training or serving, "
                    f"got {type(one).__name__} {one!r:.60}"
                )
        first, *others = self.results
        for other in others:
            if type(other) is not type(first):
                kinds = f"{type(first).__name__} and {type(other).__name__}"
                raise InputTypeError(f"compare takes results of one kind, got {kinds}")
        self.differences = tuple(AnswerDifference(first, other) for other in others)

    def sections(self) -> list[Section]:
        """Return what is shown: the sides, then each difference."""
        outcomes = [one.sections()[0] for one in self.results]
        titles = [one.heading for one in outcomes]
        alike = len(set(titles)) < len(titles)
        names = letters(len(titles)) if alike else titles
        found = [_sides(outcomes, names, titles[0] if len(set(titles)) == 1 else "")]
        for name, pair in zip(names[1:], self.differences, strict=True):
            title = f"From {names[0]} to {name}"
            if not pair.explained:
                lines = ["no difference: what does not fit in memory has no answer"]
                found.append(Section(heading=title, lines=lines))
            found += [_section(title, what, pair) for what in pair.sums]
        return found

    def __str__(self) -> str:
        return as_text(self.sections()).rstrip("\n")

    def __repr__(self) -> str:
        return str(self)


def _sides(outcomes: list[Section], names: list[str], heading: str) -> Section:
    values = [{row[0]: row[1] for row in one.rows} for one in outcomes]
    told: list[str] = []
    for one in values:
        told = merged(told, list(one))
    rows = [(name, *(one.get(name, "-") for one in values)) for name in told]
    if not heading and names[0] != outcomes[0].heading:
        rows.insert(0, ("", *(one.heading for one in outcomes)))
    return Section(heading=heading, header=("", *names), rows=rows)


def _section(title: str, what: str, pair: AnswerDifference) -> Section:
    parts, old, new = pair.sums[what], pair.before.sums()[what], pair.after.sums()[what]
    before, after = sum(old.values()), sum(new.values())
    rows = [
        (
            *contribution(seconds, after - before),
            f"{brief_time(old.get(name, 0.0))} -> {brief_time(new.get(name, 0.0))}",
            name,
        )
        for name, seconds in parts.items()
    ]
    both = f"{brief_time(before)} -> {brief_time(after)}"
    most = max(map(abs, parts.values()), default=0.0) or 1.0
    return Section(
        heading=f"{title}, {what}: {change_of(before, after)}",
        rows=[*rows, (*contribution(after - before, after - before), both, "sum")],
        right=frozenset({0, 1, 2}),
        dispensable=(2,),
        shares=[abs(seconds) / most for seconds in parts.values()],
    )
