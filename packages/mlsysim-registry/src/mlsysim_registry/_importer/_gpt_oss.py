"""gpt-oss: experts with biases, windows in every other layer, and sinks of attention."""

from typing import Any

from ._config import Config, Family, fixed, flag
from ._decoders import DECODER, experts, window

__all__ = ["FAMILIES"]


def _experts(config: Config) -> dict[str, Any]:
    return experts(config, ffn=config.whole("intermediate_size"), bias=True)


def _window(config: Config) -> dict[str, int] | None:
    if config.words("layer_types"):
        return window(config)
    return {"size": config.whole("sliding_window", default=128), "local": 1, "period": 2}


def _sinks(config: Config) -> int:
    """Each head of each layer has one."""
    return config.whole("num_hidden_layers") * config.whole("num_attention_heads")


FAMILIES = (
    Family(
        "gpt-oss",
        ("gpt_oss",),
        "decoder",
        {
            **DECODER,
            "ffn": fixed(0),
            "experts": _experts,
            "window": _window,
            "qkv_bias": flag("attention_bias", default=True),
            "out_bias": flag("attention_bias", default=True),
            "other_parameters": _sinks,
        },
    ),
)
