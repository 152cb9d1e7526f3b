"""What can be turned about a device and its software, one factor each."""

from collections.abc import Callable
from typing import Any, NamedTuple

from mlsysim_core._arguments import find_hardware, find_model, find_stack
from mlsysim_core.engine import Engine
from mlsysim_core.results import PerformanceProfile
from mlsysim_core.specs import HardwareSpec, ModelSpec, StackSpec

__all__ = ["KNOBS", "Bench"]

_ROOM = 1.02
_OVERHEADS = ("launch", "dispatch", "per_call", "per_pass")


def _compute(hardware: HardwareSpec, factor: float) -> HardwareSpec:
    """Turn the clock: every rate of arithmetic follows, and no tile changes its shape."""
    compute = hardware.compute
    rates = {name: _scaled(compute.peak, name, factor) for name in compute.peak.formats}
    update: dict[str, Any] = {f"compute.peak.{name}": rate for name, rate in rates.items()}
    for name in ("vector", "clock"):
        if compute.number(name) is not None:
            update[f"compute.{name}"] = _scaled(compute, name, factor)
    return hardware.model_copy(update=update)


def _bandwidth(hardware: HardwareSpec, factor: float) -> HardwareSpec:
    update: dict[str, Any] = {"memory.bandwidth": _scaled(hardware.memory, "bandwidth", factor)}
    if hardware.flash is not None and hardware.flash.number("bandwidth") is not None:
        update["flash.bandwidth"] = _scaled(hardware.flash, "bandwidth", factor)
    return hardware.model_copy(update=update)


def _capacity(hardware: HardwareSpec, factor: float) -> HardwareSpec:
    update: dict[str, Any] = {"memory.capacity": _scaled(hardware.memory, "capacity", factor)}
    return hardware.model_copy(update=update)


def _host(hardware: HardwareSpec, factor: float) -> HardwareSpec:
    if hardware.host_link is None:
        return hardware
    update = {"host_link.bandwidth": _scaled(hardware.host_link, "bandwidth", factor)}
    return hardware.model_copy(update=update)


def _same(hardware: HardwareSpec, factor: float) -> HardwareSpec:  # noqa: ARG001
    return hardware


KNOBS: dict[str, Callable[[HardwareSpec, float], HardwareSpec]] = {
    "compute": _compute,
    "memory_bandwidth": _bandwidth,
    "memory_capacity": _capacity,
    "host_bandwidth": _host,
    "software": _same,
}
"""Each makes more of something; of software, its speed in starting kernels and passes."""


class Bench(NamedTuple):
    """A question to the engine, and the device that it is asked about."""

    model: ModelSpec
    hardware: HardwareSpec
    stack: StackSpec
    arguments: tuple[Any, ...]
    settings: tuple[tuple[str, Any], ...]

    @classmethod
    def of(
        cls,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        arguments: tuple[Any, ...],
        settings: dict[str, Any],
    ) -> "Bench":
        """Look everything up once."""
        rest = dict(settings)
        stack = find_stack(rest.pop("stack", None))
        return cls(
            find_model(model), find_hardware(hardware), stack, arguments, tuple(rest.items())
        )

    def turned(self, factors: dict[str, float]) -> "Bench":
        """Turn some knobs."""
        hardware, stack = self.hardware, self.stack
        for name, factor in factors.items():
            if factor != 1.0:
                hardware = KNOBS[name](hardware, factor)
                stack = _quicker(stack, factor) if name == "software" else stack
        return self._replace(hardware=hardware, stack=stack)

    def ask(self) -> PerformanceProfile:
        """Ask the engine."""
        return Engine.solve(
            self.model, self.hardware, *self.arguments, stack=self.stack, **dict(self.settings)
        )

    def roomy(self) -> tuple["Bench", float]:
        """Give the device the memory that it lacks, if any; return how many times its own."""
        larger, factor = self, 1.0
        answer = self.ask()
        if not answer.feasible:
            factor = answer.details.footprint / answer.details.capacity
        while not answer.feasible:
            factor *= _ROOM  # the reserve grows with the memory
            larger = self.turned({"memory_capacity": factor})
            answer = larger.ask()
        return larger, factor

    def seconds(self, factors: dict[str, float]) -> float:
        """Return the latency with some knobs turned. [s]."""
        return float(self.turned(factors).ask().seconds)


def _quicker(stack: StackSpec, factor: float) -> StackSpec:
    given = [name for name in _OVERHEADS if stack.number(name)]
    update = {name: f"{(stack.number(name) or 0.0) / factor!r} s" for name in given}
    return stack.model_copy(update=update)


_UNITS = {
    "bandwidth": "B/s",
    "capacity": "B",
    "clock": "Hz",
    "vector": "FLOP/s",
}


def _scaled(spec: Any, name: str, factor: float) -> str:
    return f"{spec.number(name) * factor!r} {_UNITS.get(name, 'FLOP/s')}"
