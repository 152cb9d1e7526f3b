"""The largest batch that a limit of latency allows."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core._arguments import whole_number
from mlsysim_core.answer import Answer
from mlsysim_core.explanation import brief_time
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._amounts import positive
from .._quantities import as_quantity, as_time
from ._batching import steady_state
from ._capacity import seen_at
from ._simulation_result import SimulationResult, percentile

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["BatchingOptimizer", "BestBatchResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BestBatchResult(Answer):
    """A limit of the batch, and what it does under the load."""

    best_batch_size: int
    """Largest limit whose requests end in time even when the batch is full; zero if none."""
    mean_batch_size: float
    """Requests that are really together under this load."""
    max_tokens_per_second: float
    """Tokens that the replicas write in a second with full batches. [token / s]"""
    sla_seconds: float
    seen: SimulationResult | None
    """One replica under its share of the load."""

    @property
    def p99_latency(self) -> "Quantity":
        """99th percentile of the time to the last token, under the load. [s]."""
        if self.seen is None:
            return as_time(math.inf)
        return as_time(percentile(self.seen.end_to_end_seconds, 99.0))

    @property
    def slo_violation_probability(self) -> float:
        """Part of the requests that end too late."""
        if self.seen is None:
            return 1.0
        return 1.0 - self.seen.attainment(end_to_end=self.sla_seconds)

    @property
    def is_feasible(self) -> bool:
        """Whether the 99th percentile keeps the limit under the load."""
        seen = self.seen
        if seen is None or not seen.stable:
            return False
        return percentile(seen.end_to_end_seconds, 99.0) <= self.sla_seconds

    @property
    def max_throughput(self) -> "Quantity":
        """Tokens that the replicas write in a unit of time with full batches. [1 / s]."""
        return as_quantity(self.max_tokens_per_second, "token/s")

    def explain(self) -> str:
        """Say how large the batch may be, and what it does under the load."""
        limit = brief_time(self.sla_seconds)
        if self.seen is None:
            return f"not even a batch of one ends within {limit}"
        late = brief_time(percentile(self.seen.end_to_end_seconds, 99.0))
        return "\n".join(
            (
                f"  {self.best_batch_size:>10,}  requests at most end within {limit} together",
                f"  {self.mean_batch_size:>10,.4g}  of them are together under this load",
                f"  {late:>10}  percentile 99; {self.slo_violation_probability:.2%} are late",
                f"  {self.max_tokens_per_second:>10,.5g}  token/s with full batches",
            )
        )


class BatchingOptimizer(Solver):
    """Larger batches serve more requests, each of them later.

    References
    ----------
    .. [1] G.-I. Yu, J. S. Jeong, G.-W. Kim, S. Kim, and B.-G. Chun, "Orca: A distributed
       serving system for transformer-based generative models," in OSDI, 2022.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "requests join a running batch: none waits for a batch to form",
        "requests are spread over the replicas at random",
    )
    bounds: ClassVar[str] = (
        "neither side: stacks are fitted to measurements; the Ideal stack bounds times from below"
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        seq_len: int,
        sla_latency_ms: float,
        arrival_rate_qps: float,
        num_replicas: int = 1,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        max_search_batch: int = 256,
        *,
        output_len: int = 128,
        **settings: Any,
    ) -> BestBatchResult:
        """Find the largest batch.

        Parameters
        ----------
        model, hardware : spec or str
            What runs, on what; or their names.
        seq_len : int
            Tokens of each prompt.
        sla_latency_ms : float
            Limit of the time to the last token, in milliseconds. [ms]
        arrival_rate_qps : float
            Requests that arrive in a second, at all replicas together. [1 / s]
        num_replicas : int
            Replicas.
        precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        max_search_batch : int
            Largest batch to consider.
        output_len : int
            Tokens written for each request.
        **settings
            ``tp``, ``pp``, ``ep``, ``dp_attention``, ``kv_precision``,
            ``activation_precision`` and ``stack``, as in :class:`ServingModel`.

        Returns
        -------
        BestBatchResult
            The batch, and latencies under the load.
        """
        limit = positive("sla_latency_ms", sla_latency_ms) / 1e3
        rate = positive("arrival_rate_qps", arrival_rate_qps)
        replicas = whole_number("num_replicas", num_replicas)
        most = whole_number("max_search_batch", max_search_batch)

        def state(batch: int) -> Any:
            return steady_state(
                model, hardware, seq_len, output_len, precision, efficiency,
                limit=batch, **settings,
            )  # fmt: skip

        widest = state(most)
        low, high = 0, widest.most
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if widest.residence(middle) <= limit else (low, middle - 1)
        if low < 1:
            return BestBatchResult(
                best_batch_size=0, mean_batch_size=0.0, max_tokens_per_second=0.0,
                sla_seconds=limit, seen=None,
            )  # fmt: skip
        chosen = state(low)
        seen = seen_at(chosen, rate / replicas)
        return BestBatchResult(
            best_batch_size=low,
            mean_batch_size=seen.mean_batch,
            max_tokens_per_second=replicas * chosen.rate(low) * chosen.written,
            sla_seconds=limit,
            seen=seen,
        )
