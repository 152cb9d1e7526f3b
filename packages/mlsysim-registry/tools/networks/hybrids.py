"""Vision transformers on the map of a ResNet."""

from .graph import Built, Entry, Graph, Map
from .transformers import encoder_block

__all__ = ["ENTRIES"]


def bottleneck(graph: Graph, x: Map, out: int, stride: int) -> Map:
    """As of a ResNet, with group norms."""
    y = graph.conv_apart(graph.conv_apart(x, out // 4, 1), out // 4, 3, stride)
    y = graph.conv_apart(y, out, 1)
    if x != y:
        graph.conv_apart(x, out, 1, stride)
    return graph.add(y)


def vit_resnet(size: int, depths: tuple[int, ...], width: int, layers: int) -> Built:
    """Stages of a ResNet down to a sixteenth of the size, each position a token."""
    graph = Graph()
    x = graph.pool(graph.conv_apart(Map(3, size, size), 64, 7, 2), 3, 2, 1)
    for level, depth in enumerate(depths):
        for block in range(depth):
            x = bottleneck(graph, x, 256 << level, 2 if level and block == 0 else 1)
    x = graph.conv(x, width, 1, norm=False)
    rows = x.area + 1
    graph.elementwise(rows * width, weights=(rows + 1) * width)
    for _ in range(layers):
        encoder_block(graph, rows, width, 64, 4 * width)
    graph.layer_norm(rows, width)
    graph.linear(width, 1000)
    return graph.built(3, size, size)


ENTRIES = {
    "vit_base_resnet50_384": Entry(
        lambda: vit_resnet(384, (3, 4, 9), 768, 12),
        "R50 + ViT-B/16: three stages of a ResNet, the third with nine blocks.",
    ),
}
