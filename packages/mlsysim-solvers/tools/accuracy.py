"""Writes what the measurements say of the predictions, or checks that it is up to date.

``residuals.json``
    Quantiles of the errors, from which intervals are made.
``docs/reference/accuracy.md`` and ``docs/reference/accuracy/*.svg``
    The report for readers.
``docs/reference/accuracy/scores.json``
    Scores, and which rows are refused: what a change is held to.
``docs/reference/accuracy/left_out.json``
    Scores with the numbers of each stack fitted without the source; written by ``--refit``, and of
    training and serving by ``--refit-runs``, only.

Run it without arguments after any change of numbers; ``--check`` only looks. Neither lets a
task's score worsen by more than 5 %, nor a row stop being predicted, unless ``--accept`` is given.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PACKAGE = HERE.parent / "src" / "mlsysim_solvers"
DOCS = ROOT / "docs" / "reference"
MEASUREMENTS = ROOT / "tests" / "solvers" / "validation" / "measurements.csv.gz"

from _gate import complaints, scores_of  # noqa: E402
from _page import page  # noqa: E402
from _possible import possible  # noqa: E402
from _refit import left_out  # noqa: E402
from _refit_runs import RUNS, runs_left_out  # noqa: E402
from mlsysim_solvers.pictures import measured  # noqa: E402
from mlsysim_solvers.validation import read, validate  # noqa: E402
from mlsysim_solvers.validation._residuals import coverage, residuals_of, table  # noqa: E402

_LEAST, _MOST = 0.75, 0.85
"""Parts of the rows of sources left out that 80 % intervals must hold."""


def stale(path: Path, text: str, *, check: bool) -> bool:
    """Write a file if its text is new; tell whether it was."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    if not check:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
    return True


def as_text(document: object) -> str:
    """Write JSON for people to compare."""
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def compact(tables: Mapping[str, object]) -> str:
    """Write JSON with one line for each task."""
    lines = (f" {json.dumps(task)}: {json.dumps(one)}" for task, one in tables.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def renewed(before: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Put what was found in the place of what was, and leave the rest, sorted as it is written."""
    merged = {name: {**before.get(name, {}), **part} for name, part in found.items()}
    ordered: dict[str, Any] = json.loads(as_text({**before, **merged}))
    return ordered


def main() -> int:
    """Give 1 if something is wrong, else 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it would")
    parser.add_argument("--accept", action="store_true", help="write even what is worse")
    parser.add_argument("--refit", action="store_true", help="fit anew without each source")
    parser.add_argument("--refit-runs", action="store_true", help="the same of train and serve")
    given = parser.parse_args()

    rows = list(read(MEASUREMENTS))
    report, scored = validate(rows)
    scores, stored = scores_of(report), DOCS / "accuracy" / "scores.json"
    before = json.loads(stored.read_text(encoding="utf-8")) if stored.exists() else scores
    worse = complaints(before, scores)
    for one in worse:
        print(f"{'accepted' if given.accept else 'worse'}: {one}")
    if worse and not given.accept:
        return 1

    kept = DOCS / "accuracy" / "left_out.json"
    without = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    if given.refit:
        without = renewed(without, left_out(rows))
    if given.refit_runs:
        without = renewed(without, runs_left_out(rows, tuple(RUNS)))
    if given.refit or given.refit_runs:
        stale(kept, as_text(without), check=given.check)
    residuals = residuals_of(possible(rows, scored))
    tables, held = table(residuals), coverage(residuals)
    inside, every = (sum(column) for column in zip(*held.values(), strict=True))
    if not _LEAST <= inside / every <= _MOST:
        print(f"wrong: 80 % intervals hold {inside / every:.1%} of the rows of sources left out")
        return 1
    files = {
        PACKAGE / "validation" / "residuals.json": compact(tables),
        stored: as_text(scores),
        DOCS / "accuracy.md": page(report, scored, rows, held, tables, without),
    }
    for task in report["tasks"]:
        own = [row for row in scored if row.task == task and row.predicted is not None]
        if own:
            files[DOCS / "accuracy" / f"{task}.svg"] = measured(own).svg()
    late = [stale(path, text, check=given.check) for path, text in files.items()]
    if given.check and any(late):
        print("run `nox -s accuracy -- --write`, look at what changed, and commit it")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
