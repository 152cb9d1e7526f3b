"""A prediction for people: what comes out, why, and what would fit."""

from collections.abc import Sequence
from typing import Any

from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_core.results import PerformanceProfile

from ..output._form import Format
from ..output._numbers import brief
from ..output._render import Section, for_people
from ._document import HELD, PARTS

__all__ = ["report"]

_MEANINGS = {
    "compute": "arithmetic, where it is the limit",
    "weights": "weights read",
    "cache": "cache or state read and written",
    "activations": "activations read and written",
    "launch": "kernels started",
    "host": "what does not fit, over the host link",
}


def report(
    profile: PerformanceProfile,
    verdicts: Sequence[Any],
    advice: Sequence[dict[str, Any]],
    form: Format,
    *,
    by_operator: bool,
) -> str:
    """Write a prediction as text or as Markdown."""
    sections = _sections(profile, verdicts, advice)
    if by_operator:
        sections.append(_operators(profile))
    return for_people(sections, form)


def _sections(
    profile: PerformanceProfile, verdicts: Sequence[Any], advice: Sequence[dict[str, Any]]
) -> list[Section]:
    details = profile.details
    sections = [
        Section(
            heading=f"{details.model} on {details.hardware}",
            rows=_results(profile),
        )
    ]
    if not profile.feasible:
        texts = [one["text"] for one in advice]
        sections.append(
            Section(
                heading="What would fit",
                lines=texts or ["no single change of batch, length, precision or devices"],
            )
        )
    if verdicts:
        rows = [("kept" if one.satisfied else "VIOLATED", str(one)) for one in verdicts]
        sections.append(Section(heading="Constraints", rows=rows))
    sections.append(_breakdown(profile))
    sections.append(_memory(profile))
    if details.notes:
        sections.append(Section(heading="Notes", lines=details.notes))
    return sections


def _results(profile: PerformanceProfile) -> list[tuple[str, str]]:
    details = profile.details
    unit = details.unit
    setting = [details.phase, f"batch {details.batch_size:,}"]
    if details.seq_len is not None:
        setting.append(f"{details.seq_len:,} tokens")
    arithmetic = details.precision
    if details.arithmetic != details.precision:
        arithmetic += f" stored, {details.arithmetic} arithmetic"
    efficiency = "predicted" if details.efficiency is None else f"{details.efficiency:g}"
    rows = [
        ("pass", ", ".join(setting)),
        ("precision", arithmetic),
        ("assumed", f"{details.stack} stack, efficiency {efficiency}"),
        ("data", details.data_version or "given by hand"),
    ]
    needed, capacity = brief_bytes(details.footprint), brief_bytes(details.capacity)
    if not profile.feasible:
        spilled = brief_bytes(profile.account.spill)
        rows += [
            ("DOES NOT FIT", f"needs {needed} of {capacity}: {spilled} too much"),
            ("latency", f"none ({_spilled(profile)})"),
        ]
        return rows
    energy = "unknown" if profile.joules is None else brief(profile.joules, "J")
    return [
        *rows,
        ("latency", brief_time(profile.seconds)),
        ("throughput", brief(profile.items_per_second, f"{unit}/s")),
        ("bottleneck", profile.bottleneck),
        ("MFU", f"{profile.mfu:.1%}"),
        ("memory", f"{needed} of {capacity}"),
        ("energy", energy),
    ]


def _spilled(profile: PerformanceProfile) -> str:
    if profile.seconds == float("inf"):
        return "and no host link for what does not fit"
    return f"{brief_time(profile.seconds)} if what does not fit crosses the host link"


def _breakdown(profile: PerformanceProfile) -> Section:
    parts, total = profile.explain().parts, profile.seconds
    rows = [
        (brief_time(parts[name]), _share(parts[name], total), name, _MEANINGS[name])
        for name in PARTS
        if name in parts
    ]
    rows.append((brief_time(total), _share(total, total), "latency", "the sum"))
    heading = "Where the time goes" if profile.feasible else "Where the time would go"
    return Section(heading=heading, rows=rows, right=frozenset({0, 1}), dispensable=(3,))


def _share(part: float, total: float) -> str:
    return f"{part / total:.1%}" if 0.0 < total < float("inf") else "-"


def _memory(profile: PerformanceProfile) -> Section:
    held, details = profile.explain().memory, profile.details
    rows = [(brief_bytes(held[name]), name) for name in HELD if name in held]
    rows.append((brief_bytes(details.footprint), f"needed of {brief_bytes(details.capacity)}"))
    return Section(heading="What the memory holds", rows=rows, right=frozenset({0}))


def _operators(profile: PerformanceProfile) -> Section:
    kinds = ("compute", "memory", "launch", "time")
    rows = [
        (
            str(row["name"]),
            brief(float(row["count"]), ""),
            *(brief_time(float(row[kind])) for kind in kinds),
        )
        for row in profile.explain().operators
    ]
    return Section(
        heading="Operator by operator",
        header=("operator", "count", *kinds),
        rows=rows,
        right=frozenset(range(1, 6)),
        dispensable=(4, 1, 2, 3),
    )
