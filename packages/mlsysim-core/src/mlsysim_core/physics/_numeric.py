"""The few functions that formulas need beyond operators, for floats, arrays and quantities.

Numpy is imported only when an argument is an array; a float never pays for it.
"""

import math
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

Numeric: TypeAlias = Any
"""A float or an array; in tests, a quantity."""

__all__ = [
    "Numeric",
    "ceil",
    "exp",
    "expm1",
    "log",
    "maximum",
    "minimum",
    "remembered",
    "times",
    "uniform",
    "where",
]


def maximum(left: Numeric, right: Numeric) -> Numeric:
    """Return the larger, element by element."""
    if type(left) is float and type(right) is float:
        return left if left >= right else right
    if not (_array(left) or _array(right)):
        larger = left >= right
        if larger is True or larger is False:
            return left if larger else right
    return _call("maximum", left, right)


def minimum(left: Numeric, right: Numeric) -> Numeric:
    """Return the smaller, element by element."""
    if type(left) is float and type(right) is float:
        return left if left <= right else right
    if not (_array(left) or _array(right)):
        smaller = left <= right
        if smaller is True or smaller is False:
            return left if smaller else right
    return _call("minimum", left, right)


def where(condition: Any, yes: Numeric, no: Numeric) -> Numeric:
    """Choose, element by element."""
    if condition is True or condition is False:
        return yes if condition else no
    return _call("where", condition, yes, no)


def ceil(value: Numeric) -> Numeric:
    """Round up, element by element."""
    if type(value) is float or type(value) is int:
        return float(math.ceil(value)) if math.isfinite(value) else value
    if not hasattr(value, "dtype"):  # a quantity, which must have no dimension
        return ceil(float(value))
    return _call("ceil", value)


def exp(value: Numeric) -> Numeric:
    """Return the exponential, element by element."""
    if _single(value):
        return math.exp(value)
    return _call("exp", value)


def expm1(value: Numeric) -> Numeric:
    """Return the exponential less one, element by element, to the last digit near zero."""
    if _single(value):
        return math.expm1(value)
    return _call("expm1", value)


def log(value: Numeric) -> Numeric:
    """Return the natural logarithm, element by element; that of zero is minus infinity."""
    if _single(value):
        number = float(value)
        return math.log(number) if number else -math.inf
    return _call("log", value)


def times(factor: Numeric, value: Numeric) -> Numeric:
    """Multiply; a factor of one needs no array."""
    return value if isinstance(factor, float) and factor == 1.0 else factor * value


def uniform(condition: Any) -> Any:
    """Return one truth value where an array holds no other."""
    every = bool(condition.all())
    return every if every or not condition.any() else condition


def remembered(function: Callable[..., Numeric], *arguments: Numeric) -> Numeric:
    """Call a function, once in a pass for equal arguments where some keep a memory of the pass."""
    for one in arguments:
        if type(one) is not float:
            break
    else:
        return function(*arguments)
    memory: dict[Any, Any] | None = None
    key: list[Any] = [function]
    for one in arguments:
        if isinstance(one, int | float):
            key.append(one)
        elif (kept := getattr(one, "memory", None)) is None:
            return function(*arguments)
        else:
            memory = kept
            key.append(one.coefficients)
    if memory is None:
        return function(*arguments)
    found = memory.get(tuple(key))
    if found is None:
        found = memory[tuple(key)] = function(*arguments)
    return found


def _single(value: Any) -> bool:
    return getattr(value, "shape", ()) == ()


def _array(value: Any) -> bool:
    kind = type(value)
    return kind is not float and kind.__module__ == "numpy"


def _call(name: str, *arguments: Any) -> Any:
    return _of_numpy(name)(*arguments)


@cache
def _of_numpy(name: str) -> Callable[..., Any]:
    import numpy as np  # noqa: PLC0415  # whoever passes arrays has it

    found: Callable[..., Any] = getattr(np, name)
    return found
