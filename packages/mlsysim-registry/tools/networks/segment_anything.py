"""Segment Anything: one image, one prompt of a point, masks."""

from .graph import Built, Entry, Graph, Map
from .transformers import add_and_norm, attend, feed_forward
from .vision_transformers import embed_patches

__all__ = ["ENTRIES"]

SIDE, WINDOW, WIDTH, TOKENS = 64, 14, 256, 7
"""Patches along a side, along a window; width of the decoder; its tokens (5, and the point)."""


def image_block(graph: Graph, width: int, head_dim: int, side: int) -> None:
    """Attention in windows of a side, padded to whole ones, with relative positions."""
    windows = (-(-SIDE // side)) ** 2
    rows = windows * side**2
    graph.layer_norm(SIDE**2, width, 2 * (2 * side - 1) * head_dim)
    # The positions are products of each query with a key for each row and column.
    graph.attention(width // head_dim, head_dim // 2, side**2, 2 * side, windows)
    attend(graph, rows, width, head_dim, window=side**2)
    graph.elementwise(SIDE**2 * width, tensors=2)
    graph.layer_norm(SIDE**2, width)
    feed_forward(graph, SIDE**2, width, 4 * width)
    graph.elementwise(SIDE**2 * width, tensors=2)


def look(graph: Graph, rows: int, keys: int) -> None:
    """Attention of half the width to the other sequence."""
    attend(graph, rows, WIDTH, 16, keys=keys, inner=WIDTH // 2)
    add_and_norm(graph, rows, WIDTH)


def decoder(graph: Graph) -> None:
    """Two blocks in which tokens and image look at each other, and the masks."""
    pixels = SIDE**2
    for _ in range(2):
        attend(graph, TOKENS, WIDTH, 32)
        add_and_norm(graph, TOKENS, WIDTH)
        look(graph, TOKENS, pixels)
        feed_forward(graph, TOKENS, WIDTH, 2048)
        add_and_norm(graph, TOKENS, WIDTH)
        look(graph, pixels, TOKENS)
    look(graph, TOKENS, pixels)
    # A transposed convolution of stride two is a linear layer with four outputs each.
    graph.linear(WIDTH, 4 * 64, pixels, bias=False)
    graph.elementwise(4 * pixels * 64, weights=3 * 64)
    graph.linear(64, 4 * 32, 4 * pixels, bias=False)
    graph.elementwise(16 * pixels * 32, weights=32)
    for _ in range(4):
        graph.dense(WIDTH, WIDTH, WIDTH, 32)
    # The masks are products without a weighted sum: half of the width of 32.
    graph.attention(1, 16, 4, 16 * pixels)
    graph.dense(WIDTH, WIDTH, WIDTH, 4)


def segment_anything(width: int, depth: int, head_dim: int) -> Built:
    """Image encoder with four blocks of full attention, prompt encoder and mask decoder."""
    graph = Graph()
    embed_patches(graph, 16 * SIDE, 16, width, extra=0)
    every = depth // 4
    for block in range(depth):
        whole = block % every == every - 1
        image_block(graph, width, head_dim, SIDE if whole else WINDOW)
    x = graph.conv(Map(width, SIDE, SIDE), WIDTH, 1, norm=False, bias=False)
    x = graph.normalise(graph.conv(graph.normalise(x), WIDTH, norm=False, bias=False))
    tokens = 4 + 1 + 1 + 5 + 1  # points, none, no mask, output, frequencies
    graph.elementwise(x.elements, tensors=2)
    decoder(graph)
    masks = 4 * 4 + 4 + 2 * 4 + 4 * 16 * 4 + 16 + 2 * 16 + 16 * WIDTH + WIDTH
    return graph.built(3, 1024, 1024, tables=tokens * WIDTH + masks)


NOTE = (
    "Encoder, and decoder for one point. The tables are the embeddings of prompts and the layers"
    " for a prompt that is a mask."
)
ENTRIES = {
    "sam_vit_b": Entry(lambda: segment_anything(768, 12, 64), NOTE),
    "sam_vit_h": Entry(lambda: segment_anything(1280, 32, 80), NOTE),
}
