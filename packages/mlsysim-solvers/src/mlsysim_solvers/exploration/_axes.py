"""What a parameter of a design space may be: values, ranges, log ranges, or an expression."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from mlsysim_core.arrays import numpy_or_error
from mlsysim_core.errors import InputError
from mlsysim_core.specs import Spec

__all__ = ["Interval", "drawn", "log_range", "numeric_axis", "several"]

_NUMBER = re.compile(r"[+-]?(\d+(_\d+)*\.?\d*|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)
_MOST_STEPS = 10**6  # each of them is held in memory
_LARGEST = 2**53  # beyond it, floats leave out whole numbers


class Interval(NamedTuple):
    """Every number between two, which has no grid."""

    low: float
    high: float
    log: bool
    """Whether equal ratios are equally likely, rather than equal differences."""
    whole: bool

    def __str__(self) -> str:
        return f"{self.low:g}:{self.high:g}" + (":log" if self.log else "")


def drawn(axis: Sequence[Any] | Interval, share: Any) -> Any:
    """Return the values that lie at shares of the way through a parameter's range.

    Parameters
    ----------
    axis : sequence or Interval
        What the parameter may be.
    share : array_like
        From 0.0 up to 1.0, which is left out.

    Returns
    -------
    array
        A value for each share; equally likely shares make values of a sequence equally likely.
    """
    np = numpy_or_error("sampling a design space")
    if not isinstance(axis, Interval):
        places = np.minimum((share * len(axis)).astype(np.int64), len(axis) - 1)
        if isinstance(axis, range):
            return (axis.start + axis.step * places).astype(float)
        return np.array(axis, dtype=float)[places]
    high = axis.high + 1.0 if axis.whole else axis.high
    if axis.log:
        found = axis.low * (high / axis.low) ** share
    else:
        found = axis.low + (high - axis.low) * share
    return np.clip(np.floor(found) if axis.whole else found, axis.low, axis.high)


def log_range(start: int, stop: int, points: int) -> list[int]:
    """Return whole numbers at equal ratios, both ends included.

    Parameters
    ----------
    start, stop : int
        The ends.
    points : int
        How many there are, before equal ones become one.

    Examples
    --------
    >>> log_range(1, 1000, 4)
    [1, 10, 100, 1000]
    """
    if not (1 <= start <= stop and points >= 2):
        raise InputError(
            "log_range needs 1 <= start <= stop and at least 2 points, "
            f"got {start}, {stop} and {points}"
        )
    ratio = math.log(stop / start) / (points - 1)
    found = [round(start * math.exp(ratio * step)) for step in range(points - 1)]
    return list(dict.fromkeys([*found, stop]))


def several(parameter: str, value: Any) -> list[Any]:
    """Take one value or any number of them as a list; a text with commas is several."""
    if isinstance(value, str):
        parts: list[Any] = [part.strip() for part in value.split(",")]
    elif isinstance(value, Spec) or not isinstance(value, Iterable):
        parts = [value]
    else:
        parts = list(value.tolist() if hasattr(value, "tolist") else value)
    if not parts or "" in [part for part in parts if isinstance(part, str)]:
        raise InputError(f"{parameter} must not be empty, got {value!r}")
    return parts


def numeric_axis(
    parameter: str, value: Any, check: Callable[[object], Any], *, whole: bool = True
) -> Sequence[Any] | Interval | str:
    """Read a numeric parameter.

    Parameters
    ----------
    parameter : str
        Its name, for errors.
    value : object
        A number, several, a ``range``, or text: ``"8"``, ``"1,2,4"``, ``"1:256"``,
        ``"1:256:8"`` (a step), ``"1:256:log2"`` (doubling), ``"1:1000:log10"``; without
        steps ``"0.2:0.9"`` or, at equal ratios, ``"1:256:log"``; or an expression over other
        parameters.
    check : callable
        Accepts one value, or raises.
    whole : bool
        Whether the values are whole numbers.

    Returns
    -------
    sequence, Interval, or str
        The values in order, what has no steps, or the expression.
    """
    if isinstance(value, Interval):
        (
            check(int(value.low) if whole else value.low),
            check(int(value.high) if whole else value.high),
        )
        return value
    if isinstance(value, range):
        if not value:
            raise InputError(f"{parameter} must not be empty, got {value!r}")
        check(value[0]), check(value[-1])
        return value
    if not isinstance(value, str):
        return [None if one is None else check(one) for one in several(parameter, value)]
    if ":" in value:
        return numeric_axis(parameter, _stretch(parameter, value, whole=whole), check, whole=whole)
    parts = several(parameter, value)
    if all(_NUMBER.match(part) for part in parts):
        return [check(_number(parameter, part, whole=whole)) for part in parts]
    return value


def _number(parameter: str, text: str, *, whole: bool) -> int | float:
    number = float(text) if _NUMBER.match(text) else math.nan
    if not math.isfinite(number) or (whole and not number.is_integer()):
        kind = "a whole number" if whole else "a number"
        raise InputError(f"{parameter}: {text!r} is not {kind}")
    if whole and abs(number) > _LARGEST:
        raise InputError(f"{parameter}: {text!r} is too large, the most are {_LARGEST:,}")
    return int(number) if whole else number


def _stretch(parameter: str, text: str, *, whole: bool) -> Sequence[Any] | Interval:
    """Read ``start:stop``, ``start:stop:step`` or ``start:stop:log2``; ends are included."""
    parts = [part.strip() for part in text.split(":")]
    if len(parts) not in {2, 3}:
        raise InputError(f"{parameter}: a range is start:stop, start:stop:step or start:stop:log2")
    start, stop = (_number(parameter, part, whole=whole) for part in parts[:2])
    if stop < start:
        raise InputError(f"{parameter}: the range {text!r} ends before it starts")
    log = len(parts) == 3 and parts[2].startswith("log")
    if log and start <= 0:
        raise InputError(f"{parameter}: a log range starts above zero, got {start}")
    if parts[2:] == ["log"] or (not whole and len(parts) == 2):
        return Interval(start, stop, log, whole)
    if log and (found := re.fullmatch(r"log(2|10)", parts[2])):
        return _multiples(start, stop, int(found[1]))
    if log:
        raise InputError(f"{parameter}: {parts[2]!r} is no step; did you mean log2, log10 or log?")
    step = _number(parameter, parts[2], whole=whole) if len(parts) == 3 else 1
    if step <= 0:
        raise InputError(f"{parameter}: the step of {text!r} must be positive")
    if whole:
        return range(int(start), int(stop) + 1, int(step))
    count = math.floor((stop - start) / step + 1e-9) + 1
    if count > _MOST_STEPS:
        raise InputError(
            f"{parameter}: {text!r} has {count:,} values, the most are {_MOST_STEPS:,}: "
            "take larger steps"
        )
    return [round(start + step * place, 12) for place in range(count)]


def _multiples(start: float, stop: float, factor: int) -> list[Any]:
    found = []
    while start <= stop:
        found.append(start)
        start *= factor
    return found
