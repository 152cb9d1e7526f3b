"""Blocks of transformers on rows of a width."""

from .graph import Graph

__all__ = ["add_and_norm", "attend", "encoder_block", "feed_forward"]


def attend(
    graph: Graph,
    rows: int,
    width: int,
    head_dim: int,
    *,
    keys: int | None = None,
    context: int | None = None,
    window: int | None = None,
    inner: int | None = None,
    bias: bool = True,
    out_bias: bool = True,
) -> None:
    """Attention with its projections.

    It looks at the same rows, or at ``keys`` rows of another sequence, whose width is
    ``context``; in windows of so many rows, if there is a ``window``.
    """
    inner = inner or width
    if keys is None:
        graph.linear(width, 3 * inner, rows, bias=bias)
        size = window or rows
        graph.attention(inner // head_dim, head_dim, size, size, rows // size)
    else:
        graph.linear(width, inner, rows, bias=bias)
        graph.linear(context or width, 2 * inner, keys, bias=bias)
        graph.attention(inner // head_dim, head_dim, rows, keys)
    graph.linear(inner, width, rows, bias=out_bias)


def add_and_norm(graph: Graph, rows: int, width: int) -> None:
    """Sum and norm after a branch."""
    graph.elementwise(rows * width, tensors=2)
    graph.layer_norm(rows, width)


def feed_forward(graph: Graph, rows: int, width: int, inner: int, *, gated: bool = False) -> None:
    """Two linear layers, the first of which may carry a gate."""
    graph.linear(width, 2 * inner if gated else inner, rows)
    if gated:
        graph.elementwise(rows * inner, tensors=2)
    graph.linear(inner, width, rows)


def encoder_block(
    graph: Graph,
    rows: int,
    width: int,
    head_dim: int,
    inner: int,
    *,
    gated: bool = False,
    scaled: bool = False,
    bias: bool = True,
) -> None:
    """Attention and feed-forward, each behind a layer norm and beside a shortcut.

    ``scaled``: each channel of a branch has a factor of its own.
    """
    scale = width if scaled else 0
    graph.layer_norm(rows, width)
    attend(graph, rows, width, head_dim, bias=bias)
    graph.elementwise(rows * width, tensors=2, weights=scale)
    graph.layer_norm(rows, width)
    feed_forward(graph, rows, width, inner, gated=gated)
    graph.elementwise(rows * width, tensors=2, weights=scale)
