"""Quantities and numbers as arguments: what is accepted, and what is said if not."""

import math
from typing import Any

from mlsysim_core.errors import InputError, InputTypeError
from mlsysim_core.quantities import parse

__all__ = ["Amount", "amount", "at_least", "duration", "positive", "share"]

_DAY = 86400.0
_MOST_DAYS = 1e9

Amount = Any
"""A quantity, or text such as ``"700 W"``."""


def amount(parameter: str, value: Amount, unit: str, *, zero: bool = False) -> float:
    """Accept a quantity as a plain number of ``unit``; a bare number has no unit."""
    if isinstance(value, str):
        try:
            number = parse(value, unit)
        except ValueError as error:
            raise InputError(f"{parameter} must be in {unit}, got {value!r}: {error}") from None
    elif hasattr(value, "m_as"):
        try:
            number = float(value.m_as(unit))
        except Exception:  # pint's errors share no useful base
            raise InputError(f"{parameter} must be in {unit}, got {value}") from None
    else:
        raise InputTypeError(
            f"{parameter} must be a quantity in {unit}, got {value!r}, which has no unit"
        )
    if not math.isfinite(number) or number < 0.0 or (number == 0.0 and not zero):
        raise InputError(f"{parameter} must be finite and above zero, got {value}")
    return number


def at_least(parameter: str, value: Any, least: float) -> float:
    """Accept a finite number that is not below a bound."""
    number = _number(parameter, value)
    if not least <= number < math.inf:
        raise InputError(f"{parameter} must be at least {least:g} and finite, got {value}")
    return number


def duration(parameter: str, value: Any) -> float:
    """Accept a number of days; return the seconds in them."""
    days = _number(parameter, value)
    if not 0.0 < days <= _MOST_DAYS:
        raise InputError(f"{parameter} must be above 0 and at most {_MOST_DAYS:,.0f}, got {value}")
    return days * _DAY


def positive(parameter: str, value: float) -> float:
    """Accept a finite number above zero."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{parameter} must be a number above 0, got {value!r}")
    if not 0.0 < value < math.inf:
        raise InputError(f"{parameter} must be above 0 and finite, got {value}")
    return float(value)


def share(parameter: str, value: Any, *, zero: bool = True) -> float:
    """Accept a part of one."""
    number = _number(parameter, value)
    if not 0.0 <= number <= 1.0 or (number == 0.0 and not zero):
        raise InputError(f"{parameter} must be from 0 to 1, got {value}")
    return number


def _number(parameter: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputTypeError(f"{parameter} must be a number, got {value!r}")
    return float(value)
