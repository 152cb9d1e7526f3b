"""Tables as CSV, JSON and Markdown."""

import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from mlsysim_core.explanation import brief_bytes, brief_time

__all__ = ["as_cells", "as_csv", "as_json", "as_markdown"]

_ANSWERS = ("latency", "throughput", "mfu", "energy", "objective")
"""Columns in which people must not take what does not fit for an answer."""

Records = Iterable[Mapping[str, Any]]


def as_csv(records: Records, names: Sequence[str], units: Mapping[str, str]) -> str:
    """Write one line for each record under a line of names; what is missing is empty."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([f"{name} [{units[name]}]" if name in units else name for name in names])
    writer.writerows([_cell(one) for one in record.values()] for record in records)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def as_json(records: Records, names: Sequence[str], units: Mapping[str, str]) -> str:
    """Write units and points as one document; what is missing or infinite is null."""
    document = {
        "units": {name: units[name] for name in names if name in units},
        "points": [{name: _finite(one) for name, one in record.items()} for record in records],
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def as_cells(records: Records, units: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Return names and cells for people: few digits, units, and no answer where none is."""
    rows = [
        [
            "" if name in _ANSWERS and not record["feasible"] else brief_cell(name, one, units)
            for name, one in record.items()
        ]
        for record in records
    ]
    names: list[str] = []
    for record in records:
        names = list(record)
        break
    return names, rows


def as_markdown(records: Records, units: Mapping[str, str]) -> str:
    """Write a table for people."""
    names, rows = as_cells(records, units)
    lines = [names, ["---"] * len(names), *rows]
    return "".join(
        f"| {' | '.join(one.replace('|', chr(92) + '|') for one in line)} |\n" for line in lines
    )


def brief_cell(name: str, value: Any, units: Mapping[str, str]) -> str:
    """Write one value for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        unit = units.get(name)
        if unit == "s":
            return brief_time(value)
        if unit == "byte":
            return brief_bytes(value)
        return f"{value:.4g}" + (f" {unit}" if unit else "")
    return str(value)
