"""A scenario held against its own limits: does it fit, is it fast enough, what does it draw."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from ._together import together
from .engine import Engine
from .errors import InputTypeError
from .formats import fallbacks
from .quantities import scaled
from .results import PerformanceProfile
from .scenario import Scenario
from .scorecard import Check, Evaluation
from .specs import HardwareSpec, ModelSpec, SystemSpec

__all__ = ["evaluate", "suitable_precision"]

Predict = Callable[[Scenario, int, str], PerformanceProfile]
"""Predicts a pass of a scenario, of a batch at a precision."""


def evaluate(
    scenario: Scenario,
    batch_size: int = 1,
    precision: str | None = None,
    *,
    predict: Predict | None = None,
    **settings: Any,
) -> Evaluation:
    """Hold a scenario against its limits: :meth:`mlsysim_core.Scenario.evaluate`.

    Parameters
    ----------
    scenario : Scenario
        Workload, system and limits.
    batch_size : int
        Sequences or samples that pass together.
    precision : str, optional
        Format; the one that the model was made in, or the nearest that the device has.
    predict : callable, optional
        What predicts the pass from scenario, batch and precision, in place of the engine.
    **settings
        Keywords of :meth:`mlsysim_core.Engine.solve`.

    Returns
    -------
    Evaluation
        The checks.
    """
    if not isinstance(scenario, Scenario):
        raise InputTypeError(f"scenario must be a Scenario, got {scenario!r:.80}")
    model, hardware = scenario.workload, scenario.hardware
    chosen = precision or suitable_precision(model, hardware)
    devices, notes = 1, []
    if precision is None:
        notes.append(f"{chosen}: {_why(model, hardware, chosen)}")
    if predict is not None:
        profile, whole = predict(scenario, batch_size, chosen), hardware
    else:
        system = scenario.system
        if isinstance(system, SystemSpec):
            devices = system.node.accelerators
            while devices < system.accelerators and not _fits(
                model, together(hardware, devices), batch_size, chosen, settings
            ):
                devices = min(2 * devices, system.accelerators)
            notes.append(
                f"each pass is divided evenly over {devices:,} of {system.accelerators:,} devices, "
                "and communication is not counted: no system is faster"
            )
        whole = together(hardware, devices)
        profile = Engine.solve(model, whole, batch_size, chosen, **settings)  # type: ignore[arg-type]
    rows = [_memory(profile), *_performance(scenario, whole, profile, settings)]
    rows += [*_energy(scenario, whole, profile), *_cost(hardware, profile, devices)]
    if scenario.target_accuracy is not None:
        accuracy = scenario.target_accuracy
        rows.append(Check("quality", "accuracy", None, accuracy, "", None, "not predicted"))
    return Evaluation(scenario, profile, devices, tuple(rows), (*notes, *profile.details.notes))


def suitable_precision(model: ModelSpec, hardware: HardwareSpec) -> str:
    """Return the format that a model was made in, or the nearest in which a device computes it.

    Parameters
    ----------
    model : ModelSpec
        The model; fp16 is taken where it does not say.
    hardware : HardwareSpec
        The device.
    """
    native = model.native_precision or "fp16"
    have = hardware.precisions
    if native == "bf16" and "bf16" not in have and "fp16" in have:
        return "fp16"  # as wide, where the next wider one would be slower
    return native if {native, *fallbacks(native)} & {*have} else have[0]


def _why(model: ModelSpec, hardware: HardwareSpec, chosen: str) -> str:
    if chosen == model.native_precision:
        return f"the format that {model.name} was made in"
    if model.native_precision is None:
        return f"{model.name} does not say what it was made in"
    return f"{hardware.name} has no {model.native_precision}"


def _fits(
    model: ModelSpec, hardware: HardwareSpec, batch: int, precision: str, settings: dict[str, Any]
) -> bool:
    return Engine.solve(model, hardware, batch, precision, **settings).feasible  # type: ignore[arg-type]


def _shown(value: float, unit: str) -> str:
    if not math.isfinite(value):
        return "infinite"
    if not unit:
        return f"{value:g}"
    scale, name = scaled(value, unit)
    return f"{value / scale:.4g} {name}"


def _share(value: float, limit: float) -> str:
    ratio = value / limit if limit else math.inf
    return f"{ratio:.3g} times the limit" if ratio > 1.0 else f"{ratio:.0%} of the limit"


def _memory(profile: PerformanceProfile) -> Check:
    needed, capacity = profile.details.footprint, profile.details.capacity
    fits = profile.feasible
    note = _share(needed, capacity)
    if not fits:
        note = f"{_shown(profile.account.spill, 'byte')} too much"
    return Check("feasibility", "memory", needed, capacity, "byte", fits, note)


def _performance(
    scenario: Scenario,
    hardware: HardwareSpec,
    profile: PerformanceProfile,
    settings: dict[str, Any],
) -> Iterator[Check]:
    limit = scenario.number("sla_latency")
    details = profile.details
    if not profile.feasible:
        note = "not predicted, for it does not fit"
        yield Check("performance", "latency", None, limit, "s", None, note)
    else:
        kept = None if limit is None else profile.seconds <= limit
        note = "" if limit is None else _share(profile.seconds, limit)
        if kept is False:
            note += _bound(scenario, hardware, profile, settings)
        yield Check("performance", "latency", profile.seconds, limit, "s", kept, note)
        rate, unit = profile.items_per_second, f"{details.unit}/s"
        yield Check("performance", "throughput", rate, None, unit, None)
    asked = scenario.number("data_rate")
    if asked is not None:
        yield _intake(asked, hardware)


def _bound(
    scenario: Scenario,
    hardware: HardwareSpec,
    profile: PerformanceProfile,
    settings: dict[str, Any],
) -> str:
    """Say whether any software could keep the latency."""
    details = profile.details
    asked = {**settings, "stack": "Ideal", "efficiency": None}
    size, precision = details.batch_size, details.precision
    least = Engine.solve(scenario.workload, hardware, size, precision, **asked).seconds  # type: ignore[arg-type]
    best = f"with every peak of the data sheet it takes {_shown(least, 's')}"
    possible = least <= (scenario.number("sla_latency") or 0.0)
    return f"; {best}" if possible else f"; it cannot pass: {best}"


def _intake(asked: float, hardware: HardwareSpec) -> Check:
    """Whatever comes in is written to memory once and read at least once."""
    memory = (hardware.memory.number("bandwidth") or 0.0) * hardware.memory.sustained / 2.0
    link = hardware.host_link.number("bandwidth") if hardware.host_link else None
    most = memory if link is None else min(memory, link)
    how = "into memory and out again once"
    if link is None:
        how += f"; the link by which it comes to {hardware.name} is unknown"
    elif link < memory:
        how = "over the host link"
    note = f"{_share(asked, most).replace('limit', 'most')}, {how}"
    return Check("performance", "data rate taken in", most, asked, "byte/s", most >= asked, note)


def _energy(
    scenario: Scenario, hardware: HardwareSpec, profile: PerformanceProfile
) -> Iterator[Check]:
    budget = scenario.number("power_budget")
    if profile.joules is None or not profile.feasible:
        note = f"{hardware.name} has no published power"
        if not profile.feasible:
            note = "not predicted, for it does not fit"
        yield Check("energy", "power while it works", None, budget, "W", None, note)
        return
    power = profile.joules / profile.seconds if profile.seconds else 0.0
    kept = None if budget is None else power <= budget
    note = "" if budget is None else _share(power, budget)
    if budget is not None and power > budget:
        note += _rest(budget, hardware, profile)
    yield Check("energy", "power while it works", power, budget, "W", kept, note)
    yield Check("energy", "energy of a pass", profile.joules, None, "J", None)


def _rest(budget: float, hardware: HardwareSpec, profile: PerformanceProfile) -> str:
    """Say how often it may work if the budget is a mean over time."""
    joules, seconds = profile.joules or 0.0, profile.seconds
    idle = hardware.number("idle_power")
    if idle is not None and idle >= budget:
        return f"; it cannot pass: even at rest the device draws {_shown(idle, 'W')}"
    resting = idle or 0.0
    often = (budget - resting) / (joules - resting * seconds)
    between = f"drawing {_shown(resting, 'W')}" if resting else "drawing nothing"
    return (
        f"; as a mean it allows a pass every {_shown(1.0 / often, 's')}, "
        f"the device {between} in between"
    )


def _cost(hardware: HardwareSpec, profile: PerformanceProfile, devices: int) -> Iterator[Check]:
    cheapest, cost = hardware.cheapest_offer, profile.dollars
    if cheapest is None or cost is None or not profile.feasible:
        return
    note = f"at {cheapest.offer}"
    yield Check("energy", "cost of a pass", cost * devices, None, "USD", None, note)
