"""Operators of one rank: a transformation of the list that everybody reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from mlsysim_core.errors import InputError
from mlsysim_core.operators import Operator, Workload
from mlsysim_core.operators._training import outside_layers
from mlsysim_core.physics._numeric import Numeric
from mlsysim_core.physics.experts import experts_met
from mlsysim_core.specs import Decoder, ModelSpec

__all__ = ["Shards", "present", "shard", "unfuse"]

_REPLICATED = ("router", "compress", "pooler")
"""Multiplications that every rank of a tensor-parallel group does in full."""
_WHOLE = ("norm", "residual")
"""Element-wise work over the full width: shared only along the sequence."""


@dataclass(frozen=True, slots=True)
class Shards:
    """Ranks that share the operators of one stage."""

    tensor: int = 1
    context: int = 1
    expert: int = 1
    sequence: bool = False
    """Whether what tensor parallelism leaves whole is shared along the sequence."""


def present(number: Numeric) -> bool:
    """Tell whether there is anything: of an array, whether it is one."""
    return not isinstance(number, float | int) or number != 0


def shard(model: ModelSpec, operators: Iterable[Operator], by: Shards) -> list[Operator]:
    """Return the operators of one rank."""
    found = []
    for operator in operators:
        one = _context(operator, by.context) if by.context > 1 else operator
        if by.expert > 1 and one.name.startswith(("experts.up", "experts.down")):
            one = _expert(model, one, by)
        if by.tensor > 1:
            one = _tensor(one, by)
        found.append(one)
    return found


def _context(operator: Operator, ranks: int) -> Operator:
    """Share the tokens of each sequence."""
    shape = operator.shape
    if operator.kind == "attention":
        batch, heads, queries, keys, size = shape
        shape = (batch, heads, queries / ranks, keys, size)
    elif shape:
        shape = (shape[0] / ranks, *shape[1:])
    return operator.changed(
        flops=operator.flops / ranks,
        activations=operator.activations / ranks,
        reduced=operator.reduced / ranks,
        saved=operator.saved / ranks,
        shape=shape,
    )


def _expert(model: ModelSpec, operator: Operator, by: Shards) -> Operator:
    """Share the experts: each rank has fewer, and gets the tokens of all for them."""
    architecture = model.architecture
    experts = architecture.experts if isinstance(architecture, Decoder) else None
    if experts is None or not operator.shape:
        return operator
    rows, columns, inner, met = operator.shape
    routed = rows * met
    tokens = routed / experts.top_k * by.expert
    own = experts_met(tokens, float(experts.count), float(experts.top_k)) / by.expert
    return operator.changed(
        weights=operator.weights / met * own, shape=(routed / own, columns, inner, own)
    )


def _tensor(operator: Operator, by: Shards) -> Operator:  # noqa: PLR0911  # one for each kind
    """Share the columns, the sums, the heads or the elements of an operator."""
    ranks = by.tensor
    kind, name = operator.kind, operator.name
    along = ranks if by.sequence else 1
    if kind == "matmul" and name.endswith(_REPLICATED):
        return operator.changed(saved=operator.saved / along)
    if name.startswith(_WHOLE):
        return operator.changed(
            flops=operator.flops / along,
            activations=operator.activations / along,
            saved=operator.saved / along,
        )
    if kind == "gather":
        return operator.changed(weights=operator.weights / ranks)
    if kind == "matmul":
        rows, columns, inner, groups = operator.shape
        if name.startswith(("attention.scores", "attention.context")):
            shape = (rows, columns, inner, groups / ranks)
            return _all(operator, ranks).changed(shape=shape)
        each = operator.activations / (groups * rows * (inner + columns))
        if present(operator.reduced):
            shape = (rows, columns, inner / ranks, groups)
            passed = each * groups * rows * (inner / ranks + columns)
            saved = operator.saved / ranks
        else:
            shape = (rows, columns / ranks, inner, groups)
            passed = each * groups * rows * (inner + columns / ranks)
            saved = operator.saved / along
        return operator.changed(
            flops=operator.flops / ranks,
            weights=operator.weights / ranks,
            activations=passed,
            saved=saved,
            shape=shape,
        )
    if kind == "attention":
        batch, heads, queries, keys, size = operator.shape
        return _all(operator, ranks).changed(shape=(batch, heads / ranks, queries, keys, size))
    if kind == "convolution":
        raise InputError("tensor parallelism splits transformers; this model has convolutions")
    return _all(operator, ranks)


def _all(operator: Operator, ranks: int) -> Operator:
    return operator.changed(
        flops=operator.flops / ranks,
        cache=operator.cache / ranks,
        activations=operator.activations / ranks,
        saved=operator.saved / ranks,
    )


def unfuse(
    model: ModelSpec, operators: Iterable[Operator], work: Workload, *, flash: bool, dropout: bool
) -> list[Operator]:
    """Spell out what a stack without fused attention does, and the dropouts of training."""
    found = []
    width = work.activations
    for operator in operators:
        if operator.kind == "attention" and not flash:
            found += _attention(model, operator, work, dropout=dropout)
        else:
            found.append(operator)
        if operator.name == "norm" and dropout and not outside_layers(operator):
            # Read, masked and added to the residual; one byte of mask for each element.
            elements = operator.saved / width
            found.append(
                operator.changed(
                    name="residual.dropout",
                    activations=elements * (3.0 * width + 1.0),
                    saved=elements,
                )
            )
    return found


def _attention(
    model: ModelSpec, operator: Operator, work: Workload, *, dropout: bool
) -> list[Operator]:
    """Attention as four operators, whose square of scores goes through memory."""
    batch, heads, queries, keys, size = operator.shape
    causal = isinstance(model.architecture, Decoder) and work.phase != "decode"
    if causal and operator.name == "attention":
        keys = queries  # the masked half is computed as well
    width = work.activations
    square = batch * heads * queries * keys
    rows, columns = batch * heads * queries * size, batch * heads * keys * size
    flops = 2.0 * square * size
    name = operator.name.replace("attention", "attention.{}", 1)

    def multiply(part: str, shape: tuple[Numeric, ...], saved: Numeric) -> Operator:
        return operator.changed(
            name=name.format(part),
            kind="matmul",
            flops=flops,
            cache=0.0,
            activations=(rows + columns + square) * width,
            shape=shape,
            kernels=1,
            saved=saved,
        )

    def pass_over(part: str, moved: float, saved: float) -> Operator:
        return operator.changed(
            name=name.format(part),
            kind="elementwise",
            flops=8.0 * square,
            cache=0.0,
            activations=square * moved,
            shape=(),
            kernels=1,
            saved=square * saved,
        )

    groups = batch * heads
    # Queries and keys are kept as they entered the fused operator; values likewise.
    kept = operator.saved
    found = [
        multiply("scores", (queries, keys, size, groups), kept * 2.0 / 3.0),
        pass_over("softmax", 2.0 * width, width),
    ]
    if dropout:
        found.append(pass_over("mask", 2.0 * width + 1.0, 1.0))
    found.append(
        multiply(
            "context",
            (queries, size, keys, groups),
            kept / 3.0 + square * width * dropout,
        )
    )
    return found
