"""Diffusion with a U-Net: Stable Diffusion 1, 2 and XL. Text encoder and decoder are apart."""

from typing import NamedTuple

from .graph import Built, Entry, Graph, Map
from .transformers import attend, feed_forward

__all__ = ["ENTRIES"]

TEXT = 77


class Shape(NamedTuple):
    """What tells the U-Nets apart.

    ``depths`` are the transformer blocks at each size; the last belongs to the middle.
    Without a ``head_dim`` there are eight heads. ``linear`` tells how transformers project,
    ``added`` the width of an embedding of sizes and pooled text.
    """

    size: int
    widths: tuple[int, ...]
    depths: tuple[int, ...]
    context: int
    head_dim: int | None
    linear: bool
    added: int = 0


def residual(graph: Graph, x: Map, out: int, time: int) -> Map:
    """Two convolutions behind group norms; the time enters between them."""
    y = graph.conv(graph.normalise(x), out, norm=False)
    graph.linear(time, out)
    y = graph.conv(graph.normalise(y), out, norm=False)
    if x.channels != out:
        graph.conv(x, out, 1, norm=False)
    return graph.add(y)


def transformer(graph: Graph, x: Map, depth: int, shape: Shape) -> Map:
    """Attention to the image and to the text, and a gated feed-forward network."""
    if not depth:
        return x
    rows, width = x.area, x.channels
    head_dim = shape.head_dim or width // 8
    graph.normalise(x)
    project(graph, x, shape.linear)
    for _ in range(depth):
        for keys in (None, TEXT):
            graph.layer_norm(rows, width)
            attend(graph, rows, width, head_dim, keys=keys, context=shape.context, bias=False)
            graph.add(x)
        graph.layer_norm(rows, width)
        feed_forward(graph, rows, width, 4 * width, gated=True)
        graph.add(x)
    project(graph, x, shape.linear)
    return graph.add(x)


def project(graph: Graph, x: Map, linear: bool) -> None:
    """Mix the channels of each position."""
    if linear:
        graph.linear(x.channels, x.channels, x.area)
    else:
        graph.conv(x, x.channels, 1, norm=False)


def unet(shape: Shape) -> Built:
    """Two residual blocks at each size on the way down, three on the way up."""
    graph, widths = Graph(), shape.widths
    time = 4 * widths[0]
    for inside in (widths[0], *((shape.added,) if shape.added else ())):
        graph.linear(graph.linear(inside, time), time)
    x = graph.conv(Map(4, shape.size, shape.size), widths[0], norm=False)
    skips = [x]
    for level, width in enumerate(widths):
        for _ in range(2):
            x = transformer(graph, residual(graph, x, width, time), shape.depths[level], shape)
            skips.append(x)
        if level < len(widths) - 1:
            x = graph.conv(x, width, 3, 2, norm=False)
            skips.append(x)
    x = residual(graph, x, widths[-1], time)
    x = transformer(graph, x, shape.depths[-1], shape)
    x = residual(graph, x, widths[-1], time)
    for level in reversed(range(len(widths))):
        for _ in range(3):
            joined = x._replace(channels=x.channels + skips.pop().channels)
            x = residual(graph, joined, widths[level], time)
            x = transformer(graph, x, shape.depths[level], shape)
        if level:
            x = graph.conv(graph.upsample(x), widths[level], norm=False)
    graph.conv(graph.normalise(x), 4, norm=False)
    return graph.built(4, shape.size, shape.size, steps=50, forwards=2)


FOUR = (320, 640, 1280, 1280)
APART = "One forward of the denoiser; the text encoder and the image decoder are not in the list."
ENTRIES = {
    "stable_diffusion_1_5": Entry(
        lambda: unet(Shape(64, FOUR, (1, 1, 1, 0, 1), 768, None, linear=False)),
        APART + " 50 steps, each of two forwards, as guidance wants them.",
    ),
    "stable_diffusion_2_base": Entry(
        lambda: unet(Shape(64, FOUR, (1, 1, 1, 0, 1), 1024, 64, linear=True)),
        APART + " 50 steps, each of two forwards, as guidance wants them.",
    ),
    "stable_diffusion_2_1": Entry(
        lambda: unet(Shape(96, FOUR, (1, 1, 1, 0, 1), 1024, 64, linear=True)),
        APART + " 50 steps, each of two forwards, as guidance wants them.",
    ),
    "sdxl_base": Entry(
        lambda: unet(Shape(128, FOUR[:3], (0, 2, 10, 10), 2048, 64, linear=True, added=2816)),
        APART + " 50 steps, each of two forwards, as guidance wants them.",
    ),
}
