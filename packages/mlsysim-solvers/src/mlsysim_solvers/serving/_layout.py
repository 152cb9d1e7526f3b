"""How the devices of one replica share a model, and what each of them is left with."""

from dataclasses import dataclass
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.operators import Operator
from mlsysim_core.physics.experts import busiest_share
from mlsysim_core.specs import ModelSpec, Totals
from mlsysim_core.specs.decoder import Decoder

from .._sharding import Shards, shard

__all__ = ["Exchange", "Layout", "check_layout", "key_value_groups", "shared"]

_LOGIT = 2.0
"""Width of a score that ranks gather. [byte]"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Ways in which the devices of a replica divide the work."""

    tensor: int = 1
    """Ranks that share each layer."""
    pipeline: int = 1
    """Stages that share the layers."""
    experts: int = 1
    """Groups that share the experts; each of their ranks holds a part of some experts."""
    data: int = 1
    """Groups that attend to sequences of their own, and share only the experts."""

    def __str__(self) -> str:
        """Say it as people do."""
        groups = f", {self.data} groups of attention" if self.data > 1 else ""
        return f"tp {self.tensor}, pp {self.pipeline}, ep {self.experts}{groups}"

    @property
    def devices(self) -> int:
        """Devices of the replica."""
        return self.tensor * self.pipeline * self.data

    @property
    def expert_ranks(self) -> int:
        """Ranks over which the experts of a layer are spread."""
        return self.tensor * self.data


@dataclass(frozen=True, slots=True)
class Exchange:
    """A collective that follows an operator."""

    kind: str
    """``reduce``: everyone gets the sum; ``gather``: everyone gets every part; ``scatter``:
    everyone sends something to everyone."""
    count: float
    size: float
    """Bytes of the whole message, or that one rank holds. [byte]"""
    ranks: int


def check_layout(model: ModelSpec, layout: Layout) -> None:
    """Refuse what cannot be shared in that way."""
    shape: Any = model.architecture
    if layout.devices == 1 and layout.experts == 1:
        return
    if isinstance(shape, Totals):
        raise InputError(f"only totals are published for {model.name}: it cannot be shared")
    if layout.expert_ranks % layout.experts:
        raise InputError(
            f"ep ({layout.experts}) must divide the {layout.expert_ranks} ranks of a stage"
        )
    has_experts = isinstance(shape, Decoder) and shape.experts is not None
    if (layout.experts > 1 or layout.data > 1) and not has_experts:
        raise InputError(f"{model.name} has no experts to share: leave out ep and dp_attention")
    heads = getattr(shape, "heads", None)
    if heads is not None and heads % layout.tensor:
        raise InputError(f"tp ({layout.tensor}) must divide the {heads} heads of {model.name}")
    layers = int(getattr(shape, "layers", 0) or getattr(shape, "decoder_layers", 0))
    if layers < layout.pipeline:
        raise InputError(f"pp ({layout.pipeline}) exceeds the {layers} layers of {model.name}")


def shared(
    operators: tuple[Operator, ...],
    together: tuple[Operator, ...],
    model: ModelSpec,
    layout: Layout,
) -> tuple[tuple[Operator, ...], tuple[Exchange, ...]]:
    """Give one rank its part, and list what the ranks exchange.

    Parameters
    ----------
    operators : tuple of Operator
        The pass of the sequences that one data-parallel group attends to.
    together : tuple of Operator
        The pass of all groups' sequences, which meet at the experts.
    model : ModelSpec
        What runs.
    layout : Layout
        How it is shared.

    Returns
    -------
    tuple
        Operators of one rank, and the collectives.
    """
    ranks = layout.tensor
    if ranks == 1 and layout.data == 1:
        return operators, ()
    parts = shard(model, operators, Shards(tensor=ranks))
    found: list[Operator] = []
    exchanges: list[Exchange] = []
    for own, part, whole in zip(operators, parts, together, strict=True):
        routed = own.name.startswith("experts.") and own.name != "experts.router"
        routed = routed and not own.name.startswith("experts.shared")
        if routed:
            found.append(_expert_part(whole, model, layout))
        else:
            found.append(_whole_heads(own, part, model, ranks))
        if routed and own.reduced and layout.data > 1:
            # Every token goes to the ranks of its experts, and comes back.
            sent = float(own.reduced) * _chosen(model) / ranks
            exchanges.append(Exchange("scatter", 2.0 * float(own.count), sent, layout.expert_ranks))
        elif own.reduced and own.name != "experts.shared.down":
            # Shared experts are summed with the routed ones, in one exchange.
            exchanges.append(Exchange("reduce", float(own.count), float(own.reduced), ranks))
        if own.name == "head" and own.shape:
            size = float(own.shape[0]) * float(own.shape[1]) * _LOGIT
            exchanges.append(Exchange("gather", 1.0, size, ranks))
    return tuple(found), tuple(one for one in exchanges if one.ranks > 1)


def _chosen(model: ModelSpec) -> int:
    experts = getattr(model.architecture, "experts", None)
    return experts.top_k if experts else 1


def key_value_groups(model: ModelSpec, ranks: int) -> int:
    """Return into how many parts the cache of one sequence can be cut."""
    shape: Any = model.architecture
    if getattr(shape, "latent", None):
        return 1  # the compressed cache serves every head
    heads: int = getattr(shape, "key_value_heads", 0) or getattr(shape, "heads", ranks)
    return min(ranks, heads)


def _whole_heads(own: Operator, part: Operator, model: ModelSpec, ranks: int) -> Operator:
    """Correct a part where ranks outnumber the heads of keys and values, which then repeat."""
    groups = key_value_groups(model, ranks)
    if groups == ranks or own.kind not in {"attention", "matmul"}:
        return part
    if own.kind == "attention":
        return part.changed(cache=own.cache / groups)
    if own.name != "attention.qkv":
        return part
    shape: Any = model.architecture
    queries, kept = float(shape.heads), float(shape.key_value_heads)
    more = (queries / ranks + 2.0 * kept / groups) / ((queries + 2.0 * kept) / ranks)
    rows, columns, inner, sets = part.shape
    return part.changed(
        flops=part.flops * more,
        weights=part.weights * more,
        shape=(rows, columns * more, inner, sets),
    )


def _expert_part(whole: Operator, model: ModelSpec, layout: Layout) -> Operator:
    """Give a rank its experts; the busiest rank decides when all are done."""
    ranks, spread = layout.expert_ranks, layout.experts
    if whole.kind != "matmul":
        return whole.changed(flops=whole.flops / ranks, activations=whole.activations / ranks)
    rows, columns, inner, groups = whole.shape
    width = whole.activations / (rows * groups * (columns + inner))
    cut = ranks // spread
    if whole.reduced:
        inner = inner / cut
    else:
        columns = columns / cut
    assigned = rows * groups
    busiest = float(busiest_share(assigned, float(spread)))
    shape: Any = model.architecture
    met = min(float(groups) / spread * busiest, shape.experts.count / spread)
    mine = assigned / spread * busiest
    return whole.changed(
        flops=2.0 * mine * columns * inner,
        weights=whole.weights / ranks * (met * spread / groups),
        activations=mine * (columns + inner) * width,
        shape=(mine / met, columns, inner, met),
    )
