"""Any answer as a sheet: its values by name, each with its unit."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .errors import MLSysimError
from .quantities import KNOWN_UNITS, brief
from .sheets import Section

if TYPE_CHECKING:
    from .answer import Answer

__all__ = ["sections"]


def sections(answer: "Answer") -> list[Section]:
    """Return the values that a line can show, and the notes."""
    found = dict(_values(answer))
    quantities = [value for value, _ in found.values() if hasattr(value, "m_as")]
    rows = []
    for name, (value, unit) in found.items():
        if isinstance(value, float) and unit and any(_same(one, value, unit) for one in quantities):
            continue  # the plain number of a quantity that is shown
        if name != "notes" and (text := _text(value, unit)):
            rows.append((name.replace("_", " "), text))
    notes = found.get("notes", ((), ""))[0]
    shown = [Section(heading=type(answer).__name__, rows=rows)]
    return [*shown, Section(heading="Notes", lines=notes)] if notes else shown


def _values(answer: "Answer") -> Iterator[tuple[str, tuple[Any, str]]]:
    for name, told in answer.schema().items():
        try:
            yield name, (getattr(answer, name), told["unit"].replace(" ", ""))
        except MLSysimError as error:
            yield name, (f"unknown: {error}", "")


def _same(quantity: Any, value: float, unit: str) -> bool:
    try:
        number = float(quantity.m_as(unit))
    except Exception:  # pint's errors share no useful base
        return False
    return abs(number - value) <= 1e-9 * abs(value)


def _text(value: Any, unit: str) -> str:
    """Write one value for people; nothing for what no line can show."""
    if value is None or isinstance(value, bool):
        return {None: "-", True: "yes", False: "no"}[value]
    if isinstance(value, int):
        return f"{value:,} {unit}".rstrip()
    if isinstance(value, float):
        return brief(value, unit) if unit in KNOWN_UNITS else f"{value:.4g} {unit}".rstrip()
    if hasattr(value, "m_as"):
        return f"{value:.4g~}" if value.magnitude == value.magnitude else "unknown"
    if isinstance(value, tuple) and value and all(isinstance(one, str | int) for one in value):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else ""
