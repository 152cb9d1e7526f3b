"""`mlsysim optimize parallelism`: the best strategies to train by."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_core.quantities import brief
from mlsysim_solvers import DistributedResult, SearchResult, search

from .._ending import INFEASIBLE, VIOLATED
from ..output._data import as_csv, as_json
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import complain, write
from ._bounds import bound
from ._step_document import devices_for, state_of, step_document
from ._systems import check_system

__all__ = ["answer"]

_HEADER = (
    *("tp", "pp", "cp", "ep", "dp", "v", "micro-batch", "ZeRO", "sp", "recompute"),
    *("step", "throughput", "MFU", "bubble", "memory"),
)


def answer(
    model: str,
    system: str,
    settings: dict[str, Any],
    limits: Mapping[str, str | None],
    form: Format,
    top: int,
    *,
    pareto: bool,
) -> int:
    """Search, write the strategies, and return the exit status."""
    check_system(system)
    slowest, largest = limits["max_latency"], limits["max_memory"]
    kept: dict[str, Any] = {
        "max_seconds": None if slowest is None else bound("max_latency", slowest, "s"),
        "max_memory": None if largest is None else bound("max_memory", largest, "byte"),
    }
    try:
        found = search(model, system, **settings, **kept)
        if kept["max_memory"] and kept["max_memory"] > found.best.capacity:
            kept["max_memory"] = None  # no device holds more than it can
            found = search(model, system, **settings, **kept)
    except InputError:
        return _none(model, system, settings, kept, form)
    chosen = found.pareto if pareto else found.ranked[:top]
    if form in {Format.TABLE, Format.MARKDOWN}:
        sections = _sections(found, chosen, pareto=pareto)
        return write(for_people(sections, form))
    return write(_data(found, chosen, form))


def _none(
    model: str, system: str, settings: dict[str, Any], kept: dict[str, Any], form: Format
) -> int:
    """Say why there is no strategy: none fits, none is quick or small enough, or a mistake."""
    try:
        search(model, system, **settings, max_memory=math.inf)
    except InputError as error:  # a mistake is one here, too
        text = str(error)
        for name in ("tp", "pp", "cp", "ep"):
            text = text.replace(f"{name}_sizes", f"--{name}")
        raise InputError(text) from None
    leanest = {**settings, "objective": "memory", "keep": 1}
    found = search(model, system, **leanest, max_memory=math.inf)
    best = found.best
    fits = best.footprint <= best.capacity
    if form is Format.JSON:
        document = _document(found, ())
        document |= {"objective": settings["objective"], "within_limits": 0, "feasible": fits}
        document["why"] = ""
        document["leanest"] = step_document(best)
        if failed := write(as_json(document)):
            return failed
    if not fits:
        needed = f"{brief_bytes(best.footprint)} of {brief_bytes(best.capacity)} on a device"
        complain(
            f"none of {found.tried:,} strategies of {best.model} fits on {best.system}: the "
            f"leanest needs {needed}{_enough(best)}"
        )
        return INFEASIBLE
    limits = [
        f"{brief(number, unit)}{what}"
        for number, unit, what in (
            (kept["max_seconds"], "s", " a step"),
            (kept["max_memory"], "byte", " on a device"),
        )
        if number is not None
    ]
    complain(f"violated: no strategy that fits stays within {' and '.join(limits)}")
    return VIOLATED


def _enough(best: DistributedResult) -> str:
    devices = devices_for(best)
    if devices <= best.layout.devices:
        return "; a smaller batch, or more devices, would help"
    return f"; weights, gradients and optimizer, {state_of(best)}, need {devices:,} devices"


def _data(found: SearchResult, chosen: tuple[DistributedResult, ...], form: Format) -> str:
    documents = [step_document(one) for one in chosen]
    if form is Format.CSV:
        return as_csv(documents)
    return as_json(_document(found, documents))


def _document(found: SearchResult, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "objective": found.objective,
        "tried": found.tried,
        "within_limits": found.feasible,
        "feasible": True,
        "why": found.why(),
        "strategies": list(documents),
    }


def _sections(
    found: SearchResult, chosen: tuple[DistributedResult, ...], *, pareto: bool
) -> list[Section]:
    best = found.best
    what = "nothing beats in time and memory" if pareto else f"are best in {found.objective}"
    rows = [_row(one) for one in chosen]
    constant = [
        place
        for place in range(len(_HEADER) - 5)
        if len(rows) > 0 and {row[place] for row in rows} <= {"1", "no"}
    ]
    kept = [place for place in range(len(_HEADER)) if place not in constant]
    shown = [tuple(row[place] for place in kept) for row in rows]
    header = tuple(_HEADER[place] for place in kept)
    words = {"recompute", "sp"}
    droppable = [header.index(name) for name in ("bubble", "sp", "throughput") if name in header]
    asked = best.layout
    batch = asked.microbatch * asked.microbatches * asked.dp
    lines = [
        f"{found.feasible:,} of {found.tried:,} strategies fit, within what was asked",
        f"batch {batch:,}, {best.precision}, {asked.devices:,} devices",
    ]
    if not pareto:
        lines.append(found.why())
    return [
        Section(
            heading=f"{best.model} on {best.system}: strategies that {what}",
            header=header,
            rows=shown,
            right=frozenset(place for place, name in enumerate(header) if name not in words),
            dispensable=tuple(droppable),
        ),
        Section(lines=lines),
    ]


def _row(one: DistributedResult) -> tuple[str, ...]:
    plan = one.layout
    sizes = (plan.tp, plan.pp, plan.cp, plan.ep, plan.dp, plan.chunks)
    return (
        *(f"{size:,}" for size in sizes),
        f"{plan.microbatches:,} x {plan.microbatch:,}",
        str(plan.zero),
        "yes" if plan.sequence else "no",
        plan.recompute,
        brief_time(one.seconds),
        brief(one.items_per_second, f"{one.unit}/s"),
        f"{one.mfu:.1%}",
        f"{one.bubble_fraction:.1%}",
        brief_bytes(one.footprint),
    )
