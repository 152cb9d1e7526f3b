"""Models and devices for tests of design spaces: described here, as no registry is below."""

from mlsysim_core import HardwareSpec, ModelSpec

LITTLE = ModelSpec(
    name="little",
    architecture={
        "kind": "decoder",
        "layers": 8,
        "hidden": 1024,
        "heads": 16,
        "kv_heads": 4,
        "ffn": 4096,
        "vocab": 32000,
        "max_context": 8192,
    },
)
LARGE = ModelSpec(
    name="large",
    architecture={
        "kind": "decoder",
        "layers": 80,
        "hidden": 8192,
        "heads": 64,
        "kv_heads": 8,
        "vocab": 32000,
        "experts": {"count": 8, "top_k": 2, "ffn": 14336},
    },
)
PICTURES = ModelSpec(
    name="pictures",
    architecture={
        "kind": "network",
        "input": (3, 32, 32),
        "layers": [{"op": "conv", "channels": (3, 64), "kernel": (3, 3), "size": (32, 32)}],
    },
)
CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"fp16": "400 TFLOP/s", "int8": "800 TOP/s"}, "units": 100, "clock": "1 GHz"},
    memory={"capacity": "48 GB", "bandwidth": "2 TB/s"},
    host_link={"bandwidth": "32 GB/s"},
    tdp="400 W",
)
BARE = HardwareSpec(
    name="bare",
    compute={"peak": {"bf16": "100 TFLOP/s"}},
    memory={"capacity": "24 GB", "bandwidth": "1 TB/s"},
)
BOTH = {"models": [LITTLE, LARGE], "hardware": [CHIP, BARE]}
