"""Operators that many architectures share."""

from typing import Any

from ..physics._numeric import Numeric
from ._operator import Operator, Workload

__all__ = ["dense", "elementwise", "embedding", "head", "matmul"]


def matmul(
    name: str,
    count: Numeric,
    rows: Numeric,
    columns: Numeric,
    inner: Numeric,
    work: Workload,
    *,
    groups: Numeric = 1.0,
    experts: Numeric = 1.0,
    reduced: bool = False,
) -> Operator:
    """Multiply ``rows`` activations by weights; ``groups`` sets of weights share the rows."""
    outputs = rows * columns
    return Operator(
        name,
        "matmul",
        count,
        2.0 * rows * columns * inner,
        groups * columns * inner * work.weights,
        0.0,
        (rows * inner + outputs) * work.activations,
        (rows / groups, columns, inner, groups),
        1,
        # Ranks sum what one token gets, after its experts' outputs have been added.
        outputs / experts * work.activations if reduced else 0.0,
        rows * inner * work.activations,
    )


def elementwise(
    name: str,
    count: Numeric,
    elements: Numeric,
    tensors: int,
    work: Workload,
    *,
    kernels: int = 1,
    saved: int | None = None,
) -> Operator:
    """Read some tensors of a size and write one, a few operations an element."""
    return Operator(
        name,
        "elementwise",
        count,
        4.0 * tensors * elements,
        0.0,
        0.0,
        (tensors + 1.0) * elements * work.activations,
        (),
        kernels,
        0.0,
        (tensors if saved is None else saved) * elements * work.activations,
    )


def embedding(shape: Any, tokens: Numeric, work: Workload) -> Operator:
    """Look rows up in the token table."""
    return Operator(
        "embedding",
        "gather",
        1,
        0.0,
        tokens * shape.hidden * work.weights,
        0.0,
        tokens * shape.hidden * work.activations,
    )


def head(shape: Any, rows: Numeric, work: Workload) -> list[Operator]:
    """Score the vocabulary, and choose."""
    return [
        matmul("head", 1, rows, shape.vocab, shape.hidden, work),
        elementwise("head.choice", 1, rows * shape.vocab, 1, work, kernels=2),
    ]


def dense(shape: Any, layers: Numeric, tokens: Numeric, work: Workload) -> list[Operator]:
    """Lower a dense feed-forward, gated or not."""
    gates = 2 if shape.gated_mlp else 1
    return [
        matmul("mlp.up", layers, tokens, gates * shape.ffn, shape.hidden, work),
        elementwise("mlp.activation", layers, tokens * shape.ffn, gates, work),
        matmul("mlp.down", layers, tokens, shape.hidden, shape.ffn, work, reduced=True),
    ]
