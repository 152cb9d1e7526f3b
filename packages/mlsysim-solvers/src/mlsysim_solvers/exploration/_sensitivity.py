"""What a latency depends on, and how far it pays to improve that."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_core.formats import Precision
from mlsysim_core.results import PerformanceProfile
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._amounts import positive
from ._knobs import KNOBS, Bench

__all__ = ["SensitivityResult", "SensitivitySolver"]

_FURTHEST = 1024.0
_HALVINGS = 20
_NOTHING = 1e-9


@dataclass(frozen=True, kw_only=True, slots=True)
class SensitivityResult(Answer):
    """Elasticities: per cent of latency for each per cent more of something."""

    baseline: PerformanceProfile
    """The answer of the engine."""
    measured_at: float
    """Latency around which elasticities were taken. [s]"""
    perturbation_pct: float
    """Step of the differences, in per cent."""
    elasticities: tuple[tuple[str, float], ...]
    binding_constraint: str
    next_constraint: str | None
    """What limits once there is more of that; nothing within a thousandfold."""
    next_factor: float | None
    """How much more of it."""
    notes: tuple[str, ...]

    @property
    def sensitivities(self) -> dict[str, float]:
        """Per cent of latency for each per cent more of something; negative if it helps."""
        return dict(self.elasticities)

    @property
    def baseline_latency(self) -> Any:
        """Latency as it is."""
        return self.baseline.latency

    def explain(self) -> str:
        """Say what the latency depends on."""
        details = self.baseline.details
        lines = [f"{details.model} on {details.hardware}: {brief_time(self.baseline.seconds)}", ""]
        lines += [
            f"  {value:+8.4f} %  for each per cent more {name.replace('_', ' ')}"
            for name, value in self.elasticities
        ]
        lines.append(f"  bound by {self.binding_constraint.replace('_', ' ')}")
        if self.next_constraint is not None:
            lines[-1] += f"; {self.next_factor:.3g} times of it and "
            lines[-1] += f"{self.next_constraint.replace('_', ' ')} binds"
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)


class SensitivitySolver(Solver):
    """Derivatives of the engine's latency, knob by knob.

    References
    ----------
    .. [1] S. Williams, A. Waterman, and D. Patterson, "Roofline: An insightful visual
       performance model for multicore architectures," Commun. ACM, vol. 52, no. 4, 2009.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "one thing changes at a time; arithmetic changes by its clock, so that tiles do not",
        "on-chip and flash paths of the device stay as they are",
        "elasticities are central differences of the engine's own answers",
        "what they leave of minus one is the latency of memory, which nothing here turns",
    )
    bounds: ClassVar[str] = (
        "exact derivatives of the engine, which is on neither side of a measurement"
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        batch_size: int = 1,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        perturbation_pct: float = 1.0,
        **settings: Any,
    ) -> SensitivityResult:
        """Take the derivatives.

        Parameters
        ----------
        model, hardware, batch_size, precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        perturbation_pct : float
            Step of the differences, in per cent.
        **settings
            The engine's keywords.

        Returns
        -------
        SensitivityResult
            Elasticity by knob, what binds, and what would bind next.
        """
        step = 1.0 + positive("perturbation_pct", perturbation_pct) / 100.0
        if step > 2.0:
            raise InputError(f"perturbation_pct must be at most 100, got {perturbation_pct}")
        bench = Bench.of(model, hardware, (batch_size, precision, efficiency), settings)
        baseline = bench.ask()
        if math.isinf(baseline.seconds) and baseline.feasible:
            raise InputError("a latency without end depends on nothing: efficiency must be above 0")
        place = bench
        notes: tuple[str, ...] = ()
        lacking = math.isinf(baseline.seconds) and not baseline.feasible
        room: float | None = None
        if lacking:
            place, room = bench.roomy()
            held = brief_bytes(place.ask().details.capacity)
            notes = (f"does not fit, and has no link to fetch it over: taken with {held}",)
        found = _elasticities(place, step, {})
        binding = min(found, key=lambda name: found[name])
        following: str | None = binding
        factor = room
        if not baseline.feasible:
            binding = "memory_capacity"
        if not lacking:
            following, factor = _next(place, step, binding)
        return SensitivityResult(
            baseline=baseline,
            measured_at=place.seconds({}),
            perturbation_pct=float(perturbation_pct),
            elasticities=tuple(found.items()),
            binding_constraint=binding,
            next_constraint=following,
            next_factor=factor,
            notes=notes,
        )


def _elasticities(bench: Bench, step: float, turned: dict[str, float]) -> dict[str, float]:
    """Return the derivative of the logarithm of the latency by that of each knob."""
    found = {}
    for name in KNOBS:
        at = turned.get(name, 1.0)
        more, less = (bench.seconds({**turned, name: at * by}) for by in (step, 1.0 / step))
        slope = math.log(more / less) / (2.0 * math.log(step)) if 0.0 < less < math.inf else 0.0
        found[name] = 0.0 if abs(slope) < _NOTHING else slope
    return found


def _next(bench: Bench, step: float, binding: str) -> tuple[str | None, float | None]:
    """Return what binds after enough more of what binds now, and how much that is."""

    def binds(factor: float) -> str:
        found = _elasticities(bench, step, {binding: factor})
        return min(found, key=lambda name: found[name])

    low, high = 1.0, 2.0
    while binds(high) == binding:
        low, high = high, 2.0 * high
        if high > _FURTHEST:
            return None, None
    for _ in range(_HALVINGS):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if binds(middle) == binding else (low, middle)
    return binds(high), high
