"""Requests that the simulation serves in a second of CPU, on one core.

Run as ``python benchmarks/simulate_serving.py [COUNT]``.
"""

import sys
import time

from mlsysim_core import HardwareSpec, ModelSpec
from mlsysim_solvers import Requests, SimulationModel

CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"fp16": "989 TFLOP/s"}, "units": 132},
    memory={"capacity": "80 GB", "bandwidth": "3.35 TB/s"},
)
MODEL = ModelSpec(
    name="dense-8b",
    architecture={
        "kind": "decoder",
        "layers": 32,
        "hidden": 4096,
        "heads": 32,
        "kv_heads": 8,
        "ffn": 14336,
        "vocab": 128256,
    },
)


def served(policy: str, rate: float, count: int) -> float:
    """Return requests simulated in a second of CPU time."""
    requests = Requests.generate(count, (100, 900), (50, 250), rate=rate)
    SimulationModel().solve(MODEL, CHIP, Requests.generate(200, 500, 50, rate=rate))
    begun = time.process_time()
    SimulationModel().solve(MODEL, CHIP, requests, policy=policy)
    return count / (time.process_time() - begun)


def main() -> None:
    """Time the policies at a low and a high load."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    for policy in ("chunked", "continuous", "prefill_first", "static"):
        for rate in (5.0, 20.0):
            done = served(policy, rate, count)
            print(f"{policy:>14} at {rate:>4g}/s: {done:>10,.0f} requests / CPU second")


if __name__ == "__main__":
    main()
