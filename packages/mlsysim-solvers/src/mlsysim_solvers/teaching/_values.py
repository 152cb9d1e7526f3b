"""What people answer with: words, plain numbers, and quantities, also as text."""

import math
from typing import Any

from mlsysim_core.errors import InputError, InputTypeError
from mlsysim_core.explanation import brief_time
from mlsysim_core.quantities import brief
from mlsysim_core.units import Quantity, ureg

__all__ = ["number_of", "quantity_of", "shown"]

_HANDY = ("byte", "byte/s", "operation", "operation/s", "W", "J", "gCO2e")
"""Units whose prefix follows the size of the number."""


def quantity_of(parameter: str, value: Any) -> "Quantity":
    """Accept a number, a quantity or text as a finite quantity."""
    if isinstance(value, bool) or value is None:
        raise InputTypeError(f"{parameter} must be a number or a quantity, got {value!r}")
    try:
        found: Quantity = ureg.Quantity(value if isinstance(value, str) else _own(value))
        number = float(found.magnitude)
    except Exception as error:  # pint's errors share no useful base
        raise InputError(
            f"{parameter} must be a number or a quantity such as '5 ms', got {value!r}: {error}"
        ) from None
    if not math.isfinite(number):
        raise InputError(f"{parameter} must be finite, got {value!r}")
    return found


def _own(value: Any) -> Any:
    """Take a quantity of another registry over into ours."""
    return f"{value.magnitude!r} {value.units}" if hasattr(value, "magnitude") else value


def number_of(quantity: "Quantity", unit: Any) -> float | None:
    """Return the number in a unit; nothing if the dimension is another."""
    if not quantity.is_compatible_with(unit):
        return None
    return float(quantity.m_as(unit))


def shown(value: Any) -> str:
    """Write an answer for people: four digits and a unit of a handy size."""
    if isinstance(value, str):
        return value
    if value.unitless:
        return f"{value.magnitude:.4g}"
    if value.check("[time]"):
        return brief_time(value.m_as("s"))
    for unit in _HANDY:
        if value.is_compatible_with(unit):
            return brief(float(value.m_as(unit)), unit)
    return f"{value:.4g~P}"
