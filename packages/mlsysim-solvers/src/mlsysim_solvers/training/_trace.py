"""A pipeline's step as a timeline: who works on which micro-batch, and when."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlsysim_core.errors import InputError

from ._result import DistributedResult

__all__ = ["Event", "chrome_trace", "pipeline_events", "step_events", "tails"]

_MOST = 200_000
"""Events that a timeline may have."""


class Event(NamedTuple):
    """One pass of one micro-batch through one chunk of one stage."""

    stage: int
    microbatch: int
    chunk: int
    forward: bool
    start: float
    """[s]"""
    end: float
    """[s]"""


def pipeline_events(
    stages: int,
    microbatches: int,
    chunks: int,
    forward: float,
    backward: float,
    pace: float = 1.0,
) -> list[Event]:
    """Play one step of a pipeline: one forward and one backward in turn, interleaved or not.

    Parameters
    ----------
    stages, microbatches, chunks : int
        Sizes of the schedule; with more than one chunk, the micro-batches must be a multiple
        of the stages.
    forward, backward : float
        Time of one micro-batch in the slowest stage, all its chunks together. [s]
    pace : float
        Time of each other stage over that of the slowest, which is the last.

    Returns
    -------
    list of Event
        In the order in which they start.

    Raises
    ------
    InputError
        If the schedule does not exist, or would be too long to show.
    """
    if chunks > 1 and microbatches % stages:
        raise InputError(
            f"{microbatches} micro-batches are no multiple of {stages} interleaved stages"
        )
    if 2 * stages * microbatches * chunks > _MOST:
        raise InputError(f"a timeline of more than {_MOST:,} passes is too long to show")
    orders = [_order(stages, microbatches, chunks, stage) for stage in range(stages)]
    ends: dict[tuple[bool, int, int, int], float] = {}
    free = [0.0] * stages
    at = [0] * stages
    events: list[Event] = []
    left = sum(map(len, orders))
    while left:
        moved = False
        for stage, order in enumerate(orders):
            while at[stage] < len(order):
                ahead, batch, chunk = order[at[stage]]
                needed = _before(stages, chunks, stage, ahead=ahead, batch=batch, chunk=chunk)
                if needed is not None and needed not in ends:
                    break
                ready = 0.0 if needed is None else ends[needed]
                start = max(free[stage], ready)
                share = (1.0 if stage == stages - 1 else pace) / chunks
                end = start + (forward if ahead else backward) * share
                ends[ahead, batch, chunk, stage] = free[stage] = end
                events.append(Event(stage, batch, chunk, ahead, start, end))
                at[stage] += 1
                left -= 1
                moved = True
        if not moved:
            raise InputError("the schedule cannot run: its passes wait for each other")
    return sorted(events, key=lambda one: (one.start, one.stage))


def _order(stages: int, microbatches: int, chunks: int, stage: int) -> list[tuple[bool, int, int]]:
    """Return the passes of one stage, in its own order."""
    total = microbatches * chunks
    if chunks == 1:
        warm = min(stages - stage - 1, total)
    else:
        warm = min((stages - stage - 1) * 2 + (chunks - 1) * stages, total)

    def pick(index: int, *, ahead: bool) -> tuple[bool, int, int]:
        chunk = index % (stages * chunks) // stages if chunks > 1 else 0
        group = index // (stages * chunks) * stages if chunks > 1 else 0
        batch = group + index % stages if chunks > 1 else index
        return ahead, batch, chunk if ahead else chunks - 1 - chunk

    order = [pick(index, ahead=True) for index in range(warm)]
    for index in range(total - warm):
        order += [pick(warm + index, ahead=True), pick(index, ahead=False)]
    return order + [pick(index, ahead=False) for index in range(total - warm, total)]


def _before(
    stages: int, chunks: int, stage: int, *, ahead: bool, batch: int, chunk: int
) -> tuple[bool, int, int, int] | None:
    """Return the pass that another waits for."""
    if ahead:
        if stage:
            return True, batch, chunk, stage - 1
        return (True, batch, chunk - 1, stages - 1) if chunk else None
    if stage < stages - 1:
        return False, batch, chunk, stage + 1
    if chunk < chunks - 1:
        return False, batch, chunk + 1, 0
    return True, batch, chunk, stage


def step_events(result: DistributedResult) -> list[Event]:
    """Return the passes of one step; the slowest stage is the last, the others are equal."""
    plan, parts = result.layout, result.parts
    if plan.schedule != "1f1b":
        raise InputError(f"a timeline shows the schedule 1f1b, not {plan.schedule}")
    busy = sum(
        parts[name]
        for name in ("compute", "memory", "launch", "tensor", "context", "expert", "pipeline")
    )
    each = busy / plan.microbatches
    forward = each * result.forward_share
    pace = 1.0
    if plan.pp > 1:  # the bubble is the time of the other stages
        pace = min(parts["bubble"] * plan.chunks / (plan.pp - 1) / each, 1.0)
    times = (forward, each - forward, pace)
    return pipeline_events(plan.pp, plan.microbatches, plan.chunks, *times)


def tails(result: DistributedResult, end: float) -> Iterator[tuple[str, float, float]]:
    """Go through what follows the passes: its name, and when it begins and ends. [s]"""
    for name in ("data", "optimizer"):
        if seconds := result.parts[name]:
            yield name, end, end + seconds
            end += seconds


def chrome_trace(result: DistributedResult) -> dict[str, Any]:
    """Return one step as a trace for chrome://tracing or ui.perfetto.dev.

    Stages are taken as equally long, but for the slowest, which is shown last. Write it with
    ``json.dump``.

    Parameters
    ----------
    result : DistributedResult
        One step.

    Returns
    -------
    dict
        The trace: one process, one thread for each stage.

    Raises
    ------
    InputError
        If the step has another schedule than 1f1b, or too many passes to show.
    """
    plan, events = result.layout, step_events(result)
    end = max(event.end for event in events)
    shown: list[dict[str, Any]] = [
        {
            "name": f"{'forward' if one.forward else 'backward'} {one.microbatch}",
            "cat": "forward" if one.forward else "backward",
            "ph": "X",
            "pid": 0,
            "tid": one.stage,
            "ts": one.start * 1e6,
            "dur": (one.end - one.start) * 1e6,
            "args": {"microbatch": one.microbatch, "chunk": one.chunk},
        }
        for one in events
    ]
    for name, start, until in tails(result, end):
        shown += [
            {"name": name, "cat": name, "ph": "X", "pid": 0, "tid": stage, "ts": start * 1e6,
             "dur": (until - start) * 1e6}
            for stage in range(plan.pp)
        ]  # fmt: skip
    shown += [
        {"name": "thread_name", "ph": "M", "pid": 0, "tid": stage,
         "args": {"name": f"stage {stage}"}}
        for stage in range(plan.pp)
    ]  # fmt: skip
    return {"traceEvents": shown, "displayTimeUnit": "ms"}
