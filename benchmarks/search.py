"""Measure how many strategies of a training step are worked out in a second of one core.

python benchmarks/search.py
"""

import time

import numpy as np
from mlsysim_core import ModelSpec, SystemSpec
from mlsysim_solvers import search
from mlsysim_solvers.training._job import Job
from mlsysim_solvers.training._layout import OVERLAPS
from mlsysim_solvers.training._strategy_search import scores_of
from mlsysim_solvers.training._strategy_space import Space, space, table

GPT_3 = ModelSpec(
    name="GPT-3 175B",
    architecture={
        "kind": "decoder",
        "layers": 96,
        "hidden": 12288,
        "heads": 96,
        "ffn": 49152,
        "vocab": 51200,
        "gated_mlp": False,
        "tied_embeddings": True,
    },
)


def on(nodes: int) -> SystemSpec:
    """Return a system of so many nodes of eight devices."""
    return SystemSpec(name="system", node="DGX_H100", nodes=nodes, fabric="InfiniBand_NDR")


def inner_rate() -> float:
    """Return strategies worked out in a second of CPU time, their blocks timed before."""
    job = Job(GPT_3, on(64), "bf16", None)
    columns, keys = space(job, 512, 3072, Space(cp=(1, 2, 4, 8)))
    blocks = table(job, keys)
    many = np.ascontiguousarray(np.tile(columns, 4))
    start = time.process_time()
    scores_of(job, many, blocks, OVERLAPS)
    return many.shape[1] / (time.process_time() - start)


def main() -> None:
    """Print whole searches, and the rate of their inner loop."""
    for nodes in (8, 64, 512):
        start = time.process_time()
        found = search(GPT_3, on(nodes), 2048)
        spent = time.process_time() - start
        print(f"{nodes * 8:,} devices: {found.tried:,} strategies in {spent:.2f} s of CPU time")
    print(f"{inner_rate():,.0f} strategies in a second of CPU time, blocks timed before")


if __name__ == "__main__":
    main()
