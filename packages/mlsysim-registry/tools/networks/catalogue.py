"""All networks by the name they have in the facts."""

from . import classics, mobiles, recommenders, residuals, tiny, unets, yolo

__all__ = ["ENTRIES"]

FAMILIES = (classics, mobiles, recommenders, residuals, tiny, unets, yolo)
ENTRIES = {name: entry for family in FAMILIES for name, entry in family.ENTRIES.items()}
