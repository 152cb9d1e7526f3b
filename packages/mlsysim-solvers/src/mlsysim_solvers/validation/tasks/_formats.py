"""Number formats of a measurement: what was stored, and what was computed in."""

import re
from typing import NamedTuple

from mlsysim_core.errors import InputError
from mlsysim_core.formats import ALIASES, FORMATS, WIDTH

from .._rows import Row

__all__ = ["Formats", "format_of", "formats_of"]


class Formats(NamedTuple):
    """The formats of a row."""

    storage: str
    """Of weights."""
    arithmetic: str
    weight_bytes: float
    """Of one weight, the scales of its block included. [byte]"""
    activation_bytes: float
    """[byte]"""
    cache_bytes: float
    """[byte]"""


_BLOCK_FORMATS = {  # bits of one weight, scales included; llama.cpp's ggml-quants.h
    "q2_k": 2.625, "q3_k": 3.4375, "q4_0": 4.5, "q4_1": 5.0, "q4_k": 4.85, "q5_0": 5.5,
    "q5_1": 6.0, "q5_k": 5.69, "q6_k": 6.5625, "q8_0": 8.5, "iq4_xs": 4.25,
    "mxfp4": 4.25, "nvfp4": 4.5, "awq": 4.25, "gptq": 4.25,
}  # fmt: skip
"""Bits of one weight in formats that share a scale among a block."""


def format_of(text: str) -> tuple[str, float] | None:
    """Recognise a format in a description: its name, and the bytes of one number."""
    words = text.casefold().replace("-", "_")
    if not words:
        return None
    for name, bits in _BLOCK_FORMATS.items():
        if name in words:
            nearest = "int8" if bits > 7.0 else "fp4" if "fp4" in name else "int4"
            return nearest, bits / 8.0
    for part in (words, *re.split(r"[^a-z0-9]+", words)):
        name = ALIASES.get(part, part)
        if name in FORMATS:
            return name, WIDTH[name]
    for name in FORMATS:
        if words.startswith(name) or name in words:
            return name, WIDTH[name]
    if words in {"f16", "f32"}:
        return words.replace("f", "fp"), WIDTH[words.replace("f", "fp")]
    return None


def formats_of(row: Row, default: str = "fp16") -> Formats:
    """Work out the formats of a row; 16 bits where it states none.

    Raises
    ------
    InputError
        If it states one that nobody knows.
    """
    found = {}
    for column in ("weight_precision", "activation_precision", "kv_precision", "precision"):
        text = row[column]
        found[column] = format_of(text)
        if text and found[column] is None:
            raise InputError(f"unknown {column} {text!r}")
    weight = found["weight_precision"] or found["precision"]
    activation = found["activation_precision"]
    weight = weight or activation or (default, WIDTH[default])
    # Without a word on activations, whole-number and 4-bit weights are weights only.
    if activation is None:
        only = weight[1] < 1.0 or weight[0] == "int4"
        activation = (default, WIDTH[default]) if only else (weight[0], max(WIDTH[weight[0]], 1.0))
    cache = found["kv_precision"]
    width = max(activation[1], 1.0)
    return Formats(
        weight[0], activation[0], weight[1], width, cache[1] if cache else max(width, 2.0)
    )
