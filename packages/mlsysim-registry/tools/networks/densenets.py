"""DenseNet: each layer sees all before it."""

from .graph import Built, Entry, Graph, Map

__all__ = ["ENTRIES"]


def dense_block(graph: Graph, x: Map, depth: int, growth: int) -> Map:
    """Layers that add channels; the first norm of each cannot fuse."""
    for _ in range(depth):
        y = graph.conv(graph.normalise(x), 4 * growth, 1)
        graph.conv(y, growth, 3, norm=False, bias=False)
        x = x._replace(channels=x.channels + growth)
    return x


def densenet121() -> Built:
    """DenseNet-121."""
    graph = Graph()
    x = graph.pool(graph.conv(Map(3, 224, 224), 64, 7, 2), 3, 2, 1)
    for depth in (6, 12, 24):
        x = graph.normalise(dense_block(graph, x, depth, 32))
        x = graph.pool(graph.conv(x, x.channels // 2, 1, norm=False, bias=False), 2, 2)
    x = graph.normalise(dense_block(graph, x, 16, 32))
    graph.classify(x)
    return graph.built(3, 224, 224)


ENTRIES = {"densenet121": Entry(densenet121)}
