"""`python -m tests.mutation`: how many changes of a formula the tests notice.

mutmut changes one place of one function at a time, and runs the tests that reach it. All mutants
take about half an hour on one core; `--sample N` takes N of them, the same for the same `--seed`.
"""

import argparse
import ast
import datetime as dt
import difflib
import random
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from .report import Mutant, explained, interval, table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/testing.md"
PLACE = re.compile(r"(<!-- mutants -->\n).*?(\n<!-- end of mutants -->)", re.DOTALL)
LEAST = 0.90
FIRST = "mlsysim_core.physics.metrics.*"  # any: to make the mutants is to run some


def main() -> None:
    """Make mutants, run them, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, help="how many mutants to run; all of them if not")
    parser.add_argument("--only", metavar="MODULE", help="mutants of one module, such as queueing")
    parser.add_argument("--seed", type=int, default=0, help="which sample")
    parser.add_argument("--workers", type=int, default=1, help="mutants that run side by side")
    parser.add_argument("--write", action="store_true", help="write the scores into the page")
    given = parser.parse_args()
    some = bool(given.sample or given.only)
    if given.write and some:
        parser.error("the page shows the scores of all mutants: give no --sample and no --only")

    with tempfile.TemporaryDirectory(prefix="mlsysim-mutants-") as folder:
        tree = Path(folder)
        copy(tree)
        names = run(tree, given)
        mutants = [described(tree, name, status) for name, status in names.items()]
    survivors = [one for one in mutants if not one.killed]
    reasons, left = explained(survivors)
    lines = table(mutants, reasons)
    print("\n".join(lines))
    for one in survivors:
        if one not in reasons:
            print(f"\n{one.name}: {one.status}\n- {one.removed}\n+ {one.added}")
    killed, total = len(mutants) - len(survivors), len(mutants)
    low, high = interval(killed, total)
    about = f", between {low:.1%} and {high:.1%} of all" if given.sample else ""
    print(f"\nscore {killed / total:.1%} of {total} mutants{about}")
    if given.write:
        write(lines)
    if left and not some:
        sys.exit("these are explained, and did not survive:\n" + "\n".join(left))
    if killed / total < LEAST:
        sys.exit(f"the tests should notice {LEAST:.0%} of all mutants")


def copy(tree: Path) -> None:
    """Copy what is changed, and what notices."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "packages/mlsysim-core/src", tree / "src", ignore=ignored)
    for name in ("core", "mutation"):
        shutil.copytree(ROOT / "tests" / name, tree / "tests" / name, ignore=ignored)
    shutil.copy(Path(__file__).with_name("workspace.toml"), tree / "pyproject.toml")


def run(tree: Path, given: argparse.Namespace) -> dict[str, str]:
    """Return what became of each mutant that was run, by name."""
    workers = ("--max-children", str(given.workers))
    names: list[str] = []
    if given.sample or given.only:
        mutmut(tree, "run", *workers, FIRST, quiet=True)
        known = results(tree)
        wanted = f"mlsysim_core.physics.{given.only}." if given.only else ""
        names = sorted(name for name in known if name.startswith(wanted))
        if not names:
            modules = sorted({name.split(".")[2] for name in known})
            sys.exit(f"--only: no module {given.only!r}; there are {', '.join(modules)}")
        names = random.Random(given.seed).sample(names, min(given.sample or len(names), len(names)))
    unseen = not sys.stdout.isatty()  # what it draws is for eyes
    mutmut(tree, "run", *workers, *names, quiet=unseen)
    found = results(tree)
    return {name: found[name] for name in names or found}


def results(tree: Path) -> dict[str, str]:
    """Return the status of each mutant by name."""
    found = mutmut(tree, "results", "--all", "true", quiet=True)
    return dict(line.strip().rsplit(": ", 1) for line in found.splitlines() if ": " in line)


def described(tree: Path, name: str, status: str) -> Mutant:
    """Return a mutant; with the lines that it changes, if it survived."""
    mutant = Mutant(name, status)
    if mutant.killed:
        return mutant
    *modules, function = name.split(".")
    bodies = functions((tree / "mutants/src" / Path(*modules)).with_suffix(".py"))
    # mutmut keeps them side by side: the function as it was, and each of its mutants.
    before, after = bodies[re.sub(r"_\d+$", "_orig", function)], bodies[function]
    lines = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
    removed, added = (
        " ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+"
    )
    return Mutant(name, status, removed, added)


@cache
def functions(file: Path) -> dict[str, list[str]]:
    """Return the lines of each function below its first, by name."""
    source = file.read_text(encoding="utf-8")
    lines, nodes = source.splitlines(), ast.walk(ast.parse(source))
    found = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    return {node.name: lines[node.lineno : node.end_lineno] for node in found}


def mutmut(tree: Path, *words: str, quiet: bool = False) -> str:
    """Run mutmut in the copy."""
    command = [str(Path(sys.executable).with_name("mutmut")), *words]
    done = subprocess.run(command, cwd=tree, check=False, text=True, capture_output=quiet)
    if done.returncode:
        sys.exit(f"mutmut {words[0]} failed\n{done.stdout or ''}{done.stderr or ''}")
    return done.stdout or ""


def write(lines: list[str]) -> None:
    """Write the scores into the page, with the day."""
    day = dt.datetime.now(tz=dt.UTC).date()
    head = f"Of {day}, with Python {sys.version.split()[0]}:"
    new = "\n".join(["", head, "", *lines, ""])
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(PLACE.sub(lambda found: found[1] + new + found[2], text), encoding="utf-8")


main()
