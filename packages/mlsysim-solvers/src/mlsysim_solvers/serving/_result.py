"""What a served batch answers: times, memory, energy, and where they come from."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mlsysim_core._arguments import check_choice
from mlsysim_core.answer import Answer
from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_core.quantities import brief
from mlsysim_core.report import accounted
from mlsysim_core.sheets import Section

from .._quantities import as_quantity, as_time
from ._layout import Layout

if TYPE_CHECKING:
    from mlsysim_core.pictures import Picture
    from mlsysim_core.units import Quantity

__all__ = ["Ledger", "ServingResult", "Settings", "merged_parts"]

_NAMES = {
    "compute": "arithmetic, where it is the limit",
    "weights": "weights read",
    "cache": "cache or state read and written",
    "activations": "activations read and written",
    "launch": "kernels started",
    "host": "bytes over the host link",
    "exchange": "collectives among devices",
    "overhead": "the engine's loop on the host",
    "front_end": "the server's front end",
    "draft": "tokens drafted",
    "transfer": "cache sent to the decoding devices",
    "bubble": "pipeline stages that wait",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """Memory of one device [byte]."""

    weights: float
    cache: float
    activations: float
    reserve: float
    capacity: float
    draft: float = 0.0
    """Weights and cache of a draft model."""
    adapters: float = 0.0
    offloaded: float = 0.0
    """Cache kept in the host's memory instead; no part of the sum."""

    @property
    def total(self) -> float:
        """What the device must hold [byte]."""
        parts = (self.cache, self.activations, self.reserve, self.draft, self.adapters)
        return sum(parts, self.weights)

    @property
    def parts(self) -> dict[str, float]:
        """Bytes by what they hold; only what is not zero."""
        names = ("weights", "cache", "activations", "draft", "adapters", "reserve")
        return {name: value for name in names if (value := float(getattr(self, name)))}

    @property
    def verdict(self) -> str:
        """What is needed of what there is."""
        return f"{brief_bytes(self.total)} of {brief_bytes(self.capacity)} on each device"

    def section(self) -> Section:
        """Return what a device holds, for people."""
        heading = "What the memory of each device holds"
        return accounted(heading, tuple(self.parts.items()), "byte", {})


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What was asked."""

    model: str
    hardware: str
    precision: str
    batch_size: int
    seq_len: int
    output_len: int
    cached_prefix_len: int
    devices: int
    stack: str
    layout: Layout


@dataclass(frozen=True, kw_only=True, slots=True)
class ServingResult(Answer):
    """A batch of requests served together. Frozen, hashable, picklable.

    Times are kept as plain numbers (``ttft_seconds``, …); :attr:`ttft`, :attr:`itl`,
    :attr:`end_to_end` and the other quantities are made when they are read.
    """

    ttft_seconds: float
    """Time to the first token of every request. [s]"""
    itl_seconds: float
    """Mean time between the tokens that follow. [s]"""
    end_to_end_seconds: float
    """Time to the last token. [s]"""
    feasible: bool
    """Whether the longest contexts of the whole batch fit in memory."""
    memory: Ledger
    joules: float | None
    """Energy of the whole batch on all devices, if their power is known. [J]"""
    prefill_parts: tuple[tuple[str, float], ...]
    decode_parts: tuple[tuple[str, float], ...]
    settings: Settings
    notes: tuple[str, ...] = ()

    @property
    def ttft(self) -> "Quantity":
        """Time to the first token. [s]."""
        return as_time(self.ttft_seconds)

    @property
    def itl(self) -> "Quantity":
        """Mean inter-token latency: the time of each token after the first. [s]."""
        return as_time(self.itl_seconds)

    @property
    def end_to_end(self) -> "Quantity":
        """Time from the prompt to the last token. [s]."""
        return as_time(self.end_to_end_seconds)

    @property
    def tokens_per_second(self) -> float:
        """Tokens written by all devices while they decode [token / s]."""
        return _rate(self.settings.batch_size, self.itl_seconds)

    @property
    def output_tokens_per_second(self) -> float:
        """Tokens written over the whole time, prompts included [token / s]."""
        return _rate(self.settings.batch_size * self.settings.output_len, self.end_to_end_seconds)

    @property
    def throughput(self) -> "Quantity":
        """Tokens written in a unit of time while decoding. [1 / s]."""
        return as_quantity(self.tokens_per_second, "token/s")

    @property
    def output_throughput(self) -> "Quantity":
        """Tokens written in a unit of time, the time of the prompts included. [1 / s]."""
        return as_quantity(self.output_tokens_per_second, "token/s")

    @property
    def energy(self) -> "Quantity":
        """Energy of the whole batch; not a number where the power is unknown. [J]."""
        return as_quantity(self.joules, "J")

    @property
    def energy_per_token(self) -> "Quantity":
        """Energy of one written token, its share of the prompts included. [J]."""
        tokens = self.settings.batch_size * self.settings.output_len
        return as_quantity(None if self.joules is None else self.joules / tokens, "J")

    @property
    def kv_cache_size(self) -> "Quantity":
        """Cache or state of the batch at its longest, on one device. [byte]."""
        return as_quantity(self.memory.cache, "byte")

    @property
    def model_weights_size(self) -> "Quantity":
        """Weights on one device. [byte]."""
        return as_quantity(self.memory.weights, "byte")

    @property
    def total_memory_required(self) -> "Quantity":
        """Everything that one device must hold. [byte]."""
        return as_quantity(self.memory.total, "byte")

    @property
    def memory_utilization(self) -> float:
        """Part of the memory that is needed; above one if it does not fit."""
        return self.memory.total / self.memory.capacity

    @property
    def prompt_cache_hit_ratio(self) -> float:
        """Part of the prompt that was cached."""
        return self.settings.cached_prefix_len / self.settings.seq_len

    def goodput(self, *, ttft: float = math.inf, itl: float = math.inf) -> float:
        """Return the requests finished in a second within limits [1 / s].

        Parameters
        ----------
        ttft : float
            Longest time to the first token. [s]
        itl : float
            Longest mean time between tokens. [s]
        """
        if not self.feasible or self.ttft_seconds > ttft or self.itl_seconds > itl:
            return 0.0
        return _rate(self.settings.batch_size, self.end_to_end_seconds)

    def sections(self) -> list[Section]:
        """Return what a notebook or a terminal shows."""
        asked, memory = self.settings, self.memory
        requests = f"{asked.batch_size:,}, {asked.seq_len:,} tokens in, {asked.output_len:,} out"
        rows = [
            ("requests", f"batch {requests}"),
            ("layout", str(asked.layout)),
            ("precision", asked.precision),
            ("assumed", f"{asked.stack} stack"),
        ]
        heading = f"{asked.model} on {asked.devices:,} x {asked.hardware}"
        held = [memory.section()]
        held += [Section(heading="Notes", lines=self.notes)] if self.notes else []
        if not self.feasible:  # no answer
            rows.append(("DOES NOT FIT", f"needs {memory.verdict}"))
            return [Section(heading=heading, rows=rows), *held]
        rows += [
            ("first token", brief_time(self.ttft_seconds)),
            ("each later token", brief_time(self.itl_seconds)),
            ("last token", brief_time(self.end_to_end_seconds)),
            ("throughput", f"{brief(self.tokens_per_second, 'token/s')} while decoding"),
            ("with prompts", brief(self.output_tokens_per_second, "token/s")),
            ("memory", memory.verdict),
            ("energy", "unknown" if self.joules is None else brief(self.joules, "J")),
        ]
        times = [
            accounted(f"Where the time of {name} goes", parts, "s", _NAMES)
            for name, parts in (
                ("the first token", self.prefill_parts),
                ("each later token", self.decode_parts),
            )
        ]
        return [Section(heading=heading, rows=rows), *times, *held]

    def sums(self) -> dict[str, dict[str, float]]:
        """Return the times of the first and of a later token with their parts. [s]"""
        return {
            "the first token": dict(self.prefill_parts),
            "each later token": dict(self.decode_parts),
        }

    def plot(self, kind: str = "breakdown") -> "Picture":
        """Draw the batch: the ``"breakdown"`` of its times, or its ``"memory"``."""
        from .. import pictures  # noqa: PLC0415  # most results are never drawn

        known = ("breakdown", "memory")
        drawn: Picture = getattr(pictures, check_choice("kind", kind, known))(self)
        return drawn

    def explain(self) -> str:
        """Say where the times and the memory go: sums that add up."""
        asked = self.settings
        title = (
            f"{asked.model} on {asked.devices} x {asked.hardware}, {asked.precision}, batch "
            f"{asked.batch_size:,}, {asked.seq_len:,} tokens in, {asked.output_len:,} out"
        )
        lines = [title]
        for name_of, total, parts in (
            ("time to the first token", self.ttft_seconds, self.prefill_parts),
            ("time of a token after it", self.itl_seconds, self.decode_parts),
        ):
            lines += ["", f"  {brief_time(total):>10}  {name_of}"]
            lines += [
                f"  {brief_time(seconds):>10}    {name}: {_NAMES.get(name, name)}"
                for name, seconds in parts
            ]
        held = " + ".join(f"{name} {brief_bytes(size)}" for name, size in self.memory.parts.items())
        verdict = "of" if self.feasible else "do not fit in"
        lines += ["", f"  {held} = {brief_bytes(self.memory.total)}"]
        lines[-1] += f" {verdict} {brief_bytes(self.memory.capacity)} on each device"
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)


def _rate(items: float, seconds: float) -> float:
    return items / seconds if seconds else math.inf


def merged_parts(passes: Any) -> tuple[tuple[str, float], ...]:
    """Average the parts of weighted passes, so that they add up to the mean time."""
    total: dict[str, float] = {}
    for weight, one in passes:
        for name, seconds in one.parts:
            total[name] = total.get(name, 0.0) + weight * seconds
    return tuple(total.items())
