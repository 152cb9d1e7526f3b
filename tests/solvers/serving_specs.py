"""A device and models that the tests of serving share."""

from mlsysim_core import HardwareSpec, ModelSpec, StackSpec

__all__ = ["CHIP", "DENSE", "HYBRID", "LATENT", "SERVER"]

CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"fp16": "989 TFLOP/s", "fp8": "1979 TFLOP/s"}, "units": 132},
    memory={"capacity": "80 GB", "bandwidth": "3.35 TB/s"},
    link={"bandwidth": "450 GB/s"},
    host_link={"bandwidth": "64 GB/s"},
    tdp="700 W",
)
DENSE = ModelSpec(
    name="dense-8b",
    architecture={
        "kind": "decoder", "layers": 32, "hidden": 4096, "heads": 32, "kv_heads": 8,
        "ffn": 14336, "vocab": 128256,
    },
)  # fmt: skip
HYBRID = ModelSpec(
    name="hybrid",
    architecture={
        "kind": "decoder", "layers": 32, "hidden": 4096, "heads": 32, "kv_heads": 8,
        "ffn": 14336, "vocab": 65536, "attention_layers": 4,
        "recurrence": {"mixer": "mamba1", "inner": 8192, "state": 16, "rank": 256},
        "window": {"size": 1024, "local": 1, "period": 2},
    },
)  # fmt: skip
LATENT = ModelSpec(
    name="latent-experts",
    architecture={
        "kind": "decoder", "layers": 27, "hidden": 2048, "heads": 16, "ffn": 10944,
        "vocab": 102400,
        "latent": {"kv_rank": 512, "nope_dim": 128, "rope_dim": 64, "value_dim": 128},
        "experts": {"count": 64, "top_k": 6, "ffn": 1408, "shared_ffn": 2816, "first_dense": 1},
    },
)  # fmt: skip
SERVER = StackSpec(
    name="server",
    launch="1 us",
    serving={
        "per_step": "1 ms", "per_sequence": "20 us", "front_end": "50 ms", "max_tokens": 2048,
    },
)  # fmt: skip
