"""ShuffleNet V2: half of the channels pass each unit untouched."""

from .graph import Built, Entry, Graph, Map

__all__ = ["ENTRIES"]


def unit(graph: Graph, x: Map, out: int, stride: int) -> Map:
    """One branch beside the other half of the channels, or beside a strided branch."""
    half = out // 2
    if stride == 1:
        x = x._replace(channels=half)
    else:
        graph.conv(graph.depthwise(x, 3, stride), half, 1)
    y = graph.conv(graph.depthwise(graph.conv(x, half, 1), 3, stride), half, 1)
    y = y._replace(channels=out)
    graph.elementwise(y.elements)
    return y


def shufflenet_v2_x1_0() -> Built:
    """ShuffleNet V2 of full width; the shuffle of channels is element-wise."""
    graph = Graph()
    x = graph.pool(graph.conv(Map(3, 224, 224), 24, 3, 2), 3, 2, 1)
    for out, depth in ((116, 4), (232, 8), (464, 4)):
        for block in range(depth):
            x = unit(graph, x, out, 2 if block == 0 else 1)
    graph.classify(graph.conv(x, 1024, 1))
    return graph.built(3, 224, 224)


ENTRIES = {"shufflenet_v2_x1_0": Entry(shufflenet_v2_x1_0)}
