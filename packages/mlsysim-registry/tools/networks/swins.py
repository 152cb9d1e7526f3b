"""Swin: attention within windows, at four sizes."""

from .graph import Built, Entry, Graph, Map
from .transformers import attend, feed_forward

__all__ = ["ENTRIES"]

HEAD, SIDE = 32, 7


def swin(width: int, *depths: int) -> Built:
    """Blocks of windows, and four neighbours merged into one between the stages.

    The table of relative positions is counted with the norm before the attention that reads
    it; shifting and cutting into windows are not counted.
    """
    graph = Graph()
    x = graph.normalise(graph.conv(Map(3, 224, 224), width, 4, 4, padding=0, norm=False))
    for stage, depth in enumerate(depths):
        if stage:
            merged = Map(4 * x.channels, x.height // 2, x.width // 2)
            graph.normalise(merged)
            out = graph.linear(merged.channels, 2 * x.channels, merged.area, bias=False)
            x = merged._replace(channels=out)
        positions = (2 * SIDE - 1) ** 2 * (x.channels // HEAD)
        for _ in range(depth):
            graph.layer_norm(x.area, x.channels, positions)
            attend(graph, x.area, x.channels, HEAD, window=SIDE**2)
            graph.add(x)
            graph.normalise(x)
            feed_forward(graph, x.area, x.channels, 4 * x.channels)
            graph.add(x)
    graph.classify(graph.normalise(x))
    return graph.built(3, 224, 224)


ENTRIES = {
    "swin_tiny": Entry(lambda: swin(96, 2, 2, 6, 2)),
    "swin_small": Entry(lambda: swin(96, 2, 2, 18, 2)),
    "swin_base": Entry(lambda: swin(128, 2, 2, 18, 2)),
    "swin_large": Entry(lambda: swin(192, 2, 2, 18, 2)),
}
