"""What the tests of the promise share."""

import functools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import mlsysim

NAMES: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("names.json").read_text(encoding="utf-8")
)
"""The 76 promised entries: one path of each, with all its paths, and a scenario's parameters.

``corrected`` are paths that once led to that entry by mistake, and now to the device they name.
"""

CORRECTED = [path for about in NAMES.values() for path in about.get("corrected", ())]
PATHS = [(path, entry) for entry, about in NAMES.items() for path in about["paths"]]
MODELS = [entry for entry in NAMES if entry.startswith("Models.")]
DEVICES = [entry for entry in NAMES if entry.startswith("Hardware.")]
SCENARIOS = [entry for entry in NAMES if entry.startswith("Scenarios.")]

FIVE_PRECISIONS = ("fp32", "fp16", "bf16", "int8", "int4")
SIX_FIELDS = ("latency", "throughput", "bottleneck", "mfu", "feasible", "energy")


def resolve(path: str) -> Any:
    """Return what a dotted path under ``mlsysim`` leads to."""
    return functools.reduce(getattr, path.split("."), mlsysim)


def python(code: str, *flags: str) -> "subprocess.CompletedProcess[str]":
    """Run code in a process of its own, as a user's script would."""
    return subprocess.run(
        [sys.executable, "-P", *flags, "-c", code], capture_output=True, text=True, check=False
    )
