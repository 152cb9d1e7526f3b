"""An image tower and a text tower, for one pair of image and text."""

from .graph import Built, Entry, Graph
from .transformers import attend, encoder_block, feed_forward
from .vision_transformers import embed_patches

__all__ = ["ENTRIES"]


def tower(
    graph: Graph, rows: int, width: int, depth: int, head_dim: int = 64, inner: int = 0
) -> None:
    """Blocks and a final norm."""
    for _ in range(depth):
        encoder_block(graph, rows, width, head_dim, inner or 4 * width)
    graph.layer_norm(rows, width)


def clip(patch: int, width: int, depth: int, text: int, rows_of_text: int = 77) -> Built:
    """CLIP; the text tower has 12 blocks, and both end in a vector as wide as the text."""
    graph = Graph()
    rows = embed_patches(graph, 224, patch, width, bias=False)
    graph.layer_norm(rows, width)
    tower(graph, rows, width, depth)
    graph.linear(width, text, bias=False)
    graph.elementwise(rows_of_text * text, weights=rows_of_text * text)
    tower(graph, rows_of_text, text, 12)
    graph.linear(text, text, bias=False)
    return graph.built(3, 224, 224, tables=49_408 * text + 1)


def siglip_so400m(size: int = 384) -> Built:
    """SigLIP; the image tower is pooled by attention."""
    graph, width, inner, rows_of_text = Graph(), 1152, 4304, 64
    rows = embed_patches(graph, size, 14, width, extra=0)
    tower(graph, rows, width, 27, 72, inner)
    graph.elementwise(width, weights=width)
    attend(graph, 1, width, 72, keys=rows)
    graph.layer_norm(1, width)
    feed_forward(graph, 1, width, inner)
    graph.elementwise(width, tensors=2)
    graph.elementwise(rows_of_text * width, weights=rows_of_text * width)
    tower(graph, rows_of_text, width, 27, 72, inner)
    graph.linear(width, width)
    return graph.built(3, size, size, tables=32_000 * width + 2)


NOTE = "One image and one text of the full context of 77. The tables are the words."
ENTRIES = {
    "clip_vit_b32": Entry(lambda: clip(32, 768, 12, 512), NOTE),
    "clip_vit_b16": Entry(lambda: clip(16, 768, 12, 512), NOTE),
    "clip_vit_l14": Entry(lambda: clip(14, 1024, 24, 768), NOTE),
    "siglip_so400m": Entry(
        siglip_so400m, "One image of 384 by 384 and one text of 64. The tables are the words."
    ),
}
