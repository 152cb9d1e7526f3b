"""What a plan's work amounts to, whatever kind of work it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mlsysim_core.errors import InputError
from mlsysim_core.evaluation import evaluate as evaluate_scenario
from mlsysim_core.scenario import Scenario
from mlsysim_core.specs import NodeSpec

from .._parameters import parameters
from ..serving._serving import ServingModel
from ..training._distributed import DistributedModel
from ..training._goodput import TrainingRun, training_run

if TYPE_CHECKING:
    from ._plan import Plan

__all__ = ["Outcome", "predict"]

_NO_POWER = "the power of {name} is not published"
_NO_ITEMS = "it is of a whole run: give workload.items"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a plan's work amounts to."""

    prediction: Any
    """What the engine or a solver answered."""
    run: TrainingRun | None = None
    feasible: bool
    unit: str
    """What comes out: tokens or samples."""
    items_per_second: float
    """Of all devices, while they work. [1 / s]"""
    devices: int
    """That do the work."""
    watts: float | None
    """Mean of one device at work. [W]"""
    values: Mapping[str, Any]
    """What is reported of feasibility and performance, in SI units."""
    reasons: Mapping[str, str]
    """Why a value is not known."""
    notes: tuple[str, ...]


def predict(plan: "Plan") -> Outcome:
    """Ask the engine, or the solver of that kind of work."""
    settings = plan.workload.model_dump(exclude_unset=True)
    return _KINDS[settings.pop("kind", "pass")](plan, settings)


def _pass(plan: "Plan", settings: dict[str, Any]) -> Outcome:
    target = plan.target
    if isinstance(target, NodeSpec):
        raise InputError(
            "one pass runs on one device, or is divided over a system: write "
            f"hardware: {target.accelerator.name}, or workload.kind: serving"
        )
    found = evaluate_scenario(
        Scenario(name=plan.name or "plan", workload=plan.model, system=target), **settings
    )
    profile, devices = found.profile, found.devices
    details = profile.details
    watts = profile.joules / profile.seconds if profile.joules and profile.seconds else None
    values = {
        "feasible": profile.feasible,
        "memory": details.footprint / devices,
        "capacity": details.capacity / devices,
        "devices": devices,
        "latency": profile.seconds,
        "throughput": profile.items_per_second,
        "bottleneck": profile.bottleneck,
        "mfu": profile.mfu,
        "energy": profile.joules,
        "power": watts,
    }
    return Outcome(
        prediction=profile,
        feasible=profile.feasible,
        unit=details.unit,
        items_per_second=profile.items_per_second,
        devices=devices,
        watts=None if watts is None else watts / devices,
        values=values,
        reasons=_unknown_power(plan),
        notes=(*found.notes,),
    )


def _serving(plan: "Plan", settings: dict[str, Any]) -> Outcome:
    asked = settings.pop("replicas", None)
    result = ServingModel().solve(plan.model, plan.device, **settings)
    each = result.settings.devices
    replicas = asked or _replicas(plan, each)
    there = None if plan.system is None else plan.system.accelerators
    if there is not None and replicas * each > there:
        raise InputError(
            f"replicas must be at most {there // each} on the {there} devices of "
            f"{plan.target.name}, {each} of them for each; got {replicas}"
        )
    devices = replicas * each
    watts = None
    if result.joules is not None and result.end_to_end_seconds:
        watts = result.joules / result.end_to_end_seconds / each
    values = {
        "feasible": result.feasible,
        "memory": result.memory.total,
        "capacity": result.memory.capacity,
        "devices": devices,
        "ttft": result.ttft_seconds,
        "itl": result.itl_seconds,
        "latency": result.end_to_end_seconds,
        "throughput": replicas * result.tokens_per_second,
        "output_throughput": replicas * result.output_tokens_per_second,
        "replicas": replicas,
        "weights": result.memory.weights,
        "kv_cache": result.memory.cache,
        "energy": result.joules,
        "power": None if watts is None else watts * devices,
    }
    return Outcome(
        prediction=result,
        feasible=result.feasible,
        unit="token",
        items_per_second=replicas * result.output_tokens_per_second,
        devices=devices,
        watts=watts,
        values=values,
        reasons=_unknown_power(plan),
        notes=result.notes,
    )


def _replicas(plan: "Plan", each: int) -> int:
    if plan.system is None:
        return 1
    if each > plan.system.accelerators:
        raise InputError(
            f"tp * pp * dp_attention is {each}, and {plan.system.name} has "
            f"{plan.system.accelerators} devices"
        )
    return plan.system.accelerators // each


def _training(plan: "Plan", settings: dict[str, Any]) -> Outcome:
    of_run = {name: settings.pop(name) for name in parameters(training_run) if name in settings}
    step = DistributedModel().solve(plan.model, plan.target, **settings)
    items = of_run.pop("items", None)
    if of_run and items is None:
        raise InputError(f"{next(iter(of_run))} is of a whole run: give items, too")
    run = None if items is None else training_run(step, items, **of_run)
    devices = step.layout.devices
    watts = step.joules / step.seconds if step.joules and step.seconds else None
    values = {
        "feasible": step.feasible,
        "memory": step.footprint,
        "capacity": step.capacity,
        "devices": devices,
        "latency": step.seconds,
        "throughput": step.items_per_second,
        "mfu": step.mfu,
        "hfu": step.hfu,
        "bubble": step.bubble_fraction,
        "communication": sum(step.exposed.values(), 0.0),
        "energy": step.joules,
        "power": watts,
    }
    reasons = dict(_unknown_power(plan))
    if run is None:
        of = ("steps", "run_time", "goodput", "failures", "device_time")
        reasons |= dict.fromkeys(of, _NO_ITEMS)
    else:
        values |= {
            "steps": run.steps,
            "run_time": run.seconds,
            "goodput": run.goodput,
            "failures": run.failures,
            "device_time": run.seconds * run.devices,
        }
    return Outcome(
        prediction=step,
        run=run,
        feasible=step.feasible,
        unit=step.unit,
        items_per_second=step.items_per_second * (1.0 if run is None else run.goodput),
        devices=devices if run is None else run.devices,
        watts=None if watts is None else watts / devices,
        values=values,
        reasons=reasons,
        notes=step.notes,
    )


_KINDS: dict[str, Callable[["Plan", dict[str, Any]], Outcome]] = {
    "pass": _pass,
    "serving": _serving,
    "training": _training,
}


def _unknown_power(plan: "Plan") -> dict[str, str]:
    return dict.fromkeys(("energy", "power"), _NO_POWER.format(name=plan.device.name))
