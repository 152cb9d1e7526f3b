"""U-Nets that segment medical images, slices or volumes: nnU-Net and 3D U-Net of MLPerf."""

from .graph import Built, Entry, Graph, Map

__all__ = ["ENTRIES"]


def unet(x: Map, widths: tuple[int, ...], classes: int, *, biases: bool = False) -> Built:
    """Two convolutions at each size, all with instance norms; transposed ones on the way up.

    ``biases`` tells whether the transposed convolutions have them.
    """
    graph, sample = Graph(), (x.channels, *x.size)
    skips = []
    for level, width in enumerate(widths):
        x = graph.conv_apart(graph.conv_apart(x, width, 3, 2 if level else 1), width)
        skips.append(x)
    for skip in reversed(skips[:-1]):
        x = graph.widen(x, skip.channels)
        joined = x._replace(channels=2 * skip.channels)
        x = graph.conv_apart(graph.conv_apart(joined, skip.channels), skip.channels)
    graph.conv(x, classes, 1, norm=False)
    return graph.built(*sample, tables=sum(widths[:-1]) * biases)


WIDE = (32, 64, 128, 256, 320, 320)
ENTRIES = {
    "unet3d_kits19": Entry(
        lambda: unet(Map(1, 128, 128, 128), WIDE, 3, biases=True),
        "One window of 128 voxels a side; a scan is cut into many that overlap by half.",
    ),
    "nnunet_3d": Entry(
        lambda: unet(Map(4, 128, 128, 128), WIDE, 4, biases=True),
        "For the brain tumours of the Medical Segmentation Decathlon: four kinds of image.",
    ),
    "nnunet_2d": Entry(
        lambda: unet(Map(4, 192, 160), (32, 64, 128, 256, 512, 512), 4, biases=True),
        "For the brain tumours of the Medical Segmentation Decathlon: four kinds of image.",
    ),
}
