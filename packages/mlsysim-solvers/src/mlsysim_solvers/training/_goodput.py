"""How long a whole training run takes, failures included."""

import math
from dataclasses import dataclass
from typing import Any

from mlsysim_core._arguments import whole_number
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_time
from mlsysim_core.physics.reliability import (
    checkpoint_interval,
    fleet_mtbf,
    useful_fraction,
)

from ._result import DistributedResult

__all__ = ["TrainingRun", "training_run"]

_HOUR = 3600.0
_DEVICE_MTBF = 50_677.0
"""Hours of one device between unexpected interruptions: 419 in 54 days of 16,384 (Llama Team,
2024, table 5)."""
_RESTART = 600.0
"""Time to find a failure, to take a spare and to load a checkpoint. [s]"""
_WRITE = 2e9
"""Bandwidth at which one device writes its part of a checkpoint. [byte / s]"""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingRun(Answer):
    """A training run from the first step to the last."""

    step: DistributedResult
    steps: int
    seconds: float
    """Wall-clock time. [s]"""
    productive_seconds: float
    """Time of its steps alone. [s]"""
    goodput: float
    """Part of the time that moves the run on."""
    mtbf: float
    """Mean time between failures of all devices together. [s]"""
    failures: float
    """Failures that are expected."""
    interval: float
    """Time between checkpoints. [s]"""
    checkpoint: float
    """Time that a checkpoint stops the run. [s]"""
    devices: int
    """Spares included."""

    @property
    def device_hours(self) -> float:
        """Hours of all devices, spares included."""
        return self.seconds / _HOUR * self.devices

    def cost(self, hourly_price: float) -> float:
        """Return what the run costs, at a price for an hour of one device."""
        return self.device_hours * hourly_price

    def __repr__(self) -> str:
        return (
            f"<TrainingRun {self.step.model}: {self.steps:,} steps in {brief_time(self.seconds)}, "
            f"goodput {self.goodput:.1%}, {self.failures:.3g} failures>"
        )

    def explain(self) -> str:
        """Say where the time goes: a sum that adds up."""
        lost = self.seconds - self.productive_seconds
        each, saved = brief_time(self.step.seconds), brief_time(self.checkpoint)
        lines = [
            f"{self.steps:,} steps of {each} on {self.devices:,} devices",
            "",
            f"  {brief_time(self.productive_seconds):>10}  steps",
            f"  {brief_time(lost):>10}  checkpoints, restarts, and {self.failures:,.3g} failures",
            f"  {brief_time(self.seconds):>10}  in all: goodput {self.goodput:.1%}",
            "",
            f"  a failure every {brief_time(self.mtbf)}",
            f"  a checkpoint of {saved} every {brief_time(self.interval)}",
        ]
        return "\n".join(lines)


def training_run(
    step: DistributedResult,
    items: float,
    *,
    device_mtbf_hours: float = _DEVICE_MTBF,
    restart_seconds: float = _RESTART,
    checkpoint_seconds: float | None = None,
    checkpoint_interval_seconds: float | None = None,
    straggler_factor: float = 1.0,
    spare_devices: int = 0,
) -> TrainingRun:
    """Predict a whole run from one of its steps.

    Parameters
    ----------
    step : DistributedResult
        One step, as :class:`DistributedModel` or :func:`search` predicts it.
    items : float
        Tokens or samples to train on.
    device_mtbf_hours : float
        Hours of one device between failures that stop the run. [h]
    restart_seconds : float
        From a failure to the first step again. [s]
    checkpoint_seconds : float, optional
        For which a checkpoint stops the run; if not given, weights, master weights and
        optimizer state at 2 GB/s from each device. [s]
    checkpoint_interval_seconds : float, optional
        Between checkpoints; the best if not given. [s]
    straggler_factor : float
        Times that a step takes longer than predicted because of its slowest device.
    spare_devices : int
        Devices that stand by.

    Returns
    -------
    TrainingRun
        Time, goodput and device-hours.

    Raises
    ------
    InputError
        If a number is out of its range.
    """
    numbers = {
        "items": items,
        "device_mtbf_hours": device_mtbf_hours,
        "restart_seconds": restart_seconds,
        "straggler_factor": straggler_factor,
    }
    for name, value in numbers.items():
        _positive(name, value)
    if straggler_factor < 1.0:
        raise InputError(f"straggler_factor must be at least 1, got {straggler_factor}")
    spares = whole_number("spare_devices", spare_devices, 0)
    plan = step.layout
    count = max(-(-int(items) // int(step.items)), 1)
    pause = checkpoint_seconds
    if pause is None:
        memory = step.memory
        shared = plan.shard_group if plan.zero else plan.dp
        held = memory["weights"] + memory["optimizer"] / (1 if plan.zero else shared)
        pause = held / _WRITE
    _positive("checkpoint_seconds", pause)
    mtbf = float(fleet_mtbf(device_mtbf_hours * _HOUR, plan.devices))
    interval = checkpoint_interval_seconds
    if interval is None:
        interval = float(checkpoint_interval(pause, mtbf))
    _positive("checkpoint_interval_seconds", interval)
    useful = float(useful_fraction(interval, pause, restart_seconds, mtbf))
    productive = count * step.seconds * straggler_factor
    seconds = productive / useful
    return TrainingRun(
        step=step,
        steps=count,
        seconds=seconds,
        productive_seconds=productive,
        goodput=useful / straggler_factor,
        mtbf=mtbf,
        failures=seconds / mtbf,
        interval=interval,
        checkpoint=pause,
        devices=plan.devices + spares,
    )


def _positive(name: str, value: Any) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < math.inf:
        raise InputError(f"{name} must be a finite number above zero, got {value!r}")
