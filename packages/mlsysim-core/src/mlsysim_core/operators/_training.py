"""A training step: a forward pass, its backward pass, and the optimizer."""

from typing import Any, Literal

from ..formats import WIDTH
from ..specs.model import ModelSpec
from ..specs.transformer import Decoder
from ._operator import Lowered, Operator, Workload

__all__ = ["OPTIMIZER_STATES", "Recompute", "training"]

Recompute = Literal["none", "selective", "full"]
"""What the backward pass computes again: nothing, the attention scores, or each layer."""

OPTIMIZER_STATES = {"adam": 2, "adamw": 2, "sgd": 0, "momentum": 1, "adafactor": 0}
"""Numbers in fp32 that an optimizer keeps for each parameter, besides the master weight."""

_ENTRIES = ("qkv", "attention.query", "attention.compress", "recurrence.in")
"""Operators that a layer begins with."""

_HEADS = ("head", "embedding", "front", "pooler")


def training(
    model: ModelSpec,
    forward: Lowered,
    work: Workload,
    *,
    recompute: Recompute = "selective",
    optimizer: str = "adam",
) -> Lowered:
    """Add to a forward pass what a training step does besides."""
    operators = list(forward.operators)
    for operator in forward.operators:
        operators += _backward(operator)
    if recompute == "full":
        operators += [
            part._replace(name=f"{part.name}.recomputed")
            for part in forward.operators
            if not part.name.startswith(_HEADS)
        ]
    elif recompute == "selective":
        operators += [
            part._replace(name=f"{part.name}.recomputed")
            for part in forward.operators
            if part.kind == "attention"
        ]
    parameters = float(model.architecture.parameters)
    update = _update(parameters, work, optimizer)
    operators.append(update)
    return Lowered(
        operators=tuple(operators),
        items=forward.items,
        unit=forward.unit,
        weights=forward.weights,
        cache=0.0,
        activations=forward.activations + _saved(model, forward, work, recompute),
        optimizer=parameters * (_gradient(work) + _state_bytes(work, optimizer)),
        flops=3.0 * forward.flops,
        notes=(*forward.notes, f"recomputation: {recompute}; optimizer: {optimizer}"),
    )


def _backward(operator: Operator) -> list[Operator]:
    """Lower the gradients of one operator."""
    if operator.kind in {"matmul", "convolution"} and operator.shape:
        rows, columns, inner, groups = operator.shape
        return [
            operator._replace(
                name=f"{operator.name}.input_gradient", shape=(rows, inner, columns, groups)
            ),
            operator._replace(
                name=f"{operator.name}.weight_gradient", shape=(inner, columns, rows, groups)
            ),
        ]
    twice = 1.0 if operator.kind in {"elementwise", "gather"} else 2.0
    return [
        operator._replace(
            name=f"{operator.name}.gradient",
            flops=twice * operator.flops,
            weights=twice * operator.weights,
            activations=twice * operator.activations,
        )
    ]


def _gradient(work: Workload) -> float:
    return max(work.weights, WIDTH["bf16"])


def _state_bytes(work: Workload, optimizer: str) -> float:
    """Bytes of optimizer state for each parameter; a master copy where weights are narrow."""
    master = 0.0 if work.weights >= WIDTH["fp32"] else WIDTH["fp32"]
    return master + WIDTH["fp32"] * OPTIMIZER_STATES[optimizer]


def _update(parameters: float, work: Workload, optimizer: str) -> Operator:
    """Lower the optimizer: state read and written, gradient read, weight written."""
    moved = 2.0 * _state_bytes(work, optimizer) + _gradient(work) + work.weights
    return Operator(
        "optimizer",
        "elementwise",
        1,
        12.0 * parameters,
        parameters * moved,
        0.0,
        0.0,
    )


def _saved(model: ModelSpec, forward: Lowered, work: Workload, recompute: Recompute) -> Any:
    """Bytes that the forward pass leaves for the backward pass."""
    if recompute == "full":
        entering = [part for part in forward.operators if part.name.endswith(_ENTRIES)]
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
