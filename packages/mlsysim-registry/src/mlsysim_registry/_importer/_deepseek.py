"""DeepSeek: compressed attention, and fine-grained experts beside shared ones."""

from typing import Any

from ._config import Config, Family, fixed, optional, whole
from ._decoders import DECODER, experts

__all__ = ["FAMILIES"]


def _latent(config: Config) -> dict[str, Any]:
    return {
        "kv_rank": config.whole("kv_lora_rank"),
        "query_rank": optional("q_lora_rank")(config),
        "nope_dim": config.whole("qk_nope_head_dim"),
        "rope_dim": config.whole("qk_rope_head_dim"),
        "value_dim": config.whole("v_head_dim"),
    }


def _experts(config: Config) -> dict[str, Any] | None:
    if config.get("n_routed_experts") is None:
        return None
    width = config.whole("moe_intermediate_size")
    return experts(
        config,
        ffn=width,
        shared_ffn=width * config.whole("n_shared_experts", default=0, least=0),
        first_dense=config.whole("first_k_dense_replace", default=0, least=0),
        every=config.whole("moe_layer_freq", default=1),
    )


MIXTURE = {**DECODER, "experts": _experts, "window": fixed(None)}
COMPRESSED = {
    **MIXTURE,
    "latent": _latent,
    "kv_heads": fixed(None),
    "head_dim": fixed(None),
    "ffn": whole("intermediate_size"),
}

FAMILIES = (
    Family("DeepSeek MoE", ("deepseek",), "decoder", MIXTURE),
    Family("DeepSeek V2", ("deepseek_v2",), "decoder", COMPRESSED),
    Family("DeepSeek V3", ("deepseek_v3", "kimi_k2"), "decoder", COMPRESSED),
)
