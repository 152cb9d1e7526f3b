"""What checkpoints weigh, how long they take, and what they leave of a run."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_core.physics.checkpoints import higher_order_interval
from mlsysim_core.physics.reliability import checkpoint_interval

from .._amounts import positive
from .._quantities import as_quantity
from ._reliability import spent, useful

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["CheckpointLevel", "CheckpointResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointLevel:
    """Checkpoints of one kind: near and quick, or far and safe."""

    name: str
    write_seconds: float
    """From the first byte to the last. [s]"""
    pause_seconds: float
    """For which the run stands still. [s]"""
    share: float
    """Of the failures, those that are recovered from here."""
    chosen_interval: float | None
    """[s]"""

    def interval(self, mtbf: float) -> float:
        """Return the work between two: as given, or Young's optimum for its failures. [s]."""
        if self.chosen_interval is not None:
            return self.chosen_interval
        if not self.share:
            return math.inf
        best = float(checkpoint_interval(self.pause_seconds, mtbf / self.share))
        return max(best, self.write_seconds)  # one is finished before the next begins

    @property
    def keeps_up(self) -> bool:
        """Whether one is finished before the next begins."""
        chosen = self.chosen_interval
        return chosen is None or chosen + self.pause_seconds >= self.write_seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointResult(Answer):
    """Size, time and cost of the checkpoints of a training run."""

    _former: ClassVar[Values] = {
        "mfu_penalty_pct": OldAttribute("100 * .overhead", lambda run: 100.0 * run.overhead),
        "max_bandwidth_required": OldAttribute(".required_bandwidth(overhead, interval_seconds)"),
    }

    model: str
    system: str
    bytes: float
    """Of one checkpoint, all its parts together. [byte]"""
    bytes_per_parameter: float
    writers: int
    writer_bandwidth: float
    """Of one. [byte / s]"""
    store_bandwidth: float
    """Of the store, for all writers together; infinite if nobody said. [byte / s]"""
    levels: tuple[CheckpointLevel, ...]
    """The safe store last."""
    mtbf_seconds: float | None
    """[s]"""
    restart_seconds: float
    """[s]"""
    causes: tuple[str, ...]

    @property
    def checkpoint_size(self) -> "Quantity":
        """Bytes of one checkpoint. [byte]."""
        return as_quantity(self.bytes, "byte")

    @property
    def write_time_seconds(self) -> float:
        """Time to write one to the safe store. [s]."""
        return self.levels[-1].write_seconds

    @property
    def write_time(self) -> "Quantity":
        """Time to write one to the safe store. [s]."""
        return as_quantity(self.write_time_seconds, "s")

    @property
    def pause_seconds(self) -> float:
        """Time for which one to the safe store stops the run. [s]."""
        return self.levels[-1].pause_seconds

    @property
    def storage_bottleneck(self) -> bool:
        """Whether the store limits the writers, rather than they themselves."""
        return self.store_bandwidth < self.writers * self.writer_bandwidth

    @property
    def interval_seconds(self) -> float:
        """Work between two checkpoints to the safe store. [s]."""
        return self.levels[-1].interval(self._mtbf())

    @property
    def optimal_interval(self) -> "Quantity":
        """Daly's optimum for the safe store: good also where failures are frequent. [s]."""
        last = self.levels[-1]
        best = higher_order_interval(last.pause_seconds, self._mtbf() / last.share)
        return as_quantity(float(best), "s")

    @property
    def overhead(self) -> float:
        """Part of the time without failures that checkpoints take."""
        chosen = all(one.chosen_interval for one in self.levels)
        mtbf = math.inf if chosen else self._mtbf()
        rate = sum(one.pause_seconds / one.interval(mtbf) for one in self.levels)
        return rate / (1.0 + rate)

    @property
    def goodput(self) -> float:
        """Part of the time that moves the run on: no checkpoints, rework or restarts."""
        mtbf, found = self._mtbf(), 1.0
        for one in self.levels:
            # What was not yet written when it failed is lost too.
            behind = one.write_seconds - one.pause_seconds
            restart = self.restart_seconds + behind
            found *= useful(one.interval(mtbf), one.pause_seconds, restart, mtbf / one.share)
        return found

    @property
    def parts(self) -> dict[str, float]:
        """Parts of the time by what they are spent on; they add up to one."""
        mtbf = self._mtbf()
        rate = sum(one.pause_seconds / one.interval(mtbf) for one in self.levels)
        return spent(self.goodput, 1.0, rate, self.restart_seconds, mtbf)

    def required_bandwidth(self, overhead: float, interval_seconds: float) -> "Quantity":
        """Return what the store must write for checkpoints to take a part of the time."""
        if not 0.0 < overhead < 1.0:
            raise InputError(f"overhead must be between 0 and 1, got {overhead}")
        interval = positive("interval_seconds", interval_seconds)
        pause = overhead / (1.0 - overhead) * interval
        return as_quantity(self.bytes / pause, "byte/s")

    def explain(self) -> str:
        """Say what is written, what limits it, and where the time goes."""
        each = f"{self.bytes_per_parameter:g} bytes for each parameter"
        limit = "the store" if self.storage_bottleneck else "its writers"
        title = f"{self.model} on {self.system}: {brief_bytes(self.bytes)} ({each})"
        lines = [f"{title} by {self.writers:,} writers; limited by {limit}", ""]
        for one in self.levels:
            lines.append(
                f"  {one.name}: written in {brief_time(one.write_seconds)}, "
                f"stops the run for {brief_time(one.pause_seconds)}"
            )
            if self.mtbf_seconds is not None:
                lines[-1] += f", after every {brief_time(one.interval(self.mtbf_seconds))}"
            if not one.keeps_up:
                lines[-1] += " (is not finished before the next begins)"
        lines += [f"  {cause}" for cause in self.causes]
        if self.mtbf_seconds is not None:
            lines += ["", *(f"  {part:7.2%}  {name}" for name, part in self.parts.items())]
            lines.append("  100.00%  time")
        return "\n".join(lines)

    def _mtbf(self) -> float:
        if self.mtbf_seconds is None:
            raise MissingValueError(
                "how often anything fails is not known: give failure, device_mtbf_hours or "
                "components"
            )
        return self.mtbf_seconds
