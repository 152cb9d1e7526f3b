"""What one micro-batch costs one rank, before, in and after the layers."""

from functools import lru_cache
from typing import NamedTuple

from mlsysim_core.device import Machine
from mlsysim_core.operators import Lowered, Operator, Workload, forward
from mlsysim_core.operators._training import Recompute, outside_layers
from mlsysim_core.physics._numeric import Numeric, maximum
from mlsysim_core.specs import (
    Decoder,
    Encoder,
    EncoderDecoder,
    ModelSpec,
    Network,
    StateSpace,
)

from .._cluster import Cluster
from .._sharding import Shards, present, shard, unfuse
from ._costs import Cost, Run, cost_of

__all__ = ["Block", "Sizes", "block", "halfway", "layers_of", "sizes"]


_CALLS = 1.0
"""Operators that take as long to start as one collective."""


class Sizes(NamedTuple):
    """Parameters of a model by where they live."""

    front: float
    layer: float
    """Of one layer, experts left out, on average."""
    experts: float
    """Routed experts of one layer, on average."""
    head: float
    layers: int


class Block(NamedTuple):
    """One micro-batch on one rank of a stage."""

    front: Cost
    layer: Cost
    """One layer, on average."""
    head: Cost
    layers: int
    boundary: Numeric
    """Bytes that cross from one stage to the next. [byte]"""
    alive: Numeric
    """Bytes alive inside one layer at most. [byte]"""
    logits: Numeric
    """Bytes of scores of the vocabulary. [byte]"""
    asked: Numeric
    """Operations that the model asks for, of all ranks together. [operation]"""
    items: Numeric
    unit: str
    notes: tuple[str, ...]


def layers_of(model: ModelSpec) -> int:
    """Return the layers that a pipeline can cut between."""
    shape = model.architecture
    if isinstance(shape, EncoderDecoder):
        return shape.encoder_layers + shape.decoder_layers
    if isinstance(shape, Decoder | Encoder | StateSpace):
        return shape.layers
    if isinstance(shape, Network):
        return sum(layer.repeat for layer in shape.layers)
    return shape.layers


def sizes(model: ModelSpec) -> Sizes:
    """Return the parameters of a model by where they live."""
    shape = model.architecture
    layers = layers_of(model)
    front = float(getattr(shape, "embedding_parameters", 0))
    tied = getattr(shape, "tied_embeddings", True)
    head = front if not tied and hasattr(shape, "vocab") else 0.0
    experts = 0.0
    if isinstance(shape, Decoder) and shape.experts:
        experts = float(shape.expert_layers * shape.experts.count * shape.expert_parameters)
    # Tables are looked up, and only the rows that were are updated.
    rest = max(shape.parameters - getattr(shape, "tables", 0) - front - head - experts, 0.0)
    return Sizes(front, rest / layers, experts / layers, head, layers)


@lru_cache(maxsize=65536)
def block(
    model: ModelSpec,
    machine: Machine,
    cluster: Cluster,
    work: Workload,
    by: Shards,
    recompute: Recompute,
    run: Run,
    efficiency: float | None,
) -> Block:
    """Lower, share and time one micro-batch.

    ``work`` is one micro-batch: its batch is the number of sequences in it.
    """
    whole = forward(model, work)
    fused = shard(model, unfuse(model, whole.operators, work, flash=True, dropout=run.dropout), by)
    mine = fused
    if not run.flash:
        mine = shard(
            model,
            unfuse(model, whole.operators, work, flash=False, dropout=run.dropout),
            by,
        )
    outside = [one for one in mine if outside_layers(one)]
    front = [one for one in outside if not one.name.startswith("head")]
    head = [one for one in outside if one.name.startswith("head")]
    inside = [one for one in mine if not outside_layers(one)]
    layers = layers_of(model)
    hidden = float(getattr(model.architecture, "hidden", 0))
    tokens = work.batch * work.length / by.context
    wide = tokens * hidden * work.activations
    along = by.tensor if by.sequence else 1
    kept = mine if recompute == "none" else fused
    saved = sum((one.count * one.saved for one in kept if not outside_layers(one)), 0.0)
    entry = wide / along * layers
    if not hidden:
        saved = sum((one.count * one.saved for one in mine), 0.0)
        entry = saved / max(sum((one.count for one in mine), 0.0), 1.0) ** 0.5
    plain = run.plain or machine
    costs = {
        "front": cost_of(front, whole, plain, recompute, run, efficiency),
        "layer": cost_of(inside, whole, machine, recompute, run, efficiency),
        "head": cost_of(head, whole, plain, recompute, run, efficiency),
    }
    reductions = sum((one.count * one.reduced for one in inside), 0.0)
    again = 3.0 if recompute == "full" else 2.0
    points = sum((one.count for one in inside if present(one.reduced)), 0.0)
    tensor: Numeric = 0.0
    if by.tensor > 1 and points:
        tensor = again * points * cluster.ring(reductions / points, by.tensor, 1)
    started = costs["layer"].queue
    if by.tensor > 1:
        started = started + again * points * _CALLS * machine.kernels * machine.dispatch
    layer = costs["layer"]._replace(
        queue=started,
        tensor=tensor,
        hideable=tensor / again,
        context=_context(inside, cluster, by),
        expert=_expert(model, tokens, cluster, by, again, work),
        saved=saved,
        entry=entry,
    )
    if by.tensor > 1 and hidden:
        once = cluster.ring(wide, by.tensor, 1)
        costs["front"] = costs["front"]._replace(tensor=once)
        costs["head"] = costs["head"]._replace(tensor=once)
    vocabulary = float(getattr(model.architecture, "vocab", 0) or 0)
    spread = (whole.activations - tokens * by.context * vocabulary * 4.0 * bool(head)) / by.context
    return Block(
        **{**costs, "layer": layer.over(layers)},
        layers=layers,
        boundary=wide / by.tensor,
        alive=maximum(spread / by.tensor, 0.0),
        logits=tokens * vocabulary * 4.0 / by.tensor * bool(head),
        asked=3.0 * whole.flops - (1.0 - run.frozen) * _of_weights(whole),
        items=whole.items,
        unit=whole.unit,
        notes=whole.notes,
    )


def _of_weights(whole: Lowered) -> Numeric:
    """Return the operations of weights in a pass; their gradients take as many again. [flop]"""
    return sum((one.count * one.flops for one in whole.operators if present(one.weights)), 0.0)


def halfway(full: Block, light: Block) -> Block:
    """Return the block of which every other layer is recomputed."""
    pairs = zip(full.layer, light.layer, strict=True)
    both = Cost._make((one + other) / 2.0 for one, other in pairs)
    kept = (full.layer.entry + light.layer.saved) / 2.0
    return light._replace(layer=both._replace(saved=kept))


def _context(operators: list[Operator], cluster: Cluster, by: Shards) -> Numeric:
    """Keys and values passed around a ring, where attention does not hide them."""
    if by.context == 1:
        return 0.0
    scored = [one for one in operators if one.name.endswith(("attention", "attention.local"))]
    total: Numeric = 0.0
    for one in scored:
        # What is kept are queries, keys and values of this rank; a third part is ample.
        passed = one.saved * 2.0 / 3.0
        round_time = cluster.send(passed, by.tensor)
        total = total + one.count * 3.0 * (by.context - 1.0) * round_time
    return total


def _expert(
    model: ModelSpec,
    tokens: Numeric,
    cluster: Cluster,
    by: Shards,
    again: float,
    work: Workload,
) -> Numeric:
    """Tokens dealt out to experts and back, forward and backward."""
    shape = model.architecture
    if by.expert == 1 or not isinstance(shape, Decoder) or shape.experts is None:
        return 0.0
    size = tokens * shape.hidden * work.activations
    if by.sequence:
        size = size / by.tensor
    stride = by.tensor * by.context if by.expert * by.tensor * by.context <= cluster.devices else 1
    once = cluster.deal(size, float(shape.experts.top_k), by.expert, stride)
    return again * 2.0 * shape.expert_layers * once
