"""Diffusion with a transformer: DiT, Stable Diffusion 3, FLUX.1."""

from .graph import Built, Entry, Graph, Map
from .transformers import feed_forward
from .unets import APART

__all__ = ["ENTRIES"]

FREQUENCIES = 256
"""Width of the sines and cosines of a time."""


def modulate(graph: Graph, rows: int, width: int, factors: int) -> None:
    """Norm whose scale and shift, and the gates after it, come from a linear layer."""
    graph.linear(width, factors * width)
    graph.elementwise(rows * width)


def branch(graph: Graph, rows: int, width: int) -> None:
    """Second half of a block: feed-forward between the sum before and its own."""
    graph.elementwise(rows * width, tensors=2)
    graph.elementwise(rows * width)
    feed_forward(graph, rows, width, 4 * width)
    graph.elementwise(rows * width, tensors=2)


def query_key_norm(graph: Graph, rows: int, width: int, head_dim: int) -> None:
    """Norm of the queries and keys of each head."""
    graph.elementwise(2 * rows * width, weights=2 * head_dim)


def dit_xl_2() -> Built:
    """DiT-XL/2 on 32 by 32 latents, which come out with their variance."""
    graph, width = Graph(), 1152
    x = graph.conv(Map(4, 32, 32), width, 2, 2, padding=0, norm=False)
    graph.elementwise(x.elements, weights=x.elements)
    graph.dense(FREQUENCIES, width, width)
    for _ in range(28):
        modulate(graph, x.area, width, 6)
        graph.linear(width, 3 * width, x.area)
        graph.attention(16, width // 16, x.area, x.area)
        graph.linear(width, width, x.area)
        branch(graph, x.area, width)
    modulate(graph, x.area, width, 2)
    graph.linear(width, 2 * 2 * 8, x.area)
    return graph.built(4, 32, 32, steps=250, forwards=2, tables=1001 * width)


def joint_block(
    graph: Graph,
    image: int,
    text: int,
    width: int,
    head_dim: int,
    *,
    norm: bool = False,
    last: bool = False,
    dual: bool = False,
) -> None:
    """Image and text, each with weights of its own, in one attention.

    The last block only reads the text. In ``dual`` ones the image attends to itself as well.
    """
    modulate(graph, image, width, 9 if dual else 6)
    modulate(graph, text, width, 2 if last else 6)
    for rows in (image, text):
        graph.linear(width, 3 * width, rows)
        if norm:
            query_key_norm(graph, rows, width, head_dim)
    graph.attention(width // head_dim, head_dim, image + text, image + text)
    if dual:
        graph.linear(width, 3 * width, image)
        if norm:
            query_key_norm(graph, image, width, head_dim)
        graph.attention(width // head_dim, head_dim, image, image)
        graph.linear(width, width, image)
        graph.elementwise(image * width, tensors=2)
    for rows in (image,) if last else (image, text):
        graph.linear(width, width, rows)
        branch(graph, rows, width)


def stable_diffusion_3(
    depth: int, text: int, *, norm: bool, duals: int = 0, places: int = 0
) -> Built:
    """Joint blocks of 64 times the depth in width, on 128 by 128 latents in patches of two.

    The first ``duals`` blocks are dual; ``places`` a side have a position in a table.
    """
    graph, width = Graph(), 64 * depth
    x = graph.conv(Map(16, 128, 128), width, 2, 2, padding=0, norm=False)
    graph.elementwise(x.elements, tensors=2)
    graph.dense(FREQUENCIES, width, width)
    graph.dense(2048, width, width)
    graph.linear(4096, width, text)
    for block in range(depth):
        last = block == depth - 1
        dual = block < duals
        joint_block(graph, x.area, text, width, 64, norm=norm, last=last, dual=dual)
    modulate(graph, x.area, width, 2)
    graph.linear(width, 2 * 2 * 16, x.area)
    tables = places**2 * width
    return graph.built(16, 128, 128, steps=28, forwards=2, tables=tables)


def flux_1() -> Built:
    """Nineteen joint blocks, then 38 with attention and feed-forward side by side."""
    graph, width, head_dim, image, text = Graph(), 3072, 128, 4096, 512
    graph.linear(64, width, image)
    for inside in (FREQUENCIES, FREQUENCIES, 768):
        graph.dense(inside, width, width)
    graph.linear(4096, width, text)
    for _ in range(19):
        joint_block(graph, image, text, width, head_dim, norm=True)
    rows = image + text
    for _ in range(38):
        modulate(graph, rows, width, 3)
        graph.linear(width, 3 * width, rows)
        query_key_norm(graph, rows, width, head_dim)
        graph.attention(width // head_dim, head_dim, rows, rows)
        graph.linear(width, 4 * width, rows)
        graph.linear(5 * width, width, rows)
        graph.elementwise(rows * width, tensors=2)
    modulate(graph, image, width, 2)
    graph.linear(width, 64, image)
    return graph.built(16, 128, 128, steps=28)


ENTRIES = {
    "dit_xl_2_256": Entry(
        dit_xl_2,
        "One forward of the denoiser; the image decoder is not in the list. 250 steps"
        " without guidance, which would double them.",
    ),
    "sd3_medium": Entry(
        lambda: stable_diffusion_3(24, 333, norm=False),
        APART + " 28 steps, each of two forwards, as guidance wants them.",
    ),
    "sd3_5_medium": Entry(
        lambda: stable_diffusion_3(24, 333, norm=True, duals=13, places=384),
        APART + " 28 steps, each of two forwards, as guidance wants them. The table of"
        " positions, which its checkpoint carries, is counted.",
    ),
    "sd3_5_large": Entry(
        lambda: stable_diffusion_3(38, 333, norm=True),
        APART + " 28 steps, each of two forwards, as guidance wants them.",
    ),
    "flux_1_dev": Entry(flux_1, APART + " 28 steps; guidance is distilled into the weights."),
}
