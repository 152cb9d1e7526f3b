"""One training step put together: stages, bubble, collectives and optimizer, as a sum."""

from collections.abc import Sequence
from typing import NamedTuple

from mlsysim_core.physics import pipeline
from mlsysim_core.physics._numeric import Numeric, ceil, maximum, minimum, where

from .._cluster import Cluster
from ._block import Block, Sizes
from ._costs import Cost
from ._data_parallel import data_parallel, update
from ._plan import Plan

__all__ = ["PARTS", "Step", "own_parameters", "stages", "take"]

PARTS = {
    "compute": "arithmetic, where it is the limit",
    "memory": "weights and activations read and written, where they are the limit",
    "launch": "kernels started and waited for",
    "tensor": "collectives of tensor parallelism, exposed",
    "context": "keys and values passed around, exposed",
    "expert": "tokens dealt out to experts and back, exposed",
    "pipeline": "activations sent from stage to stage, exposed",
    "bubble": "stages that wait while the pipeline fills and drains",
    "data": "gradients reduced and weights gathered, exposed",
    "optimizer": "weights updated",
    "host": "bytes that do not fit, over the host link",
}
"""Parts of a step, in the order of the sum."""

_APART = frozenset({"queue", "flops", "saved", "entry"})
"""What of a cost no step adds up as it adds up times."""
_DEFERRED = 2.0
"""Times of the gradients of weights by which a zero-bubble schedule shortens the bubble: they fill
it, and no stage waits for those of another (Qi et al., 2024, arXiv:2401.10241, table 2)."""


class Step(NamedTuple):
    """Times of a step; the parts add up to its latency. [s]."""

    parts: dict[str, Numeric]
    communication: dict[str, Numeric]
    """Time of each kind of communication, hidden or not. [s]"""
    busy: Numeric
    """Time that the busiest stage works. [s]"""
    repeated: Numeric
    """[s]"""
    ahead: Numeric
    """Time of forward passes. [s]"""
    arithmetic: Numeric
    movement: Numeric
    flops: Numeric
    """Operations done by all devices, repetitions included. [operation]"""
    own: Numeric
    """Parameters of the busiest device, experts left out."""
    own_experts: Numeric

    @property
    def latency(self) -> Numeric:
        """Sum of the parts. [s]."""
        return sum(self.parts.values(), 0.0)


def stages(block: Block, pp: Numeric) -> tuple[Numeric, Numeric, Numeric]:
    """Return layers of a stage in the middle, of the first and of the last."""
    layers = float(block.layers)
    each = ceil(layers / pp)
    # Where both ends count as a layer, their stages hold one layer less.
    ends = where((layers + 2.0) % pp == 0.0, 1.0, 0.0)
    padded = where(layers % pp == 0.0, 0.0, ends)
    middle = where(padded == 1.0, (layers + 2.0) / pp, each)
    last = where(padded == 1.0, middle - 1.0, layers - (pp - 1.0) * each)
    return middle, middle - padded, maximum(last, 0.0)


def take(block: Block, sizes: Sizes, cluster: Cluster, plan: Plan) -> Step:
    """Put a step together from the costs of one micro-batch."""
    pp, m, v = plan.pp, plan.microbatches, plan.chunks
    middle, first, last = stages(block, pp)
    front, layer, head = block.front, block.layer, block.head
    single = pp == 1.0

    busy = [cost.busy for cost in (front, layer, head)]
    exposed = [_exposed(cost, plan) for cost in (front, layer, head)]
    queues = [cost.queue for cost in (front, layer, head)]
    whole = [
        maximum(own + bare, queue) for own, bare, queue in zip(busy, exposed, queues, strict=True)
    ]
    of_front, of_layer, of_head = whole
    waits = [every - own - bare for every, own, bare in zip(whole, busy, exposed, strict=True)]

    at_first = first * of_layer + of_front + where(single, of_head, 0.0)
    at_last = last * of_layer + of_head + where(single, of_front, 0.0)
    at_middle = where(pp > 2.0, middle * of_layer, 0.0)  # two ends
    slowest = maximum(maximum(at_first, at_last), at_middle)
    in_last = at_last >= slowest
    in_first = where(in_last, 0.0, 1.0) * where(at_first >= slowest, 1.0, 0.0)
    ends = where(in_last, 1.0, 0.0)
    count = where(in_last, last, where(in_first > 0.0, first, middle))
    with_front = maximum(in_first, where(single, 1.0, 0.0))
    with_head = maximum(ends, where(single, 1.0, 0.0))
    dual = plan.schedule == "dualpipe"
    if dual:  # of its two stages, one from either end, each micro-batch passes one
        at_ends = (at_first + at_last) / 2.0
        slowest = maximum(at_ends, at_middle)
        with_front = with_head = where(at_ends >= at_middle, 0.5, 0.0)
        count = where(at_ends >= at_middle, (first + last) / 2.0, middle)

    def total_of(values: Sequence[Numeric]) -> Numeric:
        a, b, c = values
        found: Numeric = m * (with_front * a + count * b + with_head * c)
        return found

    pairs = zip(Cost._fields, front, layer, head, strict=True)
    sums = Cost(**{name: total_of(parts) for name, *parts in pairs if name not in _APART})
    total = of_front + block.layers * of_layer + of_head
    working = total_of(busy)
    boundary = cluster.send(block.boundary, plan.tp * plan.cp * plan.dp)
    bubble = _bubble(block, plan, total - slowest)
    sends = where(single, 0.0, 2.0 * boundary * (m * v + pp - 1.0))
    send_exposed: Numeric = sends
    if "pipeline" in plan.overlap:
        # Interleaved stages have other work while a message is under way.
        filling = 2.0 * boundary * (pp - 1.0)
        send_exposed = where(single, 0.0, where((v > 1.0) | dual, filling, sends))
    held = [part * plan.copies for part in (with_front, count, with_head)]
    own, own_experts = own_parameters(sizes, plan, *held)
    data, data_exposed = data_parallel(
        block, cluster, plan, own, own_experts, working / m, sums.ahead
    )
    updating = update(plan, own, own_experts)
    # From the second micro-batch on, gradients are added to what is there.
    added = (plan.gradient_width * 2.0 + plan.weight_width) * plan.frozen * plan.adds
    split = where(plan.zero >= 2.0, plan.shard_group, 1.0)  # ZeRO's number
    summed = (m - 1.0) * (own / split + own_experts) * added / plan.update_bandwidth
    tensor, context, expert = sums.tensor, sums.context, sums.expert
    parts: dict[str, Numeric] = {
        "compute": sums.compute,
        "memory": sums.weights + sums.activations + summed,
        "launch": sums.launch + total_of(waits) + plan.overhead,
        "tensor": _uncovered(tensor, minimum(sums.deferrable, sums.hideable), plan, "tensor"),
        "context": _uncovered(context, sums.compute, plan, "context"),
        "expert": total_of([_expert(cost, plan) for cost in (front, layer, head)]),
        "pipeline": send_exposed,
        "bubble": where(single, 0.0, bubble),
        "data": data_exposed,
        "optimizer": updating,
    }
    return Step(
        parts=parts,
        communication={
            "tensor": tensor,
            "context": context,
            "expert": expert,
            "pipeline": sends,
            "data": data,
        },
        busy=working,
        repeated=sums.repeated,
        ahead=sums.ahead,
        arithmetic=sums.arithmetic,
        movement=sums.movement + updating + summed,
        flops=m * (front.flops + block.layers * layer.flops + head.flops) * plan.tp * plan.cp,
        own=own,
        own_experts=own_experts,
    )


def _bubble(block: Block, plan: Plan, others: Numeric) -> Numeric:
    """Return the time that the slowest stage waits for the others."""
    plain = pipeline.bubble_time(others, plan.chunks)
    if plan.schedule == "1f1b":
        return plain
    share = 1.0 - 1.0 / plan.pp
    layers, head = block.layers, block.head
    deferred = share * (layers * block.layer.deferrable + head.deferrable)
    if plan.schedule == "zero_bubble":
        return maximum(plain - _DEFERRED * deferred, 0.0)
    ahead = share * (layers * block.layer.ahead + block.front.ahead + head.ahead)
    return maximum(pipeline.dual_bubble_time(others, others - ahead, deferred, plan.pp), 0.0)


def _exposed(cost: Cost, plan: Plan) -> Numeric:
    return (
        _uncovered(cost.tensor, minimum(cost.deferrable, cost.hideable), plan, "tensor")
        + _uncovered(cost.context, cost.compute, plan, "context")
        + _expert(cost, plan)
    )


def _expert(cost: Cost, plan: Plan) -> Numeric:
    """Return what computation does not hide of dealing tokens out to experts.

    Within a micro-batch nothing can; of interleaved stages, and of those that are fed from both
    ends, another micro-batch is at work meanwhile [1]_.

    References
    ----------
    .. [1] DeepSeek-AI, "DeepSeek-V3 technical report," 2024, sec. 3.2.1. arXiv:2412.19437.
    """
    if isinstance(cost.expert, float) and not cost.expert:
        return 0.0
    spare = maximum(cost.compute - cost.context, 0.0)
    beside = (plan.chunks > 1.0) | (plan.schedule == "dualpipe")
    return _uncovered(cost.expert, where(beside, spare, 0.0), plan, "expert")


def _uncovered(time: Numeric, cover: Numeric, plan: Plan, kind: str) -> Numeric:
    """Return what computation does not hide of a kind of communication."""
    if kind not in plan.overlap:
        return time
    return maximum(time - cover, 0.0)


def own_parameters(
    sizes: Sizes, plan: Plan, front: Numeric, count: Numeric, head: Numeric
) -> tuple[Numeric, Numeric]:
    """Return the parameters of one device: those of every token, and those of experts."""
    # A table that both ends share lies on both, unless they are one stage.
    table = sizes.head or where(plan.pp == 1.0, 0.0, sizes.front)
    shared = front * sizes.front + count * sizes.layer + head * table
    return shared / plan.tp, count * sizes.experts / plan.tp / minimum(plan.ep, plan.dp * plan.cp)
