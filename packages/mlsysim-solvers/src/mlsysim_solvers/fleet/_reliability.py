"""How often a system fails, and what that costs a long run."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._arguments import whole_number
from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.explanation import brief_time
from mlsysim_core.physics.failures import (
    expected_failures,
    failure_probability,
    recovery_fraction,
)
from mlsysim_core.physics.reliability import checkpoint_interval, useful_fraction
from mlsysim_core.solver import Solver
from mlsysim_core.specs import FailureSpec, HardwareSpec, NodeSpec, SystemSpec

from .._amounts import at_least, duration, positive, share
from .._quantities import as_quantity
from ._failure_rates import Components, system_mtbf
from ._fleet import find_fleet

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["ReliabilityModel", "ReliabilityResult", "poisson_most", "spent", "useful"]

_DAY = 86400.0
_HOPELESS = 500.0
"""Mean times between failures without one that are as good as never."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReliabilityResult(Answer):
    """Failures to expect in a time, and the time that they cost."""

    system: str
    devices: int
    seconds: float
    """[s]"""
    mtbf_seconds: float
    """Mean time between failures of everything together. [s]"""
    causes: tuple[str, ...]
    recovery_seconds: float
    """[s]"""
    checkpoint_seconds: float | None
    """[s]"""
    chosen_interval: float | None
    """[s]"""
    group: int
    """Devices that go out together."""
    repair_seconds: float | None
    """[s]"""

    @property
    def fleet_mtbf(self) -> "Quantity":
        """Mean time between failures of everything together. [s]."""
        return as_quantity(self.mtbf_seconds, "s")

    @property
    def expected_failures(self) -> float:
        """Failures to expect."""
        return float(expected_failures(self.seconds, self.mtbf_seconds))

    @property
    def failure_probability(self) -> float:
        """Chance of at least one."""
        return float(failure_probability(self.seconds, self.mtbf_seconds))

    def most_failures(self, chance: float = 0.9) -> int:
        """Return the number of failures that is not exceeded with a chance."""
        return poisson_most(self.expected_failures, chance)

    def spares(self, chance: float = 0.99) -> int:
        """Return the spare devices that suffice with a chance while others are repaired."""
        if self.repair_seconds is None:
            raise MissingValueError("how long a repair takes is not known: give repair_hours")
        broken = float(expected_failures(self.repair_seconds, self.mtbf_seconds))
        return self.group * poisson_most(broken, chance)

    @property
    def interval_seconds(self) -> float:
        """Work between two checkpoints: as given, or Young's optimum. [s]."""
        if self.chosen_interval is not None:
            return self.chosen_interval
        return float(checkpoint_interval(self._pause(), self.mtbf_seconds))

    @property
    def optimal_checkpoint_interval(self) -> "Quantity":
        """Young's optimum. [s]."""
        return as_quantity(float(checkpoint_interval(self._pause(), self.mtbf_seconds)), "s")

    @property
    def goodput_ratio(self) -> float:
        """Part of the time that moves the run on: no checkpoints, rework or restarts."""
        pause, restart = self._pause(), self.recovery_seconds
        return useful(self.interval_seconds, pause, restart, self.mtbf_seconds)

    @property
    def parts(self) -> dict[str, float]:
        """Parts of the time by what they are spent on; they add up to one."""
        return spent(
            self.goodput_ratio,
            self.interval_seconds,
            self._pause(),
            self.recovery_seconds,
            self.mtbf_seconds,
        )

    def explain(self) -> str:
        """Say how often what fails, and where the time goes: a sum that adds up."""
        lines = [f"{self.devices:,} devices of {self.system} for {self.seconds / _DAY:.4g} days"]
        lines += ["", *(f"  {cause}" for cause in self.causes)]
        lines.append(f"  together: every {brief_time(self.mtbf_seconds)}, ")
        lines[-1] += f"{self.expected_failures:,.4g} failures"
        if self.checkpoint_seconds is not None:
            lines.append(f"  a checkpoint after every {brief_time(self.interval_seconds)} of work")
            lines += ["", *(f"  {part:7.2%}  {name}" for name, part in self.parts.items())]
            lines.append("  100.00%  time")
        return "\n".join(lines)

    def _pause(self) -> float:
        if self.checkpoint_seconds is None:
            raise MissingValueError(
                "how long a checkpoint stops the run is not known: give checkpoint_seconds"
            )
        return self.checkpoint_seconds


class ReliabilityModel(Solver):
    """Failures of a long run on many devices, any of which stops it.

    References
    ----------
    .. [1] Llama Team, "The Llama 3 herd of models," 2024, sec. 3.3.4. arXiv:2407.21783.
    .. [2] A. Kokolis et al., "Revisiting reliability in large-scale machine learning research
       clusters," in HPCA, 2025. arXiv:2410.21680.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "failures come at random, at a constant rate: neither early deaths nor wear",
        "every failure stops the whole run, which goes on from its last checkpoint",
        "failures also strike while a checkpoint is written or the run restarts",
        "a study's rate holds for other devices only as far as they are like those in it",
    )
    bounds: ClassVar[str] = (
        "goodput is bounded from above: failures come one at a time, and restarts succeed"
    )
    _former: ClassVar[Inputs] = {
        "fleet": Renamed("system"),
        "job_duration_hours": Renamed("duration_days", lambda hours: hours / 24.0),
        "checkpoint_time_s": Renamed("checkpoint_seconds"),
        "avg_recovery_time_s": Renamed("recovery_seconds"),
    }

    def solve(
        self,
        system: SystemSpec | NodeSpec | HardwareSpec | str,
        duration_days: float,
        *,
        devices: int | None = None,
        failure: FailureSpec | str | None = None,
        device_mtbf_hours: float | None = None,
        components: Components | None = None,
        shared_failures_per_day: float = 0.0,
        recovery_seconds: float = 600.0,
        checkpoint_seconds: float | None = None,
        checkpoint_interval_seconds: float | None = None,
        devices_per_failure: int = 1,
        repair_hours: float | None = None,
    ) -> ReliabilityResult:
        """Predict failures and what they cost.

        Parameters
        ----------
        system : SystemSpec, NodeSpec, HardwareSpec or str
            What runs, or its name.
        duration_days : float
            For how long, wall-clock time. [day]
        devices : int, optional
            How many there are of a bare device; one if not given.
        failure : FailureSpec or str, optional
            A published study whose rate holds here too.
        device_mtbf_hours : float, optional
            Hours of one device between failures that stop the run, in place of a study. [h]
        components : mapping of str to (int, float), optional
            Parts beside the devices: how many, and the hours of one between failures.
        shared_failures_per_day : float
            Failures that strike all devices at once, however many there are. [1 / day]
        recovery_seconds : float
            From a failure to the first step again. [s]
        checkpoint_seconds : float, optional
            For which a checkpoint stops the run. [s]
        checkpoint_interval_seconds : float, optional
            Work between checkpoints; Young's optimum if not given. [s]
        devices_per_failure : int
            Devices that go out together, such as those of a node.
        repair_hours : float, optional
            Until they are back. [h]

        Returns
        -------
        ReliabilityResult
            Mean time between failures, failures, goodput and its parts, spares.

        Raises
        ------
        MissingValueError
            If nothing says how often anything fails.
        InputError, InputTypeError
            If an argument cannot be used.
        """
        fleet = find_fleet(system, devices)
        mtbf, causes = system_mtbf(
            fleet.devices, failure, device_mtbf_hours, components, shared_failures_per_day
        )
        return ReliabilityResult(
            system=fleet.name,
            devices=fleet.devices,
            seconds=duration("duration_days", duration_days),
            mtbf_seconds=mtbf,
            causes=causes,
            recovery_seconds=at_least("recovery_seconds", recovery_seconds, 0.0),
            checkpoint_seconds=_positive("checkpoint_seconds", checkpoint_seconds),
            chosen_interval=_positive("checkpoint_interval_seconds", checkpoint_interval_seconds),
            group=whole_number("devices_per_failure", devices_per_failure),
            repair_seconds=None
            if repair_hours is None
            else positive("repair_hours", repair_hours) * 3600.0,
        )


def _positive(parameter: str, value: float | None) -> float | None:
    return None if value is None else positive(parameter, value)


def useful(interval: float, pause: float, restart: float, mtbf: float) -> float:
    """Return the part of the time that moves a run on; none if it never gets anywhere."""
    if (interval + pause + restart) / mtbf > _HOPELESS:
        return 0.0
    return float(useful_fraction(interval, pause, restart, mtbf))


def spent(
    counting: float, interval: float, pause: float, restart: float, mtbf: float
) -> dict[str, float]:
    """Split the time of a run; the parts add up to one."""
    saving = counting * pause / interval
    recovering = float(recovery_fraction(restart, mtbf))
    return {
        "work that counts": counting,
        "checkpoints": saving,
        "recovery": recovering,
        "work done again": 1.0 - counting - saving - recovering,
    }


def poisson_most(mean: float, chance: float) -> int:
    """Return the count that a Poisson variable does not exceed with a chance."""
    if not 0.0 < share("chance", chance) < 1.0:
        raise InputError(f"chance must be between 0 and 1, got {chance}")
    if mean > 500.0:  # the normal distribution, which is as good there
        return math.ceil(NormalDist(mean, math.sqrt(mean)).inv_cdf(chance) - 0.5)
    count, term = 0, math.exp(-mean)
    total = term
    while total < chance and count < 10.0 * mean + 100.0:
        count += 1
        term *= mean / count
        total += term
    return count
