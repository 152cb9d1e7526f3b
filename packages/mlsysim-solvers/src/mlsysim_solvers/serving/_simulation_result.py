"""What a simulation saw: percentiles, attainment, utilisation, and a trace to look at."""

import json
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsysim_core.answer import Answer
from mlsysim_core.explanation import brief_time
from mlsysim_core.quantities import brief
from mlsysim_core.sheets import Section

from .._quantities import as_quantity, as_time

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["SimulationResult", "percentile"]

_PERCENTILES = (50, 90, 99)
_NAMES = ("first token", "each later token", "last token")


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that so many percent do not exceed."""
    if not values:
        return math.nan
    place = max(math.ceil(percent / 100.0 * len(values)) - 1, 0)
    return values[place]


def _rising(values: Sequence[float]) -> tuple[float, ...]:
    rising = sorted(values)
    while rising and rising[-1] == math.inf:
        rising.pop()
    return tuple(rising)


@dataclass(frozen=True, kw_only=True)
class SimulationResult(Answer):
    """Requests served one by one. Times are plain seconds."""

    model: str
    hardware: str
    policy: str
    devices: int
    replicas: int
    requests: int
    tokens_read: int
    """Prompt tokens, those read again after a pre-emption included."""
    seconds: float
    """Time from the first arrival to the last completion."""
    first: tuple[float, ...]
    """Time to the first token of each request, replica by replica; infinite if never served."""
    finish: tuple[float, ...]
    """Time to its last token."""
    start: tuple[float, ...]
    """Time before its first pass."""
    outputs: tuple[int, ...]
    """Its tokens."""
    gap_seconds: tuple[float, ...]
    """Times between tokens, each mean of some steps."""
    gap_tokens: tuple[int, ...]
    """Tokens that came after such a time."""
    utilization: float
    """Part of the time in which the replicas worked."""
    mean_batch: float
    """Sequences that decode on a replica, on average over time."""
    preempted: int
    watts: float | None
    stable: bool
    """Whether requests waited no longer at the end than before."""
    passes: tuple[tuple[int, str, float, float, int], ...] = ()
    """Replica, kind, start, duration, sequences: if they were recorded."""
    notes: tuple[str, ...] = ()

    @cached_property
    def served(self) -> int:
        """Requests that were finished; the others exceed the memory by themselves."""
        return self.requests - self.finish.count(math.inf)

    @cached_property
    def tokens_written(self) -> int:
        """Tokens of the finished requests."""
        if self.served == self.requests:
            return sum(self.outputs)
        ends = zip(self.outputs, self.finish, strict=True)
        return sum(count for count, end in ends if end < math.inf)

    @cached_property
    def ttft_seconds(self) -> tuple[float, ...]:
        """Times to the first token, in rising order."""
        return _rising(self.first)

    @cached_property
    def end_to_end_seconds(self) -> tuple[float, ...]:
        """Times to the last token, in rising order."""
        return _rising(self.finish)

    @cached_property
    def waiting_seconds(self) -> tuple[float, ...]:
        """Times before the first pass, in rising order."""
        return _rising(self.start)

    @cached_property
    def tpot_seconds(self) -> tuple[float, ...]:
        """Mean times between tokens, by request, in rising order."""
        counts = zip(self.outcomes, self.outputs, strict=True)
        return _rising([gap for (_, gap, _), count in counts if count > 1])

    @property
    def percentiles(self) -> dict[str, dict[int, float]]:
        """Percentiles of the times of requests: ``ttft``, ``tpot``, ``end_to_end``. [s]."""
        return {
            name: {percent: percentile(values, percent) for percent in _PERCENTILES}
            for name, values in (
                ("ttft", self.ttft_seconds),
                ("tpot", self.tpot_seconds),
                ("end_to_end", self.end_to_end_seconds),
            )
        }

    @cached_property
    def outcomes(self) -> tuple[tuple[float, float, float], ...]:
        """First token, mean gap and end of each request."""
        return tuple(
            (
                first,
                (end - first) / (count - 1)
                if count > 1 and end < math.inf
                else (0.0 if end < math.inf else math.inf),
                end,
            )
            for first, end, count in zip(self.first, self.finish, self.outputs, strict=True)
        )

    @cached_property
    def gaps(self) -> tuple[tuple[float, int], ...]:
        """Times between tokens, in rising order, each with its number of tokens."""
        return tuple(sorted(zip(self.gap_seconds, self.gap_tokens, strict=True)))

    def ttft(self, percent: float = 50.0) -> "Quantity":
        """Return a percentile of the time to the first token."""
        return as_time(percentile(self.ttft_seconds, percent))

    def tpot(self, percent: float = 50.0) -> "Quantity":
        """Return a percentile of the requests' mean times between tokens."""
        return as_time(percentile(self.tpot_seconds, percent))

    def end_to_end(self, percent: float = 50.0) -> "Quantity":
        """Return a percentile of the time to the last token."""
        return as_time(percentile(self.end_to_end_seconds, percent))

    def itl(self, percent: float = 50.0) -> "Quantity":
        """Return a percentile of the time between tokens, over all tokens."""
        counts = list(accumulate(count for _, count in self.gaps))
        if not counts:
            return as_time(math.nan)
        place = bisect_left(counts, percent / 100.0 * counts[-1])
        return as_time(self.gaps[min(place, len(self.gaps) - 1)][0])

    @property
    def requests_per_second(self) -> float:
        """Requests finished in a second [1 / s]."""
        return self.served / self.seconds if self.seconds else math.inf

    @property
    def tokens_per_second(self) -> float:
        """Tokens written in a second [token / s]."""
        return self.tokens_written / self.seconds if self.seconds else math.inf

    @property
    def throughput(self) -> "Quantity":
        """Tokens written in a unit of time, on all devices. [1 / s]."""
        return as_quantity(self.tokens_per_second, "token/s")

    @property
    def energy_per_token(self) -> "Quantity":
        """Energy of one written token; not a number where the power is unknown. [J]."""
        return as_quantity(self.joules_per_token, "J")

    @property
    def joules_per_token(self) -> float | None:
        """Energy of one written token; nothing if the power is unknown, or none was [J]."""
        rate = self.tokens_per_second
        return None if self.watts is None or not rate else self.watts / rate

    def attainment(
        self, *, ttft: float = math.inf, tpot: float = math.inf, end_to_end: float = math.inf
    ) -> float:
        """Return the part of all requests that keep every limit, given in seconds."""
        kept = sum(
            first <= ttft and gap <= tpot and last <= end_to_end
            for first, gap, last in self.outcomes
        )
        return kept / self.requests

    def goodput(self, **limits: float) -> float:
        """Return the requests in a second that keep the limits of :meth:`attainment`."""
        return self.attainment(**limits) * self.requests / self.seconds

    def chrome_trace(self) -> dict[str, Any]:
        """Return the recorded passes as a trace for Perfetto or chrome://tracing."""
        replicas = sorted({one[0] for one in self.passes})
        lowest = min(replicas, default=0)
        events: list[dict[str, Any]] = [
            {
                "name": "process_name",
                "ph": "M",
                "pid": replica - lowest,
                "args": {"name": f"replica {replica}" if replica >= 0 else "reading replicas"},
            }
            for replica in replicas
        ]
        events += [
            {
                "name": f"{kind} x{sequences}" if sequences else kind,
                "cat": kind,
                "ph": "X",
                "ts": start * 1e6,
                "dur": duration * 1e6,
                "pid": replica - lowest,
                "tid": 0,
                "args": {"sequences": sequences},
            }
            for replica, kind, start, duration, sequences in self.passes
        ]
        return {"traceEvents": events, "displayTimeUnit": "ms"}

    def write_trace(self, path: str | Path) -> None:
        """Write the trace as a JSON file."""
        Path(path).write_text(json.dumps(self.chrome_trace()), encoding="utf-8")

    def sections(self) -> list[Section]:
        """Return what a notebook or a terminal shows."""
        replicas = f"{self.replicas:,} replicas of " if self.replicas > 1 else ""
        where = f"{replicas}{self.devices:,} x {self.hardware}"
        watts = self.watts
        rows = [
            ("served", f"{self.served:,} of {self.requests:,} requests in {self.seconds:,.4g} s"),
            ("scheduler", self.policy),
            ("throughput", brief(self.tokens_per_second, "token/s")),
            ("together", f"{self.mean_batch:,.4g} on each replica"),
            ("busy", f"{self.utilization:.1%} of the time"),
            ("pre-empted", f"{self.preempted:,}"),
            ("power", "unknown" if watts is None else brief(watts, "W")),
        ]
        if not self.stable:
            rows.append(("UNSTABLE", "requests wait ever longer"))
        times = [
            (name, *map(brief_time, values.values()))
            for name, values in zip(_NAMES, self.percentiles.values(), strict=True)
        ]
        found = [
            Section(heading=f"{self.model} on {where}", rows=rows),
            Section(
                heading="Percentiles",
                header=("", *(f"P{percent}" for percent in _PERCENTILES)),
                rows=times,
                right=frozenset({1, 2, 3}),
            ),
        ]
        return found + ([Section(heading="Notes", lines=self.notes)] if self.notes else [])

    def explain(self) -> str:
        """Say what happened, with percentiles."""
        lines = [
            (
                f"{self.model} on {self.replicas} x {self.devices} {self.hardware}, "
                f"{self.policy}: {self.served:,} of {self.requests:,} requests"
            ),
            "",
            f"  {'':>10} {'p50':>12} {'p90':>12} {'p99':>12}",
        ]
        for name in ("ttft", "itl", "tpot", "end_to_end"):
            shown = [f"{getattr(self, name)(percent):.4g~P}" for percent in (50, 90, 99)]
            lines.append(f"  {name:>10} " + " ".join(f"{one:>12}" for one in shown))
        lines += [
            "",
            (
                f"  {self.tokens_per_second:,.5g} token/s, busy {self.utilization:.1%}, "
                f"{self.mean_batch:.4g} sequences together, {self.preempted:,} pre-empted"
            ),
        ]
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)
