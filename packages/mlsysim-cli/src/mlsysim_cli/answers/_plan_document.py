"""What came of a plan, for scripts and for people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mlsysim_core.explanation import brief_bytes
from mlsysim_solvers.plans._text import held as about

from ..output._data import measure

if TYPE_CHECKING:
    from mlsysim_solvers import PlanResult

__all__ = ["document", "records", "shortage"]


def document(result: "PlanResult") -> dict[str, Any]:
    """Describe it: what is reported by level, and each assertion."""
    plan = result.plan
    levels: dict[str, dict[str, Any]] = {"feasibility": {}, "performance": {}, "macro": {}}
    for one in result.reported:
        levels[one.level][one.name] = _value(one)
    return {
        "version": plan.version,
        "plan": plan.name,
        "model": plan.model.name,
        "system": plan.target.name,
        "kind": plan.workload.kind,
        "passed": result.passed,
        "feasible": result.feasible,
        **levels,
        "assertions": [
            {
                "text": held.text,
                "line": held.line or None,
                "passed": held.passed,
                "values": {one.name: _value(one) for one in held.values},
            }
            for held in result.verdicts
        ],
        "notes": list(result.notes),
    }


def _value(one: Any) -> Any:
    if isinstance(one.value, str | bool):
        return one.value
    return measure(one.value, one.unit, one.reason)


def records(result: "PlanResult") -> Iterator[dict[str, Any]]:
    """Describe it line by line: each value, then each assertion."""
    for one in result.reported:
        yield {
            "plan": result.plan.name,
            "level": one.level,
            "what": one.name,
            "value": one.value,
            "unit": one.unit,
            "passed": None,
            "note": one.reason,
        }
    for held in result.verdicts:
        yield {
            "plan": result.plan.name,
            "level": "assertion",
            "what": held.text,
            "value": None,
            "unit": "",
            "passed": held.passed,
            "note": about(held),
        }


def shortage(result: "PlanResult") -> str:
    """Say what does not fit."""
    needed, capacity = (
        brief_bytes(float(next(one.value for one in result.reported if one.name == name)))  # type: ignore[arg-type]
        for name in ("memory", "capacity")
    )
    return f"{result.plan.name} does not fit: a device needs {needed} of {capacity}"
