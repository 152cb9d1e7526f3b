"""What a replica does in a steady state."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_core.quantities import brief
from mlsysim_core.sheets import Section

from .._quantities import as_quantity, as_time

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["BatchingResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchingResult(Answer):
    """A replica in its steady state; means over requests."""

    _former: ClassVar[Values] = {
        "memory_fragmentation_pct": OldAttribute(
            "100 * .memory_fragmentation", lambda state: 100.0 * state.memory_fragmentation
        ),
    }

    feasible: bool
    """Whether one request fits at all."""
    stable: bool
    """Whether requests are served as fast as they come."""
    max_active_requests: int
    """Requests that fit together: memory, and the scheduler's limit."""
    mean_active: float
    """Requests in the engine, on average."""
    mean_waiting: float
    """Requests before it, on average."""
    waiting_probability: float
    requests_per_second: float
    output_len: int
    ttft_seconds: float
    itl_seconds: float
    end_to_end_seconds: float
    prefill_share: float
    """Part of the engine's time that prompts take."""
    utilization: float
    """Requests in a second over the most that can be served."""
    peak_requests_per_second: float
    memory_fragmentation: float
    """Part of the blocks that stays empty when a request is at its longest."""
    paged_bytes: float
    """Blocks of all requests that fit, on one device. [byte]"""
    speedup_vs_static: float
    """Rate over that of static batches of the same size and memory."""
    joules_per_token: float | None
    notes: tuple[str, ...] = ()

    @property
    def ttft(self) -> "Quantity":
        """Mean time to the first token, waiting included. [s]."""
        return as_time(self.ttft_seconds)

    @property
    def itl(self) -> "Quantity":
        """Mean time between tokens, other requests' prompts included. [s]."""
        return as_time(self.itl_seconds)

    @property
    def end_to_end(self) -> "Quantity":
        """Mean time to the last token. [s]."""
        return as_time(self.end_to_end_seconds)

    @property
    def throughput_tokens_per_sec(self) -> float:
        """Tokens written in a second [token / s]."""
        return self.requests_per_second * self.output_len

    @property
    def throughput(self) -> "Quantity":
        """Tokens written in a unit of time. [1 / s]."""
        return as_quantity(self.throughput_tokens_per_sec, "token/s")

    @property
    def paged_kv_cache_size(self) -> "Quantity":
        """Blocks of all requests that fit, on one device. [byte]."""
        return as_quantity(self.paged_bytes, "byte")

    @property
    def energy_per_token(self) -> "Quantity":
        """Energy of one written token; not a number where the power is unknown. [J]."""
        return as_quantity(self.joules_per_token, "J")

    def sections(self) -> list[Section]:
        """Return what a notebook or a terminal shows."""
        notes = [Section(heading="Notes", lines=self.notes)] if self.notes else []
        if not self.feasible:
            return [Section(rows=[("DOES NOT FIT", "not one request")]), *notes]
        energy = self.joules_per_token
        rows = [
            ("running", f"{self.mean_active:,.4g} of {self.max_active_requests:,} that fit"),
            ("waiting", f"{round(self.mean_waiting, 3):,g}"),
            ("used", f"{self.utilization:.1%} of {self.peak_requests_per_second:,.4g} requests/s"),
            ("first token", brief_time(self.ttft_seconds)),
            ("each later token", brief_time(self.itl_seconds)),
            ("last token", brief_time(self.end_to_end_seconds)),
            ("throughput", brief(self.throughput_tokens_per_sec, "token/s")),
            ("reading prompts", f"{self.prefill_share:.1%} of the time"),
            ("cache", f"{brief_bytes(self.paged_bytes)} on each device"),
            ("energy", "unknown" if energy is None else f"{brief(energy, 'J')} a token"),
        ]
        if not self.stable:
            rows.append(("UNSTABLE", "requests wait ever longer"))
        return [Section(rows=rows), *notes]

    def explain(self) -> str:
        """Say how many requests run, how many wait, and how long each takes."""
        if not self.feasible:
            return "not one request fits"
        peak = f"{self.peak_requests_per_second:,.4g} requests a second, which is the most"
        lines = [
            f"  {self.mean_active:>10,.4g}  requests run, of {self.max_active_requests:,} that fit",
            f"  {self.mean_waiting:>10,.4g}  wait; {self.waiting_probability:.1%} of them have to",
            f"  {self.utilization:>10.1%}  of {peak}",
            f"  {self.prefill_share:>10.1%}  of the time reads prompts",
            "",
            f"  {brief_time(self.ttft_seconds):>10}  to the first token",
            f"  {brief_time(self.itl_seconds):>10}  to each token after it",
            f"  {brief_time(self.end_to_end_seconds):>10}  to the last",
            f"  {self.throughput_tokens_per_sec:>10,.5g}  token/s",
            f"  {self.speedup_vs_static:>10,.3g}  times those of static batches",
        ]
        if not self.stable:
            lines.append("  the line grows without end: requests arrive faster than they leave")
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)
