"""Percentiles of requests that wait for a replica: queueing with exact and named formulas."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._arguments import whole_number
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_time
from mlsysim_core.physics.queueing import erlang_c, offered_load, variable_service_wait
from mlsysim_core.physics.response import response_exceeds, response_quantile
from mlsysim_core.solver import Solver

from .._amounts import positive
from .._quantities import as_time

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["TailLatencyModel", "TailLatencyResult", "replicas_for"]

_POINTS = 1000
"""Equally likely service times that stand for a distribution."""
_HALVINGS = 60
_MOST = 1_000_000
_CERTAIN = 100.0


@dataclass(frozen=True, kw_only=True, slots=True)
class TailLatencyResult(Answer):
    """Waiting and service of requests at equal servers."""

    arrival_rate: float
    """[1 / s]"""
    service_seconds: float
    servers: int
    variation: float
    """Standard deviation of the service over its mean."""
    slo_seconds: float | None

    @property
    def queue_utilization(self) -> float:
        """Part of the servers that is busy; one and more cannot be served."""
        return float(offered_load(self.arrival_rate, self.service_seconds)) / self.servers

    @property
    def is_stable(self) -> bool:
        """Whether requests are served as fast as they arrive."""
        return self.queue_utilization < 1.0

    @property
    def waiting_probability(self) -> float:
        """Chance that a request finds every server busy."""
        load = offered_load(self.arrival_rate, self.service_seconds)
        return float(erlang_c(float(self.servers), load))

    @property
    def _free(self) -> float:
        return self.servers - float(offered_load(self.arrival_rate, self.service_seconds))

    @property
    def mean_wait_seconds(self) -> float:
        """Mean time before service [s]."""
        return float(
            variable_service_wait(
                self.arrival_rate, self.service_seconds, float(self.servers), self.variation
            )
        )

    @property
    def mean_seconds(self) -> float:
        """Mean time of wait and service [s]."""
        return self.mean_wait_seconds + self.service_seconds

    def exceeds(self, seconds: float) -> float:
        """Return the chance that wait and service take longer."""
        service = self.service_seconds
        if self.variation == 1.0:
            chance = self.waiting_probability
            return float(response_exceeds(seconds, service, chance, self._free))
        if not self.is_stable:
            return 1.0
        chance, mean = self.waiting_probability, self.mean_wait_seconds
        late = 0.0
        for one in _service_times(service, self.variation):
            left = seconds - one
            if left < 0.0:
                late += 1.0
            elif mean:
                late += chance * math.exp(-left * chance / mean)
        return late / _POINTS

    def seconds(self, percent: float) -> float:
        """Return a percentile of wait and service [s]."""
        if not 0.0 < percent < _CERTAIN:
            raise InputError(f"percent must be between 0 and 100, got {percent}")
        part = 1.0 - percent / 100.0
        service = self.service_seconds
        if self.variation == 1.0:
            return float(response_quantile(part, service, self.waiting_probability, self._free))
        if not self.is_stable:
            return math.inf
        low, high = 0.0, service
        while self.exceeds(high) > part:
            high *= 2.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            low, high = (middle, high) if self.exceeds(middle) > part else (low, middle)
        return high

    def latency(self, percent: float) -> "Quantity":
        """Return a percentile of wait and service."""
        return as_time(self.seconds(percent))

    @property
    def p50_latency(self) -> "Quantity":
        """Median of wait and service. [s]."""
        return self.latency(50.0)

    @property
    def p99_latency(self) -> "Quantity":
        """99th percentile of wait and service. [s]."""
        return self.latency(99.0)

    @property
    def slo_violation_probability(self) -> float:
        """Chance to miss the limit, if one was given; else not a number."""
        return math.nan if self.slo_seconds is None else self.exceeds(self.slo_seconds)

    def explain(self) -> str:
        """Say how busy the servers are, and how long requests take."""
        each = brief_time(self.service_seconds)
        lines = [
            f"{self.arrival_rate:,.4g} requests a second of {each}, {self.servers:,} servers",
            "",
            f"  {self.queue_utilization:>10.1%}  busy",
        ]
        if not self.is_stable:
            return "\n".join([*lines, "  the line grows without end"])
        lines.append(f"  {self.waiting_probability:>10.2%}  of requests wait")
        lines += [
            f"  {brief_time(self.seconds(percent)):>10}  wait and service, percentile {percent:g}"
            for percent in (50.0, 99.0)
        ]
        if self.slo_seconds is not None:
            limit = brief_time(self.slo_seconds)
            lines.append(f"  {self.slo_violation_probability:>10.3%}  take longer than {limit}")
        return "\n".join(lines)


@lru_cache(maxsize=64)
def _service_times(mean: float, variation: float) -> tuple[float, ...]:
    """Equally likely times of a log-normal service; all the same without variation."""
    if not variation:
        return (mean,) * _POINTS
    spread = math.sqrt(math.log1p(variation * variation))
    middle = math.log(mean) - spread * spread / 2.0
    from statistics import NormalDist  # noqa: PLC0415  # slow to import, and seldom needed

    normal = NormalDist()
    return tuple(
        math.exp(middle + spread * normal.inv_cdf((place + 0.5) / _POINTS))
        for place in range(_POINTS)
    )


class TailLatencyModel(Solver):
    """Percentiles of requests that arrive at random and wait for the next free replica.

    References
    ----------
    .. [1] L. Kleinrock, Queueing Systems, vol. 1: Theory. Wiley, 1975, sec. 3.5.
    .. [2] A. M. Lee and P. A. Longton, "Queueing processes associated with airline
       passenger check-in," Oper. Res. Quart., vol. 10, no. 1, pp. 56-71, 1959.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "requests arrive at random (Poisson), and one line feeds every replica",
        "a variation of 1 is exact (M/M/c): the percentile of the sum of wait and service",
        "otherwise service is log-normal, and waits have an exponential tail (Lee and Longton)",
    )
    bounds: ClassVar[str] = (
        "exact for a variation of 1; an approximation, on neither side, for others"
    )

    def solve(
        self,
        arrival_rate_qps: float,
        service_latency_ms: float,
        num_replicas: int = 1,
        service_time_cv: float = 1.0,
        *,
        slo_latency_ms: float | None = None,
    ) -> TailLatencyResult:
        """Predict waiting.

        Parameters
        ----------
        arrival_rate_qps : float
            Requests that arrive in a second. [1 / s]
        service_latency_ms : float
            Mean time that a replica is busy with one, in milliseconds. [ms]
        num_replicas : int
            Replicas.
        service_time_cv : float
            Standard deviation of that time over its mean.
        slo_latency_ms : float, optional
            Limit of wait and service together, in milliseconds. [ms]

        Returns
        -------
        TailLatencyResult
            Percentiles, utilisation, stability.
        """
        if isinstance(service_time_cv, bool) or not 0.0 <= service_time_cv < math.inf:
            raise InputError(f"service_time_cv must not be negative, got {service_time_cv}")
        return TailLatencyResult(
            arrival_rate=positive("arrival_rate_qps", arrival_rate_qps),
            service_seconds=positive("service_latency_ms", service_latency_ms) / 1e3,
            servers=whole_number("num_replicas", num_replicas),
            variation=float(service_time_cv),
            slo_seconds=(
                None if slo_latency_ms is None else positive("slo_latency_ms", slo_latency_ms) / 1e3
            ),
        )


def replicas_for(
    arrival_rate: float, service: float, variation: float, limit: float, percent: float
) -> int | None:
    """Return the fewest servers whose percentile keeps a limit; none where none do."""

    def keeps(count: int) -> bool:
        result = TailLatencyResult(
            arrival_rate=arrival_rate,
            service_seconds=service,
            servers=count,
            variation=variation,
            slo_seconds=limit,
        )
        return result.exceeds(limit) <= 1.0 - percent / 100.0

    least = max(math.floor(arrival_rate * service) + 1, 1)
    most = least
    while not keeps(most):
        if most > _MOST or most > 16 * least + 64:
            return None  # even without waiting, service takes too long
        most = 2 * most
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if keeps(middle) else (middle + 1, most)
    return least
