"""`mlsysim sweep`: a design space as a table, or what is best in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.quantities import brief
from mlsysim_solvers import DSE, DesignTable, Space

from .._ending import INFEASIBLE, VIOLATED
from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import complain, write

__all__ = ["measured", "sweep"]

_UNITS = DesignTable.units
_TEXT = ("model", "hardware", "precision", "stack", "phase", "bottleneck", "reason")
_ALWAYS = ("model", "hardware", "batch_size", "latency", "throughput", "memory")
_SHOWN = (
    *("model", "hardware", "precision", "stack", "phase", "efficiency", "batch_size", "seq_len"),
    *("latency", "throughput", "bottleneck", "mfu", "energy", "memory", "objective", "reason"),
)
"""Columns for people; those that are the same in every row and not always shown are left out."""
_ANSWERS = ("latency", "throughput", "mfu", "energy", "objective")
_ROWS = 1000
"""Rows that people are shown."""


def sweep(
    space: dict[str, Any],
    objective: str | None,
    constraints: Sequence[str],
    pareto: Sequence[str],
    top: int | None,
    form: Format,
) -> int:
    """Explore, write the points, and return the exit status."""
    dse = DSE(Space(**space), objective, constraints)
    if top is not None and objective is None:
        raise InputError("--top needs --objective, such as 'maximize throughput'")
    if top is not None and pareto:
        raise InputError("--top and --pareto exclude each other")
    if pareto:
        table = dse.pareto(*pareto)
    elif top is not None:
        table = dse.top(top)
    else:
        table = dse.solve()
    chosen = bool(pareto) or top is not None
    if chosen and not len(table):
        _refused(dse)
    text = _people(table, form) if form in {Format.TABLE, Format.MARKDOWN} else _data(table, form)
    return write(text) or _status(table, dse, chosen=chosen)


def _refused(dse: DSE) -> None:
    """Say on standard error how many points are refused for each reason."""
    reasons: dict[str, int] = {}
    for chunk in dse.chunks():
        for reason, count in chunk.refusals().items():
            reasons[reason] = reasons.get(reason, 0) + count
    for reason, count in sorted(reasons.items(), key=lambda one: -one[1])[:5]:
        complain(f"{count:,} points: {reason}")


def _status(table: DesignTable, dse: DSE, *, chosen: bool) -> int:
    if len(table.accepted()):
        return 0
    feasible = any(chunk["feasible"].any() for chunk in dse.chunks()) if chosen else None
    if feasible is None:
        feasible = bool(table["feasible"].any())
    complain("no point keeps every constraint" if feasible else "no point is feasible")
    return VIOLATED if feasible else INFEASIBLE


def _data(table: DesignTable, form: Format) -> str:
    documents = [dict(measured(record)) for record in table]
    return as_json({"points": documents}) if form is Format.JSON else as_csv(documents)


def measured(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Describe a point for scripts: its columns, numbers with their units."""
    shown = _answered(record)
    for name, value in shown.items():
        why = record["reason"] if not record["feasible"] else ""
        yield name, measure(value, _UNITS[name], why) if name in _UNITS else value


def _answered(record: dict[str, Any]) -> dict[str, Any]:
    """Return a point; what does not fit has no answer, as it has none in `eval`."""
    if record["feasible"]:
        return record
    return {name: None if name in _ANSWERS else value for name, value in record.items()}


def _people(table: DesignTable, form: Format) -> str:
    records = [_answered(record) for record in table[:_ROWS]]
    names = [name for name in _SHOWN if name in table.names and _varies(name, records)]
    rows = [tuple(_cell(name, record[name]) for name in names) for record in records]
    lines = [repr(table)[1:-1].partition(": ")[2]]
    if len(table) > len(records):
        lines.append(f"the first {len(records):,} points; -o csv has all of them")
    fixed = {
        name: _cell(name, records[0][name])
        for name in _SHOWN
        if records and name not in names and name in table.names
    }
    lines += [f"{name}: {value}" for name, value in fixed.items() if value]
    section = Section(
        header=tuple(names) if rows else (),
        rows=rows,
        right=frozenset(place for place, name in enumerate(names) if name not in _TEXT),
        dispensable=tuple(
            names.index(name) for name in ("stack", "phase", "energy", "mfu") if name in names
        ),
        lines=(),
    )
    sections = [section] if rows else []
    sections.append(Section(lines=tuple(lines)))
    return for_people(sections, form)


def _varies(name: str, records: list[dict[str, Any]]) -> bool:
    return name in _ALWAYS or len({record[name] for record in records}) > 1


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return brief(value, "token/s" if name == "throughput" else _UNITS.get(name, ""))
    return f"{value:,}" if isinstance(value, int) else str(value)
