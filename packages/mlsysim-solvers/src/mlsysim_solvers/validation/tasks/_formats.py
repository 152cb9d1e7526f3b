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
    "tq1_0": 1.6875, "tq2_0": 2.0625, "iq1_s": 1.5625, "iq1_m": 1.75, "iq2_xxs": 2.0625,
    "iq2_xs": 2.3125, "iq2_s": 2.5625, "iq2_m": 2.7, "iq3_xxs": 3.0625, "iq3_xs": 3.3,
    "iq3_s": 3.4375, "iq3_m": 3.66, "iq4_xs": 4.25, "iq4_nl": 4.5,
    "q2_k": 2.625, "q3_k": 3.4375, "q4_0": 4.5, "q4_1": 5.0, "q4_k": 4.85, "q5_0": 5.5,
    "q5_1": 6.0, "q5_k": 5.69, "q6_k": 6.5625, "q8_0": 8.5, "q4f16": 4.5,
    "mxfp4": 4.25, "nvfp4": 4.5, "nf4": 4.5, "awq": 4.25, "gptq": 4.25,
}  # fmt: skip
"""Bits of one weight in formats that share a scale among a block."""
_METHODS = ("awq", "gptq")
_GROUP_SCALE = 16.0 / 128.0
"""Bits that the scale of a group of 128 weights adds to each."""
_HALF, _BYTE = 16.0, 8.0
_WIDE = 7.0
"""Bits above which weights are nearest to int8."""
_PAIR = re.compile(r"w(\d+)_?a_?(fp|int)?(\d+)")
"""Bits of weights and of activations, as in ``w4a16`` and ``w4afp8``."""
_BITS = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)_?(?:bits?(?![a-z])|bpw)|(?<!u)int(\d+)(?!\.?\d)")
_OWN_BITS = re.compile(r"int8|8_?bit|w8a")
"""Eight bits, in names of methods that usually leave four."""
_ALONE = re.compile(r"weights?_only|woq|(^|_|\d)wo(_|$)")
"""Words for weights that are stored narrower than what is computed with them."""
_SHORT = {
    "f16": "fp16", "f32": "fp32", "e4m3": "fp8", "e5m2": "fp8", "uint8": "int8", "uint4": "int4",
}  # fmt: skip


def _words(text: str) -> str:
    return re.sub(r"[ -]", "_", text.casefold())


def format_of(text: str) -> tuple[str, float] | None:
    """Recognise a format in a description: its name, and the bytes of one number."""
    words = _words(text)
    if not words:
        return None
    for name, bits in _BLOCK_FORMATS.items():
        if name in words and not (name in _METHODS and _OWN_BITS.search(words)):
            return _nearest(bits, words), bits / _BYTE
    if pair := _PAIR.search(words):
        return _of_bits(float(pair[1]), words)
    for part in (words, *re.split(r"[^a-z0-9]+", words)):
        name = _SHORT.get(part) or ALIASES.get(part, part)
        if name in FORMATS:
            return name, WIDTH[name]
    for name in FORMATS:
        if name in words:
            return name, WIDTH[name]
    counted = _BITS.search(words)
    return _of_bits(float(counted[1] or counted[2]), words) if counted else None


def _of_bits(bits: float, words: str) -> tuple[str, float] | None:
    """Return the format of that many bits, with a scale for each group of less than a byte."""
    if bits in {_HALF, 2.0 * _HALF}:
        return f"fp{bits:.0f}", bits / _BYTE
    if not 0.0 < bits <= _BYTE:
        return None
    if bits == _BYTE:
        return ("fp8" if "fp8" in words else "int8"), 1.0
    return _nearest(bits, words), (bits if bits % 1.0 else bits + _GROUP_SCALE) / _BYTE


def _nearest(bits: float, words: str) -> str:
    """Name the format of arithmetic that is nearest to that many bits."""
    if bits > _WIDE:
        return "int8"
    return "fp4" if "fp4" in words else "int4"


def _beside(text: str) -> tuple[str, float] | None:
    """Tell what a description of weights says of the activations beside them, if anything."""
    words = _words(text)
    if pair := _PAIR.search(words):
        floating = float(pair[3]) > _BYTE or "fp8" in words
        return format_of(f"{pair[2] or ('fp' if floating else 'int')}{pair[3]}")
    return ("fp16", WIDTH["fp16"]) if _ALONE.search(words) else None


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
    stated = row["weight_precision"] or row["precision"]
    activation = found["activation_precision"] or _beside(stated)
    weight = weight or activation or (default, WIDTH[default])
    # Without a word on activations, 4-bit weights and those that share scales are weights only.
    if activation is None:
        only = weight[1] < 1.0 or weight[1] > WIDTH[weight[0]] or weight[0] == "int4"
        activation = (default, WIDTH[default]) if only else (weight[0], max(WIDTH[weight[0]], 1.0))
    cache = found["kv_precision"]
    width = max(activation[1], 1.0)
    return Formats(
        weight[0], activation[0], weight[1], width, cache[1] if cache else max(width, 2.0)
    )
