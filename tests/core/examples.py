"""Models and devices that several tests use: typed in here, since core has no data."""

from mlsysim_core import HardwareSpec, ModelSpec, StackSpec

LLAMA_3_8B = ModelSpec(
    name="Llama-3-8B",
    architecture={
        "kind": "decoder",
        "layers": 32,
        "hidden": 4096,
        "heads": 32,
        "kv_heads": 8,
        "ffn": 14336,
        "vocab": 128256,
        "max_context": 131072,
    },
)
LLAMA_2_70B = ModelSpec(
    name="Llama-2-70B",
    architecture={
        "kind": "decoder",
        "layers": 80,
        "hidden": 8192,
        "heads": 64,
        "kv_heads": 8,
        "ffn": 28672,
        "vocab": 32000,
        "max_context": 4096,
    },
)
MIXTRAL_8X7B = ModelSpec(
    name="Mixtral-8x7B",
    architecture={
        "kind": "decoder",
        "layers": 32,
        "hidden": 4096,
        "heads": 32,
        "kv_heads": 8,
        "vocab": 32000,
        "max_context": 32768,
        "experts": {"count": 8, "top_k": 2, "ffn": 14336},
    },
)
DEEPSEEK_V3 = ModelSpec(
    name="DeepSeek-V3",
    architecture={
        "kind": "decoder",
        "layers": 61,
        "hidden": 7168,
        "heads": 128,
        "ffn": 18432,
        "vocab": 129280,
        "max_context": 163840,
        "latent": {
            "kv_rank": 512,
            "query_rank": 1536,
            "nope_dim": 128,
            "rope_dim": 64,
            "value_dim": 128,
        },
        "experts": {
            "count": 256,
            "top_k": 8,
            "ffn": 2048,
            "shared_ffn": 2048,
            "first_dense": 3,
        },
    },
)
MISTRAL_7B = ModelSpec(
    name="Mistral-7B",
    architecture={
        "kind": "decoder",
        "layers": 32,
        "hidden": 4096,
        "heads": 32,
        "kv_heads": 8,
        "ffn": 14336,
        "vocab": 32000,
        "max_context": 32768,
        "window": {"size": 4096},
    },
)
GPT_3_22B = ModelSpec(
    name="GPT-22B",
    architecture={
        "kind": "decoder",
        "layers": 48,
        "hidden": 6144,
        "heads": 64,
        "ffn": 24576,
        "vocab": 51200,
        "max_context": 2048,
        "gated_mlp": False,
        "qkv_bias": True,
        "out_bias": True,
        "mlp_bias": True,
        "norm_bias": True,
        "positions": 2048,
        "tied_embeddings": True,
    },
)
MAMBA_2_8B = ModelSpec(
    name="Mamba-2.8B",
    architecture={
        "kind": "state_space",
        "layers": 64,
        "hidden": 2560,
        "vocab": 50280,
        "mixer": {"mixer": "mamba1", "inner": 5120, "state": 16, "rank": 160},
    },
)
BERT_BASE = ModelSpec(
    name="BERT-base",
    architecture={
        "kind": "encoder",
        "layers": 12,
        "hidden": 768,
        "heads": 12,
        "ffn": 3072,
        "vocab": 30522,
        "positions": 512,
        "token_types": 2,
        "pooler": True,
    },
)
T5_SMALL = ModelSpec(
    name="T5-small",
    architecture={
        "kind": "encoder_decoder",
        "encoder_layers": 6,
        "decoder_layers": 6,
        "hidden": 512,
        "heads": 8,
        "ffn": 2048,
        "vocab": 32128,
    },
)
LITTLE_NETWORK = ModelSpec(
    name="little-network",
    architecture={
        "kind": "network",
        "input": (3, 224, 224),
        "layers": [
            {"op": "conv", "channels": (3, 64), "kernel": (7, 7), "size": (112, 112),
             "stride": (2, 2), "norm": True},
            {"op": "pool", "reads": 64 * 112 * 112, "writes": 64 * 56 * 56},
            {"op": "conv", "channels": (64, 64), "kernel": (3, 3), "size": (56, 56),
             "norm": True, "repeat": 4},
            {"op": "elementwise", "elements": 64 * 56 * 56, "tensors": 2, "repeat": 2},
            {"op": "linear", "features": (64, 1000)},
        ],
    },
)  # fmt: skip
TOTALS = ModelSpec(
    name="closed-8B",
    architecture={
        "kind": "totals",
        "parameters": 8_000_000_000,
        "layers": 32,
        "activations": 131_072,
        "cache_elements": 65_536,
        "autoregressive": True,
        "max_context": 8192,
    },
)
MODELS = {
    model.name: model
    for model in (
        LLAMA_3_8B,
        LLAMA_2_70B,
        MIXTRAL_8X7B,
        DEEPSEEK_V3,
        MISTRAL_7B,
        GPT_3_22B,
        MAMBA_2_8B,
        BERT_BASE,
        T5_SMALL,
        LITTLE_NETWORK,
        TOTALS,
    )
}

H100 = HardwareSpec(
    name="H100",
    compute={
        "peak": {
            "fp64": "67 TFLOP/s",
            "fp32": "67 TFLOP/s",
            "tf32": "494.7 TFLOP/s",
            "fp16": "989.4 TFLOP/s",
            "bf16": "989.4 TFLOP/s",
            "fp8": "1978.9 TFLOP/s",
            "int8": "1978.9 TOP/s",
        },
        "units": 132,
        "clock": "1830 MHz",
        "ceiling": 0.75,
    },
    memory={"capacity": "80 GB", "bandwidth": "3.35 TB/s", "kind": "HBM3", "sustained": 0.9},
    host_link={"name": "PCIe 5 x16", "bandwidth": "64 GB/s"},
    tdp="700 W",
    idle_power="70 W",
)
B200 = HardwareSpec(
    name="B200",
    compute={"peak": {"fp16": "2250 TFLOP/s", "fp8": "4500 TFLOP/s", "fp4": "9000 TFLOP/s"}},
    memory={"capacity": "180 GB", "bandwidth": "8 TB/s"},
    tdp="1000 W",
)
ESP32_S3 = HardwareSpec(
    name="ESP32-S3",
    compute={"peak": {"fp32": "0.48 GFLOP/s", "int8": "1.92 GOP/s"}},
    memory={"capacity": "512 KiB", "bandwidth": "960 MB/s", "kind": "SRAM"},
    flash={"capacity": "8 MB", "bandwidth": "40 MB/s"},
    tdp="1.2 W",
)
BARE = HardwareSpec(
    name="bare",
    compute={"peak": {"bf16": "100 TFLOP/s"}},
    memory={"capacity": "32 GB", "bandwidth": "1 TB/s"},
)
DEVICES = {device.name: device for device in (H100, B200, ESP32_S3, BARE)}

BAREST = StackSpec(name="Barest", launch="0 s", reserve=0.0)
"""A stack that adds nothing, on kernels that are real."""
