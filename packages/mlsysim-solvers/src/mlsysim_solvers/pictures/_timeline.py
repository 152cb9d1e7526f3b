"""A pipeline's step as a picture: who works on which micro-batch, and when."""

from typing import TYPE_CHECKING

from mlsysim_core.errors import InputError
from mlsysim_core.pictures import Axis, Bars, Picture, Row, Segment
from mlsysim_core.quantities import brief

from ..training._trace import step_events, tails

if TYPE_CHECKING:
    from ..training._result import DistributedResult

__all__ = ["timeline"]

_MOST = 20_000
"""Passes beyond which a picture is larger than its worth."""


def timeline(result: "DistributedResult") -> Picture:
    """Draw one training step: a bar for each stage of the pipeline.

    Stages are taken as equally long, but for the slowest, which is drawn last. White is waiting:
    the bubble.

    Parameters
    ----------
    result : DistributedResult
        One step.

    Raises
    ------
    InputError
        If it does not fit in memory, has another schedule than 1f1b, or more passes than a
        picture can show; :func:`mlsysim_solvers.chrome_trace` takes more.
    """
    if not result.feasible:
        raise InputError(f"{result.model} on {result.system} does not fit in memory: no timeline")
    plan = result.layout
    if 2 * plan.pp * plan.microbatches * plan.chunks > _MOST:
        raise InputError(
            f"a picture of more than {_MOST:,} passes cannot be read; chrome_trace takes more"
        )
    events = step_events(result)
    stages: list[list[Segment]] = [[] for _ in range(plan.pp)]
    for one in sorted(events, key=lambda event: event.start):
        part = "forward" if one.forward else "backward"
        about = f"{part} of micro-batch {one.microbatch + 1}"
        if plan.chunks > 1:
            about += f", chunk {one.chunk + 1}"
        about += f": {brief(one.start, 's')} to {brief(one.end, 's')}"
        stages[one.stage].append(Segment(one.start, one.end, part, str(one.microbatch + 1), about))
    end = max(one.end for one in events)
    legend = ["forward", "backward"]
    for name, start, until in tails(result, end):
        legend.append(name)
        for stage in stages:
            stage.append(Segment(start, until, name, "", f"{name}: {brief(until - start, 's')}"))
        end = until
    rows = [Row(f"stage {place + 1}", stage) for place, stage in enumerate(stages)]
    waits = brief(result.parts["bubble"], "s")
    title = (
        f"A step of {result.model} on {result.system}: {plan.pp:,} stages, "
        f"{plan.microbatches:,} micro-batches"
    )
    about = (
        f"{len(events):,} passes in {brief(end, 's')}; the slowest stage waits {waits} of it. "
        + " ".join(f"{name}: {brief(b - a, 's')}." for name, a, b in tails(result, 0.0))
    )
    axis = Axis("time since the step began", 0.0, end, "s")
    return Picture(title, about, [Bars(axis, rows, legend, beside=True)])
