"""Residual networks: ResNet, ResNeXt, Wide ResNet, RegNet, and DeepLab on ResNet."""

from .graph import Built, Entry, Graph, Map
from .mobiles import squeeze_excite

__all__ = ["ENTRIES", "resnet_stages"]


def basic(graph: Graph, x: Map, out: int, stride: int) -> Map:
    """Two convolutions of 3 by 3 beside a shortcut."""
    y = graph.conv(graph.conv(x, out, 3, stride), out, 3)
    if x != y:
        graph.conv(x, out, 1, stride)
    return graph.add(y)


def bottleneck(
    graph: Graph,
    x: Map,
    inner: int,
    out: int,
    stride: int,
    groups: int = 1,
    squeezes: bool = False,
) -> Map:
    """A convolution of 3 by 3 between two of 1 by 1, beside a shortcut."""
    y = graph.conv(x, inner, 1)
    y = graph.conv(y, inner, 3, stride, groups=groups)
    y = graph.conv(y, out, 1)
    if squeezes:
        y = squeeze_excite(graph, y, out // 16)
    if x != y:
        graph.conv(x, out, 1, stride)
    return graph.add(y)


def stem(graph: Graph, x: Map) -> Map:
    """First convolution and pooling."""
    return graph.pool(graph.conv(x, 64, 7, 2), 3, 2, 1)


def resnet_stages(
    graph: Graph,
    x: Map,
    depths: tuple[int, ...] = (3, 4, 6, 3),
    inner: int = 64,
    groups: int = 1,
    strides: tuple[int, ...] = (1, 2, 2, 2),
    squeezes: bool = False,
) -> list[Map]:
    """Stem and stages of bottlenecks; a stride of one after the first stage means dilation."""
    x = stem(graph, x)
    maps = []
    for index, (depth, stride) in enumerate(zip(depths, strides, strict=True)):
        for block in range(depth):
            step = stride if block == 0 else 1
            x = bottleneck(graph, x, inner << index, 256 << index, step, groups, squeezes)
        maps.append(x)
    return maps


def resnet_basic(depths: tuple[int, ...]) -> Built:
    """ResNet of basic blocks."""
    graph = Graph()
    x = stem(graph, Map(3, 224, 224))
    for index, depth in enumerate(depths):
        for block in range(depth):
            x = basic(graph, x, 64 << index, 2 if index and block == 0 else 1)
    graph.classify(x)
    return graph.built(3, 224, 224)


def resnet(
    depths: tuple[int, ...], inner: int = 64, groups: int = 1, squeezes: bool = False
) -> Built:
    """ResNet of bottlenecks; the stride is in the convolution of 3 by 3."""
    graph = Graph()
    stages = resnet_stages(graph, Map(3, 224, 224), depths, inner, groups, squeezes=squeezes)
    graph.classify(stages[-1])
    return graph.built(3, 224, 224)


def regnet_y(widths: tuple[int, ...], depths: tuple[int, ...], group_width: int) -> Built:
    """RegNet Y: grouped bottlenecks of full width with squeeze and excitation."""
    graph = Graph()
    x = graph.conv(Map(3, 224, 224), 32, 3, 2)
    for width, depth in zip(widths, depths, strict=True):
        for block in range(depth):
            stride = 2 if block == 0 else 1
            y = graph.conv(x, width, 1)
            y = graph.conv(y, width, 3, stride, groups=width // group_width)
            y = graph.conv(squeeze_excite(graph, y, round(0.25 * x.channels)), width, 1)
            if x != y:
                graph.conv(x, width, 1, stride)
            x = graph.add(y)
    graph.classify(x)
    return graph.built(3, 224, 224)


def regnet_z(widths: tuple[int, ...], depths: tuple[int, ...], group: int, head: int) -> Built:
    """RegNet Z: inverted, grouped bottlenecks four times as wide inside, a convolution last."""
    graph = Graph()
    x = graph.conv(Map(3, 320, 320), 32, 3, 2)
    for width, depth in zip(widths, depths, strict=True):
        for block in range(depth):
            inner = 4 * width
            y = graph.conv(x, inner, 1)
            y = graph.conv(y, inner, 3, 2 if block == 0 else 1, groups=inner // group)
            y = graph.conv(squeeze_excite(graph, y, round(0.25 * x.channels)), width, 1)
            x = graph.add(y) if x == y else y
    graph.classify(graph.conv(x, head, 1))
    return graph.built(3, 320, 320)


def deeplabv3_resnet50() -> Built:
    """ResNet-50 at an eighth of the size, and atrous spatial pyramid pooling."""
    graph = Graph()
    x = resnet_stages(graph, Map(3, 520, 520), strides=(1, 2, 1, 1))[-1]
    graph.conv(x, 256, 1)
    for rate in (12, 24, 36):
        graph.conv(x, 256, 3, dilation=rate)
    pooled = graph.conv(graph.mean(x), 256, 1)
    graph.upsample(pooled, x.height)
    x = graph.conv(x._replace(channels=5 * 256), 256, 1)
    x = graph.conv(graph.conv(x, 256, 3), 21, 1, norm=False)
    graph.resample(x, 520, 520)
    return graph.built(3, 520, 520)


ENTRIES = {
    "resnet18": Entry(lambda: resnet_basic((2, 2, 2, 2))),
    "resnet34": Entry(lambda: resnet_basic((3, 4, 6, 3))),
    "resnet50": Entry(
        lambda: resnet((3, 4, 6, 3)),
        "Version 1.5: the stride is in the convolution of 3 by 3.",
    ),
    "resnet101": Entry(lambda: resnet((3, 4, 23, 3))),
    "resnet152": Entry(lambda: resnet((3, 8, 36, 3))),
    "resnext50_32x4d": Entry(lambda: resnet((3, 4, 6, 3), 128, 32)),
    "resnext101_32x4d": Entry(lambda: resnet((3, 4, 23, 3), 128, 32)),
    "seresnext101_32x4d": Entry(lambda: resnet((3, 4, 23, 3), 128, 32, squeezes=True)),
    "wide_resnet50_2": Entry(lambda: resnet((3, 4, 6, 3), 128)),
    "regnet_y_16gf": Entry(lambda: regnet_y((224, 448, 1232, 3024), (2, 4, 11, 1), 112)),
    "regnetz_040h": Entry(
        lambda: regnet_z((48, 104, 240, 528), (2, 6, 14, 6), 8, 1536),
        "At 320 by 320 pixels, the size of its tests; trained at 256 by 256.",
    ),
    "deeplabv3_resnet50": Entry(deeplabv3_resnet50, "Without the auxiliary head of training."),
}
