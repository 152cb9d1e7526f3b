"""`python -m tests.fuzz TARGET RUNS`: look for inputs that a target does not survive.

Coverage guides the search. It starts from the corpus; what fails is left in the current folder,
and belongs into the corpus with its mending.
"""

import atexit
import signal
import sys
import tempfile
from pathlib import Path

import atheris

CORPUS = Path(__file__).parent / "corpus"


def main() -> None:
    """Search."""
    name, runs = sys.argv[1], sys.argv[2]
    with atheris.instrument_imports(
        include=["mlsysim_core", "mlsysim_registry", "mlsysim_solvers"]
    ):
        from .targets import TARGETS  # its imports are to be instrumented
    for path in (CORPUS / name).iterdir():  # what is imported late is imported now, untimed
        TARGETS[name](path.read_bytes())
    found = tempfile.mkdtemp(prefix=f"fuzz-{name}-")
    limits = ("-timeout=20", "-rss_limit_mb=2048", "-max_len=4096", "-print_final_stats=1")
    atheris.Setup(
        [sys.argv[0], f"-atheris_runs={runs}", *limits, *sys.argv[3:], found, str(CORPUS / name)],
        TARGETS[name],
    )
    # Python gives signals back before it ends: the search's alarm would then end it as a failure.
    atexit.register(signal.setitimer, signal.ITIMER_REAL, 0.0)
    atheris.Fuzz()


main()
