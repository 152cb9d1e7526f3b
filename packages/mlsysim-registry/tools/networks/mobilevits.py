"""MobileViT: transformers between convolutions."""

from .graph import Built, Entry, Graph, Map
from .mobiles import inverted_residual
from .transformers import attend, feed_forward

__all__ = ["ENTRIES"]

HEADS, PATCH = 4, 4


def transformer(graph: Graph, x: Map, width: int, depth: int) -> Map:
    """Attention among the pixels that have the same place in their patch."""
    y = graph.conv(graph.conv(x, x.channels), width, 1, norm=False, bias=False)
    for _ in range(depth):
        graph.normalise(y)
        attend(graph, y.area, width, width // HEADS, window=y.area // PATCH)
        graph.add(y)
        graph.normalise(y)
        feed_forward(graph, y.area, width, 2 * width)
        graph.add(y)
    y = graph.conv(graph.normalise(y), x.channels, 1)
    return graph.conv(y._replace(channels=2 * x.channels), x.channels)


def mobilevit_s() -> Built:
    """MobileViT of the small size."""
    graph = Graph()
    x = graph.conv(Map(3, 256, 256), 16, 3, 2)
    for out, stride in ((32, 1), (64, 2), (64, 1), (64, 1)):
        x = inverted_residual(graph, x, 4 * x.channels, out, 3, stride)
    for out, width, depth in ((96, 144, 2), (128, 192, 4), (160, 240, 3)):
        x = inverted_residual(graph, x, 4 * x.channels, out, 3, 2)
        x = transformer(graph, x, width, depth)
    graph.classify(graph.conv(x, 640, 1))
    return graph.built(3, 256, 256)


ENTRIES = {"mobilevit_s": Entry(mobilevit_s)}
