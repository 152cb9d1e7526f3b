"""All networks by the name they have in the facts."""

from . import (
    classics,
    convnexts,
    densenets,
    detection_transformers,
    detectors,
    diffusion_transformers,
    dual_encoders,
    hybrids,
    inceptions,
    mobiles,
    mobilevits,
    recommenders,
    residuals,
    segment_anything,
    segmentations,
    shufflenets,
    swins,
    tiny,
    unets,
    vision_transformers,
    yolo,
)

__all__ = ["ENTRIES"]

FAMILIES = (
    classics,
    convnexts,
    densenets,
    detection_transformers,
    detectors,
    diffusion_transformers,
    dual_encoders,
    hybrids,
    inceptions,
    mobiles,
    mobilevits,
    recommenders,
    residuals,
    segment_anything,
    segmentations,
    shufflenets,
    swins,
    tiny,
    unets,
    vision_transformers,
    yolo,
)
ENTRIES = {name: entry for family in FAMILIES for name, entry in family.ENTRIES.items()}
