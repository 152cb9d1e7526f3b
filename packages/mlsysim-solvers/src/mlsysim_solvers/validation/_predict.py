"""From a row to a prediction: which adaptor answers for which task."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from mlsysim_core.errors import InputError, MLSysimError, nearest

from ._rows import TASKS, Row, read, read_row
from ._scores import INTERNAL, Scored, report
from .tasks._devices import forget_devices
from .tasks._models import remembered_model
from .tasks._stacks import forget_stacks
from .tasks._systems import remembered_system

__all__ = ["forget", "predict", "score_rows", "validate"]

_ADAPTORS = {
    "gemm": "mlsysim_solvers.validation.tasks._operators",
    "attention": "mlsysim_solvers.validation.tasks._operators",
    "bandwidth": "mlsysim_solvers.validation.tasks._operators",
    "collective": "mlsysim_solvers.validation.tasks._collectives",
    "decode": "mlsysim_solvers.validation.tasks._passes",
    "prefill": "mlsysim_solvers.validation.tasks._passes",
    "encode": "mlsysim_solvers.validation.tasks._passes",
    "vision": "mlsysim_solvers.validation.tasks._passes",
    "tiny": "mlsysim_solvers.validation.tasks._passes",
    "generate": "mlsysim_solvers.validation.tasks._serving",
    "serve": "mlsysim_solvers.validation.tasks._serving",
    "train": "mlsysim_solvers.validation.tasks._training",
}
"""Task to the module whose ``predict(row)`` gives the metrics that it can."""


def predict(row: Row) -> float:
    """Predict what a row measured.

    Raises
    ------
    MLSysimError
        If the row cannot be predicted; the message is the reason.
    """
    adaptor = _ADAPTORS.get(row["task"])
    if adaptor is None:
        raise InputError(f"nothing predicts the task {row['task']!r} yet")
    found: Mapping[str, float] = import_module(adaptor).predict(row)
    metric = row["metric"]
    if metric not in found:
        known = ", ".join(found) or "nothing"
        raise InputError(f"no {metric} follows from this row; what does: {known}")
    value = float(found[metric])
    if not 0.0 < value < float("inf"):
        raise InputError(f"the predicted {metric} is {value}")
    return value


def score_rows(rows: Iterable[Mapping[str, object]]) -> Iterator[Scored]:
    """Predict raw rows one by one; whatever cannot be used keeps its reason."""
    for number, raw in enumerate(rows, 2):
        name = str(raw.get("id") or f"line {number}")
        try:
            row = read_row(raw)
        except MLSysimError as error:
            yield _refused(name, raw, str(error))
            continue
        predicted, reason = None, ""
        try:
            predicted = predict(row)
        except MLSysimError as error:
            reason = str(error)
        except Exception as error:  # one row must not cost the others their answer
            reason = f"{INTERNAL}: {type(error).__name__}: {error}"
        yield Scored(
            id=row["id"],
            task=row["task"],
            source=row["source"],
            hardware=row["hardware"],
            stack=row["stack"],
            metric=row["metric"],
            measured=row.value,
            predicted=predicted,
            reason=reason,
            scored=not row.flagged,
        )


def _refused(name: str, raw: Mapping[str, object], reason: str) -> Scored:
    def text(column: str) -> str:
        return str(raw.get(column) or "unknown")

    return Scored(
        id=name,
        task=text("task") if text("task") in TASKS else "unknown",
        source=text("source"),
        hardware=text("hardware"),
        stack=text("stack"),
        metric=text("metric"),
        measured=float("nan"),
        predicted=None,
        reason=reason,
        scored=False,
    )


def validate(
    source: str | Path | Iterable[Mapping[str, object]],
    *,
    tasks: Iterable[str] | None = None,
    by: Iterable[str] = (),
    progress: Callable[[int, int], Any] | None = None,
) -> tuple[dict[str, Any], list[Scored]]:
    """Compare predictions with measurements.

    Parameters
    ----------
    source : path or iterable of mapping
        A CSV file in the measurement format, or its rows.
    tasks : iterable of str, optional
        Only rows of these tasks.
    by : iterable of str
        ``"hardware"``, ``"stack"``: what to tell errors by, besides their sources.
    progress : callable, optional
        Told the number of rows done, and of all rows, after each.

    Returns
    -------
    tuple of dict and list of Scored
        The report, and every row.

    Raises
    ------
    InputError
        If the file cannot be read, or has no row to use.
    """
    wanted = None if tasks is None else tuple(tasks)
    for task in wanted or ():
        if task not in TASKS:
            close = nearest(task, TASKS)
            hint = f"; did you mean {close[0]}?" if close else f"; choose {', '.join(TASKS)}"
            raise InputError(f"unknown task {task!r}{hint}")
    groupings = tuple(by)
    report((), by=groupings)  # refuses what it does not know before the work is done
    rows: Iterable[Mapping[str, object]]
    rows = read(source) if isinstance(source, str | Path) else source
    chosen = [row for row in rows if wanted is None or row.get("task") in wanted]
    if not chosen:
        only = f" of task {' or '.join(wanted)}" if wanted else ""
        where = f"{source}: " if isinstance(source, str | Path) else ""
        raise InputError(f"{where}no row{only} to compare with")
    forget()
    scored = []
    for number, one in enumerate(score_rows(chosen), 1):
        scored.append(one)
        if progress:
            progress(number, len(chosen))
    return report(scored, by=groupings), scored


def forget() -> None:
    """Forget what was remembered of models and stacks: a registry may have changed."""
    remembered_model.cache_clear()
    remembered_system.cache_clear()
    forget_devices()
    forget_stacks()
