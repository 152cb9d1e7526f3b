"""Configurations that hold the one of a language model among those of other parts."""

from collections.abc import Mapping
from typing import Any

__all__ = ["language_part"]

_NAMES = ("text_config", "language_config", "llm_config")
_MEANT = {"gemma3": "gemma3_text"}

# A part leaves out what transformers takes for granted. A whole file that did so would be broken.
_LLAMA = {
    "vocab_size": 32000,
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "max_position_embeddings": 2048,
}
_GRANTED: dict[str, dict[str, Any]] = {
    "llama": _LLAMA,
    "mistral": {
        **_LLAMA,
        "intermediate_size": 14336,
        "num_key_value_heads": 8,
        "max_position_embeddings": 4096 * 32,
    },
    "gemma3_text": {
        "vocab_size": 262_208,
        "hidden_size": 2304,
        "intermediate_size": 9216,
        "num_hidden_layers": 26,
        "num_attention_heads": 8,
        "num_key_value_heads": 4,
        "head_dim": 256,
        "max_position_embeddings": 131_072,
        "sliding_window": 4096,
    },
}


def language_part(values: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """Return the language model of a configuration, and what was left out."""
    for name in _NAMES:
        part = values.get(name)
        if isinstance(part, Mapping):
            outer = {
                key: values[key]
                for key in ("dtype", "torch_dtype", "quantization_config", "_name_or_path")
                if key in values
            }
            kind = str(part.get("model_type") or values.get("model_type"))
            kind = _MEANT.get(kind, kind)
            whole = {**_GRANTED.get(kind, {}), **outer, **part, "model_type": kind}
            return whole, "The language model alone: other parts were left out."
    if "model_type" not in values and {"d_model", "n_layer", "ssm_cfg"} <= values.keys():
        return {**values, "model_type": "mamba_ssm"}, ""
    return values, ""
