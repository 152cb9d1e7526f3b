"""Qwen 2 and 3, with and without experts."""

from typing import Any

from ._config import Config, Family, fixed, flag
from ._decoders import DECODER, experts

__all__ = ["FAMILIES"]


def _expert_layers(config: Config) -> int:
    """Layers with experts: one in so many, but for those that are listed."""
    layers, step = config.whole("num_hidden_layers"), config.whole("decoder_sparse_step", default=1)
    dense = config.get("mlp_only_layers") or []
    if not isinstance(dense, list):
        raise config.error("mlp_only_layers", f"must be a list of layers, got {dense!r:.60}")
    return sum((layer + 1) % step == 0 and layer not in dense for layer in range(layers))


def _experts(config: Config) -> dict[str, Any] | None:
    layers = _expert_layers(config)
    if not layers:
        return None
    shared = config.whole("shared_expert_intermediate_size", default=0, least=0)
    return experts(
        config,
        ffn=config.whole("moe_intermediate_size"),
        layers=layers,
        shared_ffn=shared,
        shared_gate=bool(shared),
    )


def _dense(config: Config) -> int:
    """Width of the layers without experts, where there are any."""
    all_have = _expert_layers(config) == config.whole("num_hidden_layers")
    return 0 if all_have else config.whole("intermediate_size")


QWEN2 = {**DECODER, "qkv_bias": flag("qkv_bias", default=True)}
QWEN3 = {
    **DECODER,
    "qkv_bias": flag("attention_bias", default=False),
    "out_bias": flag("attention_bias", default=False),
    "qk_norm": fixed("per_head"),
}
MIXTURE = {"ffn": _dense, "experts": _experts}

FAMILIES = (
    Family("Qwen 2", ("qwen2",), "decoder", QWEN2),
    Family("Qwen 2 MoE", ("qwen2_moe",), "decoder", {**QWEN2, **MIXTURE}),
    Family("Qwen 3", ("qwen3",), "decoder", QWEN3),
    Family("Qwen 3 MoE", ("qwen3_moe",), "decoder", {**QWEN3, **MIXTURE}),
)
