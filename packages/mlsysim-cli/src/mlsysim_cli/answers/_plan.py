"""Evaluates plans: `mlsysim eval PLAN`."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsysim_core.catalog import names
from mlsysim_core.errors import InputError

from .._ending import BAD_INPUT, INFEASIBLE, VIOLATED
from .._flags import FLAGS, Request
from ..output._data import as_csv, as_json
from ..output._form import Format
from ..output._terminal import complain, write

if TYPE_CHECKING:
    from mlsysim_solvers import PlanError, PlanResult

__all__ = ["Evaluated", "is_plan", "scorecards"]

_ENDINGS = (".yaml", ".yml", ".json", ".toml")


class Evaluated(NamedTuple):
    """What came of the plans of one file."""

    file: str
    results: "tuple[PlanResult, ...]"
    error: "PlanError | None" = None


def is_plan(target: str) -> bool:
    """Tell whether a target is a plan or a folder of them, and not the name of an entry."""
    if target == "-" or target.lower().endswith(_ENDINGS):
        return True
    return target not in names("scenario") and Path(target).is_dir()


def scorecards(request: Request, junit: str | None) -> int:
    """Evaluate, write the scorecards, and return the exit status."""
    if request.hardware is not None:
        raise InputError(
            f"{request.model} is a plan, which says what it runs on: leave out {request.hardware}"
        )
    given = [*request.settings, *request.limits, *(["by_operator"] if request.by_operator else [])]
    if given:
        flags = ", ".join(FLAGS[name][0] for name in given)
        raise InputError(f"a plan says itself how it is evaluated: leave out {flags}")
    evaluated = list(_evaluated(request.model))
    results = [result for one in evaluated for result in one.results]
    for one in evaluated:
        for problem in _lines(one):
            complain(problem)
    single = len(results) == 1 and len(evaluated) == 1 and not _folder(request.model)
    status = write(_written(results, request.form, single=single)) if results else 0
    if junit is not None:
        from ._junit import report  # noqa: PLC0415  # only CI asks for it

        report(evaluated, Path(junit))
    return status or _status(evaluated, results)


def _folder(target: str) -> bool:
    return target != "-" and Path(target).is_dir()


def _evaluated(target: str) -> Iterator[Evaluated]:
    from mlsysim_solvers.plans._files import files_of  # noqa: PLC0415

    if target == "-":
        yield _of("-", "standard input")
        return
    for file in files_of(target):
        yield _of(str(file), str(file))


def _of(target: str, name: str) -> Evaluated:
    from mlsysim_core._files import decoded  # noqa: PLC0415
    from mlsysim_solvers import PlanError, load_plans  # noqa: PLC0415
    from mlsysim_solvers.plans._files import plans_in  # noqa: PLC0415

    try:
        if target == "-":
            text = decoded(sys.stdin.buffer.read(), name, error=PlanError)
            plans: Sequence[Any] = plans_in(text, name)
        else:
            plans = load_plans(target)
        return Evaluated(name, tuple(plan.evaluate() for plan in plans))
    except PlanError as error:
        return Evaluated(name, (), error)


def _lines(one: Evaluated) -> list[str]:
    if one.error is None:
        return []
    return [" ".join(str(problem).split()) for problem in one.error.problems or (one.error,)]


def _written(results: "list[PlanResult]", form: Format, *, single: bool) -> str:
    from ._plan_document import document, records  # noqa: PLC0415

    if form is Format.JSON:
        found = [document(result) for result in results]
        return as_json(found[0] if single else found)
    if form is Format.CSV:
        return as_csv(record for result in results for record in records(result))
    from ..output._render import for_people  # noqa: PLC0415

    return for_people([part for result in results for part in result.sections()], form)


def _status(evaluated: list[Evaluated], results: "list[PlanResult]") -> int:
    """Say what a script should stop at; the worst of all plans counts."""
    from ._plan_document import shortage  # noqa: PLC0415

    for result in results:
        if not result.feasible:
            complain(shortage(result))
        elif result.violated:
            broken = "; ".join(one.text for one in result.violated)
            complain(f"{result.plan.name} does not hold: {broken}")
    if any(one.error for one in evaluated):
        return BAD_INPUT
    if not all(result.feasible for result in results):
        return INFEASIBLE
    return 0 if all(result.passed for result in results) else VIOLATED
