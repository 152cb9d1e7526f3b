"""Numbers of results as quantities that read well."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["as_quantity", "as_time"]


def as_quantity(number: float | None, unit: str) -> "Quantity":
    """Give a number its unit, scaled to read well; what is unknown is not a number."""
    if number is None or not math.isfinite(number):
        from mlsysim_core.units import ureg  # noqa: PLC0415  # only quantities need pint

        plain: Quantity = ureg.Quantity(math.nan if number is None else number, unit)
        return plain
    from mlsysim_core.quantities import quantity  # noqa: PLC0415

    return quantity(number, unit)


def as_time(seconds: float) -> "Quantity":
    """Give a latency its unit, the one that the engine's latencies have."""
    from mlsysim_core.units import ureg  # noqa: PLC0415

    latency: Quantity = ureg.Quantity(seconds * 1e3, "ms")
    return latency
