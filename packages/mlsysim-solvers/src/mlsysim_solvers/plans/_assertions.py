"""What a plan says must hold, and whether it does."""

from typing import TYPE_CHECKING, Any, NamedTuple

from ..exploration._expressions import Expression, ExpressionError, parse
from ._problems import PlanError
from ._vocabulary import names

if TYPE_CHECKING:
    from ._plan import Plan
    from ._result import Reported

__all__ = ["Assertion", "Verdict", "judged", "read", "unit_of"]


class Assertion(NamedTuple):
    """One thing that must hold, read and checked."""

    place: int
    """Among those of the plan, from 0."""
    line: int
    """In the file; 0 if there is none."""
    expression: Expression

    @property
    def text(self) -> str:
        """As it was written, in one line."""
        return " ".join(self.expression.text.split())


class Verdict(NamedTuple):
    """Whether something holds."""

    text: str
    line: int
    passed: bool | None
    """Nothing where it cannot be told, for the plan does not fit."""
    values: "tuple[Reported, ...]"
    """What it is about."""


def unit_of(plan: "Plan") -> str:
    """Return what comes out: tokens or samples."""
    return "token" if plan.model.autoregressive else "sample"


def read(plan: "Plan") -> tuple[Assertion, ...]:
    """Read the assertions of a plan, all of them before one is refused."""
    known = names(plan.workload.kind, unit_of(plan))
    found, problems = [], []
    for place, text in enumerate(plan.assertions):
        path = ("assert", place)
        try:
            expression = parse(text, known, kind="truth", what="an assertion", bare=False)
        except ExpressionError as error:
            problems.append(plan.problem(path, error.why or str(error), error.place))
            continue
        line = plan.problem(path, "").line
        found.append(Assertion(place, line, expression))
    if problems:
        raise PlanError.of(problems)
    return tuple(found)


def judged(plan: "Plan", reported: "dict[str, Reported]", *, feasible: bool) -> list[Verdict]:
    """Hold what is reported against what is asserted.

    Raises
    ------
    PlanError
        If an assertion is about something that is not known.
    """
    verdicts, problems = [], []
    for one in plan.checked():
        used = [reported[name] for name in reported if name in one.expression.names]
        missing = [value for value in used if value.value is None]
        passed: bool | None = None
        if not missing:
            passed = bool(one.expression(lambda name: _plain(reported[name].value)))
        elif feasible:
            why = "; ".join(f"{value.name} is not known: {value.reason}" for value in missing)
            problems.append(plan.problem(("assert", one.place), why))
        verdicts.append(Verdict(one.text, one.line, passed, tuple(used)))
    if problems:
        raise PlanError.of(problems)
    return verdicts


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
