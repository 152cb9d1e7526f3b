"""ConvNeXt: convolutions in the shape of a transformer."""

from .graph import Built, Entry, Graph, Map
from .transformers import feed_forward

__all__ = ["ENTRIES"]


def convnext(width: int, *depths: int) -> Built:
    """Stages of depthwise convolutions and feed-forward networks."""
    graph = Graph()
    x = graph.normalise(graph.conv(Map(3, 224, 224), width, 4, 4, padding=0, norm=False))
    for stage, depth in enumerate(depths):
        if stage:
            x = graph.conv(graph.normalise(x), width << stage, 2, 2, padding=0, norm=False)
        for _ in range(depth):
            graph.normalise(graph.depthwise(x, 7, norm=False))
            feed_forward(graph, x.area, x.channels, 4 * x.channels)
            graph.elementwise(x.elements, tensors=2, weights=x.channels)
    x = graph.normalise(graph.mean(x))
    graph.linear(x.channels, 1000)
    return graph.built(3, 224, 224)


ENTRIES = {
    "convnext_nano": Entry(lambda: convnext(80, 2, 2, 8, 2)),
    "convnext_tiny": Entry(lambda: convnext(96, 3, 3, 9, 3)),
    "convnext_small": Entry(lambda: convnext(96, 3, 3, 27, 3)),
    "convnext_base": Entry(lambda: convnext(128, 3, 3, 27, 3)),
    "convnext_large": Entry(lambda: convnext(192, 3, 3, 27, 3)),
    "convnext_xlarge": Entry(lambda: convnext(256, 3, 3, 27, 3)),
}
