"""A prediction as a sheet for people: what comes out, and why."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .explanation import PARTS, Explanation, brief_bytes, brief_time
from .quantities import brief
from .sheets import Section

if TYPE_CHECKING:
    from .results import PerformanceProfile

__all__ = ["accounted", "breakdown", "memory", "operators", "outcome", "setting", "title"]


def title(profile: "PerformanceProfile") -> str:
    """Name what was predicted."""
    return f"{profile.details.model} on {profile.details.hardware}"


def setting(profile: "PerformanceProfile") -> str:
    """Say which pass it is."""
    details = profile.details
    words = [details.phase, f"batch {details.batch_size:,}"]
    if details.seq_len is not None:
        words.append(f"{details.seq_len:,} tokens")
    return ", ".join(words)


def outcome(profile: "PerformanceProfile") -> Section:
    """Return what was asked, and the answer; none where it does not fit."""
    details = profile.details
    arithmetic = details.precision
    if details.arithmetic != details.precision:
        arithmetic += f" stored, {details.arithmetic} arithmetic"
    efficiency = "predicted" if details.efficiency is None else f"{details.efficiency:g}"
    rows = [
        ("pass", setting(profile)),
        ("precision", arithmetic),
        ("assumed", f"{details.stack} stack, efficiency {efficiency}"),
        ("data", details.data_version or "given by hand"),
    ]
    needed, capacity = brief_bytes(details.footprint), brief_bytes(details.capacity)
    if profile.feasible:
        energy = "unknown" if profile.joules is None else brief(profile.joules, "J")
        rows += [
            ("latency", brief_time(profile.seconds)),
            ("throughput", brief(profile.items_per_second, f"{details.unit}/s")),
            ("bottleneck", profile.bottleneck),
            ("MFU", f"{profile.mfu:.1%}"),
            ("memory", f"{needed} of {capacity}"),
            ("energy", energy),
        ]
    else:
        spilled = brief_bytes(profile.account.spill)
        rows += [
            ("DOES NOT FIT", f"needs {needed} of {capacity}: {spilled} too much"),
            ("latency", f"none ({_spilled(profile)})"),
        ]
    return Section(heading=title(profile), rows=rows)


def _spilled(profile: "PerformanceProfile") -> str:
    if profile.seconds == float("inf"):
        return "and no host link for what does not fit"
    return f"{brief_time(profile.seconds)} if what does not fit crosses the host link"


def breakdown(explanation: Explanation) -> Section:
    """Return where the time goes, part by part."""
    total = explanation.latency
    shares = [_share(seconds, total) for seconds in explanation.parts.values()]
    rows = [
        (brief_time(seconds), _percent(share), name, PARTS[name])
        for (name, seconds), share in zip(explanation.parts.items(), shares, strict=True)
    ]
    rows.append((brief_time(total), _percent(_share(total, total)), "latency", "the sum"))
    return Section(
        heading="Where the time goes" if explanation.feasible else "Where the time would go",
        rows=rows,
        right=frozenset({0, 1}),
        dispensable=(3,),
        shares=shares,
    )


def _share(part: float, total: float) -> float:
    return part / total if 0.0 < total < float("inf") else 0.0


def _percent(share: float) -> str:
    return f"{share:.1%}" if share else "-"


def memory(explanation: Explanation) -> Section:
    """Return what the memory holds."""
    details = explanation.details
    rows = [(brief_bytes(count), name) for name, count in explanation.memory.items()]
    rows.append((brief_bytes(details.footprint), f"needed of {brief_bytes(details.capacity)}"))
    whole = max(details.footprint, details.capacity)
    return Section(
        heading="What the memory holds",
        rows=rows,
        right=frozenset({0}),
        shares=[count / whole for count in explanation.memory.values()],
    )


def accounted(
    heading: str, items: Sequence[tuple[str, float]], unit: str, meanings: Mapping[str, str]
) -> Section:
    """Return a sum: each part that is not zero, its share, and what it is."""
    total = sum(value for _, value in items)
    kept = [(name, value) for name, value in items if value]
    shares = [_share(value, total) for _, value in kept]
    rows = [
        (brief(value, unit), _percent(share), name, meanings.get(name, ""))
        for (name, value), share in zip(kept, shares, strict=True)
    ]
    rows.append((brief(total, unit), _percent(_share(total, total)), "sum", ""))
    return Section(
        heading=heading, rows=rows, right=frozenset({0, 1}), dispensable=(3,), shares=shares
    )


def operators(explanation: Explanation) -> Section:
    """Return the time of each operator."""
    kinds = ("compute", "memory", "launch", "time")
    found = explanation.operators
    rows = [
        (
            str(row["name"]),
            brief(float(row["count"]), ""),
            *(brief_time(float(row[kind])) for kind in kinds),
        )
        for row in found
    ]
    return Section(
        heading="Operator by operator",
        header=("operator", "count", *kinds),
        rows=rows,
        right=frozenset(range(1, 6)),
        dispensable=(4, 1, 2, 3),
        shares=[_share(float(row["time"]), explanation.latency) for row in found],
    )
