"""Measure what using mlsysim costs, in CPU time, as ratios taken in one run.

python benchmarks/run.py                  against bare processes and bare imports
python benchmarks/run.py --peer           also against the older package, in a venv made for it
python benchmarks/run.py --peer PYTHON    the same, with a Python that has it already
python benchmarks/run.py --items          what is done very often, which needs numpy
"""

import argparse
import json
import math
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

PEER = "mlsysim==0.1.1"
FOLDER = Path(__file__).resolve().parent
HISTORY = FOLDER / "history.json"
WORSE = 1.5
"""How much a ratio may grow over the one that was recorded last."""

SOLVE = """
import gc, statistics, time
from mlsysim import Engine, Hardware, Models
model, hardware = {arguments}
def block(calls):
    start = time.process_time()
    for _ in range(calls):
        {call}
    return (time.process_time() - start) / calls
calls = max(20, int(0.05 / block(20)))
gc.disable()
print(statistics.median(block(calls) for _ in range(5)))
"""
ACCESS = """
import time
from mlsysim import Hardware
start = time.process_time()
Hardware.H100
print(time.process_time() - start)
"""
ITEMS = {  # what is done very often, each with what prints the seconds of one
    "sweep point": "from sweep import CASES, explored; "
    "print(1 / explored(next(iter(CASES.values())), 400_000)[1])",
    "strategy": "from search import inner_rate; print(1 / inner_rate())",
    "simulated request": "from simulate_serving import served; "
    "print(1 / served('chunked', 20.0, 20_000))",
    "validated row": "from validated import rate; print(1 / rate())",
}
NAMES, OBJECTS = '"Llama3_8B", "H100"', "Models.Llama3_8B, Hardware.H100"
BARE, READ = "Engine.solve(model, hardware)", "Engine.solve(model, hardware).latency.magnitude"
FIRST = (
    "from mlsysim import Engine, Hardware, Models; "
    "Engine.solve(Models.Llama3_8B, Hardware.H100).latency"
)
EVAL = ["eval", "Llama3_8B", "H100"]


def processes(python: str, peer: str | None) -> dict[str, list[str]]:
    """Return command lines whose whole process is measured."""

    def run(code: str) -> list[str]:
        return [python, "-c", code]

    script = str(Path(python).with_name("mlsysim"))
    found = {
        "pass": run("pass"),
        "import pint, pydantic": run("import pint, pydantic"),
        "import typer, pydantic": run("import typer, pydantic"),
        "import": run("import mlsysim"),
        "first answer": run(FIRST),
        "--version": [script, "--version"],
        "--help": [script, "--help"],
        "eval json": [script, *EVAL, "-o", "json"],
        "eval text": [script, *EVAL],
    }
    if peer:
        their_script = str(Path(peer).with_name("mlsysim"))
        found |= {
            "peer import": [peer, "-c", "import mlsysim"],
            "peer first answer": [peer, "-c", FIRST],
            "peer eval json": [their_script, "-o", "json", *EVAL],
        }
    return found


def loops(python: str, peer: str | None) -> dict[str, list[str]]:
    """Return command lines that measure something themselves, and print it."""
    by_name = SOLVE.format(arguments=NAMES, call=BARE)
    found = {
        "solve": [python, "-c", by_name],
        "solve objects": [python, "-c", SOLVE.format(arguments=OBJECTS, call=BARE)],
        "solve and latency": [python, "-c", SOLVE.format(arguments=NAMES, call=READ)],
        "first access": [python, "-c", ACCESS],
    }
    if peer:  # it cannot take names
        theirs = SOLVE.format(arguments=OBJECTS, call=BARE)
        found |= {"peer solve": [peer, "-c", theirs], "peer first access": [peer, "-c", ACCESS]}
    return found


def items(python: str, peer: str | None) -> dict[str, list[str]]:
    """Return command lines that measure one of very many, and single answers beside."""
    single = {name: line for name, line in loops(python, peer).items() if name.endswith("solve")}
    return single | {name: [python, "-c", code] for name, code in ITEMS.items()}


def process_cost(command: list[str]) -> float:
    """Return the CPU time of a process and of its children, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def printed_cost(command: list[str]) -> float:
    """Return the CPU time that a process measured, in seconds."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=FOLDER)
    return float(done.stdout)


def measure(
    cases: dict[str, list[str]], cost: Callable[[list[str]], float], repetitions: int
) -> dict[str, float]:
    """Median cost of each case, taken in turns so that a slow moment hits all alike."""
    for command in cases.values():
        cost(command)  # compiles, and fills the disk cache
    found: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(repetitions):
        for name, command in cases.items():
            found[name].append(cost(command))
    return {name: statistics.median(costs) for name, costs in found.items()}


def ratios(cost: dict[str, float]) -> Iterator[tuple[str, float, float, float]]:
    """Yield what is promised of costs: a name, the ratio, its limit and its goal."""
    if "sweep point" in cost:
        if "peer solve" in cost:
            point = cost["sweep point"] / cost["peer solve"]
            yield "a point of a sweep, of the older's solve", point, 1 / 1500, 1 / 1500
        # Items in a second, over those of a solve at 40 times the older's speed: 45,000.
        yield "a point of a sweep, of a solve", cost["sweep point"] / cost["solve"], 1 / 44, 1 / 44
        yield "a strategy, of a solve", cost["strategy"] / cost["solve"], 1 / 11, 1 / 11
        request = cost["simulated request"] / cost["solve"]
        yield "a simulated request, of a solve", request, 0.45, 0.45
        yield "a validated row, of a solve", cost["validated row"] / cost["solve"], 60.0, 7.5
        return
    if "peer import" in cost:
        yield "solve, of the older's", cost["solve"] / cost["peer solve"], 1 / 20, 1 / 40
        yield "import, of the older's", cost["import"] / cost["peer import"], 0.35, 0.33
        answer = cost["first answer"] / cost["peer first answer"]
        yield "first answer, of the older's", answer, 0.6, 0.5
    allowed = 2 * cost["pass"] + 0.040
    yield "--version, of two bare processes + 40 ms", cost["--version"] / allowed, 1.0, 1.0
    access = cost["first access"] / cost["pass"]  # 2 ms, beside one of 10
    yield "first access of an entry, of a bare process", access, 0.2, 0.2
    evaluation = cost["eval json"] / cost["import typer, pydantic"]
    yield "eval json, of importing typer and pydantic", evaluation, 1.6, 1.6


def recorded() -> dict[str, float]:
    """Return the ratios that were recorded last."""
    history = json.loads(HISTORY.read_text(encoding="utf-8"))
    return dict(history[-1]["ratios"])


def record(judged: list[dict[str, Any]]) -> None:
    """Add ratios to the history, under the version that they were measured with."""
    history = json.loads(HISTORY.read_text(encoding="utf-8")) if HISTORY.exists() else []
    entry = {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "version": version("mlsysim"),
        "python": platform.python_version(),
    }
    if not history or {**history[-1], "ratios": {}} != {**entry, "ratios": {}}:
        history.append({**entry, "ratios": {}})  # else it is the other half of a run
    for one in judged:
        history[-1]["ratios"][one["what"]] = float(f"{one['ratio']:.3g}")
    HISTORY.write_text(json.dumps(history, indent=2) + "\n", encoding="utf-8")


@contextmanager
def peer_python(wanted: str | None) -> Iterator[str | None]:
    """Find or make an environment that has the older package and nothing of ours."""
    if wanted != "":
        yield wanted
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(next(Path(folder).glob("[bS]*in*/python*")))
        install = [python, "-m", "pip", "install", "--quiet", PEER]
        if subprocess.run(install, check=False).returncode:
            print(f"{PEER} cannot be installed: comparing with floors only", file=sys.stderr)
            yield None
        else:
            yield python


def main() -> int:
    """Measure, print a table, and end with 1 if asked to check and a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--peer", nargs="?", const="", metavar="PYTHON")
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.add_argument("--items", action="store_true", help="measure what is done very often")
    parser.add_argument("--record", action="store_true", help="add the ratios to the history")
    parser.add_argument("--check", action="store_true", help="fail if a limit is missed")
    options = parser.parse_args()
    with peer_python(options.peer) as peer:
        few = max(3, options.repetitions // 3)
        if options.items:
            cost = measure(items(sys.executable, peer), printed_cost, few)
        else:
            cost = measure(processes(sys.executable, peer), process_cost, options.repetitions)
            cost |= measure(loops(sys.executable, peer), printed_cost, few)
    judged = [
        {"what": what, "ratio": ratio, "limit": limit, "goal": goal, "kept": ratio <= limit}
        for what, ratio, limit, goal in ratios(cost)
    ]
    for name, seconds in cost.items():
        print(f"{name:24} {seconds * 1e3:10.3f} ms")
    print()
    before = {} if options.record else recorded()
    for one in judged:
        usual = before.get(str(one["what"]), math.inf)
        one["kept"] = one["kept"] and one["ratio"] <= WORSE * usual
        verdict = "goal" if one["ratio"] <= one["goal"] else "kept" if one["kept"] else "MISSED"
        numbers = f"{one['ratio']:8.4f}  limit {one['limit']:.4f}  goal {one['goal']:.4f}"
        print(f"{one['what']:44} {numbers}  {verdict}")
    if options.record:
        record(judged)
    if options.json:
        figures = {"python": sys.version.split()[0], "seconds": cost, "ratios": judged}
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return int(options.check and not all(one["kept"] for one in judged))


if __name__ == "__main__":
    sys.exit(main())
