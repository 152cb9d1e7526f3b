"""Inception: branches of several kernels side by side."""

from .graph import Built, Entry, Graph, Map, Pair

__all__ = ["ENTRIES"]

Chain = tuple[tuple[int, Pair], ...]
"""Channels and kernel of the convolutions of a branch."""


def chain(graph: Graph, x: Map, *convolutions: tuple[int, Pair]) -> Map:
    """Convolutions one after another."""
    for out, kernel in convolutions:
        x = graph.conv(x, out, kernel)
    return x


def branches(graph: Graph, x: Map, *chains: Chain, pooled: int) -> Map:
    """Chains beside a pooling with a projection, concatenated."""
    channels = pooled
    for convolutions in chains:
        channels += chain(graph, x, *convolutions).channels
    graph.conv(graph.pool(x, 3, 1, 1), pooled, 1)
    return x._replace(channels=channels)


GOOGLENET = (
    ((64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64)),
    (
        (192, 96, 208, 16, 48, 64),
        (160, 112, 224, 24, 64, 64),
        (128, 128, 256, 24, 64, 64),
        (112, 144, 288, 32, 64, 64),
        (256, 160, 320, 32, 128, 128),
    ),
    ((256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128)),
)
"""Channels of each module: 1 by 1; 3 by 3 with its reduction; twice; the projection."""


def googlenet() -> Built:
    """GoogLeNet with batch normalisation, without the auxiliary heads of training."""
    graph = Graph()
    x = graph.pool(graph.conv(Map(3, 224, 224), 64, 7, 2), 3, 2, up=True)
    x = chain(graph, x, (64, 1), (192, 3))
    for kernel, stage in zip((3, 3, 2), GOOGLENET, strict=True):
        x = graph.pool(x, kernel, 2, up=True)
        for one, reduce, three, reduce_wide, wide, pooled in stage:
            middle, last = ((reduce, 1), (three, 3)), ((reduce_wide, 1), (wide, 3))
            x = branches(graph, x, ((one, 1),), middle, last, pooled=pooled)
    graph.classify(x)
    return graph.built(3, 224, 224)


def reduction(graph: Graph, x: Map, *chains: tuple[Chain, int]) -> Map:
    """Chains that end in a strided convolution, beside a strided pooling."""
    y = graph.pool(x, 3, 2)
    channels = y.channels
    for convolutions, last in chains:
        end = chain(graph, x, *convolutions)
        channels += graph.conv(end, last, 3, 2, padding=0).channels
    return y._replace(channels=channels)


def factorised(graph: Graph, x: Map, inner: int) -> Map:
    """Kernels of seven as a row and a column."""
    row, column = (1, 7), (7, 1)
    once = ((inner, 1), (inner, row), (192, column))
    twice = ((inner, 1), (inner, column), (inner, row), (inner, column), (192, row))
    return branches(graph, x, ((192, 1),), once, twice, pooled=192)


def expanded(graph: Graph, x: Map) -> Map:
    """Kernels of three as a row and a column side by side."""
    graph.conv(x, 320, 1)
    for convolutions in (((384, 1),), ((448, 1), (384, 3))):
        y = chain(graph, x, *convolutions)
        graph.conv(y, 384, (1, 3))
        graph.conv(y, 384, (3, 1))
    graph.conv(graph.pool(x, 3, 1, 1), 192, 1)
    return x._replace(channels=320 + 4 * 384 + 192)


def inception_v3() -> Built:
    """Inception V3 without the auxiliary head of training."""
    graph = Graph()
    x = graph.conv(Map(3, 299, 299), 32, 3, 2, padding=0)
    x = graph.pool(graph.conv(graph.conv(x, 32, 3, padding=0), 64, 3), 3, 2)
    x = graph.pool(graph.conv(graph.conv(x, 80, 1), 192, 3, padding=0), 3, 2)
    for pooled in (32, 64, 64):
        wide, twice = ((48, 1), (64, 5)), ((64, 1), (96, 3), (96, 3))
        x = branches(graph, x, ((64, 1),), wide, twice, pooled=pooled)
    x = reduction(graph, x, ((), 384), (((64, 1), (96, 3)), 96))
    for inner in (128, 160, 160, 192):
        x = factorised(graph, x, inner)
    long = ((192, 1), (192, (1, 7)), (192, (7, 1)))
    x = reduction(graph, x, (((192, 1),), 320), (long, 192))
    x = expanded(graph, expanded(graph, x))
    graph.classify(x)
    return graph.built(3, 299, 299)


HEADS = "Without the auxiliary heads of training."
ENTRIES = {
    "googlenet": Entry(googlenet, HEADS),
    "inception_v3": Entry(inception_v3, HEADS),
}
