"""Rates of multiplications: which engine takes a shape, and how much of it."""

import math
from functools import lru_cache

from .physics._numeric import Numeric, maximum, minimum, times, where
from .physics.matmul import operand_fraction, padded_fraction, wave_fraction

__all__ = ["SCALAR_GRAIN", "grain_of", "matmul_rate", "remembered_rate"]

_WIDEST_GRAIN, _TILE_GRAINS, _SPLIT_DEPTH = 16.0, 8.0, 512.0
"""Side of the smallest matrix that a large engine works on, such sides in a full tile of a
kernel, and the shortest sum worth splitting."""
SCALAR_GRAIN, _REGISTER_REUSE = 2.0, 2.0
"""Side of what a core without a matrix engine multiplies in a cycle, and of the block of results
that its registers hold."""
_ROUNDED = 0.02
"""Error that printed peaks and clocks leave in the side of a matrix."""


def matmul_rate(
    matrix: float,
    vector: float,
    most: float,
    units: float,
    grain: float,
    rows: Numeric,
    columns: Numeric,
    inner: Numeric,
    groups: Numeric,
) -> Numeric:
    """Return the rate of a multiplication on the engine that suits its shape.

    Thin matrices are left to the vector units where those are faster.
    """
    if grain <= SCALAR_GRAIN:
        fraction = operand_fraction(rows, columns, _REGISTER_REUSE)
        # What it adds in a cycle lies side by side, which a depthwise convolution never does.
        lanes = maximum(grain * grain, 1.0)
        fraction = fraction / where(columns > 1.0, 1.0, where(groups > 1.0, lanes, 1.0))
    else:
        tile = _TILE_GRAINS * grain
        fraction = times(
            padded_fraction(rows, columns, tile, grain),
            wave_fraction(rows, columns, inner, groups, units, tile, _SPLIT_DEPTH),
        )
    rate = maximum(matrix * fraction, vector)
    return rate if math.isinf(most) else minimum(rate, most)


remembered_rate = lru_cache(maxsize=65536)(matmul_rate)


def grain_of(peak: float, units: int | None, clock: float | None) -> float:
    """Return the side of the square matrix that one unit multiplies in a cycle."""
    if not units or not clock:
        return _WIDEST_GRAIN
    side = math.sqrt(peak / (2.0 * units * clock))
    # Peaks and clocks are printed rounded: a side of 15.97 is one of 16.
    whole = float(round(side))
    side = whole if abs(side - whole) < _ROUNDED * whole else side
    return min(max(side, 1.0), _WIDEST_GRAIN)
