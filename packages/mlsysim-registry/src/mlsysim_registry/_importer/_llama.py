"""Llama and the many models of the same shape, with and without experts."""

from typing import Any

from ._config import Config, Family, fixed, flag
from ._decoders import BIASES, DECODER, experts, vocab_bias

__all__ = ["FAMILIES"]


def _experts(config: Config) -> dict[str, Any]:
    return experts(config, ffn=config.whole("intermediate_size"))


LLAMA = {
    **DECODER,
    "qkv_bias": flag("attention_bias", default=False),
    "out_bias": flag("attention_bias", default=False),
    "mlp_bias": flag("mlp_bias", default=False),
}
MIXTRAL = {**DECODER, "ffn": fixed(0), "experts": _experts}

FAMILIES = (
    Family("Llama", ("llama", "granite", "smollm3"), "decoder", {**LLAMA, "window": fixed(None)}),
    Family("Mistral", ("mistral", "ministral"), "decoder", DECODER),
    Family("Mixtral", ("mixtral",), "decoder", MIXTRAL),
    Family("OLMo 2", ("olmo2", "olmo3"), "decoder", {**LLAMA, "qk_norm": fixed("full")}),
    Family("Phi-3", ("phi3",), "decoder", DECODER),
    Family(
        "Phi-3.5 MoE",
        ("phimoe",),
        "decoder",
        {
            **MIXTRAL,
            "qkv_bias": flag("attention_bias", default=False),
            "out_bias": flag("attention_bias", default=False),
            "norm_bias": fixed(True),
            "other_parameters": lambda config: (
                vocab_bias(config) if config.flag("lm_head_bias", default=False) else 0
            ),
        },
    ),
    Family(
        "StarCoder2",
        ("starcoder2",),
        "decoder",
        {
            **DECODER,
            **{name: flag("use_bias", default=True) for name in BIASES},
            "norm_bias": fixed(True),
            "gated_mlp": fixed(False),
            "tied_embeddings": flag("tie_word_embeddings", default=True),
        },
    ),
)
