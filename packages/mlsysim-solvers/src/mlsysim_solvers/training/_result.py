"""What a training step on many devices takes, and where it goes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core._arguments import check_choice
from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_core.sheets import Section

from ._layout import Layout
from ._ledger import HELD
from ._step import PARTS

if TYPE_CHECKING:
    from mlsysim_core.pictures import Picture
    from mlsysim_core.units import Quantity

__all__ = ["DistributedResult", "StepExplanation", "items_of"]

_PICTURES = ("breakdown", "memory", "timeline")

Items = tuple[tuple[str, float], ...]
_PARALLEL = ("dp", "tp", "pp", "ep")


def _quantity(number: float, unit: str) -> "Quantity":
    from mlsysim_core.units import ureg  # noqa: PLC0415  # only whoever reads a quantity needs pint

    return ureg.Quantity(number, unit)


def _view(items: Items) -> Mapping[str, float]:
    return MappingProxyType(dict(items))


@dataclass(frozen=True, kw_only=True, slots=True)
class DistributedResult(Answer):
    """The prediction for one training step on a system. Frozen, hashable, picklable."""

    _former: ClassVar[Values] = {
        "step_latency_total": "step_latency",
        "effective_throughput": "throughput",
        "parallelism": OldAttribute(
            ".layout", lambda step: {one: getattr(step.layout, one) for one in _PARALLEL}
        ),
        "dp_communication_latency": OldAttribute(".exposed['data'] or .communication['data']"),
        "tp_communication_latency": OldAttribute(".exposed['tensor'] or .communication['tensor']"),
        "ep_communication_latency": OldAttribute(".exposed['expert'] or .communication['expert']"),
        "communication_latency": OldAttribute(
            "sum(.exposed.values()) or sum(.communication.values())"
        ),
        "pipeline_bubble_latency": OldAttribute(
            ".parts['bubble']", lambda step: _quantity(step.parts["bubble"], "second")
        ),
        "scaling_efficiency": OldAttribute(".device_seconds_per_item of one device and of many"),
        "node_profile": OldAttribute("Engine.train for one device"),
    }

    model: str
    system: str
    precision: str
    layout: Layout
    seconds: float
    """The latency of a step as a plain number. [s]"""
    items: float
    """Tokens or samples of a step."""
    unit: str
    mfu: float
    """Model FLOPs utilization: operations that the model asks for, over latency and peak."""
    hfu: float
    """The same with the operations that are repeated."""
    feasible: bool
    """Whether everything fits into the memory of every device."""
    joules: float | None
    """Energy of all devices as a plain number, where their power is known. [J]"""
    capacity: float
    """Memory of one device. [byte]"""
    peak: float
    """Dense peak of one device. [operation / s]"""
    flops: float
    """Operations that the model asks for in a step. [operation]"""
    forward_share: float
    """Part of the work on a micro-batch that its forward pass is."""
    part_items: Items
    communication_items: Items
    held_items: Items
    notes: tuple[str, ...]

    @property
    def parts(self) -> Mapping[str, float]:
        """Seconds by part; their sum, in this order, is the latency."""
        return _view(self.part_items)

    @property
    def communication(self) -> Mapping[str, float]:
        """Seconds of each kind of communication, hidden or not."""
        return _view(self.communication_items)

    @property
    def exposed(self) -> Mapping[str, float]:
        """Seconds of each kind of communication that nothing hides."""
        parts = self.parts
        return MappingProxyType({name: parts[name] for name, _ in self.communication_items})

    @property
    def memory(self) -> Mapping[str, float]:
        """Bytes that the fullest device holds, by kind."""
        return _view(self.held_items)

    @property
    def footprint(self) -> float:
        """Bytes that the fullest device holds."""
        return sum((count for _, count in self.held_items), 0.0)

    @property
    def step_latency(self) -> "Quantity":
        """Wall-clock time of one step. [s]."""
        return _quantity(self.seconds, "second")

    latency = step_latency

    @property
    def throughput(self) -> "Quantity":
        """Tokens or samples in a unit of time, of the whole system. [1 / s]."""
        return _quantity(self.items_per_second, f"{self.unit}/s")

    @property
    def items_per_second(self) -> float:
        """The throughput as a plain number. [token / s] or [sample / s]."""
        return self.items / self.seconds if self.seconds else math.inf

    @property
    def energy(self) -> "Quantity":
        """Energy of all devices in one step; not a number where their power is unknown. [J]."""
        return _quantity(math.nan if self.joules is None else self.joules, "joule")

    @property
    def memory_footprint(self) -> "Quantity":
        """Memory that the fullest device needs. [byte]."""
        return _quantity(self.footprint, "byte")

    @property
    def bubble_fraction(self) -> float:
        """Part of the step that stages of the pipeline wait."""
        return self.parts["bubble"] / self.seconds if self.seconds else 0.0

    @property
    def device_seconds_per_item(self) -> float:
        """Device time for one token or sample. [s]."""
        return self.seconds * self.layout.devices / self.items

    def device_hours(self, items: float) -> float:
        """Return the device-hours for so many tokens or samples, without failures. [h]."""
        return self.device_seconds_per_item * items / 3600.0

    def sections(self) -> list[Section]:
        """Return what a notebook or a terminal shows."""
        from ._sheet import sheet  # noqa: PLC0415  # most results are never shown

        return sheet(self)

    def sums(self) -> dict[str, dict[str, float]]:
        """Return the time of a step with its parts. [s]"""
        return {"a step": dict(self.part_items)}

    def plot(self, kind: str = "breakdown") -> "Picture":
        """Draw the step: its ``"breakdown"``, ``"memory"``, or the pipeline's ``"timeline"``."""
        from .. import pictures  # noqa: PLC0415  # most results are never drawn

        drawn: Picture = getattr(pictures, check_choice("kind", kind, _PICTURES))(self)
        return drawn

    def explain(self) -> "StepExplanation":
        """Break the latency down into a sum."""
        return StepExplanation(self)

    def __repr__(self) -> str:
        return (
            f"<DistributedResult {self.model} on {self.system}: {brief_time(self.seconds)} a step, "
            f"{self.items_per_second:.4g} {self.unit}/s, mfu {self.mfu:.3f}"
            f"{'' if self.feasible else ', does not fit'}>"
        )


@dataclass(frozen=True, slots=True)
class StepExplanation:
    """Where the time and the memory of a training step go."""

    result: DistributedResult

    @property
    def parts(self) -> dict[str, float]:
        """Seconds by part, in the order of the sum; only what is not zero."""
        return {name: seconds for name, seconds in self.result.part_items if seconds}

    @property
    def total(self) -> float:
        """Sum of the parts. [s]."""
        return sum(self.parts.values(), 0.0)

    @property
    def memory(self) -> dict[str, float]:
        """Bytes of the fullest device, by kind; only what is not zero."""
        return {name: count for name, count in self.result.held_items if count}

    def __str__(self) -> str:
        result, plan = self.result, self.result.layout
        sizes = [("tp", plan.tp), ("pp", plan.pp), ("v", plan.chunks), ("cp", plan.cp)]
        sizes += [("ep", plan.ep), ("dp", plan.dp), ("zero", plan.zero)]
        shown = " ".join(f"{name}{size}" for name, size in sizes if size > (name != "dp"))
        lines = [
            f"{result.model} on {plan.devices:,} devices of {result.system}, {result.precision}",
            f"{shown}, {plan.microbatches:,} x {plan.microbatch:,}, recompute {plan.recompute}",
            "",
        ]
        for name, seconds in self.parts.items():
            share = seconds / result.seconds if math.isfinite(result.seconds) else math.nan
            lines.append(f"  {brief_time(seconds):>10} {share:6.1%}  {name}: {PARTS[name]}")
        lines.append(f"  {brief_time(result.seconds):>10} 100.0%  step")
        lines.append("")
        lines += [
            f"  {brief_bytes(count):>10}         {name}: {HELD[name]}"
            for name, count in self.memory.items()
        ]
        verdict = "of" if result.feasible else "do not fit in"
        lines.append(
            f"  {brief_bytes(result.footprint):>10}         {verdict} "
            f"{brief_bytes(result.capacity)} of each device"
        )
        lines.append(f"  mfu {result.mfu:.1%}, hfu {result.hfu:.1%}")
        lines += [f"  note: {note}" for note in result.notes]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)


def items_of(values: Mapping[str, Any]) -> Items:
    """Freeze a mapping of numbers."""
    return tuple((name, float(value)) for name, value in values.items())
