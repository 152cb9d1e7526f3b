"""The largest number that still fits."""

from collections.abc import Callable

__all__ = ["largest"]


def largest(ceiling: int, fits: Callable[[int], bool]) -> int:
    """Find the largest number below a ceiling that fits, by halving; zero if none does."""
    if ceiling <= 1 or not fits(1):
        return 0
    below, above = 1, ceiling
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if fits(middle) else (below, middle)
    return below
