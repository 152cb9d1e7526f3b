"""A scorecard as text."""

import math
from typing import TYPE_CHECKING

from mlsysim_core.explanation import brief_time
from mlsysim_core.quantities import scaled

if TYPE_CHECKING:
    from ._result import PlanResult, Reported

__all__ = ["scorecard", "shown"]

_DAY = 86400.0
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


def scorecard(result: "PlanResult") -> str:
    """Write a scorecard, a line for each value and each assertion."""
    plan = result.plan
    verdict = "passes" if result.passed else "does not pass"
    work = f"{plan.workload.kind} of {plan.model.name} on {plan.target.name}"
    lines = [f"{plan.name or 'the plan'} {verdict}: {work}"]
    unknown: dict[str, list[str]] = {}
    for one in result.told:
        if one.value is None:
            unknown.setdefault(one.reason, []).append(one.name)
        else:
            lines.append(f"  {one.level:11}  {one.name:24} {shown(one)}")
    marks = {True: "holds", False: "BROKEN", None: "?"}
    for held in result.verdicts:
        about = ", ".join(f"{one.name} {shown(one)}" for one in held.values)
        lines.append(f"  {marks[held.passed]:11}  {held.text} ({about})")
    lines += [f"  unknown: {', '.join(names)}: {why}" for why, names in unknown.items()]
    lines += [f"  note: {note}" for note in result.notes]
    return "\n".join(lines)
