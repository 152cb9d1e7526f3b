"""A comparison as a sheet for people."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .explanation import PARTS, brief_time
from .quantities import brief
from .report import setting, title
from .sheets import Section

if TYPE_CHECKING:
    from .comparison import Change, Comparison, Difference
    from .results import PerformanceProfile

__all__ = ["change_of", "contribution", "differing", "labels", "letters", "shared", "sides"]


_Read = Callable[[Any], Any]
_Write = Callable[[Any, Any], str]


def labels(results: "Sequence[PerformanceProfile]") -> list[str]:
    """Name each result by what tells it from the others."""
    asked = [one.details for one in results]
    told: list[list[str]] = [[] for _ in results]
    for name, write in _WORDS.items():
        values = [getattr(one, name) for one in asked]
        if len(set(values)) > 1:
            for words, value in zip(told, values, strict=True):
                words.append(write(value))
    found = [" ".join(filter(None, words)) for words in told]
    return [text or letter for text, letter in zip(found, letters(len(found)), strict=True)]


_WORDS: dict[str, Callable[[Any], str]] = {
    "model": str,
    "hardware": str,
    "precision": str,
    "phase": str,
    "batch_size": lambda value: f"b{value:,}",
    "seq_len": lambda value: "" if value is None else f"s{value:,}",
    "efficiency": lambda value: "predicted" if value is None else f"e{value:g}",
    "stack": str,
}


def letters(count: int) -> list[str]:
    """Name so many results that nothing else tells apart."""
    return [chr(ord("A") + place) if place < 26 else str(place + 1) for place in range(count)]


def shared(results: "Sequence[PerformanceProfile]") -> str:
    """Say what was the same for all results."""
    first, *others = (one.details for one in results)
    same = [
        write(getattr(first, name))
        for name, write in _SAID.items()
        if all(getattr(one, name) == getattr(first, name) for one in others)
    ]
    return ", ".join(word for word in same if word)


_SAID: dict[str, Callable[[Any], str]] = {
    "model": str,
    "hardware": str,
    "precision": str,
    "phase": str,
    "batch_size": lambda value: f"batch {value:,}",
    "seq_len": lambda value: "" if value is None else f"{value:,} tokens",
    "efficiency": lambda value: "" if value is None else f"efficiency {value:g}",
    "stack": lambda value: f"{value} stack",
}


def sides(comparison: "Comparison") -> Section:
    """Return the predictions side by side; of two, each number with its ratio to the first."""
    results, found = comparison.results, labels(comparison.results)
    heading = f"{', '.join(found[:-1])} and {found[-1]}: {shared(results)}".rstrip(": ")
    table = [(name, *(_cell(one, read, write) for one in results)) for name, read, write in _SHOWN]
    if len(results) == 2:
        pairs = [(read(results[0]), read(results[1])) for _, read, _ in _SHOWN]
        alike = len({one.details.unit for one in results}) == 1
        rows = [
            (*row, _times(*pair) if alike or row[0] not in _BY_UNIT else "")
            for row, pair in zip(table, pairs, strict=True)
        ]
        return Section(
            heading=heading,
            header=("", *found, "ratio"),
            rows=rows,
            right=frozenset({1, 2, 3}),
        )
    header, *rows = zip(("", *found), *table, strict=True)
    return Section(
        heading=heading,
        header=header,
        rows=rows,
        right=frozenset(range(1, len(header))),
        dispensable=(3, 5, 6, 7, 4),
    )


def _cell(one: "PerformanceProfile", read: _Read, write: _Write) -> str:
    value = read(one)
    return "-" if value is None else write(value, one)


def _answer(read: _Read) -> _Read:
    """Read nothing from what does not fit."""
    return lambda one: read(one) if one.feasible else None


def _items(one: "PerformanceProfile") -> float:
    return one.items_per_second * one.seconds


_SHOWN: tuple[tuple[str, _Read, _Write], ...] = (
    ("latency", _answer(lambda one: one.seconds), lambda value, _: brief_time(value)),
    (
        "throughput",
        _answer(lambda one: one.items_per_second),
        lambda value, one: brief(value, f"{one.details.unit}/s"),
    ),
    ("MFU", _answer(lambda one: one.mfu), lambda value, _: f"{value:.1%}"),
    ("energy", _answer(lambda one: one.joules), lambda value, _: brief(value, "J")),
    (
        "energy of one",
        _answer(lambda one: None if one.joules is None else one.joules / _items(one)),
        lambda value, one: f"{brief(value, 'J')}/{one.details.unit}",
    ),
    (
        "rent of a million",
        _answer(lambda one: None if one.dollars is None else one.dollars / _items(one) * 1e6),
        lambda value, _: f"{value:,.4g} USD",
    ),
    ("memory", lambda one: one.details.footprint, lambda value, _: brief(value, "byte")),
    ("fits", lambda one: one.feasible, lambda value, _: "yes" if value else "NO"),
    ("bottleneck", _answer(lambda one: one.bottleneck), lambda value, _: str(value)),
)


_BY_UNIT = ("throughput", "energy of one", "rent of a million")
"""What is told of a token or of a sample: two of them have no ratio."""


def _times(before: Any, after: Any) -> str:
    if not isinstance(before, float) or not isinstance(after, float) or not before:
        return ""
    ratio = after / before
    return f"x {ratio:.3g}" if math.isfinite(ratio) else "-"


def differing(pair: "Difference") -> list[Section]:
    """Return the account of one difference."""
    before, after = labels([pair.before, pair.after])
    if not pair.explained:
        return [Section(heading=f"From {before} to {after}", lines=[_why(pair)])]
    parts = pair.parts
    old, new = pair.before.account, pair.after.account
    rows = [
        (
            _signed(seconds),
            _share(seconds, pair.seconds),
            f"{brief_time(float(getattr(old, name)))} -> {brief_time(float(getattr(new, name)))}",
            name,
            PARTS[name],
        )
        for name, seconds in parts.items()
    ]
    both = f"{brief_time(pair.before.seconds)} -> {brief_time(pair.after.seconds)}"
    whole = _share(pair.seconds, pair.seconds)
    rows.append((_signed(pair.seconds), whole, both, "latency", "the sum"))
    most = max(map(abs, parts.values()), default=0.0) or 1.0
    return [
        Section(
            heading=f"From {before} to {after}: {_verdict(pair)}",
            rows=rows,
            right=frozenset({0, 1, 2}),
            dispensable=(4, 2),
            shares=[abs(seconds) / most for seconds in parts.values()],
        ),
        _by_group(pair),
        _causes(pair),
    ]


def _verdict(pair: "Difference") -> str:
    return change_of(pair.before.seconds, pair.after.seconds)


def change_of(before: float, after: float) -> str:
    """Say how a time changes."""
    if before == after:
        return "equally long"
    if after < before:
        return f"{_signed(after - before)}, {_over(before, after):.3g} times as fast"
    return f"{_signed(after - before)}, {_over(after, before):.3g} times as long"


def _over(longer: float, shorter: float) -> float:
    return longer / shorter if shorter else math.inf


def contribution(part: float, whole: float) -> tuple[str, str]:
    """Write what a part contributes to a change, and its share."""
    return _signed(part), _share(part, whole)


def _why(pair: "Difference") -> str:
    lacking = [one for one in (pair.before, pair.after) if not one.feasible]
    if not lacking:
        return "no difference: a latency is infinite"
    what = " and ".join(f"{title(one)} ({setting(one)})" for one in lacking)
    return f"no difference: {what} {'does' if len(lacking) == 1 else 'do'} not fit in memory"


def _by_group(pair: "Difference") -> Section:
    groups = pair.groups
    rows = [_row(one, pair.seconds) for one in groups]
    most = max((abs(one.seconds) for one in groups), default=0.0) or 1.0
    return Section(
        heading="Group by group of operators",
        header=("group", "change", "share", "compute", "memory", "launch"),
        rows=rows,
        right=frozenset(range(1, 6)),
        dispensable=(5, 4, 3, 2),
        shares=[abs(one.seconds) / most for one in groups],
    )


def _row(one: "Change", whole: float) -> tuple[str, ...]:
    kinds = (_signed(seconds) for seconds in (one.compute, one.memory, one.launch))
    return (one.name, _signed(one.seconds), _share(one.seconds, whole), *kinds)


def _causes(pair: "Difference") -> Section:
    before, after = labels([pair.before, pair.after])
    rows = [
        (name, brief(old, unit), brief(new, unit), _times(old, new))
        for name, (old, new, unit) in pair.causes.items()
    ]
    return Section(
        heading="What the times are made of",
        header=("", before, after, "ratio"),
        rows=rows,
        right=frozenset({1, 2, 3}),
    )


def _signed(seconds: float) -> str:
    return f"{'+' if seconds > 0.0 else ''}{brief_time(seconds)}"


def _share(part: float, whole: float) -> str:
    return f"{part / whole + 0.0:.1%}" if whole and math.isfinite(whole) else "-"
