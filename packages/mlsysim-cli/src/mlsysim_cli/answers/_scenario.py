"""Holds a scenario against its limits: `mlsysim eval SCENARIO`."""

from typing import Any

from mlsysim_core.catalog import find, names
from mlsysim_core.errors import InputError, UnknownEntryError
from mlsysim_core.scorecard import Check, Evaluation

from .._ending import INFEASIBLE, VIOLATED
from .._flags import Request
from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import as_markdown, as_text
from ..output._terminal import complain, write
from ._document import document

__all__ = ["scorecard"]


def scorecard(request: Request) -> int:
    """Evaluate, write the scorecard, and return the exit status."""
    scenario = _find(request.model)
    if request.limits:
        flags = ", ".join(f"--{name.replace('_', '-')}" for name in request.limits)
        raise InputError(f"the scenario {scenario.name} has limits of its own: leave out {flags}")
    evaluation = scenario.evaluate(**request.settings)
    if request.form is Format.JSON:
        text = as_json(_document(evaluation))
    elif request.form is Format.CSV:
        text = as_csv(_record(row) for row in evaluation.rows)
    else:
        sections = evaluation.sections()
        text = as_markdown(sections) if request.form is Format.MARKDOWN else as_text(sections)
    return write(text) or _status(evaluation)


def _find(name: str) -> Any:
    try:
        return find("scenario", name)
    except UnknownEntryError as error:
        for kind in ("model", "hardware"):
            if names(kind):
                try:
                    find(kind, name)
                except UnknownEntryError:
                    continue
                words = f"{name} HARDWARE" if kind == "model" else f"MODEL {name}"
                raise InputError(f"{name} is a {kind}, no scenario: mlsysim eval {words}") from None
        raise error from None


def _document(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "scenario": evaluation.scenario.name,
        "passed": evaluation.passed,
        "feasible": evaluation.feasible,
        "devices": evaluation.devices,
        "checks": [_record(row) for row in evaluation.rows],
        "notes": list(evaluation.notes),
        "prediction": document(evaluation.profile),
    }


def _record(row: Check) -> dict[str, Any]:
    return {
        "level": row.level,
        "what": row.what,
        "value": measure(row.value, row.unit),
        "limit": measure(row.limit, row.unit, "no limit"),
        "passed": row.passed,
        "note": row.note,
    }


def _status(evaluation: Evaluation) -> int:
    name = evaluation.scenario.name
    if not evaluation.feasible:
        complain(f"{name} does not fit: {evaluation.rows[0].note}")
        return INFEASIBLE
    broken = [f"{row.what} is {row.note}" for row in evaluation.rows if row.passed is False]
    if broken:
        complain(f"{name} does not pass: {'; '.join(broken)}")
        return VIOLATED
    return 0
