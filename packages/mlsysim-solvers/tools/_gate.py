"""What a change of numbers is held to: no score much worse, no row silently lost."""

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["complaints", "scores_of"]

_WORSE = 0.05
"""Part by which a score may worsen."""
_SHOWN = 5


def scores_of(report: Mapping[str, Any]) -> dict[str, Any]:
    """Take off a report what is held to."""
    return {
        "tasks": {
            name: {
                key: None if task[key] is None else round(task[key], 5)
                for key in ("score", "coverage", "spearman")
            }
            for name, task in report["tasks"].items()
        },
        "refused": sorted(one["id"] for one in report["refused"]),
    }


def complaints(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Say what is worse than it was."""
    return [*_scores(before["tasks"], after["tasks"]), *_rows(before, after)]


def _scores(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name, old in before.items():
        if old["score"] is None:
            continue
        new = after.get(name, {}).get("score")
        if new is None:
            yield f"{name} is not scored any more"
        elif new > old["score"] * (1.0 + _WORSE):
            yield f"the score of {name} was {old['score']:.2%} and would be {new:.2%}"


def _rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    lost = sorted(set(after["refused"]) - set(before["refused"]))
    if lost:
        shown = ", ".join(lost[:_SHOWN]) + (", ..." if len(lost) > _SHOWN else "")
        yield f"{len(lost)} rows are not predicted any more: {shown}"
