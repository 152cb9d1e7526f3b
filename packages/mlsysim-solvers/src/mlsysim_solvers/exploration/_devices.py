"""How many devices a latency needs, where they share one pass."""

import math
from collections.abc import Iterator

from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_time
from mlsysim_core.results import PerformanceProfile

from ..serving._fit import fits
from ..serving._layout import Layout
from ..serving._replica import Replica, format_or_none
from ._knobs import Bench

__all__ = ["devices_for", "latency_on"]

_MOST = 64
"""Devices that one fast fabric joins."""


def devices_for(bench: Bench, target: float) -> int:
    """Return the fewest devices whose latency is no longer than the target.

    Raises
    ------
    InputError
        If no number of devices reaches it; the error says which comes nearest.
    MissingValueError
        If the link that would join them is not published.
    """
    best = math.inf, 0
    for count, seconds in _latencies(bench):
        if seconds <= target:
            return count
        best = min(best, (seconds, count))
    seconds, count = best
    if not count:
        raise InputError(f"no number of devices up to {_MOST} holds {bench.model.name}")
    raise InputError(
        f"no number of devices reaches {brief_time(target)}: with {count:,} of them, it is "
        f"{brief_time(seconds)}"
    )


def latency_on(bench: Bench, devices: int) -> float:
    """Return the latency of a pass that some devices share. [s]."""
    for count, seconds in _latencies(bench):
        if count == devices:
            return seconds
    raise InputError(f"{devices:,} devices cannot share a pass of {bench.model.name}")


def _latencies(bench: Bench) -> Iterator[tuple[int, float]]:
    """Latencies by rising numbers of devices that hold what they must."""
    answer = bench.ask()
    if answer.details.phase == "training":
        raise InputError("devices that share a training step: ask search or ParallelismOptimizer")
    if bench.model.autoregressive:
        yield from _sharing_layers(bench, answer)
    else:
        yield from _sharing_batches(bench, answer)


def _sharing_layers(bench: Bench, answer: PerformanceProfile) -> Iterator[tuple[int, float]]:
    """Tensor parallelism, as when serving."""
    asked = answer.details
    batch, length = float(asked.batch_size), float(asked.seq_len or 1)
    for ranks in range(1, _MOST + 1):
        try:
            replica = Replica(
                model=bench.model,
                hardware=bench.hardware,
                stack=bench.stack,
                precision=asked.precision,
                kv_precision=format_or_none(
                    dict(bench.settings).get("kv_precision"), "kv_precision"
                ),
                efficiency=asked.efficiency,
                layout=Layout(tensor=ranks),
            )
        except InputError:  # so many cannot share its heads
            continue
        if fits(replica, batch, length):
            shared = replica.prefill if asked.phase == "prefill" else replica.decode
            yield ranks, shared(batch, length).seconds


def _sharing_batches(bench: Bench, answer: PerformanceProfile) -> Iterator[tuple[int, float]]:
    """Whole samples on each device, as evenly as they can be dealt."""
    batch = answer.details.batch_size
    _, *rest = bench.arguments
    for each in _parts(batch):
        one = bench._replace(arguments=(each, *rest)).ask()
        if one.feasible:
            yield -(-batch // each), float(one.seconds)


def _parts(batch: int) -> Iterator[int]:
    """Samples of the fullest device, by rising numbers of devices."""
    devices = 1
    while devices <= batch:
        each = -(-batch // devices)
        yield each
        if each == 1:
            return
        devices = -(-batch // (each - 1))  # the fewest that have one less
