"""A model from the architecture that a row of measurements carries."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from mlsysim_core import ModelSpec
from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, MissingValueError, UnknownEntryError
from mlsysim_core.specs import (
    Decoder,
    Encoder,
    Experts,
    LatentAttention,
    Network,
    Totals,
    Window,
)

__all__ = ["architecture_of", "model_from_row", "remembered_model", "sequence_length"]

_GATED = ("swiglu", "geglu", "reglu", "glu")
_ENCODERS = ("encoder", "bert", "roberta", "distilbert", "albert", "electra", "vit", "deit")
_COLORS, _IMAGE, _VOCABULARY, _HEAD_DIM = 3, 224, 50257, 128
_PORTS = re.compile(r"^(tf|gluon|legacy|swsl|ssl|ig)_(?=.)", re.IGNORECASE)
_WEIGHTS = re.compile(
    r"_(ns|ap|aa|hnfd?|miil|sam|dino|augreg2?|\d{2,3}|in1k|in2[12]k|in2[12]ft1k)$", re.IGNORECASE
)
"""What names of vision models say of where code and weights are from: none changes a shape."""
_CLOSE = 0.25
"""Difference of two counts that still mean the same network."""


def architecture_of(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the architecture of a row, parsed; empty where it has none.

    Raises
    ------
    InputError
        If it is not the text of a JSON object.
    """
    text = (row.get("architecture") or "").strip()
    if not text:
        return {}
    try:
        shape = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"architecture is not JSON: {error}") from None
    if not isinstance(shape, dict):
        raise InputError(f"architecture must be a JSON object, got {text:.60}")
    return {key: value for key, value in shape.items() if value is not None}


def sequence_length(row: Mapping[str, str]) -> int | None:
    """Return the tokens of one sequence or sample, where the row tells them."""
    shape = architecture_of(row)
    if shape.get("seq_len"):
        return int(shape["seq_len"])
    return _patches(shape)


def model_from_row(row: Mapping[str, str]) -> ModelSpec:
    """Build the model that a row of measurements was taken with.

    A shape (layers, hidden, heads, …) is taken as it is. Where only totals are given
    (``gmacs``, ``params_m``, ``macts_m``), the registry's layers of that name are taken if
    they have the same totals; else the totals alone. Without either, the name decides.

    Parameters
    ----------
    row : mapping of str to str
        ``model`` and ``architecture``, as in a file of measurements.

    Returns
    -------
    ModelSpec
        The model.

    Raises
    ------
    MissingValueError
        If neither the row nor a registry has a shape or a size.
    InputError
        If the architecture cannot be read.
    """
    return remembered_model(row.get("model") or "model", row.get("architecture") or "")


@lru_cache(maxsize=4096)
def remembered_model(name: str, architecture: str) -> ModelSpec:
    """Build a model once, however many rows are about it."""
    shape = architecture_of({"architecture": architecture})
    if {"layers", "hidden"} <= shape.keys():
        shape.setdefault("heads", max(int(shape["hidden"]) // _HEAD_DIM, 1))
        if _is_encoder(shape):
            return ModelSpec(name=name, architecture=_encoder(shape))
        return ModelSpec(name=name, architecture=_decoder(shape))
    known = _registered(name, shape)
    if known is not None and not _as_large(known, shape):
        known = None
    totals = _totals(shape)
    if known is not None and totals is None:
        known = _at_size(known, shape)
    if known is not None and (totals is None or _same(known, shape, totals)):
        steps = _whole(shape, "steps")
        return known.model_copy(update={"architecture.steps": steps}) if steps else known
    if totals is not None:
        return ModelSpec(name=name, architecture=totals)
    raise MissingValueError(
        f"{name}: neither the row's architecture ({', '.join(shape) or 'empty'}) nor a registry "
        "tells its shape, or its operations and parameters"
    )


def _is_encoder(shape: Mapping[str, Any]) -> bool:
    kind = shape.get("type")
    if kind is not None:
        return kind in _ENCODERS
    return str(shape.get("family", "")).casefold().startswith(_ENCODERS) or "patch" in shape


def _whole(shape: Mapping[str, Any], *names: str) -> int | None:
    """Return the first of some counts that a shape has."""
    for name in names:
        if shape.get(name) not in {None, ""}:
            return int(float(shape[name]))
    return None


def _gated(shape: Mapping[str, Any]) -> bool:
    if "gated_mlp" in shape:
        return bool(shape["gated_mlp"])
    return str(shape.get("act", "gelu")).casefold() in _GATED


def _decoder(shape: Mapping[str, Any]) -> Decoder:
    gated = _gated(shape)
    heads = int(shape["heads"])
    hidden, length = int(shape["hidden"]), _whole(shape, "seq_len")
    experts = _experts(shape)
    ffn = _whole(shape, "ffn") or (0 if experts else 4 * hidden)
    # Models without gates are of the family of GPT-2: biases, learned positions, one table.
    classic = not gated
    vocabulary = _whole(shape, "vocab")
    # A row about one layer alone has no vocabulary; anything else has one.
    bare = "one transformer layer" in str(shape.get("note"))
    head_dim = _whole(shape, "head_dim")
    if head_dim is None and hidden % heads:
        head_dim = round(hidden / heads)
    latent = None
    if shape.get("kv_lora_rank"):
        latent = LatentAttention(
            kv_rank=int(shape["kv_lora_rank"]),
            query_rank=_whole(shape, "q_lora_rank"),
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
        kv_heads=None if latent else _whole(shape, "kv_heads"),
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
    count = _whole(found, "n_experts", "experts")
    if count is None:
        return None
    width = _whole(found, "moe_ffn", "expert_ffn", "ffn")
    if width is None:
        raise MissingValueError("the architecture has experts, but not their width")
    return Experts(
        count=count,
        top_k=_whole(found, "topk", "top_k") or 1,
        ffn=width,
        shared_ffn=width * (_whole(found, "n_shared_experts", "shared") or 0),
        first_dense=_whole(found, "first_dense_layers", "dense_layers") or 0,
        every=_whole(found, "moe_every") or 1,
    )


def _window(shape: Mapping[str, Any]) -> Window | None:
    size = _whole(shape, "sliding_window")
    if size is None:
        return None
    every = _whole(shape, "window_every") or (2 if shape.get("sliding_every_other") else 1)
    return Window(size=size, local=1, period=every)


def _patches(shape: Mapping[str, Any]) -> int | None:
    """Return the tokens of an image that is cut into patches, and one for the class."""
    if not str(shape.get("patch", "")).isdigit():
        return None
    image = _whole(shape, "image", "img_size") or _IMAGE
    return (image // int(shape["patch"])) ** 2 + 1


def _encoder(shape: Mapping[str, Any]) -> Encoder:
    hidden = int(shape["hidden"])
    patches = _patches(shape)
    length = patches or _whole(shape, "seq_len") or 512
    weights = 3 * int(shape["patch"]) ** 2 * hidden if patches else 0
    return Encoder(
        layers=int(shape["layers"]),
        hidden=hidden,
        heads=int(shape["heads"]),
        ffn=_whole(shape, "ffn") or 4 * hidden,
        vocab=_whole(shape, "vocab") or 0,
        max_context=length,
        positions=length,
        gated_mlp=_gated(shape),
        other_parameters=weights,
        other_operations=2 * weights * (patches - 1) if patches else 0,
    )


def _totals(shape: Mapping[str, Any]) -> Totals | None:
    """Take the totals of a shape; operations, at least, must be there."""
    multiplied = _scaled(shape, {"gmacs": 1e9, "macs_M": 1e6})
    if multiplied is None:
        return None
    parameters = _parameters(shape)
    activations = _scaled(shape, {"macts_m": 1e6, "macts_M": 1e6})
    if parameters is None:
        return None
    return Totals(
        parameters=max(round(parameters), 1),
        operations=max(round(2.0 * multiplied), 1),
        activations=round(activations or 0.0),
    )


def _parameters(shape: Mapping[str, Any]) -> float | None:
    return _scaled(shape, {"params": 1.0, "params_m": 1e6, "params_M": 1e6, "params_k": 1e3})


def _scaled(shape: Mapping[str, Any], scales: Mapping[str, float]) -> float | None:
    for name, scale in scales.items():
        if shape.get(name) not in {None, ""}:
            return float(shape[name]) * scale
    return None


def _registered(name: str, shape: Mapping[str, Any]) -> ModelSpec | None:
    """Look for a registered model under the names that people write."""
    bare = re.sub(r"\s*\(.*?\)", "", name.rpartition("/")[2]).strip()
    family = str(shape.get("name") or shape.get("family") or "")
    variants = [bare, family]
    variants += [re.sub(r"[_ -]?v1\.5$", "", one) for one in variants]
    variants += [short for one in variants for short in _shorter(one)]
    for one in dict.fromkeys(variant for variant in variants if variant):
        try:
            return find("model", one)
        except UnknownEntryError:
            continue
    return None


def _shorter(name: str) -> Iterator[str]:
    """Yield a name without its port, and without its weights' marks, one after another."""
    while (short := _WEIGHTS.sub("", name)) != name or (short := _PORTS.sub("", name)) != name:
        name = short
        yield name


def _at_size(model: ModelSpec, shape: Mapping[str, Any]) -> ModelSpec:
    """Return a registered network at the row's size of image or latent."""
    network = model.architecture
    if not isinstance(network, Network):
        return model
    pictures = network.input[0] == _COLORS
    size = _whole(shape, *(("img_size", "image") if pictures else ("latent",)))
    if size is None or size in network.input:
        return model
    return model.model_copy(update={"architecture": network.at_size(size, size)})


def _as_large(model: ModelSpec, shape: Mapping[str, Any]) -> bool:
    """Tell whether a registered model has the parameters that the row gives, if any."""
    stated = _parameters(shape)
    return stated is None or abs(model.architecture.parameters / stated - 1.0) < _CLOSE


def _same(model: ModelSpec, shape: Mapping[str, Any], totals: Totals) -> bool:
    """Tell whether a registered model has the totals that the row gives."""
    known = model.architecture
    if not isinstance(known, Network):
        return False
    image = _whole(shape, "img_size", "image")
    if image is not None and image not in known.input:
        return False
    operations = 2.0 * known.multiply_accumulates * known.passes
    return abs(operations / (totals.operations or 1) - 1.0) < _CLOSE
