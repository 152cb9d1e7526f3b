"""Rooflines: what a device can do at an intensity, and what passes do."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..comparison_report import labels
from ..errors import InputError
from ..quantities import brief
from ._axis import Axis
from ._figure import Curve, Dots, Picture, Plot

if TYPE_CHECKING:
    from ..results import PerformanceProfile

__all__ = ["roofline"]

_AIR = 4.0


def roofline(*profiles: "PerformanceProfile") -> Picture:
    """Draw passes under the rooflines of their devices (Williams et al., 2009).

    The roof is the smaller of the dense peak and of the sustained bandwidth times the
    arithmetic intensity; what is missing between a point and the roof is launches, tiles that
    are not full, and data that the arithmetic waits for.

    Parameters
    ----------
    *profiles : PerformanceProfile
        One or more, each a point: its operations for each byte moved, and in each second.
    """
    drawn = [one for one in profiles if 0.0 < one.seconds < math.inf and one.details.flops]
    if not drawn or len(drawn) != len(profiles):
        raise InputError("a roofline needs passes with operations and a finite time")
    if lacking := next((one for one in drawn if not one.feasible), None):
        details = lacking.details
        raise InputError(
            f"{details.model} on {details.hardware}, batch {details.batch_size:,}, has no place "
            "under the roof: it does not fit in memory"
        )
    points = [(_intensity(one), one.details.flops / one.seconds) for one in drawn]
    roofs = {_roof(one): f"{one.details.hardware}, {one.details.arithmetic}" for one in drawn}
    ridges = [peak / bandwidth for peak, bandwidth in roofs]
    at = [*(x for x, _ in points), *ridges]
    x = Axis("arithmetic intensity", min(at) / _AIR, max(at) * _AIR, "operation/byte", log=True)
    heights = [*(y for _, y in points), *(min(p, b * x.low) for p, b in roofs)]
    top = max(peak for peak, _ in roofs)
    y = Axis("performance", min(heights) / 2.0, top * 3.0, "operation/s", log=True)
    curves = [
        Curve(
            ((x.low, bandwidth * x.low), (peak / bandwidth, peak), (x.high, peak)),
            brief(peak, "operation/s"),
            dash,
            f"{name}: {brief(bandwidth, 'byte/s')}",
        )
        for dash, ((peak, bandwidth), name) in enumerate(roofs.items())
    ]
    panel = Plot(x, y, curves, _dots(drawn, points))
    return Picture(_heading(drawn), _described(drawn, points, roofs), [panel])


def _intensity(one: "PerformanceProfile") -> float:
    return float(one.details.flops / one.account.traffic)


def _roof(one: "PerformanceProfile") -> tuple[float, float]:
    return one.details.peak, one.details.bandwidth


def _heading(drawn: Sequence["PerformanceProfile"]) -> str:
    models = list(dict.fromkeys(one.details.model for one in drawn))
    devices = list(dict.fromkeys(one.details.hardware for one in drawn))
    return f"Roofline: {', '.join(models)} on {', '.join(devices)}"


def _dots(
    drawn: Sequence["PerformanceProfile"], points: Sequence[tuple[float, float]]
) -> list[Dots]:
    """Make a kind of marker for each model, device and phase; name what differs besides."""
    kinds: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(drawn):
        details = one.details
        kind: tuple[str, ...] = (details.model, details.hardware, details.phase, details.precision)
        kinds.setdefault(kind, []).append(place)
    varying = [place for place in range(4) if len({kind[place] for kind in kinds}) > 1] or [0, 2]
    found = []
    for marker, (kind, places) in enumerate(kinds.items()):
        names = labels([drawn[place] for place in places]) if len(places) > 1 else [""]
        word = ", ".join(kind[place] for place in varying)
        found.append(Dots([points[place] for place in places], word, marker, names))
    return found


def _described(
    drawn: Sequence["PerformanceProfile"],
    points: Sequence[tuple[float, float]],
    roofs: dict[tuple[float, float], str],
) -> str:
    told = [
        f"{name}: peak {brief(peak, 'operation/s')}, bandwidth {brief(bandwidth, 'byte/s')}, "
        f"ridge at {peak / bandwidth:.4g} operations per byte."
        for (peak, bandwidth), name in roofs.items()
    ]
    told += [
        f"{one.details.model} on {one.details.hardware}, batch {one.details.batch_size:,}: "
        f"{x:.4g} operations per byte, {brief(y, 'operation/s')}."
        for one, (x, y) in zip(drawn, points, strict=True)
    ]
    return " ".join(told)
