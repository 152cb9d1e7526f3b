"""Transformers on patches of an image, and MLP-Mixer."""

from .graph import Built, Entry, Graph, Map
from .transformers import encoder_block, feed_forward

__all__ = ["ENTRIES", "embed_patches"]


def embed_patches(
    graph: Graph, size: int, patch: int, width: int, *, bias: bool = True, extra: int = 1
) -> int:
    """Patches and ``extra`` learned tokens, with a position each; gives the number of rows."""
    x = graph.conv(Map(3, size, size), width, patch, patch, padding=0, norm=False, bias=bias)
    rows = x.area + extra
    graph.elementwise(rows * width, weights=(rows + extra) * width)
    return rows


def vit(
    width: int,
    depth: int,
    patch: int,
    head_dim: int = 64,
    inner: int = 0,
    classes: int = 1000,
) -> Built:
    """Vision transformer with a class token."""
    graph = Graph()
    rows = embed_patches(graph, 224, patch, width)
    for _ in range(depth):
        encoder_block(graph, rows, width, head_dim, inner or 4 * width)
    graph.layer_norm(rows, width)
    if classes:
        graph.linear(width, classes)
    return graph.built(3, 224, 224)


def dinov2(width: int, depth: int, *, gated: bool = False) -> Built:
    """DINOv2 at the size of its position embeddings; a mask token of training is a table."""
    graph = Graph()
    inner = 4096 if gated else 4 * width
    rows = embed_patches(graph, 518, 14, width)
    for _ in range(depth):
        encoder_block(graph, rows, width, 64, inner, gated=gated, scaled=True)
    graph.layer_norm(rows, width)
    return graph.built(3, 518, 518, tables=width)


def mlp_mixer_b16() -> Built:
    """Linear layers across the patches, then across the channels."""
    graph = Graph()
    x = graph.conv(Map(3, 224, 224), 768, 16, 16, padding=0, norm=False)
    for _ in range(12):
        graph.normalise(x)
        feed_forward(graph, x.channels, x.area, 384)
        graph.add(x)
        graph.normalise(x)
        feed_forward(graph, x.area, x.channels, 3072)
        graph.add(x)
    graph.classify(graph.normalise(x))
    return graph.built(3, 224, 224)


DINO = "At 518 by 518 pixels, the size of its position embeddings; often run at 224 by 224."
ENTRIES = {
    "vit_tiny_16": Entry(lambda: vit(192, 12, 16)),
    "vit_small_16": Entry(lambda: vit(384, 12, 16)),
    "vit_base_16": Entry(lambda: vit(768, 12, 16)),
    "vit_base_32": Entry(lambda: vit(768, 12, 32)),
    "vit_large_16": Entry(lambda: vit(1024, 24, 16)),
    "vit_huge_14": Entry(lambda: vit(1280, 32, 14, 80, classes=0), "Without a classifier."),
    "vit_giant_14": Entry(lambda: vit(1408, 40, 14, 88, 6144)),
    "deit_small": Entry(lambda: vit(384, 12, 16)),
    "deit_base": Entry(lambda: vit(768, 12, 16)),
    "dinov2_small": Entry(lambda: dinov2(384, 12), DINO),
    "dinov2_base": Entry(lambda: dinov2(768, 12), DINO),
    "dinov2_large": Entry(lambda: dinov2(1024, 24), DINO),
    "dinov2_giant": Entry(lambda: dinov2(1536, 40, gated=True), DINO),
    "mlp_mixer_b16": Entry(mlp_mixer_b16),
}
