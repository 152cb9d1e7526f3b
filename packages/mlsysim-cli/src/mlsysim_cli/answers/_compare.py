"""`mlsysim compare`: why predictions differ, as a sum."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mlsysim_core import Engine, PerformanceProfile
from mlsysim_core.comparison import Comparison, Difference, compare
from mlsysim_core.comparison_report import labels
from mlsysim_core.errors import InputError
from mlsysim_core.report import setting, title

from .._ending import INFEASIBLE
from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import for_people
from ..output._terminal import complain, write
from ._document import document

__all__ = ["answer", "comparison"]

_TOO_LARGE = "a side does not fit in memory"


def answer(lists: Mapping[str, Sequence[Any]], settings: Mapping[str, Any], form: Format) -> int:
    """Ask for every side, write why they differ, and return the exit status."""
    found = compare(*(Engine.solve(**side, **settings) for side in _sides(lists)))
    if form in {Format.TABLE, Format.MARKDOWN}:
        text = for_people(found.sections(), form)
    else:
        text = as_json(comparison(found)) if form is Format.JSON else as_csv(_lines(found))
    return write(text) or _status(found.results)


def _sides(lists: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Deal out the values: the first of each list is the first side's."""
    counts = {name: len(values) for name, values in lists.items() if len(values) > 1}
    if not counts:
        raise InputError(
            "there is one side only: name two devices, such as H100 B200, or two models, "
            "formats, batches or stacks, such as -p fp16,fp8"
        )
    if len({*counts.values()}) > 1:
        told = ", ".join(f"{count} of {name}" for name, count in counts.items())
        raise InputError(f"sides do not match: {told}; give one for all sides, or one for each")
    for place in range(max(counts.values())):
        yield {name: values[place % len(values)] for name, values in lists.items()}


def comparison(found: Comparison) -> dict[str, Any]:
    """Describe for scripts why predictions differ."""
    names = labels(found.results)
    sides = [
        {"label": name, **document(one), "rent": _rent(one)}
        for name, one in zip(names, found.results, strict=True)
    ]
    pairs = zip(names[1:], found.differences, strict=True)
    return {
        "sides": sides,
        "differences": [{"from": names[0], "to": name, **_differing(one)} for name, one in pairs],
    }


def _rent(one: PerformanceProfile) -> dict[str, Any]:
    why = "" if one.feasible else "does not fit in memory"
    return measure(one.dollars if one.feasible else None, "USD", why or _NO_PRICE)


_NO_PRICE = "no price of this hardware is known"


def _differing(one: Difference) -> dict[str, Any]:
    why = "" if one.explained else _TOO_LARGE
    return {
        "explained": one.explained,
        "settings": {
            name: {"before": before, "after": after}
            for name, (before, after) in one.settings.items()
        },
        "latency": measure(one.seconds if one.explained else None, "s", why),
        "ratio": one.ratio if one.explained else None,
        "parts": {name: measure(seconds, "s") for name, seconds in one.parts.items()},
        "groups": [_change(change) for change in one.groups],
        "operators": [_change(change) for change in one.operators],
        "causes": {
            name: {"before": measure(before, unit), "after": measure(after, unit)}
            for name, (before, after, unit) in one.causes.items()
        },
    }


def _change(change: Any) -> dict[str, Any]:
    seconds = {**change._asdict(), "change": change.seconds}
    name = seconds.pop("name")
    return {"name": name, **{kind: measure(value, "s") for kind, value in seconds.items()}}


def _lines(found: Comparison) -> Iterator[dict[str, Any]]:
    """Make a line for each operator of each difference."""
    names = labels(found.results)
    for name, one in zip(names[1:], found.differences, strict=True):
        for change in one.operators:
            yield {"from": names[0], "to": name, **_change(change)}
        if not one.explained:
            yield {"from": names[0], "to": name, "reason": _TOO_LARGE}


def _status(results: Sequence[PerformanceProfile]) -> int:
    lacking = [one for one in results if not one.feasible]
    for one in lacking:
        complain(f"{title(one)} ({setting(one)}) does not fit in memory")
    return INFEASIBLE if lacking else 0
