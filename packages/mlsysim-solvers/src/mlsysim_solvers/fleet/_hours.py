"""What changes from hour to hour, and repeats: loads of a day, intensities of a grid."""

import math
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from mlsysim_core.errors import InputError, InputTypeError

__all__ = ["Hours", "by_hour", "mean_over", "product"]

_DAY = 24
_MOST = 10**6

Hours = tuple[float, ...]
"""One value for each hour from midnight, again and again; one alone never changes."""


def by_hour(parameter: str, given: Any, check: Callable[[str, Any], float]) -> Hours:
    """Accept one value, or one for each hour of whole days."""
    if isinstance(given, int | float):
        return (check(parameter, given),)
    try:
        values = tuple(check(f"{parameter}[{hour}]", float(one)) for hour, one in enumerate(given))
    except (TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputTypeError(
            f"{parameter} must be a number, or one for each hour, got {given!r:.80}"
        ) from None
    if not values or len(values) % _DAY or len(values) > _MOST:
        raise InputError(
            f"{parameter} needs a value for each hour of whole days (24, or 168 for a week, or "
            f"8,760 for a year), got {len(values):,}"
        )
    return values


def product(left: Hours, right: Hours) -> Hours:
    """Multiply hour by hour, for as long as it takes both to repeat."""
    hours = math.lcm(len(left), len(right))
    if hours > _MOST:
        raise InputError(f"{len(left):,} and {len(right):,} hours repeat only after {hours:,}")
    return tuple(left[one % len(left)] * right[one % len(right)] for one in range(hours))


def mean_over(values: Hours, start: float, hours: float) -> float:
    """Return the mean from a start on, for some hours."""
    if len(values) == 1:
        return values[0]
    sums = (0.0, *accumulate(values))

    def until(hour: float) -> float:
        cycles, rest = divmod(hour, float(len(values)))
        whole = min(int(rest), len(values) - 1)
        return cycles * sums[-1] + sums[whole] + (rest - whole) * values[whole]

    return (until(start + hours) - until(start)) / hours
