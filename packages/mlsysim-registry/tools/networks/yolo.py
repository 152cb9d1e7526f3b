"""One-stage detectors of the YOLO family, as Ultralytics has them, without post-processing."""

from .graph import Built, Entry, Graph, Map

__all__ = ["ENTRIES"]

CLASSES, BINS = 80, 16


def pair_of_convs(
    graph: Graph, x: Map, inner: int, shortcut: bool, kernels: tuple[int, int] = (3, 3)
) -> Map:
    """Two convolutions, whose result may be added to their input."""
    y = graph.conv(graph.conv(x, inner, kernels[0]), x.channels, kernels[1])
    return graph.add(y) if shortcut else y


def c2f(graph: Graph, x: Map, out: int, depth: int, shortcut: bool) -> Map:
    """Half of the channels through a chain, each link of which is kept."""
    half = graph.conv(x, out, 1)._replace(channels=out // 2)
    for _ in range(depth):
        pair_of_convs(graph, half, out // 2, shortcut)
    return graph.conv(x._replace(channels=(2 + depth) * (out // 2)), out, 1)


def c3(graph: Graph, x: Map, out: int, depth: int, shortcut: bool, first: int = 1) -> Map:
    """A chain beside a single convolution."""
    graph.conv(x, out // 2, 1)
    y = graph.conv(x, out // 2, 1)
    for _ in range(depth):
        y = pair_of_convs(graph, y, out // 2, shortcut, (first, 3))
    return graph.conv(x._replace(channels=out // 2 * 2), out, 1)


def c3k2(graph: Graph, x: Map, out: int, depth: int, nested: bool, ratio: float = 0.5) -> Map:
    """C2f of narrow pairs, or of whole C3 blocks."""
    width = int(out * ratio)
    part = graph.conv(x, 2 * width, 1)._replace(channels=width)
    for _ in range(depth):
        if nested:
            c3(graph, part, width, 2, shortcut=True, first=3)
        else:
            pair_of_convs(graph, part, width // 2, shortcut=True)
    return graph.conv(x._replace(channels=(2 + depth) * width), out, 1)


def sppf(graph: Graph, x: Map) -> Map:
    """Pooling over three nested windows."""
    y = graph.conv(x, x.channels // 2, 1)
    for _ in range(3):
        graph.pool(y, 5, 1, 2)
    return graph.conv(x._replace(channels=4 * y.channels), x.channels, 1)


def c2psa(graph: Graph, x: Map, depth: int) -> Map:
    """Attention over all positions, for half of the channels."""
    half = graph.conv(x, x.channels, 1)._replace(channels=x.channels // 2)
    heads = half.channels // 64
    for _ in range(depth):
        graph.conv(half, 2 * half.channels, 1)
        # Keys are 32 wide, values 64: on average 48.
        graph.attention(heads, 48, half.area, half.area)
        graph.add(graph.depthwise(half))
        graph.add(graph.conv(half, half.channels, 1))
        y = graph.conv(half, 2 * half.channels, 1)
        graph.add(graph.conv(y, half.channels, 1))
    return graph.conv(x, x.channels, 1)


def boxes(graph: Graph, maps: list[Map]) -> None:
    """Distribution over the bins of each side of a box, and its mean."""
    inner = max(BINS, maps[0].channels // 4, 4 * BINS)
    for x in maps:
        y = graph.conv(graph.conv(x, inner), inner)
        graph.conv(y, 4 * BINS, 1, norm=False)
    positions = sum(x.area for x in maps)
    graph.conv(Map(BINS, 4, positions), 1, 1, norm=False, bias=False)


def join(upper: Map, lower: Map) -> Map:
    """Concatenation of channels."""
    return upper._replace(channels=upper.channels + lower.channels)


def yolov8(width: float, depth: float, most: int) -> Built:
    """YOLOv8: C2f blocks and a head without anchors."""
    graph = Graph()
    widths = [int(min(c, most) * width) for c in (64, 128, 256, 512, 1024)]
    depths = [max(round(n * depth), 1) for n in (3, 6, 6, 3)]
    x, taps = graph.conv(Map(3, 640, 640), widths[0], 3, 2), []
    for out, count in zip(widths[1:], depths, strict=True):
        x = c2f(graph, graph.conv(x, out, 3, 2), out, count, shortcut=True)
        taps.append(x)
    _, p3, p4, p5 = taps
    p5 = sppf(graph, p5)
    n4 = c2f(graph, join(graph.upsample(p5), p4), widths[3], depths[0], shortcut=False)
    n3 = c2f(graph, join(graph.upsample(n4), p3), widths[2], depths[0], shortcut=False)
    y = graph.conv(n3, widths[2], 3, 2)
    n4 = c2f(graph, join(y, n4), widths[3], depths[0], shortcut=False)
    y = graph.conv(n4, widths[3], 3, 2)
    n5 = c2f(graph, join(y, p5), widths[4], depths[0], shortcut=False)
    maps = [n3, n4, n5]
    inner = max(n3.channels, CLASSES)
    for x in maps:
        y = graph.conv(graph.conv(x, inner), inner)
        graph.conv(y, CLASSES, 1, norm=False)
    boxes(graph, maps)
    return graph.built(3, 640, 640)


def yolo11n() -> Built:
    """YOLO11: C3k2 blocks, attention at the smallest size, a head of depthwise convolutions."""
    graph = Graph()
    x = graph.conv(graph.conv(Map(3, 640, 640), 16, 3, 2), 32, 3, 2)
    x = c3k2(graph, x, 64, 1, nested=False, ratio=0.25)
    p3 = c3k2(graph, graph.conv(x, 64, 3, 2), 128, 1, nested=False, ratio=0.25)
    p4 = c3k2(graph, graph.conv(p3, 128, 3, 2), 128, 1, nested=True)
    p5 = c3k2(graph, graph.conv(p4, 256, 3, 2), 256, 1, nested=True)
    p5 = c2psa(graph, sppf(graph, p5), 1)
    n4 = c3k2(graph, join(graph.upsample(p5), p4), 128, 1, nested=False)
    n3 = c3k2(graph, join(graph.upsample(n4), p3), 64, 1, nested=False)
    n4 = c3k2(graph, join(graph.conv(n3, 64, 3, 2), n4), 128, 1, nested=False)
    n5 = c3k2(graph, join(graph.conv(n4, 128, 3, 2), p5), 256, 1, nested=True)
    maps = [n3, n4, n5]
    for x in maps:
        y = graph.conv(graph.depthwise(x), CLASSES, 1)
        y = graph.conv(graph.depthwise(y), CLASSES, 1)
        graph.conv(y, CLASSES, 1, norm=False)
    boxes(graph, maps)
    return graph.built(3, 640, 640)


def yolov5s() -> Built:
    """YOLOv5: C3 blocks and three anchors at each position."""
    graph = Graph()
    x, taps = graph.conv(Map(3, 640, 640), 32, 6, 2, padding=2), []
    for out, count in ((64, 1), (128, 2), (256, 3), (512, 1)):
        x = c3(graph, graph.conv(x, out, 3, 2), out, count, shortcut=True)
        taps.append(x)
    _, p3, p4, p5 = taps
    p5 = graph.conv(sppf(graph, p5), 256, 1)
    n4 = c3(graph, join(graph.upsample(p5), p4), 256, 1, shortcut=False)
    n4 = graph.conv(n4, 128, 1)
    n3 = c3(graph, join(graph.upsample(n4), p3), 128, 1, shortcut=False)
    n4 = c3(graph, join(graph.conv(n3, 128, 3, 2), n4), 256, 1, shortcut=False)
    n5 = c3(graph, join(graph.conv(n4, 256, 3, 2), p5), 512, 1, shortcut=False)
    for x in (n3, n4, n5):
        graph.conv(x, 3 * (CLASSES + 5), 1, norm=False)
    return graph.built(3, 640, 640)


FLOPS = "Published gigaflops are twice the multiply-accumulates."
ENTRIES = {
    "yolov8n": Entry(lambda: yolov8(0.25, 0.33, 1024), FLOPS),
    "yolov8s": Entry(lambda: yolov8(0.5, 0.33, 1024), FLOPS),
    "yolov8m": Entry(lambda: yolov8(0.75, 0.67, 768), FLOPS),
    "yolov8l": Entry(lambda: yolov8(1.0, 1.0, 512), FLOPS),
    "yolov8x": Entry(lambda: yolov8(1.25, 1.0, 512), FLOPS),
    "yolov5s": Entry(yolov5s, FLOPS),
    "yolo11n": Entry(
        yolo11n, FLOPS + " Keys are 32 wide and values 64, which the list takes as 48 for both."
    ),
}
