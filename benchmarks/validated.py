"""Measure how many measurements are predicted and compared in a second of one core.

python benchmarks/validated.py
"""

import time
from pathlib import Path

from mlsysim_solvers.validation import validate

ROWS = Path(__file__).resolve().parents[1] / "tests/solvers/validation/measurements.csv.gz"


def rate() -> float:
    """Return rows in a second of CPU time, the reading of the file included."""
    start = time.process_time()
    report, _ = validate(ROWS)
    return report["rows"] / (time.process_time() - start)


if __name__ == "__main__":
    print(f"{rate():,.0f} rows in a second of CPU time")
