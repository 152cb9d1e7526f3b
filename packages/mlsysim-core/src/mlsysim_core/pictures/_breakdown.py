"""Where time and memory go, as bars."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..comparison_report import labels, shared
from ..errors import InputError
from ..explanation import PARTS
from ..quantities import brief
from ..report import setting, title
from ._axis import Axis
from ._figure import Bars, Picture, Row, Segment

if TYPE_CHECKING:
    from ..results import PerformanceProfile

__all__ = ["breakdown", "memory", "stacked"]


def stacked(
    heading: str,
    axis: str,
    unit: str,
    rows: Sequence[tuple[str, Mapping[str, float]]],
    *,
    limits: Sequence[float] = (),
    limit: str = "",
) -> Picture:
    """Draw sums as bars.

    Parameters
    ----------
    heading : str
        Title of the picture.
    axis, unit : str
        What is summed, and its unit.
    rows : sequence of (str, mapping of str to float)
        Each bar's label and its parts.
    limits : sequence of float, optional
        A value to mark across each bar.
    limit : str
        What the mark is.
    """
    totals = [math.fsum(parts.values()) for _, parts in rows]
    top = max([*totals, *limits])
    if not 0.0 < top < math.inf:
        raise InputError(f"there is no finite {axis} to draw")
    bars = []
    told = []
    for place, ((label, parts), total) in enumerate(zip(rows, totals, strict=True)):
        segments, start = [], 0.0
        for name, value in parts.items():
            share = f"{value / total:.0%}"
            about = f"{name}: {brief(value, unit)}, {value / total:.1%}"
            segments.append(Segment(start, start + value, name, share, about))
            start += value
        mark = limits[place] if limits else None
        whole = f"{label}: " if label else ""
        whole += brief(total, unit)
        if mark is not None:
            whole += f" of {brief(mark, unit)}"
        bars.append(Row(whole, segments, mark))
        each = ", ".join(f"{name} {brief(value, unit)}" for name, value in parts.items())
        told.append(f"{whole} ({each}).")
    names = list(dict.fromkeys(name for _, parts in rows for name in parts))
    order = [*[name for name in PARTS if name in names], *[n for n in names if n not in PARTS]]
    panel = Bars(Axis(axis, 0.0, top * 1.02, unit), bars, order, mark=limit)
    return Picture(heading, " ".join(told), [panel])


def _headed(what: str, profiles: "Sequence[PerformanceProfile]") -> str:
    return f"{what}: {shared(profiles)}".rstrip(": ")


def _labels(profiles: "Sequence[PerformanceProfile]") -> list[str]:
    return labels(profiles) if len(profiles) > 1 else [""]


def breakdown(*profiles: "PerformanceProfile") -> Picture:
    """Draw where the time of passes goes.

    Parameters
    ----------
    *profiles : PerformanceProfile
        One or more; each is a bar. What does not fit in memory has no time to draw.
    """
    _some(profiles)
    for one in profiles:
        if not one.feasible or not math.isfinite(one.seconds):
            why = "it is infinite" if one.feasible else "it does not fit in memory"
            raise InputError(f"{title(one)}, {setting(one)}, has no latency to draw: {why}")
    parts = [one.explain().parts for one in profiles]
    rows = list(zip(_labels(profiles), parts, strict=True))
    return stacked(_headed("Time of a pass", profiles), "latency", "s", rows)


def memory(*profiles: "PerformanceProfile") -> Picture:
    """Draw what the memory holds, and how much there is.

    Parameters
    ----------
    *profiles : PerformanceProfile
        One or more; each is a bar.
    """
    _some(profiles)
    held = [one.explain().memory for one in profiles]
    rows = list(zip(_labels(profiles), held, strict=True))
    limits = [one.details.capacity for one in profiles]
    heading = _headed("Memory of the device", profiles)
    return stacked(heading, "memory", "byte", rows, limits=limits, limit="capacity")


def _some(profiles: Sequence["PerformanceProfile"]) -> None:
    if not profiles:
        raise InputError("there is nothing to draw: give one result or more")
