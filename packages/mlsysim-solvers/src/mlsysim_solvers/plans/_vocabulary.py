"""What is reported of a plan: the words of its assertions, with their units."""

from functools import cache
from typing import Literal, NamedTuple

from ..exploration._expression_units import Dimension
from ..exploration._expressions import Names, parse

__all__ = ["Level", "Term", "names", "vocabulary"]

Level = Literal["feasibility", "performance", "macro"]


class Term(NamedTuple):
    """One thing that is reported."""

    level: Level
    unit: str
    """Empty for plain numbers; ``"text"``, or ``"truth"``."""
    about: str


_FEASIBILITY = {
    "feasible": ("truth", "Whether everything fits in memory."),
    "memory": ("byte", "That the fullest device needs."),
    "capacity": ("byte", "Memory of one device."),
    "devices": ("", "That do the work."),
}
_PERFORMANCE = {
    "pass": {
        "latency": ("s", "Of one pass."),
        "throughput": ("{unit}/s", "Of all devices."),
        "bottleneck": ("text", 'What most of the time is spent on: "Compute" or "Memory".'),
        "mfu": ("", "Model FLOPs utilization, 0 to 1."),
        "energy": ("J", "Of one pass, on its devices."),
        "power": ("W", "Mean of all devices at work."),
    },
    "serving": {
        "ttft": ("s", "Time to the first token."),
        "itl": ("s", "Mean time between the tokens after it."),
        "latency": ("s", "Time to the last token."),
        "throughput": ("{unit}/s", "Written while decoding, by all replicas."),
        "output_throughput": ("{unit}/s", "Written over the whole time, prompts included."),
        "replicas": ("", "Copies of the model."),
        "weights": ("byte", "On one device."),
        "kv_cache": ("byte", "On one device, at its longest."),
        "energy": ("J", "Of one batch, on the devices of its replica."),
        "power": ("W", "Mean of all devices at work."),
    },
    "training": {
        "latency": ("s", "Of one step."),
        "throughput": ("{unit}/s", "Of all devices."),
        "mfu": ("", "Model FLOPs utilization, 0 to 1."),
        "hfu": ("", "The same with the operations that are repeated."),
        "bubble": ("", "Part of a step that stages of the pipeline wait."),
        "communication": ("s", "Of one step, as far as nothing hides it."),
        "energy": ("J", "Of one step, on all devices."),
        "power": ("W", "Mean of all devices at work."),
        "steps": ("", "Of the run; needs workload.items."),
        "run_time": ("s", "Of the run, failures included; needs workload.items."),
        "goodput": ("", "Part of the run's time that moves it on; needs workload.items."),
        "failures": ("", "That the run can expect; needs workload.items."),
        "device_time": ("s", "Time of the run, of all devices; needs workload.items."),
    },
}
_MACRO = {
    "duration": ("s", "That the figures below are of."),
    "total_energy": ("J", "Of devices, hosts, network and cooling."),
    "carbon": ("gCO2e", "Emissions of the electricity."),
    "embodied_carbon": ("gCO2e", "This time's share in making the devices."),
    "total_carbon": ("gCO2e", "Both."),
    "water": ("liter", "Used on site."),
    "source_water": ("liter", "Used by the power stations."),
    "capex": ("USD", "This time's share in the purchase."),
    "opex": ("USD", "Electricity and maintenance."),
    "cost": ("USD", "Of owning: both."),
    "rent": ("USD", "Of renting the devices instead."),
    "energy_per_{unit}": ("J", "Of the building."),
    "carbon_per_{unit}": ("gCO2e", "Of the electricity."),
    "water_per_{unit}": ("liter", "On site."),
    "cost_per_million_{unit}s": ("USD", "Of owning."),
    "rent_per_million_{unit}s": ("USD", "Of renting."),
}


@cache
def vocabulary(kind: str, unit: str) -> dict[str, Term]:
    """Return what is reported, by name.

    Parameters
    ----------
    kind : str
        Of the work: ``"pass"``, ``"serving"`` or ``"training"``.
    unit : str
        What comes out: ``"token"`` or ``"sample"``.
    """
    levels: dict[Level, dict[str, tuple[str, str]]] = {
        "feasibility": _FEASIBILITY,
        "performance": _PERFORMANCE[kind],
        "macro": _MACRO,
    }
    return {
        name.format(unit=unit): Term(level, of.format(unit=unit), about)
        for level, listed in levels.items()
        for name, (of, about) in listed.items()
    }


def names(kind: str, unit: str) -> Names:
    """Return the words of assertions with their dimensions."""
    return {name: _dimension(term.unit) for name, term in vocabulary(kind, unit).items()}


@cache
def _dimension(unit: str) -> Dimension | str:
    if unit in {"text", "truth"}:
        return unit
    return parse(f"1 {unit}", {}, kind="number").dimension if unit else Dimension()
