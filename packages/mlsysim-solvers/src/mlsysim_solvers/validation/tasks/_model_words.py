"""Models under the names that people give them, and shapes under those of configuration files."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["spellings", "usual_names"]

_NAMES = {
    "layers": ("num_hidden_layers", "num_layers", "n_layers", "n_layer", "depth"),
    "hidden": ("hidden_size", "d_model", "n_embd", "dim", "embed_dim"),
    "heads": ("num_attention_heads", "num_heads", "n_heads", "n_head"),
    "kv_heads": ("num_key_value_heads", "num_kv_heads", "n_kv_heads"),
    "ffn": ("intermediate_size", "ffn_dim", "d_ff", "n_inner", "mlp_dim"),
    "vocab": ("vocab_size", "n_vocab", "padded_vocab_size"),
    "n_experts": ("num_local_experts", "num_experts", "n_routed_experts"),
    "topk": ("num_experts_per_tok", "experts_per_token", "moe_topk"),
    "moe_ffn": ("moe_intermediate_size",),
    "first_dense_layers": ("first_k_dense_replace",),
    "tied_embeddings": ("tie_word_embeddings",),
    "patch": ("patch_size",),
    "image": ("image_size", "input_size", "imgsz"),
    "act": ("hidden_act", "hidden_activation", "activation_function", "activation"),
    "params": ("parameters", "num_params", "n_params"),
    "params_m": ("params_millions",),
    "params_b": ("params_B", "params_billions"),
    "gmacs": ("GMACs", "macs_g", "macs_G"),
    "gflops": ("GFLOPs", "flops_g"),
}  # fmt: skip
"""Other names of what an architecture states: those of configuration files and of tables."""
_USUAL = {other: name for name, others in _NAMES.items() for other in others}
_GATED = ("silu", "swish")
"""Activations that decoders use with a gate only."""
_GATED_FAMILIES = ("gemma", "t5gemma")
_BARE_FAMILIES = ("bert", "roberta", "distilbert", "albert", "electra", "vit", "deit")

_PORTS = re.compile(r"^(tf|gluon|legacy|swsl|ssl|ig|meta)[_-](?=.)", re.IGNORECASE)
_WEIGHTS = re.compile(
    r"_(ns|ap|aa|hnfd?|miil|sam|dino|augreg2?|\d{2,3}|in1k|in2[12]k|in2[12]ft1k)$"
    r"|\.(fb|tv|timm|ra\d?|a\d|c\d|augreg|in1k|in22k|lion|openai|laion\w*)[\w.]*$"
    r"|[-_. ](instruct|chat|it|hf|base|preview|thinking|gguf|awq|gptq|qat|quantized|dynamic"
    r"|(bf|fp|f)(16|8|4)|nvfp4|mxfp4|int[48]|w\d+a\d+|[48]-?bit|v0\.\d|v1|\d{4}|g\d+"
    r"|q\d_\w+|\d+k)$"
    r"|[-_ ](instruct|chat|\d{4})(?=[-_ ]v?\d)",
    re.IGNORECASE,
)
"""What names of models say of where code and weights are from, what they were tuned for and how
they are stored: none changes a shape."""


def usual_names(shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return an architecture under the names that the format gives."""
    found = dict(shape)
    for other, value in shape.items():
        if other in _USUAL:
            found.setdefault(_USUAL[other], value)
    family = str(shape.get("model_type") or "")
    if family:
        found.setdefault("family", family)
        plain = family.startswith(_BARE_FAMILIES)
        gated = str(found.get("act")).startswith(_GATED) or family.startswith(_GATED_FAMILIES)
        found.setdefault("gated_mlp", gated and not plain)
    return found


def spellings(name: str) -> Iterator[str]:
    """Yield a name, and what is left of it without the marks of ports, tuning and storage."""
    yield name
    while (short := _WEIGHTS.sub("", name, count=1)) != name or (
        short := _PORTS.sub("", name)
    ) != name:
        name = short
        yield name
