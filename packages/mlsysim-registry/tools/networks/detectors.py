"""Detectors on a backbone, as torchvision has them, without the choice of the best boxes."""

from collections.abc import Sequence

from .classics import vgg_stage
from .graph import Built, Entry, Graph, Map, divisible
from .mobiles import inverted_residual, mobilenet_v3_large_rows
from .residuals import resnet_stages

__all__ = ["ENTRIES"]

CLASSES, SIDES, PROPOSALS, DETECTIONS = 91, 4, 1000, 100


def feature_pyramid(graph: Graph, maps: Sequence[Map]) -> list[Map]:
    """The maps with 256 channels each, every one with the smaller ones added."""
    for x in reversed(maps):
        graph.conv(x, 256, 1, norm=False)
    for x in reversed(maps[:-1]):
        y = graph.resample(Map(256, -(-x.height // 2), -(-x.width // 2)), x.height, x.width)
        graph.add(y)
    return [graph.conv(x._replace(channels=256), 256, norm=False) for x in maps]


def ssd300_vgg16() -> Built:
    """VGG-16 with convolutions for its linear layers, and four smaller maps."""
    graph, x = Graph(), Map(3, 300, 300)
    for channels, depth in ((64, 2), (128, 2), (256, 3)):
        x = graph.pool(vgg_stage(graph, x, channels, depth), 2, 2, up=True)
    x = vgg_stage(graph, x, 512, 3)
    graph.elementwise(x.elements, weights=x.channels)
    maps = [x]
    x = graph.pool(vgg_stage(graph, graph.pool(x, 2, 2), 512, 3), 3, 1, 1)
    x = graph.conv(graph.conv(x, 1024, dilation=6, norm=False), 1024, 1, norm=False)
    maps.append(x)
    for inner, out, stride, padding in (
        (256, 512, 2, 1),
        (128, 256, 2, 1),
        (128, 256, 1, 0),
        (128, 256, 1, 0),
    ):
        y = graph.conv(x, inner, 1, norm=False)
        x = graph.conv(y, out, 3, stride, padding=padding, norm=False)
        maps.append(x)
    for x, anchors in zip(maps, (4, 6, 6, 6, 4, 4), strict=True):
        graph.conv(x, anchors * CLASSES, norm=False)
        graph.conv(x, anchors * SIDES, norm=False)
    return graph.built(3, 300, 300)


def ssdlite320_mobilenet_v3() -> Built:
    """MobileNet V3 with half of its tail, and heads of depthwise convolutions."""
    graph = Graph()
    x, maps = graph.conv(Map(3, 320, 320), 16, 3, 2), []
    rows = mobilenet_v3_large_rows(tail=80)
    for index, (kernel, inner, out, stride, squeezes) in enumerate(rows):
        if index == len(rows) - 3:
            maps.append(x._replace(channels=inner))
        squeeze = divisible(inner // 4) if squeezes else 0
        x = inverted_residual(graph, x, inner, out, kernel, stride, squeeze)
    x = graph.conv(x, 6 * x.channels, 1)
    maps.append(x)
    for out in (512, 256, 256, 128):
        x = graph.conv(graph.depthwise(graph.conv(x, out // 2, 1), 3, 2), out, 1)
        maps.append(x)
    for x in maps:
        for values in (CLASSES, SIDES):
            graph.conv(graph.depthwise(x), 6 * values, 1, norm=False)
    return graph.built(3, 320, 320)


def retinanet(inner: int = 64, groups: int = 1, classes: int = CLASSES) -> Built:
    """Two heads of four convolutions, shared by five sizes; their weights count once."""
    graph = Graph()
    backbone = resnet_stages(graph, Map(3, 800, 800), inner=inner, groups=groups)
    maps = feature_pyramid(graph, backbone[1:])
    for _ in range(2):
        maps.append(graph.conv(maps[-1], 256, 3, 2, norm=False))
    x = one_strip(maps)
    for values in (classes, SIDES):
        for _ in range(4):
            graph.conv(x, 256, norm=False)
        graph.conv(x, 9 * values, norm=False)
    return graph.built(3, 800, 800)


def one_strip(maps: Sequence[Map]) -> Map:
    """Maps that share the weights of a head, laid out as one: its weights count once."""
    return Map(maps[0].channels, 1, sum(x.area for x in maps))


def two_stages(graph: Graph) -> None:
    """Proposals of regions, and two linear layers for each."""
    maps = feature_pyramid(graph, resnet_stages(graph, Map(3, 800, 800)))
    maps.append(graph.pool(maps[-1], 1, 2))
    x = graph.conv(one_strip(maps), 256, norm=False)
    for values in (1, SIDES):
        graph.conv(x, 3 * values, 1, norm=False)
    width = align(graph, PROPOSALS, 7)
    for out in (1024, 1024):
        width = graph.linear(width, out, PROPOSALS)
    for values in (1, SIDES):
        graph.linear(width, values * CLASSES, PROPOSALS)


def align(graph: Graph, regions: int, side: int) -> int:
    """Cut regions out of the maps: each element is the mean of four interpolated points."""
    elements = 256 * side**2
    graph.append("pool", reads=16 * regions * elements, writes=regions * elements)
    return elements


def fasterrcnn_resnet50_fpn() -> Built:
    """Faster R-CNN with 1000 proposals."""
    graph = Graph()
    two_stages(graph)
    return graph.built(3, 800, 800)


def maskrcnn_resnet50_fpn() -> Built:
    """Faster R-CNN, and a mask of 28 by 28 for each of 100 detections."""
    graph = Graph()
    two_stages(graph)
    align(graph, DETECTIONS, 14)
    x = Map(256, 14, 14 * DETECTIONS)
    for _ in range(4):
        x = graph.conv(x, 256, norm=False)
    graph.linear(256, 4 * 256, x.area, bias=False)
    graph.conv(Map(256, 28, 28 * DETECTIONS), CLASSES, 1, norm=False)
    return graph.built(3, 800, 800)


MASK = 14**2 * (4 * 9 * 256**2 + 4 * 256**2 + 4 * 256 * CLASSES)
"""Multiply-accumulates of one mask."""

FROZEN = "The frozen norms of the backbone count as parameters (53,120). "
STRIP = "A head that several maps share stands as one layer over all their positions."
ENTRIES = {
    "ssd300_vgg16": Entry(ssd300_vgg16),
    "ssdlite320_mobilenet_v3": Entry(ssdlite320_mobilenet_v3),
    "retinanet_resnet50_fpn": Entry(retinanet, FROZEN + STRIP),
    "mlperf_retinanet": Entry(
        lambda: retinanet(inner=128, groups=32, classes=264),
        FROZEN + STRIP + " A ResNeXt-50 (32x4d) backbone and the 264 classes of MLPerf.",
    ),
    "fasterrcnn_resnet50_fpn": Entry(fasterrcnn_resnet50_fpn, FROZEN + STRIP),
    "maskrcnn_resnet50_fpn": Entry(
        maskrcnn_resnet50_fpn,
        FROZEN + STRIP + " The published 134.38 billion multiply-accumulates are those of Faster"
        " R-CNN: no detection, so no mask. Here the masks of 100 detections are added.",
        {"macs": 134.38e9 + DETECTIONS * MASK},
    ),
}
