"""The arithmetic of expressions: on plain numbers without numpy, on arrays with it."""

import math
import operator
import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from mlsysim_core.arrays import numpy_or_error

__all__ = ["call", "quiet"]

_PLAIN = {int, float, bool, str}


def call(name: str, *values: Any) -> Any:
    """Apply the function that numpy has under a name, to numbers or to arrays of them.

    What has no value is not a number, as it is for arrays, and never an error.
    """
    if not _PLAIN.issuperset(map(type, values)):
        return getattr(numpy_or_error("an expression"), name)(*values)
    try:
        found = _FUNCTIONS[name](*values)
    except ZeroDivisionError:
        over = values[0] if name in {"divide", "floor_divide"} else 0
        return math.copysign(math.inf, over) if over and not math.isnan(over) else math.nan
    except OverflowError:
        return math.inf
    except ValueError:
        return -math.inf if name.startswith("log") and values[0] == 0 else math.nan
    return math.nan if isinstance(found, complex) else found


def quiet() -> Any:
    """Let arrays that have no value in places say nothing of it."""
    numpy = sys.modules.get("numpy")
    return nullcontext() if numpy is None else numpy.errstate(all="ignore")


def _whole(function: Callable[[float], int]) -> Callable[[float], float]:
    return lambda value: float(function(value)) if math.isfinite(value) else value


def _chosen(choose: Callable[..., float]) -> Callable[[float, float], float]:
    return lambda one, two: math.nan if math.isnan(one) or math.isnan(two) else choose(one, two)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "floor_divide": operator.floordiv,
    "mod": operator.mod,
    "power": operator.pow,
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "equal": operator.eq,
    "not_equal": operator.ne,
    "logical_and": lambda one, two: bool(one and two),
    "logical_or": lambda one, two: bool(one or two),
    "logical_not": operator.not_,
    "minimum": _chosen(min),
    "maximum": _chosen(max),
    "abs": abs,
    "ceil": _whole(math.ceil),
    "floor": _whole(math.floor),
    "sqrt": math.sqrt,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
}
