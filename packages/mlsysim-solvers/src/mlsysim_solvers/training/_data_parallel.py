"""Data parallelism: gradients reduced, weights gathered, and the optimizer."""

from mlsysim_core.physics._numeric import Numeric, maximum, minimum, where

from .._cluster import Cluster
from ._block import Block
from ._plan import Plan

__all__ = ["data_parallel", "update"]


def data_parallel(
    block: Block,
    cluster: Cluster,
    plan: Plan,
    own: Numeric,
    experts: Numeric,
    micro: Numeric,
    ahead: Numeric,
) -> tuple[Numeric, Numeric]:
    """Return the time of reducing gradients and gathering weights, and what is exposed."""
    stride = plan.tp * plan.cp
    ranks = plan.dp
    trained = plan.frozen
    gradients = own * trained * plan.gradient_width
    weights = own * plan.weight_width
    far_gradients = experts * trained * plan.gradient_width
    far_weights = experts * plan.weight_width
    peers = maximum(plan.dp * plan.cp / plan.ep, 1.0)
    sharded = plan.zero >= 3.0  # ZeRO's own number

    def ring(size: Numeric, far: Numeric, passes: float, group: Numeric) -> Numeric:
        near = where(group > 1.0, cluster.ring(size, group, stride, passes), 0.0)
        if not isinstance(far, float) or far:
            away = cluster.ring(far, peers, stride * plan.ep, passes)
            near = near + where(peers > 1.0, away, 0.0)
        return near

    once = ring(gradients, far_gradients, 2.0, ranks)
    scattered = ring(gradients, far_gradients, 1.0, ranks)
    returned = ring(weights * trained, far_weights * trained, 1.0, ranks)
    # Who keeps a shard of the gradients alone reduces those of each micro-batch.
    times = where(plan.zero >= 2.0, plan.microbatches, 1.0)  # ZeRO's own number
    split = times * scattered + returned
    gather = reduce = replicas = 0.0
    if sharded is not False:
        # Each micro-batch gathers weights twice and reduces gradients once.
        group = plan.shard_group
        pieces = maximum(block.layers / plan.pp, 1.0) * plan.gathers
        copying = pieces * group * plan.copy_per_rank
        gather = pieces * ring(weights / pieces, far_weights / pieces, 1.0, group) + copying
        reduce = pieces * ring(gradients / pieces, far_gradients / pieces, 1.0, group) + copying
        beyond = ranks / group
        replicas = where(
            beyond > 1.0, cluster.ring(gradients / group, beyond, stride * group, 2.0), 0.0
        )
    full = plan.microbatches * (2.0 * gather + reduce) + replicas
    total = where(sharded, full, where(plan.zero >= 1.0, split, once))
    if "data" not in plan.overlap:
        return total, total
    # The last backward pass hides the reduction, the next forward pass the gather; what the
    # first layer needs, and what the last one leaves, nothing hides.
    edge = 1.0 / maximum(block.layers / plan.pp, 1.0)
    forward = ahead / plan.microbatches
    backward = maximum(micro - forward, 0.0)
    m = plan.microbatches
    plain = where(
        plan.zero >= 1.0,
        (times - 1.0) * maximum(scattered - backward, 0.0)
        + maximum(scattered - backward, scattered * edge)
        + maximum(returned - forward, returned * edge),
        maximum(once - backward, once * edge),
    )
    covered = (
        m * maximum(gather - forward, 0.0)
        + m * maximum(gather + reduce - backward, 0.0)
        + (gather + reduce) * edge
        + maximum(replicas - backward, replicas * edge)
    )
    return total, minimum(where(sharded, covered, plain), total)


def update(plan: Plan, own: Numeric, experts: Numeric) -> Numeric:
    """Return the time of the optimizer. [s]."""
    moved = 2.0 * plan.state_width + plan.gradient_width + plan.weight_width
    split = where(plan.zero >= 1.0, plan.sharers, 1.0)
    peers = maximum(split * plan.cp / plan.ep, 1.0)
    parameters = own / split + experts / where(plan.zero >= 1.0, peers, 1.0)
    if plan.offload is not None:
        # Gradients go out, weights come back; the host's own work is taken as hidden.
        crossing = plan.gradient_width + plan.weight_width
        return parameters * plan.frozen * crossing / plan.offload
    return parameters * plan.frozen * moved / plan.update_bandwidth
