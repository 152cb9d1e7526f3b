"""What the memory of one device holds during a training step."""

from typing import Any

from mlsysim_core.physics import pipeline
from mlsysim_core.physics._numeric import Numeric, maximum, minimum, where

from ._block import Block, Sizes
from ._plan import Plan
from ._step import own_parameters, stages

__all__ = ["HELD", "ledger"]

HELD = {
    "weights": "weights",
    "gradients": "gradients",
    "optimizer": "optimizer state and master weights",
    "activations": "activations kept for the backward pass",
    "transient": "what one layer needs while it runs, and the scores of the vocabulary",
    "buffers": "buffers of collectives, and layers gathered",
    "reserve": "the runtime's reserve",
}
"""What the ledger lists, in its order."""

_BUCKET = 2.0
"""Layers gathered at the same time under full sharding."""


def ledger(
    block: Block, sizes: Sizes, plan: Plan, reserve: float, *, full: Any
) -> dict[str, Numeric]:
    """Return the bytes that the fullest device holds, by kind."""
    single = plan.pp == 1.0
    middle, first, last = stages(block, plan.pp)
    here = where(single, 1.0, 0.0)
    if plan.schedule == "dualpipe":  # a stage from either end
        middle, first, last, here = 2.0 * middle, first + last, first + last, 1.0
    ends = [
        # The first stage keeps the most micro-batches, the last the vocabulary's scores.
        _stage(block, sizes, plan, reserve, first, 1.0, here, full=full),
        _stage(block, sizes, plan, reserve, last, here, 1.0, full=full),
    ]
    if not isinstance(plan.pp, float) or plan.pp > 2.0:  # two ends
        inner = where(plan.pp > 2.0, middle, 0.0)
        ends.append(_stage(block, sizes, plan, reserve, inner, 0.0, 0.0, full=full, place=1.0))
    totals = [sum(one.values(), 0.0) for one in ends]
    most = totals[0]
    for total in totals[1:]:
        most = maximum(most, total)
    chosen = dict(ends[-1])
    for one, total in zip(ends[:-1], totals[:-1], strict=True):
        chosen = {name: where(total >= most, one[name], chosen[name]) for name in chosen}
    return chosen


def _stage(
    block: Block,
    sizes: Sizes,
    plan: Plan,
    reserve: float,
    layers: Numeric,
    front: Numeric,
    head: Numeric,
    *,
    full: Any,
    place: float = 0.0,
) -> dict[str, Numeric]:
    own, experts = own_parameters(sizes, plan, front, layers, head)
    group = plan.sharers
    peers = maximum(group * plan.cp / plan.ep, 1.0)

    def shared(stage: float, width: float, *, whole: float = 1.0) -> Numeric:
        split = plan.zero >= stage
        return where(split, own / group + experts / peers, own + experts) * width * whole

    trained = plan.frozen
    weights = shared(3.0, plan.weight_width)
    kept = where(full, block.layer.entry, block.layer.saved)
    stash = pipeline.stashed_microbatches(plan.pp, plan.chunks) - place
    v = plan.chunks
    # The last stage turns each micro-batch round at once; its earlier chunks wait.
    stash = where(head > 0.0, ((v - 1.0) * plan.pp + 1.0) / v, stash)
    if plan.schedule == "dualpipe":  # of both directions together, one more than stages
        stash = (plan.pp + 1.0) / 2.0
    deep = where(plan.pp == 1.0, 1.0, minimum(stash, plan.microbatches))
    activations = deep * (layers * kept + front * block.front.saved)
    again = where(full, block.layer.saved, 0.0)
    transient = block.alive + again + head * 1.5 * block.logits
    gathered = where(
        plan.zero >= 3.0,  # ZeRO's own number
        _BUCKET * (sizes.layer + sizes.experts / plan.ep) / plan.tp * plan.weight_width,
        0.0,
    )
    received = where(plan.pp == 1.0, 0.0, 2.0 * block.boundary)
    return {
        "weights": weights,
        "gradients": shared(2.0, plan.gradient_width, whole=trained),
        "optimizer": shared(1.0, plan.state_width, whole=trained * (plan.offload is None)),
        "activations": activations,
        "transient": transient,
        "buffers": gathered + received,
        "reserve": reserve + 0.0 * activations,
    }
