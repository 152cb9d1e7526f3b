"""Answers a question in every format: the work of `eval` and `explain`."""

from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_bytes
from mlsysim_core.results import PerformanceProfile

from .._flags import Request
from ..output._data import as_csv, as_json
from ..output._form import Format
from ..output._terminal import write
from ._document import document, operators
from ._limits import exit_status, judge
from ._question import Question

__all__ = ["advise", "answer", "result"]


def answer(request: Request, junit: str | None = None) -> int:
    """Ask, write the answer, and return the exit status."""
    if "." in request.model or request.hardware is None:
        from ._plan import is_plan, scorecards  # noqa: PLC0415  # most answers are of two names

        if is_plan(request.model):
            return scorecards(request, junit)
    if junit is not None:
        raise InputError(f"--junit is for plans, and {request.model} is none")
    if request.hardware is None:
        from ._scenario import scorecard  # noqa: PLC0415  # most answers are of two names

        return scorecard(request)
    question = Question(model=request.model, hardware=request.hardware, settings=request.settings)
    form, by_operator = request.form, request.by_operator
    profile = question.ask()
    verdicts = judge(request.limits, profile)
    advice = advise(question, profile)
    if form in {Format.TABLE, Format.MARKDOWN}:
        from ._report import report  # noqa: PLC0415  # scripts do without

        text = report(profile, verdicts, advice, form, by_operator=by_operator)
    else:
        found = result(profile, advice)
        if verdicts:
            found["constraints"] = [verdict.record() for verdict in verdicts]
        text = _plain(found, profile, form, by_operator=by_operator)
    return write(text) or exit_status(_shortage(profile), verdicts)


def advise(question: Question, profile: PerformanceProfile) -> list[dict[str, Any]]:
    """Say what would fit, where something does not."""
    if profile.feasible:
        return []
    from ._advice import advice  # noqa: PLC0415  # only what does not fit needs it

    return advice(question, profile)


def result(profile: PerformanceProfile, advice: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe a prediction, and what would fit if it does not."""
    return document(profile) | ({} if profile.feasible else {"advice": advice})


def _plain(
    found: dict[str, Any], profile: PerformanceProfile, form: Format, *, by_operator: bool
) -> str:
    if form is Format.JSON:
        if by_operator:
            found["operators"] = operators(profile)
        return as_json(found)
    if by_operator:
        return as_csv(operators(profile))
    found["advice"] = [one["text"] for one in found.get("advice", ())]
    found.pop("if_spilled", None)  # every line has the same columns
    constraints = found.pop("constraints", ())
    found["violated"] = [one["name"] for one in constraints if not one["satisfied"]]
    return as_csv([found])


def _shortage(profile: PerformanceProfile) -> str:
    details = profile.details
    if profile.feasible:
        return ""
    return (
        f"{details.model} does not fit on {details.hardware}: it needs "
        f"{brief_bytes(details.footprint)} of {brief_bytes(details.capacity)}"
    )
