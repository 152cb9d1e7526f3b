"""A training step as a sheet: what was asked, the answer, and the sums behind it."""

import math
from typing import TYPE_CHECKING

from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_core.quantities import brief
from mlsysim_core.report import accounted
from mlsysim_core.sheets import Section

from ._layout import Layout
from ._ledger import HELD
from ._step import PARTS

if TYPE_CHECKING:
    from ._result import DistributedResult

__all__ = ["sheet"]


def sheet(found: "DistributedResult") -> list[Section]:
    """Return the answer, its time, its memory, and its notes if there are any."""
    where = "Where the time goes" if found.feasible else "Where the time would go"
    held = "What the memory of the fullest device holds"
    return [
        Section(heading=f"{found.model} on {found.system}", rows=_rows(found)),
        accounted(where, found.part_items, "s", PARTS),
        accounted(held, found.held_items, "byte", HELD),
        *([Section(heading="Notes", lines=found.notes)] if found.notes else []),
    ]


def _rows(found: "DistributedResult") -> list[tuple[str, str]]:
    plan = found.layout
    batch = plan.microbatch * plan.microbatches * plan.dp
    needed = f"{brief_bytes(found.footprint)} of {brief_bytes(found.capacity)} on a device"
    rows = [
        ("step", f"batch {batch:,}, {found.items:,.0f} {found.unit}s, {found.precision}"),
        ("devices", f"{plan.devices:,}"),
        ("strategy", _words(plan)),
        ("micro-batches", f"{plan.microbatches:,} of {plan.microbatch:,}"),
        ("recompute", plan.recompute),
    ]
    if not found.feasible:
        spilled = f"{brief_time(found.seconds)} if what does not fit crosses the host link"
        if math.isinf(found.seconds):
            spilled = "and no host link for what does not fit"
        return [*rows, ("DOES NOT FIT", f"needs {needed}"), ("latency", f"none ({spilled})")]
    return [
        *rows,
        ("latency", brief_time(found.seconds)),
        ("throughput", brief(found.items_per_second, f"{found.unit}/s")),
        ("MFU", f"{found.mfu:.1%}"),
        ("HFU", f"{found.hfu:.1%}"),
        ("bubble", f"{found.bubble_fraction:.1%} of the step"),
        ("memory", needed),
        ("energy", "unknown" if found.joules is None else brief(found.joules, "J")),
    ]


def _words(plan: Layout) -> str:
    """Write a strategy for people: what is not one."""
    sizes = {"tp": plan.tp, "pp": plan.pp, "cp": plan.cp, "ep": plan.ep, "dp": plan.dp}
    words = [f"{name} {size:,}" for name, size in sizes.items() if size > 1]
    if plan.chunks > 1:
        words.append(f"{plan.chunks} virtual stages")
    if plan.zero:
        words.append(f"ZeRO {plan.zero}")
    return ", ".join(words) or "one device"
