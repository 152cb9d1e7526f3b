"""The accuracy page, from the report and the rows."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from _constants import Constant, in_code, of_devices, of_stacks
from _forgotten import MEASURED
from _terms import missing_term
from mlsysim_solvers.validation import Scored

__all__ = ["page"]

_WORST = 10

_HEAD = """\
# Accuracy

<!-- Written by `nox -s accuracy -- --write`; changes by hand are lost. -->

How far predictions are from {rows:,} published measurements of real systems. They are in the
repository, so that everybody can repeat this page:

```bash
nox -s accuracy                                              # is this page true?
mlsysim validate tests/solvers/validation/measurements.csv.gz  # the same numbers, by hand
```

{doc}`measurement-file` describes the file, and how scores are made: a task's score is the mean over
its sources of the source's median absolute error. A score with sources *left out* is one whose
stacks, and links, were fitted without the source that is scored; a stack that no other source has
measured is predicted as what its name means without the entries of such stacks, or as the default
one.
*Inside 80 %* counts the rows that hold an interval made without their source; rows
faster than the textbook roofline of the device that they name are not counted. Of {rows:,} rows,
{predicted:,} are predicted.
"""

_LEFT_OUT = """\
## How sources are left out

`nox -s accuracy -- --refit` takes each stack of the registry and each source that measured it,
fits `compute_fraction` and `bandwidth_fraction` to the other sources alone, doubting what is
strange as `mlsysim calibrate` does, and scores the source with them. It takes some minutes, so the
default check reads what it wrote last. Constants of devices and of the code stay as they are
meanwhile: they come from data sheets, papers and many sources at once.

`nox -s accuracy -- --refit-runs` does the same for `train` and `serve`, whose strategies and
simulations take longer: of what the entry of a stack states, it fits those two and the habits of
training or of serving that `mlsysim calibrate` knows, to some rows of each of the other sources,
with nothing to doubt. If no other source has measured a stack, its rows are predicted with the
default one.
"""

_NEW_DEVICES = """\
## Devices left out

What a new chip can expect, of which there is a data sheet and nothing else: each device in turn is
predicted with the defaults of what was measured on it ({numbers}). Scores are means over devices
of the device's median absolute error.
"""


def page(
    report: Mapping[str, Any],
    scored: Sequence[Scored],
    rows: Sequence[Mapping[str, Any]],
    inside: Mapping[str, tuple[int, int]],
    tables: Mapping[str, Any],
    without: Mapping[str, Any],
) -> str:
    """Write the page."""
    tasks = report["tasks"]
    used = {row.id for row in scored if row.predicted is not None and row.scored}
    usable = [row for row in rows if row["id"] in used]
    blocks = [
        _HEAD.format(doc="{doc}", rows=report["rows"], predicted=report["predicted"]),
        "## Scores\n",
        _table(
            "task|score|left out|coverage|rank|bias|inside 80 %|rows|sources",
            _scores(tasks, inside, without.get("scores", {})),
        ),
        "## Predicted against measured\n",
        *(f"![{task}](accuracy/{task}.svg)\n" for task in tasks if task in tables),
        "## Errors by source\n",
        "Signed errors are predicted over measured, less one: below zero is too low.\n",
        _table(
            "task|source|rows|predicted|median|mean|90 %|median, signed|rank", _by_source(tasks)
        ),
        "## The worst rows\n",
        _table("row|task|metric|predicted / measured|what is likely missing", _worst(scored, rows)),
        "## Fitted constants\n",
        "### Of stacks\n",
        _constants("stack", of_stacks(usable)),
        "### Of devices\n",
        _constants("device", _alike(of_devices(usable))),
        "### In the code\n",
        _constants("constant", in_code()),
        _LEFT_OUT,
        _table("what|without|fitted", _fits(without.get("fits", {}))),
        _NEW_DEVICES.format(numbers=", ".join(f"`{one}`" for one in MEASURED)),
        _table("task|score|left out|devices", _devices(without.get("devices", {}))),
        "## Rows that are not predicted\n",
        _table("rows|reason", _reasons(report)),
    ]
    return "\n".join(block for block in blocks if block)


def _table(header: str, rows: Iterable[Sequence[str]]) -> str:
    columns = header.split("|")
    lines = [columns, ["---"] * len(columns), *rows]
    if len(lines) == 2:
        return ""
    text = ("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return "\n".join(text) + "\n"


def _percent(value: float | None, *, signed: bool = False) -> str:
    if value is None:
        return "-"
    text = f"{value:+.1%}" if signed else f"{value:.1%}"
    return text.replace("%", " %")


def _rank(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _scores(
    tasks: Mapping[str, Any], inside: Mapping[str, tuple[int, int]], without: Mapping[str, float]
) -> Iterator[list[str]]:
    for name, task in tasks.items():
        held, every = inside.get(name, (0, 0))
        yield [
            name,
            _percent(task["score"]),
            _percent(without.get(name)),
            _percent(task["coverage"]),
            _rank(task["spearman"]),
            _percent(task["bias"], signed=True),
            _percent(held / every if every else None),
            f"{sum(one['rows'] for one in task['sources'].values()):,}",
            str(len(task["sources"])),
        ]
    held, every = (sum(column) for column in zip(*inside.values(), strict=True))
    yield ["all", "", "", "", "", "", _percent(held / every), f"{every:,}", ""]


def _by_source(tasks: Mapping[str, Any]) -> Iterator[list[str]]:
    for name, task in tasks.items():
        for source, one in task["sources"].items():
            yield [
                name,
                source,
                f"{one['rows']:,}",
                f"{one['predicted']:,}",
                *(_percent(one[key]) for key in ("median_ape", "mean_ape", "p90_ape")),
                _percent(one["bias"], signed=True),
                _rank(one["spearman"]),
            ]


def _worst(scored: Sequence[Scored], rows: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    by_name = {row["id"]: row for row in rows}
    known = [row for row in scored if row.predicted is not None and row.scored]
    known.sort(key=lambda row: (-abs(math.log((row.predicted or 1.0) / row.measured)), row.id))
    for row in known[:_WORST]:
        ratio = (row.predicted or 1.0) / row.measured
        term = missing_term(row, by_name[row.id])
        yield [row.id, row.task, row.metric, f"{ratio:.2f}", term]


def _constants(what: str, constants: Iterable[Constant]) -> str:
    rows = ([one.name, one.value, one.basis] for one in constants)
    return _table(f"{what}|numbers|fitted on, or taken from", rows)


def _alike(constants: Iterable[Constant]) -> Iterator[Constant]:
    """Put devices together that share a number and its source."""
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in constants:
        device, _, path = one.name.partition(" ")
        groups[path, one.value, one.basis].append(device)
    for (path, value, basis), devices in groups.items():
        yield Constant("device", ", ".join(devices), f"{path} = {value}", basis)


def _fits(fits: Mapping[str, Any]) -> Iterator[list[str]]:
    for stack, sources in fits.items():
        for source, found in sources.items():
            parts = (f"{name} {_numbers(value)}" for name, value in found.items())
            yield [stack, source, "; ".join(parts)]


def _numbers(fitted: object) -> str:
    if not isinstance(fitted, Mapping):
        return str(fitted) if isinstance(fitted, str) else f"= {fitted}"
    return "with " + ", ".join(f"{name} = {value}" for name, value in fitted.items())


def _devices(scores: Mapping[str, Sequence[float]]) -> Iterator[list[str]]:
    for task, (known, plain, count) in sorted(scores.items()):
        yield [task, _percent(known), _percent(plain), f"{count}"]


def _reasons(report: Mapping[str, Any]) -> Iterator[list[str]]:
    counts = Counter(one["reason"] for one in report["refused"])
    for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield [f"{count:,}", reason[:200]]
