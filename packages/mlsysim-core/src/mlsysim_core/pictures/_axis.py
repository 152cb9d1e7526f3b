"""Axes: where values stand, and what is written beside them."""

import math
from typing import NamedTuple

from ..quantities import brief, scaled

__all__ = ["Axis", "spanning"]

_SCALED = {"s", "byte", "byte/s", "operation/s", "operation", "J", "W", "USD"}
"""Units that take a prefix; others are written as they are."""
_SPELLED = {"operation/s": "FLOP/s", "byte/s": "B/s", "byte": "B"}


class Axis(NamedTuple):
    """An axis: its name, its unit, and the values at its ends."""

    label: str
    low: float
    high: float
    unit: str = ""
    log: bool = False
    at: tuple[tuple[float, str], ...] = ()
    """Ticks with their words, where nice numbers do not do."""

    def place(self, value: float) -> float:
        """Return where a value stands, 0 at the low end and 1 at the high one."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    @property
    def name(self) -> str:
        """What is written along it: with the unit, where ticks are bare numbers."""
        if self.at or not self.unit or (self.log and self.unit in _SCALED):
            return self.label
        return f"{self.label} [{self._scale()[1]}]"

    def ticks(self) -> list[tuple[float, str]]:
        """Return values to mark, each with what is written there."""
        if self.at:
            return list(self.at)
        if self.log:
            return [(value, self._shown(value)) for value in self._decades()]
        scale = self._scale()[0]
        step = _step((self.high - self.low) / scale)
        first = math.ceil(self.low / scale / step - 1e-9)
        last = math.floor(self.high / scale / step + 1e-9)
        return [(place * step * scale, f"{place * step:g}") for place in range(first, last + 1)]

    def _scale(self) -> tuple[float, str]:
        if self.unit in _SCALED:
            return scaled(max(abs(self.low), abs(self.high)), self.unit)
        return 1.0, self.unit

    def _shown(self, value: float) -> str:
        if self.unit in _SCALED:
            return brief(value, self.unit)
        if value >= 1e3:
            return brief(value, "W").removesuffix("W").replace(" ", "")
        return f"{value:g}"

    def _decades(self) -> list[float]:
        low, high = math.log10(self.low), math.log10(self.high)
        first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
        step = max(1, math.ceil((last - first) / 6))
        found = [10.0**power for power in range(first, last + 1, step)]
        if len(found) > 2:
            return found
        return [
            digit * 10.0**power
            for power in range(math.floor(low), last + 1)
            for digit in (1.0, 2.0, 5.0)
            if self.low * 0.999 <= digit * 10.0**power <= self.high * 1.001
        ]


def _step(span: float) -> float:
    """Return a nice step for about five ticks."""
    rough = span / 5.0 or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    nice = (power * digit for digit in (1.0, 2.0, 2.5, 5.0, 10.0))
    return next(step for step in nice if step >= rough * 0.9999)


def spanning(label: str, values: list[float], unit: str = "", *, log: bool) -> Axis:
    """Make an axis on which all values stand, with some air.

    Parameters
    ----------
    label : str
        Its name.
    values : list of float
        What must stand on it; finite, and above zero on a logarithmic axis.
    unit : str
        Unit of the values.
    log : bool
        Whether equal ratios, rather than differences, are equally long.
    """
    low, high = min(values), max(values)
    if log:
        return Axis(label, low / 1.5, high * 1.5, unit, log=True)
    return Axis(label, min(low, 0.0), high * 1.05 or 1.0, unit)
