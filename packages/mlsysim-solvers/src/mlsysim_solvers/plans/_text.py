"""A scorecard for people."""

import math
from typing import TYPE_CHECKING

from mlsysim_core.explanation import brief_time
from mlsysim_core.quantities import scaled
from mlsysim_core.sheets import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._assertions import Verdict
    from ._result import PlanResult, Reported

__all__ = ["held", "sheet", "shown"]

_DAY = 86400.0
_MARKS = {True: "holds", False: "BROKEN", None: "?"}
_SCALES = {
    "gCO2e": ((1e6, "tCO2e"), (1e3, "kgCO2e"), (1.0, "gCO2e"), (1e-3, "mgCO2e"), (1e-6, "ugCO2e")),
    "liter": ((1.0, "L"), (1e-3, "mL"), (1e-6, "uL")),
}


def shown(one: "Reported") -> str:
    """Write a value for people."""
    value = one.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _measured(float(value), one.unit) if math.isfinite(value) else "infinite"
    return "-" if value is None else value


def _measured(value: float, unit: str) -> str:
    if unit in {"", "USD"} or unit.endswith("/s") or not value:
        return _plain(value, unit)
    if unit == "s":
        return brief_time(value) if value < 3 * _DAY else _plain(value / _DAY, "days")
    if scales := _SCALES.get(unit):
        scale, name = next((one for one in scales if value >= one[0]), scales[-1])
        return _plain(value / scale, name)
    if unit == "J" and value >= 3.6e6:
        scale, name = scaled(value / 3600.0, "W")
        return _plain(value / 3600.0 / scale, f"{name}h")
    scale, name = scaled(value, unit)
    return _plain(value / scale, name)


def _plain(value: float, unit: str) -> str:
    whole = abs(value) >= 1e4 or value == int(value)
    return f"{f'{value:,.0f}' if whole else f'{value:,.4g}'} {unit}".strip()


def sheet(result: "PlanResult") -> list[Section]:
    """Lay out a scorecard: what is reported level by level, what holds, what is not known."""
    plan = result.plan
    about = [("work", f"{plan.workload.kind} of {plan.model.name}"), ("system", plan.target.name)]
    verdict = "PASSES" if result.passed else "DOES NOT PASS"
    found = [Section(heading=f"Plan {plan.name}: {verdict}", rows=about)]
    header = ("level", "what", "is")
    rows = list(_levels(one for one in result.told if one.value is not None))
    found.append(Section(heading="Scorecard", header=header, rows=rows, right=frozenset({2})))
    if result.verdicts:
        rows = [(_MARKS[one.passed], one.text, held(one)) for one in result.verdicts]
        found.append(Section(heading="Assertions", header=("", "what must hold", "is"), rows=rows))
    unknown: dict[str, list[str]] = {}
    for one in result.told:
        if one.value is None:
            unknown.setdefault(one.reason, []).append(one.name)
    if unknown:
        lines = [f"{', '.join(names)}: {why}" for why, names in unknown.items()]
        found.append(Section(heading="Not known", lines=lines))
    if result.notes:
        found.append(Section(heading="Notes", lines=result.notes))
    return found


def _levels(told: "Iterable[Reported]") -> "Iterator[tuple[str, ...]]":
    """Rows of what is reported, each level named once."""
    level = ""
    for one in told:
        yield (one.level if one.level != level else "", one.name, shown(one))
        level = one.level


def held(verdict: "Verdict") -> str:
    """Say what an assertion is about, with its values."""
    values = ((one.name, "unknown" if one.value is None else shown(one)) for one in verdict.values)
    return ", ".join(f"{name} {value}" for name, value in values)
