"""The device that a latency needs: the engine, solved backwards."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.explanation import brief_time
from mlsysim_core.formats import Precision
from mlsysim_core.results import PerformanceProfile
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._amounts import Amount, amount
from .._quantities import as_quantity
from ._devices import devices_for, latency_on
from ._knobs import Bench

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["SynthesisResult", "SynthesisSolver"]

_WAYS = {
    "memory_bandwidth": ("memory_bandwidth",),
    "compute": ("compute",),
    "both": ("memory_bandwidth", "compute"),
}
_LEAST, _MOST = 2.0**-30, 2.0**30
_STEPS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class SynthesisResult(Answer):
    """Devices that reach a latency, each by more (or less) of one thing."""

    _former: ClassVar[Values] = {
        "target_latency": OldAttribute(
            ".target_seconds", lambda made: as_quantity(made.target_seconds, "s")
        ),
        "compute_memory_ratio": OldAttribute(
            ".required_flops / .required_bw", lambda made: made.required_flops / made.required_bw
        ),
        "model_size": OldAttribute(
            ".baseline.details.weights",
            lambda made: as_quantity(made.baseline.details.weights, "byte"),
        ),
        "total_ops": OldAttribute(
            ".baseline.details.flops",
            lambda made: as_quantity(made.baseline.details.flops, "operation"),
        ),
    }

    target_seconds: float
    """[s]"""
    baseline: PerformanceProfile
    """The device that was begun with."""
    factors: tuple[tuple[str, float | None], ...]
    """Times more of it that reach the target; nothing where none does."""
    limits: tuple[tuple[str, float], ...]
    """Latency with endlessly more of it. [s]"""
    bench: Bench
    """The question, with the memory that it needs."""
    asked: Bench
    """The question as it was asked."""

    def factor(self, way: str) -> float:
        """Return how many times more of something reaches the target."""
        found = dict(self.factors)
        if way not in found:
            raise InputError(f"way must be one of {', '.join(found)}, got {way!r}")
        value = found[way]
        if value is None:
            limit = brief_time(dict(self.limits)[way])
            raise InputError(
                f"no {way.replace('_', ' ')} reaches {brief_time(self.target_seconds)}: "
                f"with endlessly more of it, it is {limit}"
            )
        return value

    def hardware(self, way: str = "both") -> HardwareSpec:
        """Return the device that reaches the target, and holds what it must."""
        return self._made(way).hardware

    def profile(self, way: str = "both") -> PerformanceProfile:
        """Return the engine's answer for that device: its latency is the target."""
        return self._made(way).ask()

    @property
    def required_bw(self) -> "Quantity":
        """Bandwidth of the memory that reaches the target, all else as it is. [byte / s]."""
        return self.hardware("memory_bandwidth").memory.bandwidth

    @property
    def required_flops(self) -> "Quantity":
        """Dense peak that reaches the target, all else as it is. [operation / s]."""
        peak = self.factor("compute") * self.baseline.details.peak
        return as_quantity(peak, "operation/s")

    @property
    def required_memory(self) -> "Quantity":
        """Memory that is needed, the runtime's reserve included. [byte]."""
        return self.bench.ask().memory_footprint

    @property
    def required_devices(self) -> int:
        """Fewest devices that reach the target together, as they are.

        Language models share each layer (tensor parallelism), other models the batch.
        """
        return devices_for(self.asked, self.target_seconds)

    def seconds_on(self, devices: int) -> float:
        """Return the latency on some of the devices together, as they are. [s]."""
        return latency_on(self.asked, devices)

    def explain(self) -> str:
        """Say what reaches the target."""
        details = self.baseline.details
        now, wanted = brief_time(self.baseline.seconds), brief_time(self.target_seconds)
        title = f"{details.model} on {details.hardware} takes {now}"
        lines = [f"{title}; to take {wanted} it needs", ""]
        for way, value in self.factors:
            name = way.replace("_", " ")
            if way == "both":
                name = "memory bandwidth and compute"
            if value is None:
                lines.append(f"  {name}: cannot be; {brief_time(dict(self.limits)[way])} at best")
            else:
                lines.append(f"  {value:.4g} times the {name}")
        try:
            count = self.required_devices
            taken = brief_time(self.seconds_on(count))
            lines.append(f"  {count:,} devices as they are: {taken}")
        except (InputError, MissingValueError) as error:
            lines.append(f"  devices as they are: {error}")
        return "\n".join(lines)

    def _made(self, way: str) -> Bench:
        value = self.factor(way)
        return self.bench.turned(dict.fromkeys(_WAYS[way], value))


class SynthesisSolver(Solver):
    """What a device must have for a latency: the engine's exact inverse, by root finding.

    References
    ----------
    .. [1] R. P. Brent, Algorithms for Minimization without Derivatives. Prentice-Hall, 1973,
       ch. 4.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "the device keeps its shape: units, caches, links and sustained fractions",
        "arithmetic changes by its clock, so that tiles do not",
        "memory that does not hold what it must is made larger first",
        "several devices are joined all to all by their own links, and stay as they are",
    )
    bounds: ClassVar[str] = "exact inverse of the engine, which is on neither side of a measurement"

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        target_latency: Amount,
        batch_size: int = 1,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        **settings: Any,
    ) -> SynthesisResult:
        """Find what reaches a latency.

        Parameters
        ----------
        model : ModelSpec or str
            What runs.
        hardware : HardwareSpec or str
            The device to begin with: its shape stays.
        target_latency : quantity
            Of one pass, such as ``"50 ms"``. [s]
        batch_size, precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        **settings
            Its keywords.

        Returns
        -------
        SynthesisResult
            Factors, devices, and the engine's answers for them.
        """
        target = amount("target_latency", target_latency, "s")
        bench = Bench.of(model, hardware, (batch_size, precision, efficiency), settings)
        baseline = bench.ask()
        if math.isinf(baseline.seconds) and baseline.feasible:
            raise InputError("a latency without end reaches nothing: efficiency must be above 0")
        factors: list[tuple[str, float | None]] = []
        limits: list[tuple[str, float]] = []
        roomy, _ = bench.roomy()
        for way, knobs in _WAYS.items():
            factors.append((way, _root(roomy, knobs, target)))
            limits.append((way, roomy.seconds(dict.fromkeys(knobs, _MOST))))
        return SynthesisResult(
            target_seconds=target,
            baseline=baseline,
            factors=tuple(factors),
            limits=tuple(limits),
            bench=roomy,
            asked=bench,
        )


def _root(bench: Bench, knobs: tuple[str, ...], target: float) -> float | None:
    """Return the factor whose latency is the target, by halving its logarithm."""

    def late(factor: float) -> bool:
        return bench.seconds(dict.fromkeys(knobs, factor)) > target

    low = high = 1.0
    while late(high):
        low, high = high, 2.0 * high
        if high > _MOST:
            return None
    while not late(low):
        low, high = low / 2.0, low
        if low < _LEAST:
            return None
    for _ in range(_STEPS):
        middle = math.sqrt(low * high)
        if not low < middle < high:
            break
        low, high = (middle, high) if late(middle) else (low, middle)
    return high
