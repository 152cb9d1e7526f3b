"""One chip, one stack, and rows that were measured on them."""

import json

from mlsysim_core import HardwareSpec, StackSpec

CHIP = HardwareSpec(
    name="TestChip",
    compute={
        "peak": {"fp16": "100 TFLOP/s"},
        "units": 64,
        "clock": "1.5 GHz",
        "ceiling": 0.8,
    },
    memory={"capacity": "64 GB", "bandwidth": "1 TB/s", "kind": "HBM2e"},
    tdp="300 W",
)
STACK = StackSpec(name="TestEngine", launch="1 us", keywords=("testengine",))
SHAPE = json.dumps({"layers": 32, "hidden": 4096, "heads": 32, "vocab": 32000, "ffn": 11008})


def multiplication(number=1, size=4096, **cells):
    """A row that measures a multiplication; the value is for the test to choose."""
    shape = json.dumps({"M": size, "N": size, "K": size})
    row = {"id": f"row-{number}", "source": "somebody", "task": "gemm", "hardware": "TestChip"}
    row |= {"stack": "TestEngine 1.0", "precision": "fp16", "shape": shape}
    return row | {"metric": "latency_s", "value": "0.001"} | cells


def decoding(number=1, batch=1, **cells):
    """A row that measures one step of decoding."""
    row = {"id": f"row-{number}", "source": "somebody", "task": "decode", "hardware": "TestChip"}
    row |= {"stack": "TestEngine", "precision": "fp16", "model": "m", "architecture": SHAPE}
    return row | {"batch": str(batch), "metric": "tpot_s", "value": "0.01"} | cells
