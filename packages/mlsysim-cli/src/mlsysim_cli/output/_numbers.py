"""Numbers as people write them."""

import math

from mlsysim_core.quantities import scaled

__all__ = ["brief"]


def brief(number: float, unit: str) -> str:
    """Write a number with the unit that suits it, for people."""
    if not math.isfinite(number):
        return "infinite"
    if not unit:
        return f"{number:.4g}"
    if unit in {"token/s", "sample/s"}:
        return f"{number:,.0f} {unit}" if number >= 1e3 else f"{number:.4g} {unit}"
    scale, name = scaled(number, unit)
    return f"{number / scale:.4g} {name}"
