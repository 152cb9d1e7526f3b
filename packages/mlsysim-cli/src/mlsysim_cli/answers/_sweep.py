"""`mlsysim sweep`: a design space as a table, or what is best in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from mlsysim_core.errors import InputError, nearest
from mlsysim_core.quantities import brief
from mlsysim_solvers import DesignTable, PlanError
from mlsysim_solvers.exploration._plan import SweepPlan, load_sweep

from .._ending import INFEASIBLE, VIOLATED
from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._progress import Progress
from ..output._render import Section, for_people
from ..output._terminal import complain, write

__all__ = ["measured", "planned", "sweep"]

_UNITS = DesignTable.units
_TEXT = ("model", "hardware", "precision", "stack", "phase", "bottleneck", "reason")
_ALWAYS = ("model", "hardware", "batch_size", "latency", "throughput", "memory")
_SHOWN = (
    *("model", "hardware", "precision", "stack", "phase", "efficiency", "batch_size", "seq_len"),
    *("latency", "throughput", "bottleneck", "mfu", "energy", "memory", "objective", "reason"),
)
"""Columns for people; those that are the same in every row and not always shown are left out."""
_ANSWERS = ("latency", "throughput", "mfu", "energy", "objective")
_ROWS = 1000
"""Rows that people are shown."""
_BEST = 10
"""Rows of what was found best, where nobody says how many."""
_MOST = 10**7
"""Points that are kept at once."""
_PLANS = (".yaml", ".yml", ".json", ".toml")
_FILES = {
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".parquet": "parquet",
    ".arrow": "arrow",
}
"""Endings of names of files, with what is written to them; what has another is a folder."""


class Outcome(NamedTuple):
    """What came of a sweep: what is shown, and what all points are, where not all are shown."""

    table: DesignTable
    all: Callable[[], Iterable[DesignTable]]
    points: int | None = None
    """How many were looked at, where the best of them are chosen."""


def sweep(plan: SweepPlan, form: Format) -> int:
    """Explore, write the points, and return the exit status."""
    _check(plan)
    if plan.out is not None and _ending(plan.out) is None:
        return _store(plan, plan.out, form)
    outcome = _optimized(plan) if plan.optimize is not None else _explored(plan)
    if outcome.points is not None and not len(outcome.table):
        _refused(outcome.all())
    if plan.out is not None:
        try:
            getattr(outcome.table, f"to_{_ending(plan.out)}")(plan.out)
        except OSError as error:
            raise InputError(f"{plan.out} cannot be written: {error.strerror}") from None
        complain(f"{len(outcome.table):,} points are in {plan.out}")
        return _status(outcome)
    table = outcome.table
    people = form in {Format.TABLE, Format.MARKDOWN}
    text = _people(table, form, outcome.points) if people else _data(table, form)
    return write(text) or _status(outcome)


def planned(given: dict[str, Any]) -> dict[str, Any]:
    """Read the plan that is named in place of models, if one is; what is given goes first."""
    target = given["models"]
    if isinstance(given.get("pareto"), str):
        given["pareto"] = [part.strip() for part in given["pareto"].split(",")]
    if not target.lower().endswith(_PLANS):
        if "hardware" not in given:
            raise InputError(f"{target} on what? Name devices, such as H100, or a plan alone")
        return given
    if "hardware" in given:
        raise InputError(
            f"{target} is a plan, which says what it runs on: leave out {given['hardware']}"
        )
    try:
        found = load_sweep(target)
    except PlanError as error:
        for problem in error.problems[:-1]:
            complain(" ".join(str(problem).split()))
        raise InputError(str(error.problems[-1] if error.problems else error)) from None
    if given.keys() & {"workers", "scheduler"}:  # what is there must be found again
        found.setdefault("out", f"{PurePath(target).stem}-points")
    return {**found, **{name: value for name, value in given.items() if name != "models"}}


def _check(plan: SweepPlan) -> None:
    if plan.top is not None and plan.objective is None:
        raise InputError("--top needs --objective, such as 'maximize throughput'")
    if plan.top is not None and plan.pareto:
        raise InputError("--top and --pareto exclude each other")
    if plan.optimize is not None and not (plan.objective or plan.pareto):
        raise InputError("--optimize needs --objective or --pareto, such as 'max throughput'")
    folder = plan.out is not None and _ending(plan.out) is None
    if (plan.workers or plan.scheduler) and (not folder or plan.optimize is not None):
        raise InputError(
            "--workers and --scheduler write points to a folder as they go: name it with --out"
        )


def _ending(out: str) -> str | None:
    """Return the form of a file by its name; nothing of a folder."""
    ending = PurePath(out).suffix.lower()
    folder = out.endswith(("/", "\\")) or Path(out).is_dir()
    if ending[1:].isalpha() and ending not in _FILES and not folder:
        close = nearest(ending, _FILES)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise InputError(
            f"--out {out} must end in {', '.join(_FILES)}, or name a folder, whose name ends in / "
            f"or has no ending{hint}"
        )
    return _FILES.get(ending)


def _explored(plan: SweepPlan) -> Outcome:
    dse = plan.dse()
    if plan.pareto:
        return Outcome(dse.pareto(*plan.pareto), dse.chunks, dse.space.size)
    if plan.top is not None:
        return Outcome(dse.top(plan.top), dse.chunks, dse.space.size)
    if dse.space.size > _MOST:
        raise InputError(
            f"{dse.space.size:,} points are too many to keep, the most are {_MOST:,}: choose with "
            "--top or --pareto, draw some with --sample, or write all to a folder with --out"
        )
    table = dse.solve()
    return Outcome(table, lambda: [table])


def _optimized(plan: SweepPlan) -> Outcome:
    tried = plan.dse().optimize(plan.optimize or 0, pareto=plan.pareto, seed=plan.seed)
    best = tried.pareto(*plan.pareto) if plan.pareto else tried.top(plan.top or _BEST)
    return Outcome(best, lambda: [tried], len(tried))


def _store(plan: SweepPlan, folder: str, form: Format) -> int:
    """Write every point to a folder, and say what came of them."""
    with Progress("points") as progress:
        stored = plan.dse().write(
            folder,
            top=plan.top,
            pareto=plan.pareto,
            workers=plan.workers,
            scheduler=plan.scheduler,
            progress=progress,
        )
    counts = {
        "folder": folder,
        "points": stored.points,
        "feasible": stored.feasible,
        "accepted": stored.accepted,
    }
    if plan.top is not None or plan.pareto:
        table = stored.table()
        people = form in {Format.TABLE, Format.MARKDOWN}
        text = _people(table, form, stored.points) if people else _data(table, form)
    elif form is Format.JSON:
        text = as_json({**counts, "refusals": stored.refusals()})
    elif form is Format.CSV:
        text = as_csv([counts])
    else:
        lines = [repr(stored)[1:-1].partition(": ")[2].replace(stored.folder.name, folder)]
        lines += [f"{count:,}: {reason}" for reason, count in _most(stored.refusals())]
        text = for_people([Section(lines=tuple(lines))], form)
    status = write(text)
    return status or (0 if stored.accepted else _unaccepted(feasible=stored.feasible > 0))


def _refused(tables: Iterable[DesignTable]) -> None:
    """Say on standard error how many points are refused for each reason."""
    reasons: Counter[str] = Counter()
    for table in tables:
        reasons.update(table.refusals())
    for reason, count in _most(reasons):
        complain(f"{count:,} points: {reason}")


def _most(reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(reasons.items(), key=lambda one: -one[1])[:5]


def _status(outcome: Outcome) -> int:
    if len(outcome.table.accepted()):
        return 0
    return _unaccepted(feasible=any(table["feasible"].any() for table in outcome.all()))


def _unaccepted(*, feasible: bool) -> int:
    complain("no point keeps every constraint" if feasible else "no point is feasible")
    return VIOLATED if feasible else INFEASIBLE


def _data(table: DesignTable, form: Format) -> str:
    documents = [dict(measured(record)) for record in table]
    return as_json({"points": documents}) if form is Format.JSON else as_csv(documents)


def measured(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Describe a point for scripts: its columns, numbers with their units."""
    shown = _answered(record)
    for name, value in shown.items():
        why = record["reason"] if not record["feasible"] else ""
        yield name, measure(value, _UNITS[name], why) if name in _UNITS else value


def _answered(record: dict[str, Any]) -> dict[str, Any]:
    """Return a point; what does not fit has no answer, as it has none in `eval`."""
    if record["feasible"]:
        return record
    return {name: None if name in _ANSWERS else value for name, value in record.items()}


def _people(table: DesignTable, form: Format, points: int | None) -> str:
    records = [_answered(record) for record in table[:_ROWS]]
    names = [name for name in _SHOWN if name in table.names and _varies(name, records)]
    rows = [tuple(_cell(name, record[name]) for name in names) for record in records]
    lines = [repr(table)[1:-1].partition(": ")[2]]
    if points is not None:
        lines = [f"the best {len(table):,} of {points:,} points"]
    if len(table) > len(records):
        lines.append(f"the first {len(records):,} points; -o csv has all of them")
    fixed = {
        name: _cell(name, records[0][name])
        for name in _SHOWN
        if records and name not in names and name in table.names
    }
    lines += [f"{name}: {value}" for name, value in fixed.items() if value]
    section = Section(
        header=tuple(names) if rows else (),
        rows=rows,
        right=frozenset(place for place, name in enumerate(names) if name not in _TEXT),
        dispensable=tuple(
            names.index(name) for name in ("stack", "phase", "energy", "mfu") if name in names
        ),
        lines=(),
    )
    sections = [section] if rows else []
    sections.append(Section(lines=tuple(lines)))
    return for_people(sections, form)


def _varies(name: str, records: list[dict[str, Any]]) -> bool:
    return name in _ALWAYS or len({record[name] for record in records}) > 1


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return brief(value, "token/s" if name == "throughput" else _UNITS.get(name, ""))
    return f"{value:,}" if isinstance(value, int) else str(value)
