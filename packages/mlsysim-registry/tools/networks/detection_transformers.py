"""DETR: a transformer that turns a map of features into a set of boxes."""

from .graph import Built, Entry, Graph, Map
from .residuals import resnet_stages
from .transformers import add_and_norm, attend, feed_forward

__all__ = ["ENTRIES"]

WIDTH, HEAD, INNER, QUERIES = 256, 32, 2048, 100


def detr_r50() -> Built:
    """ResNet-50, six blocks over its positions, six over 100 queries."""
    graph = Graph()
    x = graph.conv(resnet_stages(graph, Map(3, 800, 1333))[-1], WIDTH, 1, norm=False)
    for _ in range(6):
        attend(graph, x.area, WIDTH, HEAD)
        add_and_norm(graph, x.area, WIDTH)
        feed_forward(graph, x.area, WIDTH, INNER)
        add_and_norm(graph, x.area, WIDTH)
    graph.elementwise(QUERIES * WIDTH, weights=QUERIES * WIDTH)
    for _ in range(6):
        for keys in (None, x.area):
            attend(graph, QUERIES, WIDTH, HEAD, keys=keys)
            add_and_norm(graph, QUERIES, WIDTH)
        feed_forward(graph, QUERIES, WIDTH, INNER)
        add_and_norm(graph, QUERIES, WIDTH)
    graph.layer_norm(QUERIES, WIDTH)
    graph.linear(WIDTH, 92, QUERIES)
    for out in (WIDTH, WIDTH, 4):
        graph.linear(WIDTH, out, QUERIES)
    return graph.built(3, 800, 1333)


ENTRIES = {
    "detr_r50": Entry(
        detr_r50,
        "The published 86 billion multiply-accumulates are a mean over 100 images of COCO, most"
        " of which are smaller: this list has 101.6 billion at 800 by 1333 pixels, 81.2 at 800"
        " by 1066.",
        {"macs": 0},
    )
}
