"""Networks of inverted residuals: MobileNet, MnasNet, EfficientNet."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from .graph import Built, Entry, Graph, Map, divisible

__all__ = [
    "ENTRIES",
    "inverted_residual",
    "mobilenet_v1_features",
    "mobilenet_v3_large_rows",
    "squeeze_excite",
]


def squeeze_excite(graph: Graph, x: Map, squeeze: int) -> Map:
    """Scale each channel by a small network of the channel means."""
    y = graph.conv(graph.mean(x), squeeze, 1, norm=False)
    graph.conv(y, x.channels, 1, norm=False)
    graph.elementwise(x.elements)
    return x


def inverted_residual(
    graph: Graph, x: Map, inner: int, out: int, kernel: int, stride: int, squeeze: int = 0
) -> Map:
    """Expand, convolve each channel, project; no expansion where the width stays."""
    y = graph.conv(x, inner, 1) if inner != x.channels else x
    y = graph.depthwise(y, kernel, stride)
    if squeeze:
        y = squeeze_excite(graph, y, squeeze)
    y = graph.conv(y, out, 1)
    return graph.add(y) if x == y else y


def fused_residual(graph: Graph, x: Map, inner: int, out: int, kernel: int, stride: int) -> Map:
    """As an inverted residual, with one dense convolution for the first two."""
    if inner == x.channels:
        y = graph.conv(x, out, kernel, stride)
    else:
        y = graph.conv(graph.conv(x, inner, kernel, stride), out, 1)
    return graph.add(y) if x == y else y


def mobilenet_v1_features(graph: Graph, x: Map, width: float) -> Map:
    """Depthwise separable convolutions of MobileNet V1."""
    x = graph.conv(x, int(32 * width), 3, 2)
    outs = (64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
    strides = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)
    for out, stride in zip(outs, strides, strict=True):
        x = graph.conv(graph.depthwise(x, 3, stride), int(out * width), 1)
    return x


def mobilenet_v1() -> Built:
    """MobileNet V1."""
    graph = Graph()
    x = mobilenet_v1_features(graph, Map(3, 224, 224), 1)
    graph.classify(x)
    return graph.built(3, 224, 224)


class Stage(NamedTuple):
    """Equal blocks, of which only the first changes the size."""

    expansion: int
    kernel: int
    stride: int
    out: int
    depth: int
    squeeze: bool = False
    fused: bool = False


def stages_of(graph: Graph, x: Map, stages: Iterable[Stage]) -> Map:
    """Run the stages one after another."""
    for stage in stages:
        for block in range(stage.depth):
            inner = stage.expansion * x.channels
            stride = stage.stride if block == 0 else 1
            if stage.fused:
                x = fused_residual(graph, x, inner, stage.out, stage.kernel, stride)
            else:
                squeeze = x.channels // 4 if stage.squeeze else 0
                x = inverted_residual(graph, x, inner, stage.out, stage.kernel, stride, squeeze)
    return x


def staged(size: int, stem: int, stages: Iterable[Stage], last: int) -> Built:
    """Stem, stages, a last convolution of 1 by 1 and a linear layer."""
    graph = Graph()
    x = stages_of(graph, graph.conv(Map(3, size, size), stem, 3, 2), stages)
    graph.classify(graph.conv(x, last, 1))
    return graph.built(3, size, size)


def mobilenet_v2(width: float) -> Built:
    """MobileNet V2 of a width."""
    rows = (
        (1, 1, 16, 1),
        (6, 2, 24, 2),
        (6, 2, 32, 3),
        (6, 2, 64, 4),
        (6, 1, 96, 3),
        (6, 2, 160, 3),
        (6, 1, 320, 1),
    )
    stages = [Stage(e, 3, s, divisible(out * width), depth) for e, s, out, depth in rows]
    return staged(224, divisible(32 * width), stages, 1280)


def mnasnet1_0() -> Built:
    """MnasNet B1."""
    rows = (
        (1, 3, 1, 16, 1),
        (3, 3, 2, 24, 3),
        (3, 5, 2, 40, 3),
        (6, 5, 2, 80, 3),
        (6, 3, 1, 96, 2),
        (6, 5, 2, 192, 4),
        (6, 3, 1, 320, 1),
    )
    return staged(224, 32, [Stage(*row) for row in rows], 1280)


def mobilenet_v3_large_rows(tail: int = 160) -> tuple[tuple[int, int, int, int, bool], ...]:
    """Kernel, inner and outer width, stride and whether to squeeze, of each block."""
    return (
        (3, 16, 16, 1, False),
        (3, 64, 24, 2, False),
        (3, 72, 24, 1, False),
        (5, 72, 40, 2, True),
        (5, 120, 40, 1, True),
        (5, 120, 40, 1, True),
        (3, 240, 80, 2, False),
        (3, 200, 80, 1, False),
        (3, 184, 80, 1, False),
        (3, 184, 80, 1, False),
        (3, 480, 112, 1, True),
        (3, 672, 112, 1, True),
        (5, 672, tail, 2, True),
        (5, 6 * tail, tail, 1, True),
        (5, 6 * tail, tail, 1, True),
    )


MOBILENET_V3_SMALL = (
    (3, 16, 16, 2, True),
    (3, 72, 24, 2, False),
    (3, 88, 24, 1, False),
    (5, 96, 40, 2, True),
    (5, 240, 40, 1, True),
    (5, 240, 40, 1, True),
    (5, 120, 48, 1, True),
    (5, 144, 48, 1, True),
    (5, 288, 96, 2, True),
    (5, 576, 96, 1, True),
    (5, 576, 96, 1, True),
)


def mobilenet_v3(rows: tuple[tuple[int, int, int, int, bool], ...], hidden: int) -> Built:
    """MobileNet V3 of these blocks."""
    graph = Graph()
    x = graph.conv(Map(3, 224, 224), 16, 3, 2)
    for kernel, inner, out, stride, squeezes in rows:
        squeeze = divisible(inner // 4) if squeezes else 0
        x = inverted_residual(graph, x, inner, out, kernel, stride, squeeze)
    x = graph.mean(graph.conv(x, 6 * x.channels, 1))
    graph.linear(graph.linear(x.channels, hidden), 1000)
    return graph.built(3, 224, 224)


EFFICIENTNET = (
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)


def efficientnet(size: int, width: float, depth: float) -> Built:
    """EfficientNet of a width and depth."""
    stages = [
        Stage(e, k, s, divisible(out * width), math.ceil(n * depth), squeeze=True)
        for e, k, s, out, n in EFFICIENTNET
    ]
    return staged(size, divisible(32 * width), stages, 4 * stages[-1].out)


def efficientnet_lite0() -> Built:
    """EfficientNet B0 without squeeze and excitation."""
    return staged(224, 32, [Stage(*row) for row in EFFICIENTNET], 1280)


def efficientnet_v2(size: int, *rows: tuple[int, int, int, int]) -> Built:
    """EfficientNet V2 of expansion, stride, width and depth; the first three stages fuse."""
    stages = [
        Stage(e, 3, s, out, n, squeeze=index > 2, fused=index <= 2)
        for index, (e, s, out, n) in enumerate(rows)
    ]
    return staged(size, stages[0].out, stages, 1280)


ENTRIES = {
    "mobilenet_v1": Entry(mobilenet_v1),
    "mobilenet_v2": Entry(lambda: mobilenet_v2(1)),
    "mobilenet_v2_0_5": Entry(lambda: mobilenet_v2(0.5)),
    "mobilenet_v2_0_75": Entry(lambda: mobilenet_v2(0.75)),
    "mnasnet1_0": Entry(mnasnet1_0),
    "mobilenet_v3_large": Entry(lambda: mobilenet_v3(mobilenet_v3_large_rows(), 1280)),
    "mobilenet_v3_small": Entry(lambda: mobilenet_v3(MOBILENET_V3_SMALL, 1024)),
    "efficientnet_lite0": Entry(efficientnet_lite0),
    "efficientnet_b0": Entry(lambda: efficientnet(224, 1.0, 1.0)),
    "efficientnet_b1": Entry(lambda: efficientnet(240, 1.0, 1.1)),
    "efficientnet_b2": Entry(lambda: efficientnet(288, 1.1, 1.2)),
    "efficientnet_b3": Entry(lambda: efficientnet(300, 1.2, 1.4)),
    "efficientnet_b4": Entry(lambda: efficientnet(380, 1.4, 1.8)),
    "efficientnet_b5": Entry(lambda: efficientnet(456, 1.6, 2.2)),
    "efficientnet_b6": Entry(lambda: efficientnet(528, 1.8, 2.6)),
    "efficientnet_b7": Entry(lambda: efficientnet(600, 2.0, 3.1)),
    "efficientnet_b8": Entry(lambda: efficientnet(672, 2.2, 3.6)),
    "efficientnet_l2": Entry(lambda: efficientnet(800, 4.3, 5.3)),
    "efficientnet_v2_s": Entry(
        lambda: efficientnet_v2(
            384, (1, 1, 24, 2), (4, 2, 48, 4), (4, 2, 64, 4),
            (4, 2, 128, 6), (6, 1, 160, 9), (6, 2, 256, 15),
        )
    ),
    "efficientnet_v2_m": Entry(
        lambda: efficientnet_v2(
            480, (1, 1, 24, 3), (4, 2, 48, 5), (4, 2, 80, 5),
            (4, 2, 160, 7), (6, 1, 176, 14), (6, 2, 304, 18), (6, 1, 512, 5),
        )
    ),
    "efficientnet_v2_l": Entry(
        lambda: efficientnet_v2(
            480, (1, 1, 32, 4), (4, 2, 64, 7), (4, 2, 96, 7),
            (4, 2, 192, 10), (6, 1, 224, 19), (6, 2, 384, 25), (6, 1, 640, 7),
        )
    ),
    "efficientnet_v2_xl": Entry(
        lambda: efficientnet_v2(
            512, (1, 1, 32, 4), (4, 2, 64, 8), (4, 2, 96, 8),
            (4, 2, 192, 16), (6, 1, 256, 24), (6, 2, 512, 32), (6, 1, 640, 8),
        )
    ),
}  # fmt: skip
