"""How many replicas a load needs, and what a batch may grow to."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_time
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._amounts import positive
from .._quantities import as_quantity, as_time
from ._batching import steady_state
from ._requests import Requests
from ._simulation import serve_share
from ._simulation_result import SimulationResult, percentile
from ._steady_state import SteadyState

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["CapacityResult", "ServingCapacityModel", "price_of", "seen_at"]

_REQUESTS = 2000
"""Requests that are simulated for a percentile."""
_MOST = 1_000_000
_CERTAIN = 100.0


@dataclass(frozen=True, kw_only=True, slots=True)
class CapacityResult(Answer):
    """Replicas for a load, and what they cost."""

    replicas: int | None
    """Fewest that keep the limits; none where no number does."""
    devices_per_replica: int
    arrival_rate: float
    percent: float
    seen: SimulationResult | None
    """One of the replicas under its share of the load."""
    hourly_price: float | None
    """Of one device. [USD / hour]"""
    output_len: int
    notes: tuple[str, ...] = ()

    @property
    def devices(self) -> int | None:
        """Devices of all replicas."""
        return None if self.replicas is None else self.replicas * self.devices_per_replica

    @property
    def utilization(self) -> float:
        """Part of the time in which a replica works."""
        return math.nan if self.seen is None else self.seen.utilization

    @property
    def ttft(self) -> "Quantity":
        """Percentile of the time to the first token. [s]."""
        return as_time(self._seen("ttft_seconds"))

    @property
    def tpot(self) -> "Quantity":
        """Percentile of the mean time between tokens of a request. [s]."""
        return as_time(self._seen("tpot_seconds"))

    @property
    def latency(self) -> "Quantity":
        """Percentile of the time to the last token. [s]."""
        return as_time(self._seen("end_to_end_seconds"))

    def _seen(self, name: str) -> float:
        if self.seen is None:
            return math.inf
        return percentile(getattr(self.seen, name), self.percent)

    @property
    def hourly_cost(self) -> "Quantity":
        """Cost of all devices; not a number where the price is unknown. [USD / h]."""
        price, devices = self.hourly_price, self.devices
        known = None if price is None or devices is None else price * devices
        return as_quantity(known, "USD/hour")

    @property
    def cost_per_million_tokens(self) -> "Quantity":
        """Cost of a million written tokens at this load; not a number where unknown. [USD]."""
        price, devices = self.hourly_price, self.devices
        if price is None or devices is None:
            return as_quantity(None, "USD")
        tokens = self.arrival_rate * self.output_len * 3600.0
        return as_quantity(price * devices / tokens * 1e6, "USD")

    @property
    def energy_per_token(self) -> "Quantity":
        """Energy of a written token at this load; not a number where unknown. [J]."""
        if self.seen is None:
            return as_quantity(None, "J")
        return self.seen.energy_per_token

    def explain(self) -> str:
        """Say what the load needs, and what it sees and costs then."""
        load = f"{self.arrival_rate:,.4g} requests in a second"
        if self.replicas is None:
            return f"no number of replicas keeps the limits for {load}"
        lines = [
            f"{self.replicas:,} x {self.devices_per_replica:,} devices for {load}",
            "",
            f"  {self.utilization:>10.1%}  busy",
        ]
        lines += [
            f"  {brief_time(self._seen(name)):>10}  {what}, percentile {self.percent:g}"
            for name, what in (
                ("ttft_seconds", "to the first token"),
                ("tpot_seconds", "to each token after it"),
                ("end_to_end_seconds", "to the last"),
            )
        ]
        if self.hourly_price is None:
            lines.append(f"  {'unknown':>10}  cost: give hourly_price")
        else:
            cost = float(self.cost_per_million_tokens.m_as("USD"))
            lines.append(f"  {cost:>10,.4g}  USD for a million written tokens")
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)


class ServingCapacityModel(Solver):
    """From requests in a second and limits of latency to replicas, cost and energy.

    References
    ----------
    .. [1] A. Agrawal et al., "Vidur: A large-scale simulation framework for LLM inference,"
       in MLSys, 2024. arXiv:2405.05465.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "requests arrive at random and are spread over the replicas at random",
        "percentiles are those of 2,000 simulated requests of one replica",
    )
    bounds: ClassVar[str] = (
        "neither side: replicas are as few as the simulated percentiles allow, and none is spare"
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        arrival_rate_qps: float,
        seq_len: int = 2048,
        output_len: int = 128,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        ttft_ms: float = math.inf,
        tpot_ms: float = math.inf,
        latency_ms: float = math.inf,
        percent: float = 99.0,
        max_batch_size: int = 256,
        hourly_price: float | None = None,
        **settings: Any,
    ) -> CapacityResult:
        """Find the fewest replicas.

        Parameters
        ----------
        model, hardware : spec or str
            What runs, on what; or their names.
        arrival_rate_qps : float
            Requests that arrive in a second. [1 / s]
        seq_len, output_len : int
            Tokens of each prompt and each output.
        precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        ttft_ms, tpot_ms, latency_ms : float
            Limits of the time to the first token, the mean time between tokens, and the
            time to the last one, in milliseconds. [ms]
        percent : float
            Percentile that must keep them.
        max_batch_size : int
            Sequences that decode together at most.
        hourly_price : float, optional
            Dollars for one device and hour; the lowest that the device lists if not given.
            [USD / h]
        **settings
            ``tp``, ``pp``, ``ep``, ``dp_attention``, ``kv_precision``,
            ``activation_precision`` and ``stack``, as in :class:`ServingModel`.

        Returns
        -------
        CapacityResult
            Replicas, latencies, cost, energy.
        """
        rate = positive("arrival_rate_qps", arrival_rate_qps)
        if not 0.0 < percent < _CERTAIN:
            raise InputError(f"percent must be between 0 and 100, got {percent}")
        limits = {
            "ttft_seconds": _limit("ttft_ms", ttft_ms),
            "tpot_seconds": _limit("tpot_ms", tpot_ms),
            "end_to_end_seconds": _limit("latency_ms", latency_ms),
        }
        state = steady_state(
            model, hardware, seq_len, output_len, precision, efficiency,
            limit=max_batch_size, **settings,
        )  # fmt: skip
        price, notes = price_of(state.replica.hardware, hourly_price)
        known: dict[int, SimulationResult] = {}

        def keeps(count: int) -> bool:
            seen = known[count] = seen_at(state, rate / count)
            return seen.stable and all(
                percentile(getattr(seen, name), percent) <= limit for name, limit in limits.items()
            )

        count = _fewest(state, rate, keeps)
        if count is None:
            notes = (
                *notes,
                "no number of replicas keeps the limits: one request alone misses them",
            )
        return CapacityResult(
            replicas=count,
            devices_per_replica=state.replica.devices,
            arrival_rate=rate,
            percent=percent,
            seen=None if count is None else known[count],
            hourly_price=price,
            output_len=state.written,
            notes=notes,
        )


def _limit(parameter: str, value: float) -> float:
    return math.inf if value == math.inf else positive(parameter, value) / 1e3


def seen_at(state: SteadyState, rate: float, count: int = _REQUESTS) -> SimulationResult:
    """Simulate one replica under random arrivals."""
    requests = Requests.generate(count, state.prompt, state.written, rate=rate)
    return serve_share(
        state.replica, state.steps, requests, limit=state.limit,
        cached=1.0 - state.read / state.prompt,
    )  # fmt: skip


def _fewest(state: SteadyState, rate: float, keeps: Any) -> int | None:
    """Return the fewest replicas that keep the limits."""
    if state.most < 1:
        return None
    least = max(math.floor(rate / state.rate(state.most)), 1)
    most = least
    alone = max(math.ceil(rate * state.residence(1) * 100.0), least)
    while not keeps(most):
        if most > min(alone, _MOST):
            return None
        least, most = most + 1, 2 * most
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if keeps(middle) else (middle + 1, most)
    keeps(most)
    return most


def price_of(hardware: HardwareSpec, given: float | None) -> tuple[float | None, tuple[str, ...]]:
    """Return the price of a device and hour, and where it comes from."""
    if given is not None:
        return positive("hourly_price", given), ()
    offers = [(one.number("price") or 0.0, one.offer) for one in hardware.cloud_prices]
    if not offers:
        return None, (f"{hardware.name} lists no price: give hourly_price to know the cost",)
    price, offer = min(offers)
    return price, (f"price of {hardware.name}: {offer}",)
