"""Jobs that wait for a part of a cluster."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._arguments import whole_number
from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError
from mlsysim_core.physics.queueing import erlang_c, offered_load, variable_service_wait
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, NodeSpec, SystemSpec

from .._amounts import at_least, positive
from ._fleet import find_fleet

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["OrchestrationModel", "OrchestrationResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class OrchestrationResult(Answer):
    """How busy a cluster is, and how long its jobs wait."""

    system: str
    slots: int
    """Jobs that run at the same time."""
    devices_per_job: int
    idle_devices: int
    """That no job of this size can use."""
    arrivals: float
    """Jobs of a day."""
    duration: float
    """Of a job, in days."""
    variation: float
    """Standard deviation of the duration over its mean."""

    @property
    def load(self) -> float:
        """Jobs that would run on average, if there were room for all; in erlang."""
        return float(offered_load(self.arrivals, self.duration))

    @property
    def cluster_utilization(self) -> float:
        """Part of the slots that is asked for; from one on, the line grows without end."""
        return self.load / self.slots

    @property
    def is_stable(self) -> bool:
        """Whether jobs end as fast as they arrive."""
        return self.cluster_utilization < 1.0

    @property
    def waiting_probability(self) -> float:
        """Chance that a job has to wait."""
        return float(erlang_c(float(self.slots), self.load))

    @property
    def avg_wait_time_days(self) -> float:
        """Mean wait, in days."""
        if not self.is_stable:
            return math.inf
        return float(
            variable_service_wait(self.arrivals, self.duration, float(self.slots), self.variation)
        )

    @property
    def avg_wait(self) -> "Quantity":
        """Mean wait. [s]."""
        from mlsysim_core.units import ureg  # noqa: PLC0415  # only quantities need pint

        wait: Quantity = ureg.Quantity(self.avg_wait_time_days * 24.0, "hour")
        return wait

    @property
    def avg_queue_length(self) -> float:
        """Jobs that wait, on average."""
        return self.arrivals * self.avg_wait_time_days

    def explain(self) -> str:
        """Say how busy the cluster is, and how long jobs wait."""
        lines = [
            f"{self.system}: {self.slots:,} jobs of {self.devices_per_job:,} at a time",
            "",
            f"  {self.load:>10.4g} jobs would run, {self.cluster_utilization:.1%} of what it holds",
        ]
        if not self.is_stable:
            lines.append("  the line grows without end")
            return "\n".join(lines)
        lines += [
            f"  {self.waiting_probability:>10.2%} of jobs wait",
            f"  {self.avg_wait_time_days * 24.0:>10.4g} h on average",
            f"  {self.avg_queue_length:>10.4g} jobs in line",
        ]
        return "\n".join(lines)


class OrchestrationModel(Solver):
    """Jobs of one size on a cluster: one line, many servers (M/M/c, and M/G/c nearly).

    References
    ----------
    .. [1] L. Kleinrock, Queueing Systems, vol. 1: Theory. Wiley, 1975, sec. 3.5.
    .. [2] A. M. Lee and P. A. Longton, "Queueing processes associated with airline passenger
       check-in," Oper. Res. Quart., vol. 10, no. 1, pp. 56-71, 1959.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "jobs arrive at random (Poisson), want equally many devices, and are served in order",
        "a variation of 1 is exact; others are scaled as Lee and Longton do",
        "nothing is preempted, and no job is refused",
    )
    bounds: ClassVar[str] = (
        "exact for a variation of 1; waits are bounded from below where jobs differ in size"
    )
    _former: ClassVar[Inputs] = {
        "fleet": Renamed("system"),
    }

    def solve(
        self,
        system: SystemSpec | NodeSpec | HardwareSpec | str,
        arrival_rate_jobs_per_day: float,
        avg_job_duration_days: float,
        *,
        devices: int | None = None,
        devices_per_job: int = 1,
        duration_cv: float = 1.0,
    ) -> OrchestrationResult:
        """Predict waiting.

        Parameters
        ----------
        system : SystemSpec, NodeSpec, HardwareSpec or str
            The cluster, or its name.
        arrival_rate_jobs_per_day : float
            Jobs that arrive in a day. [1 / day]
        avg_job_duration_days : float
            How long one runs, on average. [day]
        devices : int, optional
            How many there are of a bare device; one if not given.
        devices_per_job : int
            Devices of one job.
        duration_cv : float
            Standard deviation of the duration over its mean.

        Returns
        -------
        OrchestrationResult
            Utilization, waits, length of the line.

        Raises
        ------
        InputError, InputTypeError
            If an argument cannot be used, or a job is larger than the cluster.
        """
        fleet = find_fleet(system, devices)
        size = whole_number("devices_per_job", devices_per_job)
        if size > fleet.devices:
            raise InputError(
                f"devices_per_job is {size:,}, but {fleet.name} has {fleet.devices:,} devices"
            )
        return OrchestrationResult(
            system=fleet.name,
            slots=fleet.devices // size,
            devices_per_job=size,
            idle_devices=fleet.devices % size,
            arrivals=positive("arrival_rate_jobs_per_day", arrival_rate_jobs_per_day),
            duration=positive("avg_job_duration_days", avg_job_duration_days),
            variation=at_least("duration_cv", duration_cv, 0.0),
        )
