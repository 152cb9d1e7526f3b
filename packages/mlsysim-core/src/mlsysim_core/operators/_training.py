"""A training step: a forward pass, its backward pass, and the optimizer."""

from collections.abc import Iterable
from typing import Any, Literal

from ..formats import WIDTH
from ..physics._numeric import where
from ..specs._habits import TrainingHabits
from ..specs.decoder import Decoder
from ..specs.model import ModelSpec
from ._operator import Lowered, Operator, Workload

__all__ = [
    "OPTIMIZER_STATES",
    "SCORES",
    "Recompute",
    "gradient_format",
    "gradient_width",
    "outside_layers",
    "saved_bytes",
    "slowed",
    "state_width",
    "step",
    "training",
    "update",
]

Recompute = Literal["none", "selective", "full"]
"""What the backward pass computes again: nothing, the attention scores, or each layer."""

OPTIMIZER_STATES = {
    "adam": 2.0,
    "adamw": 2.0,
    "adam_8bit": 0.5,
    "sgd": 0.0,
    "momentum": 1.0,
    "adafactor": 0.0,
}
"""Numbers in fp32 that an optimizer keeps for each parameter, besides the master weight; in eight
bits they are a quarter of one (Dettmers et al., 2022, arXiv:2110.02861)."""

_ENTRIES = ("qkv", "attention.query", "attention.compress", "recurrence.in")
"""Operators that a layer begins with."""

SCORES = ("attention.scores", "attention.softmax", "attention.mask", "attention.context")
"""Operators of attention that is not fused."""

_HEADS = ("head", "embedding", "front", "pooler")

_WORD, _UNALIGNED = 8.0, 0.5
"""Elements of 16 bits that are read at once, and the rate where rows do not start so (NVIDIA,
"Matrix multiplication background user's guide", 2023, sec. 3)."""


def training(
    model: ModelSpec,
    forward: Lowered,
    work: Workload,
    *,
    recompute: Recompute = "selective",
    optimizer: str = "adam",
    habits: TrainingHabits | None = None,
    gradients: str | None = None,
) -> Lowered:
    """Add to a forward pass what a training step does besides."""
    parameters = float(model.architecture.parameters)
    operators = step(forward.operators, recompute)
    if habits is not None:
        operators = [slowed(one, habits) for one in operators]
    width = gradient_width(work, gradients)
    operators.append(update(parameters, work, optimizer, width))
    return Lowered(
        operators=tuple(operators),
        items=forward.items,
        unit=forward.unit,
        weights=forward.weights,
        cache=0.0,
        activations=forward.activations + saved_bytes(model, forward, work, recompute),
        optimizer=parameters * (width + state_width(work, optimizer)),
        flops=3.0 * forward.flops,
        notes=(*forward.notes, f"recomputation: {recompute}; optimizer: {optimizer}"),
    )


def step(forward: Iterable[Operator], recompute: Recompute) -> list[Operator]:
    """Lower forward, backward and repeated operators of one step, without the optimizer."""
    forward = tuple(forward)
    operators = list(forward)
    for operator in forward:
        operators += _backward(operator)
    again: list[Operator] = []
    if recompute == "full":
        again = [part for part in forward if not outside_layers(part)]
    if recompute != "none":
        # Fused attention computes the scores again, half of its work, whatever else is.
        again += [
            part.changed(flops=part.flops / 2.0, activations=part.activations / 2.0)
            for part in forward
            if part.kind == "attention"
        ]
    if recompute == "selective":
        again += [part for part in forward if part.name.startswith(SCORES)]
    return operators + [part.changed(name=f"{part.name}.recomputed") for part in again]


def outside_layers(operator: Operator) -> bool:
    """Tell whether an operator comes before the first layer, or after the last."""
    return operator.name.startswith(_HEADS)


def _backward(operator: Operator) -> list[Operator]:
    """Lower the gradients of one operator."""
    if operator.kind in {"matmul", "convolution"} and operator.shape:
        rows, columns, inner, groups = operator.shape
        return [
            operator.changed(
                name=f"{operator.name}.input_gradient", shape=(rows, inner, columns, groups)
            ),
            operator.changed(
                name=f"{operator.name}.weight_gradient", shape=(inner, columns, rows, groups)
            ),
        ]
    twice = 1.0 if operator.kind in {"elementwise", "gather"} else 2.0
    return [
        operator.changed(
            name=f"{operator.name}.gradient",
            flops=twice * operator.flops,
            weights=twice * operator.weights,
            activations=twice * operator.activations,
        )
    ]


def slowed(  # noqa: PLR0911  # one for each kind
    operator: Operator, habits: TrainingHabits, imbalance: float = 1.0
) -> Operator:
    """Let an operator take as long as the stack's own kernels for it."""
    kind, name = operator.kind, operator.name
    if kind == "convolution":
        if operator.shape and operator.shape[3] > 1.0:
            _, columns, inner, _ = operator.shape
            if columns == 1.0 or (name.endswith("input_gradient") and inner == 1.0):
                return operator.changed(activations=operator.activations * habits.depthwise)
        return operator
    if kind == "attention":
        back = name.endswith(("gradient", "recomputed"))
        rate = habits.attention_backward if back else habits.attention
        return operator.changed(flops=operator.flops / rate)
    if kind == "matmul" and name.startswith(("experts.up", "experts.down")):
        return operator.changed(flops=operator.flops * imbalance)
    if name.startswith("experts.route"):
        return operator.changed(activations=operator.activations * habits.routing)
    if kind == "matmul" and not name.startswith("head"):
        # Rows that do not start at whole words of 16 bytes leave the matrix engine half idle.
        # Rows are as wide as the layer; how many tokens there are does not matter.
        rows, columns, inner, _ = operator.shape
        widths = (rows, columns) if name.endswith(".weight_gradient") else (columns, inner)
        ragged = (widths[0] % _WORD > 0.0) | (widths[1] % _WORD > 0.0)
        if ragged is not False:
            return operator.changed(flops=operator.flops * where(ragged, 1.0 / _UNALIGNED, 1.0))
    if kind == "elementwise" and not name.startswith(SCORES):
        return operator.changed(activations=operator.activations * habits.passes)
    return operator


def gradient_format(habits: TrainingHabits, precision: str) -> str | None:
    """Return the stack's format of gradients, where bf16 would leave few bits to sum with."""
    summed = precision == "bf16" or WIDTH[precision] < WIDTH["bf16"]
    return habits.gradients if summed else None


def gradient_width(work: Workload, gradients: str | None = None) -> float:
    """Bytes of a gradient: that of a format or, without one, of weights."""
    return WIDTH[gradients] if gradients else max(work.weights, WIDTH["bf16"])


def state_width(work: Workload, optimizer: str) -> float:
    """Bytes of optimizer state for each parameter; a master copy where weights are narrow."""
    master = 0.0 if work.weights >= WIDTH["fp32"] else WIDTH["fp32"]
    return master + WIDTH["fp32"] * OPTIMIZER_STATES[optimizer]


def update(parameters: float, work: Workload, optimizer: str, gradient: float) -> Operator:
    """Lower the optimizer: state read and written, gradient read, weight written."""
    moved = 2.0 * state_width(work, optimizer) + gradient + work.weights
    return Operator(
        "optimizer",
        "elementwise",
        1,
        12.0 * parameters,
        parameters * moved,
        0.0,
        0.0,
    )


def saved_bytes(model: ModelSpec, forward: Lowered, work: Workload, recompute: Recompute) -> Any:
    """Bytes that the forward pass leaves for the backward pass."""
    if recompute == "full":
        names = {part.name for part in forward.operators}
        # Where queries are compressed first, that is where the layer begins.
        inner = {"attention.query"} if "attention.compress" in names else set()
        entries = {name for name in names if name.endswith(_ENTRIES)} - inner
        entering = [part for part in forward.operators if part.name in entries]
        if entering:  # only what enters each layer is kept
            return sum(part.count * part.saved for part in entering)
        # Chen et al., 2016 (arXiv:1604.06174): a checkpoint every sqrt(n) of n layers.
        steps = sum(part.count for part in forward.operators)
        return sum(part.count * part.saved for part in forward.operators) / steps**0.5
    saved: Any = sum(part.count * part.saved for part in forward.operators)
    if recompute == "none":
        # Scores, their softmax and its dropout: five bytes at 16 bits.
        for part in forward.operators:
            if part.kind == "attention":
                batch, heads, queries, keys, _ = part.shape
                if isinstance(model.architecture, Decoder) or part.name.startswith("decoder."):
                    keys = queries  # the masked half of the scores is kept as well
                saved = saved + part.count * 2.5 * work.activations * batch * heads * queries * keys
    return saved
