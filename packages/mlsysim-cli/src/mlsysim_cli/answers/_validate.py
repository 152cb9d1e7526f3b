"""`mlsysim validate`: predictions against measurements, as tables or as data."""

import csv
from collections import Counter
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_solvers.validation import Scored, validate

from .._ending import BAD_INPUT
from ..output._data import as_csv, as_json
from ..output._form import Format
from ..output._progress import Progress
from ..output._render import Section, for_people
from ..output._terminal import complain, write

__all__ = ["answer", "share"]

_REASONS = 10
_COLUMNS = ("id", "task", "source", "metric", "measured", "predicted", "error", "reason")


def answer(
    file: str, tasks: Sequence[str] | None, by: Sequence[str], rows: Path | None, form: Format
) -> int:
    """Compare, and write what came of it."""
    with Progress("rows") as progress:
        report, scored = validate(file, tasks=tasks, by=by, progress=progress)
    if rows is not None:
        write_rows(rows, scored)
    mistakes = sum(row.mistaken for row in scored)
    if mistakes:
        complain(f"{mistakes} rows failed by a mistake in mlsysim: please report their reasons")
    if form is Format.JSON:
        status = write(as_json(report))
    elif form is Format.CSV:
        status = write(as_csv(_records(report, by)))
    else:
        sections = _sections(report, by)
        status = write(for_people(sections, form))
    if status == 0 and not report["predicted"]:
        complain("not one row could be predicted")
        return BAD_INPUT
    return status


def write_rows(path: Path, scored: Sequence[Scored]) -> None:
    """Write one line for each row: what was predicted, or why nothing was."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_COLUMNS)
            for row in scored:
                known = row.predicted is not None
                measured = "" if isnan(row.measured) else row.measured
                numbers = (measured, row.predicted, row.error) if known else (measured, "", "")
                writer.writerow((row.id, row.task, row.source, row.metric, *numbers, row.reason))
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from None


def share(value: float | None, *, signed: bool = False) -> str:
    """Write a fraction in percent."""
    if value is None:
        return "-"
    return f"{value:+.1%}" if signed else f"{value:.1%}"


def _rank(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _sections(report: dict[str, Any], by: Sequence[str]) -> list[Section]:
    tasks = report["tasks"]
    counts = {
        name: (sum(one["rows"] for one in task["sources"].values()), len(task["sources"]))
        for name, task in tasks.items()
    }
    predicted = f"{report['predicted']:,} of {report['rows']:,} rows predicted"
    sections = [
        Section(
            heading=f"Scores: {predicted}",
            header=("task", "score", "coverage", "rank", "bias", "sources", "rows"),
            rows=[
                (
                    name,
                    share(task["score"]),
                    share(task["coverage"]),
                    _rank(task["spearman"]),
                    share(task["bias"], signed=True),
                    str(counts[name][1]),
                    f"{counts[name][0]:,}",
                )
                for name, task in tasks.items()
            ],
            right=frozenset(range(1, 7)),
            dispensable=(5, 6, 4, 3),
        ),
        _sources(tasks),
        *(_grouped(tasks, name) for name in by),
    ]
    if reasons := Counter(one["reason"] for one in report["refused"]):
        lines = [f"{count:,} x {reason:.160}" for reason, count in reasons.most_common(_REASONS)]
        rest = len(reasons) - len(lines)
        if rest > 0:
            lines.append(f"and {rest} other reasons: --rows OUT.csv lists them all")
        sections.append(Section(heading="Rows that are not predicted", lines=lines))
    return sections


def _sources(tasks: dict[str, Any]) -> Section:
    names = ("task", "source", "rows", "predicted", "median", "mean", "90 %", "bias", "rank")
    rows = [
        (
            task,
            name,
            f"{one['rows']:,}",
            f"{one['predicted']:,}",
            *(share(one[key]) for key in ("median_ape", "mean_ape", "p90_ape")),
            share(one["bias"], signed=True),
            _rank(one["spearman"]),
        )
        for task, found in tasks.items()
        for name, one in found["sources"].items()
    ]
    return Section(
        heading="Errors by source",
        header=names,
        rows=rows,
        right=frozenset(range(2, 9)),
        dispensable=(8, 5, 6, 3, 2),
    )


def _grouped(tasks: dict[str, Any], by: str) -> Section:
    rows = [
        (
            task,
            name or "(not stated)",
            f"{one['rows']:,}",
            f"{one['predicted']:,}",
            share(one["median_ape"]),
            share(one["bias"], signed=True),
        )
        for task, found in tasks.items()
        for name, one in found[by].items()
    ]
    return Section(
        heading=f"Errors by {by}",
        header=("task", by, "rows", "predicted", "median", "bias"),
        rows=rows,
        right=frozenset(range(2, 6)),
        dispensable=(3, 2),
    )


def _records(report: dict[str, Any], by: Sequence[str]) -> list[dict[str, Any]]:
    """One record for each source of each task, or for whatever was asked for besides."""
    groupings = (("source", "sources"), *((name, name) for name in by))
    return [
        {"task": task, "by": label, "name": name, **one}
        for label, key in groupings
        for task, found in report["tasks"].items()
        for name, one in found[key].items()
    ]
