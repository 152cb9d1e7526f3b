"""Measure how many points of a design space are answered in a second of CPU time, on one core.

python benchmarks/sweep.py              a few seconds a case
python benchmarks/sweep.py --points N   N points a case, to see that memory stays flat
python benchmarks/sweep.py --peer       also the older package's sweep, in a venv made for it
python benchmarks/sweep.py --peer PYTHON    the same, with a Python that has it already

A point is all six fields of an answer and its memory, judged by one constraint and with an
objective. The engine, asked one point at a time in the same run, is what it is compared with.
"""

import os

# Before numpy is imported: one core is what is measured.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import argparse
import platform
import resource
import subprocess
import time
from collections.abc import Iterator

from mlsysim import Engine
from mlsysim.solvers import DSE, Space
from run import peer_python

CASES = {
    "decode, batch x length": {"phase": "decode", "seq_len": "16:64000:16"},
    "prefill, batch x length": {"phase": "prefill", "seq_len": "16:64000:16"},
    "decode, length by batch": {"phase": "decode", "seq_len": "64 * ceil(65536 / batch_size)"},
    "mixture of experts, decode": {
        "models": "Mixtral_8x7B", "phase": "decode", "seq_len": "16:32000:16",
    },
    "pictures": {"models": "ResNet50"},
    "training": {"is_training": True, "seq_len": "16:64000:16"},
}  # fmt: skip


PEER_SWEEP = """
import time
from mlsysim import Engine, Hardware, Models
batches = list(range(1, 2001))
Engine.sweep(Models.Llama3_8B, [Hardware.H100], batch_sizes=batches[:50])
start = time.process_time()
Engine.sweep(Models.Llama3_8B, [Hardware.H100], batch_sizes=batches)
print(len(batches) / (time.process_time() - start))
"""


def peers(python: str) -> float:
    """Return points in a second of CPU time of the older package's own sweep."""
    found = subprocess.run(
        [python, "-c", PEER_SWEEP], check=True, stdout=subprocess.PIPE, text=True
    )
    return float(found.stdout)


def alone(calls: int = 2000) -> float:
    """Return points in a second of CPU time of the engine, asked for each by itself."""
    start = time.process_time()
    for batch in range(1, calls + 1):
        Engine.solve("Llama3_8B", "H100", batch)
    return calls / (time.process_time() - start)


def spaces(settings: dict[str, object]) -> Iterator[DSE]:
    """Return the exploration of one case, over and over."""
    chosen = {"models": "Llama3_8B", "hardware": "H100", "batch_size": "1:100000", **settings}
    while True:
        yield DSE(Space(**chosen), "maximize throughput", "latency < 50 ms")


def explored(settings: dict[str, object], points: int) -> tuple[float, float]:
    """Return points in a second of CPU time: the median of chunks, and of all together."""
    next(next(spaces(settings)).chunks())  # reads the entries, and imports what it needs
    count, rates, begin = 0, [], time.process_time()
    for dse in spaces(settings):
        start = time.process_time()
        for table in dse.chunks():
            table.top(1)
            stop = time.process_time()
            count += len(table)
            rates.append(len(table) / max(stop - start, 1e-9))
            start = stop
            if count >= points:
                return sorted(rates)[len(rates) // 2], count / (stop - begin)
    raise AssertionError


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=2_000_000, help="of each case")
    parser.add_argument("--peer", nargs="?", const="", metavar="PYTHON")
    options = parser.parse_args()
    single = alone()
    with peer_python(options.peer) as python:
        older = None if python is None else peers(python)
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(
        f"{'':28} {'points/s':>12} {'median':>12} {'of one at a time':>17} {'of the older':>13} "
        f"{'memory':>8}"
    )
    print(f"{'Engine.solve, one at a time':28} {single:12,.0f}")
    if older is not None:
        print(f"{'the older sweep':28} {older:12,.0f}")
    for name, settings in CASES.items():
        median, total = explored(settings, options.points)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ratio = f"{total / single:,.0f} times"
        theirs = "" if older is None else f"{total / older:,.0f} times"
        print(
            f"{name:28} {total:12,.0f} {median:12,.0f} {ratio:>17} {theirs:>13} {memory:5.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
