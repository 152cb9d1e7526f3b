"""Architectures as rows of measurements state them: a shape, or totals alone."""

import re
from collections.abc import Mapping
from typing import Any

from mlsysim_core.errors import MissingValueError
from mlsysim_core.specs import Decoder, Encoder, Experts, LatentAttention, Totals, Window

__all__ = [
    "decoder",
    "encoder",
    "is_encoder",
    "layers_of",
    "patches",
    "stated_parameters",
    "totals_of",
    "whole",
]

_GATED = ("swiglu", "geglu", "reglu", "glu")
_ENCODERS = ("encoder", "bert", "roberta", "distilbert", "albert", "electra", "vit", "deit")
_IMAGE, _VOCABULARY = 224, 50257


def is_encoder(shape: Mapping[str, Any]) -> bool:
    kind = shape.get("type")
    if kind is not None:
        return kind in _ENCODERS
    return str(shape.get("family", "")).casefold().startswith(_ENCODERS) or "patch" in shape


def whole(shape: Mapping[str, Any], *names: str) -> int | None:
    """Return the first of some counts that a shape has."""
    for name in names:
        if shape.get(name) not in {None, ""}:
            return int(float(shape[name]))
    return None


def layers_of(name: str, shape: Mapping[str, Any], stages: int) -> int | None:
    """Return the layers of a model whose name tells its size, such as ``"GPT-194B"``.

    A layer has 12 weights for each square of the width (Narayanan et al., 2021, equation 2).
    Stages hold equally many layers: the nearest count that they can share is taken.
    """
    size = re.search(r"(?<![\w.])(\d+(?:\.\d+)?)([BT])\b", name)
    if size is None or _gated(shape):
        return None
    total = float(size[1]) * {"B": 1e9, "T": 1e12}[size[2]]
    width = int(shape["hidden"])
    each = (total - width * (whole(shape, "vocab") or 0)) / (12.0 * width**2) / stages
    return stages * max(round(each), 1)


def _gated(shape: Mapping[str, Any]) -> bool:
    if "gated_mlp" in shape:
        return bool(shape["gated_mlp"])
    return str(shape.get("act", "gelu")).casefold() in _GATED


def decoder(shape: Mapping[str, Any]) -> Decoder:
    gated = _gated(shape)
    heads = int(shape["heads"])
    hidden, length = int(shape["hidden"]), whole(shape, "seq_len")
    experts = _experts(shape)
    ffn = whole(shape, "ffn") or (0 if experts else 4 * hidden)
    # Models without gates are of the family of GPT-2: biases, learned positions, one table.
    classic = not gated
    vocabulary = whole(shape, "vocab")
    # A row about one layer alone has no vocabulary; anything else has one.
    bare = "one transformer layer" in str(shape.get("note"))
    head_dim = whole(shape, "head_dim")
    if head_dim is None and hidden % heads:
        head_dim = round(hidden / heads)
    latent = None
    if shape.get("kv_lora_rank"):
        latent = LatentAttention(
            kv_rank=int(shape["kv_lora_rank"]),
            query_rank=whole(shape, "q_lora_rank"),
            nope_dim=int(shape["qk_nope_head_dim"]),
            rope_dim=int(shape["qk_rope_head_dim"]),
            value_dim=int(shape["v_head_dim"]),
        )
    bias = bool(shape.get("bias", classic))
    learned = shape.get("pos", "learned" if classic else "rope") == "learned"
    return Decoder(
        layers=int(shape["layers"]),
        hidden=hidden,
        heads=heads,
        kv_heads=None if latent else whole(shape, "kv_heads"),
        head_dim=head_dim,
        ffn=ffn,
        vocab=vocabulary or (1 if bare else _VOCABULARY),
        tied_embeddings=bool(shape.get("tied_embeddings", classic)),
        gated_mlp=gated,
        qkv_bias=bias,
        out_bias=bias,
        mlp_bias=bias,
        norm_bias=bias,
        norms_per_layer=1 if shape.get("parallel_block") else 2,
        positions=(length or 0) if learned else 0,
        experts=experts,
        latent=latent,
        window=_window(shape),
    )


def _experts(shape: Mapping[str, Any]) -> Experts | None:
    inner = shape.get("moe")
    found = {**shape, **inner} if isinstance(inner, Mapping) else shape
    count = whole(found, "n_experts", "experts")
    if count is None:
        return None
    width = whole(found, "moe_ffn", "expert_ffn", "ffn")
    if width is None:
        raise MissingValueError("the architecture has experts, but not their width")
    return Experts(
        count=count,
        top_k=whole(found, "topk", "top_k") or 1,
        ffn=width,
        shared_ffn=width * (whole(found, "n_shared_experts", "shared") or 0),
        first_dense=whole(found, "first_dense_layers", "dense_layers") or 0,
        every=whole(found, "moe_every") or 1,
    )


def _window(shape: Mapping[str, Any]) -> Window | None:
    size = whole(shape, "sliding_window")
    if size is None:
        return None
    every = whole(shape, "window_every") or (2 if shape.get("sliding_every_other") else 1)
    return Window(size=size, local=1, period=every)


def patches(shape: Mapping[str, Any]) -> int | None:
    """Return the tokens of an image that is cut into patches, and one for the class."""
    if not str(shape.get("patch", "")).isdigit():
        return None
    image = whole(shape, "image", "img_size") or _IMAGE
    return (image // int(shape["patch"])) ** 2 + 1


def encoder(shape: Mapping[str, Any]) -> Encoder:
    hidden = int(shape["hidden"])
    grid = patches(shape)
    length = grid or whole(shape, "seq_len") or 512
    weights = 3 * int(shape["patch"]) ** 2 * hidden if grid else 0
    return Encoder(
        layers=int(shape["layers"]),
        hidden=hidden,
        heads=int(shape["heads"]),
        ffn=whole(shape, "ffn") or 4 * hidden,
        vocab=whole(shape, "vocab") or 0,
        max_context=length,
        positions=length,
        gated_mlp=_gated(shape),
        other_parameters=weights,
        other_operations=2 * weights * (grid - 1) if grid else 0,
    )


def totals_of(shape: Mapping[str, Any]) -> Totals | None:
    """Take the totals of a shape; operations, at least, must be there."""
    multiplied = _scaled(shape, {"gmacs": 1e9, "macs_M": 1e6, "gflops": 0.5e9})
    if multiplied is None:
        return None
    parameters = stated_parameters(shape)
    activations = _scaled(shape, {"macts_m": 1e6, "macts_M": 1e6})
    if parameters is None:
        return None
    return Totals(
        parameters=max(round(parameters), 1),
        operations=max(round(2.0 * multiplied), 1),
        activations=round(activations or 0.0),
    )


_PARAMETERS = {"params": 1.0, "params_b": 1e9, "params_m": 1e6, "params_M": 1e6, "params_k": 1e3}


def stated_parameters(shape: Mapping[str, Any]) -> float | None:
    return _scaled(shape, _PARAMETERS)


def _scaled(shape: Mapping[str, Any], scales: Mapping[str, float]) -> float | None:
    for name, scale in scales.items():
        if shape.get(name) not in {None, ""}:
            return float(shape[name]) * scale
    return None
