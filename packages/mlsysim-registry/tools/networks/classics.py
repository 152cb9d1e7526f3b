"""Plain stacks of convolutions: LeNet, AlexNet, VGG, SqueezeNet."""

from .graph import Built, Entry, Graph, Map

__all__ = ["ENTRIES", "vgg_stage"]


def lenet5() -> Built:
    """LeNet-5 on 28 by 28 pixels, padded by two."""
    graph = Graph()
    x = graph.pool(graph.conv(Map(1, 28, 28), 6, 5, norm=False), 2, 2)
    x = graph.pool(graph.conv(x, 16, 5, padding=0, norm=False), 2, 2)
    graph.dense(x.elements, 120, 84, 10)
    return graph.built(1, 28, 28)


def alexnet() -> Built:
    """AlexNet in one column, as torchvision has it."""
    graph = Graph()
    x = graph.conv(Map(3, 224, 224), 64, 11, 4, padding=2, norm=False)
    x = graph.conv(graph.pool(x, 3, 2), 192, 5, norm=False)
    x = graph.pool(x, 3, 2)
    for channels in (384, 256, 256):
        x = graph.conv(x, channels, norm=False)
    x = graph.pool(x, 3, 2)
    graph.dense(x.elements, 4096, 4096, 1000)
    return graph.built(3, 224, 224)


def vgg_stage(graph: Graph, x: Map, channels: int, depth: int) -> Map:
    """Convolutions of one size."""
    for _ in range(depth):
        x = graph.conv(x, channels, norm=False)
    return x


def vgg(depths: tuple[int, ...]) -> Built:
    """VGG without batch normalisation."""
    graph, x = Graph(), Map(3, 224, 224)
    for channels, depth in zip((64, 128, 256, 512, 512), depths, strict=True):
        x = graph.pool(vgg_stage(graph, x, channels, depth), 2, 2)
    graph.dense(x.elements, 4096, 4096, 1000)
    return graph.built(3, 224, 224)


def fire(graph: Graph, x: Map, squeeze: int, expand: int) -> Map:
    """Fire module: a narrow convolution feeds two wide ones."""
    x = graph.conv(x, squeeze, 1, norm=False)
    graph.conv(x, expand, 1, norm=False)
    graph.conv(x, expand, 3, norm=False)
    return x._replace(channels=2 * expand)


def squeezenet1_1() -> Built:
    """SqueezeNet 1.1."""
    graph = Graph()
    x = graph.conv(Map(3, 224, 224), 64, 3, 2, padding=0, norm=False)
    for stage in (((16, 64),) * 2, ((32, 128),) * 2, ((48, 192),) * 2 + ((64, 256),) * 2):
        x = graph.pool(x, 3, 2, up=True)
        for squeeze, expand in stage:
            x = fire(graph, x, squeeze, expand)
    graph.mean(graph.conv(x, 1000, 1, norm=False))
    return graph.built(3, 224, 224)


ENTRIES = {
    "lenet5": Entry(lenet5, "Pads the 28 by 28 input by two."),
    "alexnet": Entry(alexnet, "The one-column variant, with an input of 224 by 224."),
    "vgg16": Entry(lambda: vgg((2, 2, 3, 3, 3))),
    "vgg19": Entry(lambda: vgg((2, 2, 4, 4, 4))),
    "squeezenet1_1": Entry(squeezenet1_1),
}
