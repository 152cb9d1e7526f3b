"""What quantisation was measured to cost in accuracy: cited measurements, and their spread."""

from statistics import fmean
from typing import NamedTuple

from mlsysim_core.specs import ModelSpec, Network

__all__ = ["AccuracyLoss", "Measured", "measured_losses", "summary_of"]

_LLAMA_CPP = "llama.cpp, tools/perplexity/README.md, revision f364eb6f"
_TORCHVISION = "torchvision 0.29, models/quantization, published weights"


class Measured(NamedTuple):
    """One published measurement."""

    model: str
    scheme: str
    delta: float
    """Accuracy after less accuracy before, as a part of one."""
    uncertainty: float | None
    """Standard error of that, where it was published."""
    metric: str
    source: str


class AccuracyLoss(NamedTuple):
    """What several models lost to a format."""

    mean: float
    """Accuracy after less accuracy before, as a part of one."""
    worst: float
    best: float
    measurements: tuple[Measured, ...]


def _tokens(model: str, scheme: str, percent: float, error: float) -> Measured:
    metric = "probability of the right token, Wikitext-2, against fp16"
    return Measured(model, scheme, percent / 100.0, error / 100.0, metric, _LLAMA_CPP)


def _images(model: str, before: float, after: float) -> Measured:
    metric = "top-1, ImageNet-1K, against fp32"
    return Measured(model, "int8", (after - before) / 100.0, None, metric, _TORCHVISION)


_LANGUAGE = {
    "int8": (
        _tokens("Llama 3 8B", "q8_0", -0.019, 0.003),
        _tokens("Llama 2 7B", "q8_0", -0.005, 0.002),
    ),
    "int4": (
        _tokens("Llama 3 8B", "q4_K_M, importance matrix", -0.389, 0.014),
        _tokens("Llama 3 8B", "q4_K_S, importance matrix", -0.531, 0.015),
        _tokens("Llama 3 8B", "q4_K_M", -0.596, 0.014),
        _tokens("Llama 3 8B", "q4_K_S", -0.927, 0.017),
        _tokens("Llama 3 8B", "q4_1", -0.927, 0.017),
        _tokens("Llama 3 8B", "q4_0", -1.588, 0.022),
        _tokens("Llama 2 7B", "q4_K_M", -0.416, 0.008),
    ),
}
_VISION = {
    "int8": (
        _images("GoogLeNet", 69.778, 69.826),
        _images("Inception v3", 77.294, 77.176),
        _images("MobileNetV2", 71.878, 71.658),
        _images("MobileNetV3 Large", 74.042, 73.004),
        _images("ResNet-18", 69.758, 69.494),
        _images("ResNet-50", 76.130, 75.920),
        _images("ResNet-50, later weights", 80.858, 80.282),
        _images("ResNeXt-101 32x8d", 79.312, 78.986),
        _images("ResNeXt-101 32x8d, later weights", 82.834, 82.574),
        _images("ResNeXt-101 64x4d", 83.246, 82.898),
        _images("ShuffleNetV2 x0.5", 60.552, 57.972),
        _images("ShuffleNetV2 x1.0", 69.362, 68.360),
        _images("ShuffleNetV2 x1.5", 72.996, 72.052),
        _images("ShuffleNetV2 x2.0", 76.230, 75.354),
    ),
}


def measured_losses(model: ModelSpec, precision: str) -> tuple[Measured, ...]:
    """Return what models of the same kind lost to a format; nothing if nobody is cited."""
    if isinstance(model.architecture, Network):
        return _VISION.get(precision, ())
    return _LANGUAGE.get(precision, ()) if model.autoregressive else ()


def summary_of(measurements: tuple[Measured, ...]) -> AccuracyLoss:
    """Return the mean of measurements, and the worst and the best."""
    deltas = [one.delta for one in measurements]
    return AccuracyLoss(fmean(deltas), min(deltas), max(deltas), measurements)
