"""Networks for microcontrollers: MLPerf Tiny and TensorFlow Lite Micro."""

from .graph import Built, Entry, Graph, Map
from .mobiles import mobilenet_v1_features

__all__ = ["ENTRIES"]

KERAS = "The count of Keras includes two moving statistics per normalised channel; ours does not."


def ds_cnn() -> Built:
    """Keyword spotting: depthwise separable convolutions on a spectrogram."""
    graph = Graph()
    x = graph.conv(Map(1, 49, 10), 64, (10, 4), 2, bias=True, padding=(5, 1))
    for _ in range(4):
        x = graph.conv(graph.conv(x, 64, 3, groups=64, bias=True), 64, 1, bias=True)
    graph.classify(x, 12)
    return graph.built(1, 49, 10)


def resnet8() -> Built:
    """Image classification: three residual blocks."""
    graph = Graph()
    x = graph.conv(Map(3, 32, 32), 16, 3, bias=True)
    for channels, stride in ((16, 1), (32, 2), (64, 2)):
        y = graph.conv(x, channels, 3, stride, bias=True)
        y = graph.conv(y, channels, 3, bias=True)
        if x != y:
            graph.conv(x, channels, 1, stride, norm=False)
        x = graph.add(y)
    graph.classify(x, 10)
    return graph.built(3, 32, 32)


def person(channels: int) -> Built:
    """Person or none: MobileNet V1 of a quarter of the width on 96 by 96 pixels."""
    graph = Graph()
    x = mobilenet_v1_features(graph, Map(channels, 96, 96), 0.25)
    graph.classify(x, 2)
    return graph.built(channels, 96, 96)


def autoencoder() -> Built:
    """Anomaly detection: a bottleneck of fully connected layers."""
    graph, width = Graph(), 640
    for out in (128,) * 4 + (8,) + (128,) * 4:
        width = graph.linear(width, out, norm=True)
    graph.linear(width, 640)
    return graph.built(640)


ENTRIES = {
    "mlperf_tiny_ds_cnn": Entry(ds_cnn, KERAS),
    "mlperf_tiny_resnet8": Entry(resnet8, KERAS),
    "mlperf_tiny_vww_mobilenet_v1_025": Entry(lambda: person(3), KERAS),
    "mlperf_tiny_ad_autoencoder": Entry(autoencoder, KERAS),
    "wakevision_vww": Entry(lambda: person(3), KERAS, {"params": 213586}),
    "tflm_person_detect": Entry(lambda: person(1), "Grey images."),
}
