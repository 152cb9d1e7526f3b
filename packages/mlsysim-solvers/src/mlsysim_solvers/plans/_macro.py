"""What a plan's work takes from the world: energy, carbon, water and money."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.quantities import parse

from ..fleet._economics import EconomicsModel, hourly_rent
from ..fleet._economics_result import EconomicsResult
from ..fleet._fleet import find_fleet
from ..fleet._sustainability import SustainabilityModel
from ..fleet._sustainability_result import SustainabilityResult

if TYPE_CHECKING:
    from ._outcome import Outcome
    from ._plan import Plan

__all__ = ["Macro", "macro"]

_DAY = 86400.0
_YEAR = 365.25 * _DAY
_USE: dict[str, Callable[[SustainabilityResult], float]] = {
    "total_energy": lambda use: use.joules,
    "carbon": lambda use: use.operational_grams,
    "embodied_carbon": lambda use: use.embodied_grams,
    "total_carbon": lambda use: use.grams,
    "water": lambda use: use.liters,
    "source_water": lambda use: float(use.source_water_usage.m_as("liter")),
}
_COST: dict[str, Callable[[EconomicsResult], float]] = {
    "capex": lambda cost: cost.capex_usd,
    "opex": lambda cost: cost.total_opex_usd,
    "cost": lambda cost: cost.tco_usd,
}
_SHARES = {"energy": "total_energy", "carbon": "carbon", "water": "water"}
_MILLIONS = ("cost", "rent")


class Macro:
    """Values by name, in SI units and USD, and why others are not known."""

    def __init__(self) -> None:
        self.use: SustainabilityResult | None = None
        self.cost: EconomicsResult | None = None
        self.values: dict[str, float] = {}
        self.reasons: dict[str, str] = {}
        self.notes: tuple[str, ...] = ()

    def note(self, name: str, read: Callable[[], float]) -> None:
        """Keep a value, or why there is none."""
        try:
            self.values[name] = read()
        except MissingValueError as error:
            self.reasons[name] = str(error)


def macro(plan: "Plan", outcome: "Outcome") -> Macro:
    """Predict energy, carbon, water and cost of the plan's time.

    Raises
    ------
    InputError
        If something that the plan says of place, machines or prices cannot be used.
    """
    found = Macro()
    seconds = _duration(plan, outcome, found)
    asked = _asked(plan, outcome, seconds)
    found.values["duration"] = seconds
    try:
        found.use = SustainabilityModel().solve(**asked.use)
        found.cost = EconomicsModel().solve(**asked.cost)
    except MissingValueError as error:
        found.reasons |= dict.fromkeys((*_USE, *_COST), str(error))
    else:
        use, cost = found.use, found.cost
        for name, read in _USE.items():
            found.note(name, partial(read, use))
        for name, of in _COST.items():
            found.note(name, partial(of, cost))
        found.notes += use.notes
    found.note("rent", lambda: _rent(plan, outcome, seconds))
    items = None if _varies(plan) else outcome.items_per_second * seconds
    for name, whole in _SHARES.items():
        _share(found, f"{name}_per_{outcome.unit}", whole, items)
    for name in _MILLIONS:
        _share(found, f"{name}_per_million_{outcome.unit}s", name, items and items / 1e6)
    return found


def _varies(plan: "Plan") -> bool:
    return plan.machines is not None and isinstance(plan.machines.load, list | tuple)


def _share(found: Macro, name: str, whole: str, count: float | None) -> None:
    if count is None:
        found.reasons[name] = "a load by the hour does not say how much comes out"
    elif whole in found.values:
        found.values[name] = found.values[whole] / count
    else:
        found.reasons[name] = found.reasons[whole]


def _duration(plan: "Plan", outcome: "Outcome", found: Macro) -> float:
    if outcome.run is not None:
        if plan.duration is not None:
            raise InputError("duration is that of the run: leave it out, or workload.items")
        return outcome.run.seconds
    if plan.duration is not None:
        return parse(plan.duration, "s")
    if {"place", "machines", "economics"} & plan.model_fields_set:
        found.notes += ("energy, carbon, water and cost are of a year (duration was not given)",)
    return _YEAR


class _Asked:
    def __init__(self, use: dict[str, Any], cost: dict[str, Any]) -> None:
        self.use, self.cost = use, cost


def _given(part: Any) -> dict[str, Any]:
    return {} if part is None else dict(part.model_dump(exclude_unset=True))


def _asked(plan: "Plan", outcome: "Outcome", seconds: float) -> _Asked:
    place, machines = _given(plan.place), _given(plan.machines)
    if region := place.pop("region", None):
        place["grid"] = region
    embodied = {name: machines.pop(name) for name in ("embodied_carbon",) if name in machines}
    utilization = machines.pop("utilization", 1.0)
    if outcome.watts is not None and not {"device_power", "load"} & machines.keys():
        machines["device_power"] = f"{outcome.watts!r} W"
    common = {**_fleet(plan, outcome), "duration_days": seconds / _DAY, **machines}
    of_use = ("wue", "carbon_intensity", "hourly_shape", "start_hour")
    shared = {name: value for name, value in place.items() if name not in of_use}
    price = {name: shared.pop(name) for name in ("electricity_price",) if name in shared}
    extra = {name: place[name] for name in of_use if name in place}
    use = {**common, **shared, **extra, **embodied, "lifetime_utilization": utilization}
    cost = {**common, **shared, **price, **_given(plan.economics), "utilization": utilization}
    return _Asked(use, cost)


def _fleet(plan: "Plan", outcome: "Outcome") -> dict[str, Any]:
    """Take the whole system where all of it works, and bare devices where not."""
    system = plan.system
    if system is not None and system.accelerators == outcome.devices:
        return {"system": system}
    return {"system": plan.device, "devices": outcome.devices}


def _rent(plan: "Plan", outcome: "Outcome", seconds: float) -> float:
    prices = _given(plan.economics)
    fleet = find_fleet(**_fleet(plan, outcome))
    hourly, missing = hourly_rent(fleet, prices.get("hourly_price"), prices.get("cloud_offer"))
    if hourly is None:
        raise MissingValueError(missing)
    return hourly * outcome.devices * seconds / 3600.0
