"""Evaluates a plan: feasibility, then performance, then what it takes from the world."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from mlsysim_core.errors import MLSysimError

from ._assertions import judged, unit_of
from ._macro import Macro, macro
from ._outcome import Outcome, predict
from ._problems import PlanError, Problem
from ._result import PlanResult, Reported
from ._vocabulary import vocabulary

if TYPE_CHECKING:
    from ._plan import Plan

__all__ = ["evaluate"]

_DOES_NOT_FIT = "it does not fit in memory"
_Answer = TypeVar("_Answer")


def evaluate(plan: "Plan") -> PlanResult:
    """Evaluate a plan: :meth:`Plan.evaluate`."""
    plan.checked()
    outcome = _placed(plan, ("workload",), lambda: predict(plan))
    parts = ("economics", "machines", "place", "duration")
    beyond = Macro()
    if outcome.feasible and math.isfinite(outcome.items_per_second):
        beyond = _placed(plan, parts, lambda: macro(plan, outcome))
    reported = tuple(_reported(plan, outcome, beyond))
    named = {one.name: one for one in reported}
    notes = dict.fromkeys((*outcome.notes, *beyond.notes))
    return PlanResult(
        plan=plan,
        prediction=outcome.prediction,
        run=outcome.run,
        use=beyond.use,
        cost=beyond.cost,
        reported=reported,
        verdicts=tuple(judged(plan, named, feasible=outcome.feasible)),
        feasible=outcome.feasible,
        notes=tuple(notes),
    )


def _reported(plan: "Plan", outcome: Outcome, beyond: Macro) -> "list[Reported]":
    values = {**outcome.values, **beyond.values}
    reasons = {**outcome.reasons, **beyond.reasons}
    found = []
    for name, term in vocabulary(plan.workload.kind, unit_of(plan)).items():
        value: Any = values.get(name)
        reason = reasons.get(name, _DOES_NOT_FIT)
        if not outcome.feasible and term.level != "feasibility":
            value, reason = None, _DOES_NOT_FIT
        unit = "" if term.unit in {"text", "truth"} else term.unit
        found.append(Reported(name, term.level, value, unit, "" if value is not None else reason))
    return found


def _placed(plan: "Plan", parts: tuple[str, ...], ask: Callable[[], _Answer]) -> _Answer:
    """Say of what a solver refuses where it stands in the plan."""
    try:
        return ask()
    except PlanError:
        raise
    except MLSysimError as error:
        raise PlanError.of([_problem(plan, parts, str(error))]) from error


def _problem(plan: "Plan", parts: tuple[str, ...], message: str) -> Problem:
    words = message.replace("(", " ").replace(":", " ").replace(",", " ").split()
    for word in words:  # what a solver refuses, it names
        for part in parts:
            if word == part and part in plan.model_fields_set:
                return plan.problem((part,), message)
            if word in getattr(getattr(plan, part), "model_fields_set", ()):
                return plan.problem((part, word), message)
    given = [part for part in parts if part in plan.model_fields_set]
    return plan.problem(tuple(given[:1]), message)
