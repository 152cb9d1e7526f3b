"""The least of a function of few numbers within bounds, found without derivatives."""

from collections.abc import Callable, Sequence

__all__ = ["descend"]


def descend(
    function: Callable[[tuple[float, ...]], float],
    start: Sequence[float],
    bounds: Sequence[tuple[float, float]],
    *,
    step: float = 0.5,
    least: float = 0.02,
) -> tuple[float, ...]:
    """Search along each coordinate, and along what two rounds have in common (Hooke, Jeeves).

    Parameters
    ----------
    function : callable
        What should be small.
    start : sequence of float
        Where to begin.
    bounds : sequence of (float, float)
        Least and largest value of each coordinate.
    step : float
        First distance of a trial; halved whenever nothing is better.
    least : float
        Distance at which to end.

    Returns
    -------
    tuple of float
        The best point that was found; the start itself if nothing is better.
    """
    best = tuple(start)
    value = function(best)
    while step >= least:
        point, found = _explore(function, best, value, bounds, step)
        if found >= value:
            step /= 2.0
            continue
        while found < value:
            ahead = _within([2.0 * new - old for new, old in zip(point, best, strict=True)], bounds)
            best, value = point, found
            point, found = _explore(function, ahead, function(ahead), bounds, step)
    return best


def _explore(
    function: Callable[[tuple[float, ...]], float],
    point: tuple[float, ...],
    value: float,
    bounds: Sequence[tuple[float, float]],
    step: float,
) -> tuple[tuple[float, ...], float]:
    for place in range(len(point)):
        for direction in (step, -step):
            moved = list(point)
            moved[place] += direction
            trial = _within(moved, bounds)
            if trial != point and (found := function(trial)) < value:
                point, value = trial, found
                break
    return point, value


def _within(point: Sequence[float], bounds: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    return tuple(
        min(max(value, low), high) for value, (low, high) in zip(point, bounds, strict=True)
    )
