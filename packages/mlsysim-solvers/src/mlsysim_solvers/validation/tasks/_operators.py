"""Rows that measure one operator: multiplications, attention, streams."""

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from mlsysim_core.account import add_up
from mlsysim_core.device import Machine, machine
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.operators import Lowered, Operator
from mlsysim_core.physics.attention import UNLIMITED, causal_keys, score_flops
from mlsysim_core.physics.experts import experts_met
from mlsysim_core.specs import HardwareSpec, StackSpec

from .._rows import Row
from ._devices import device_of
from ._formats import formats_of
from ._shape_words import needed, operator_shape
from ._stacks import stack_of

__all__ = ["predict"]


def predict(row: Row) -> Mapping[str, float]:
    """Predict an operator's time, and the rates that follow from it."""
    hardware = device_of(row["hardware"])
    shape = operator_shape(row)
    stack = stack_of(row["stack"], hardware)
    if row["task"] == "bandwidth":
        return _stream(row, hardware, shape, stack)
    formats = formats_of(row)
    held = machine(hardware, formats.arithmetic, stack, formats.storage)
    operator = _attention(row, shape) if row["task"] == "attention" else _matmul(row, shape)
    seconds = _time(operator, held)
    rate = operator.flops / seconds
    return {
        "latency_s": seconds,
        "tflops": rate / 1e12,
        "percent_of_peak": 100.0 * rate / held.peak,
    }


def _time(operator: Operator, held: Machine) -> float:
    lowered = Lowered(
        operators=(operator,),
        flops=operator.flops,
        items=1.0,
        unit="sample",
        weights=0.0,
        cache=0.0,
        activations=0.0,
    )
    return float(add_up(lowered, replace(held, per_pass=0.0, activation_passes=1.0), None).latency)


def _matmul(row: Row, shape: Mapping[str, Any]) -> Operator:
    formats = formats_of(row)
    if shape.get("kind") == "fused_moe":
        return _experts(shape, formats.weight_bytes, formats.activation_bytes)
    rows, columns, inner = needed(shape, "M", "N", "K")
    each = float(shape.get("batch") or 1)  # multiplications side by side
    width = formats.activation_bytes
    return Operator(
        "gemm",
        "matmul",
        1,
        2.0 * each * rows * columns * inner,
        each * columns * inner * formats.weight_bytes,
        0.0,
        each * (rows * inner * width + rows * columns * 2.0),
        (rows, columns, inner, each),
    )


def _experts(shape: Mapping[str, Any], weight: float, width: float) -> Operator:
    names = ("tokens", "hidden", "expert_ffn", "topk", "experts", "moe_tp", "moe_ep")
    tokens, hidden, ffn, chosen, experts, split, spread = needed(shape, *names)
    met = experts_met(tokens, experts, chosen) / spread
    routed = tokens * chosen / spread
    inner = ffn / split
    return Operator(
        "experts",
        "matmul",
        1,
        6.0 * routed * hidden * inner,
        3.0 * met * hidden * inner * weight,
        0.0,
        routed * (2.0 * hidden + 3.0 * inner) * width,
        (routed / met, 2.0 * inner, hidden, met),
        4,  # sort, up, down, gather
    )


_DECODING = ("decode", "generation")
_LENGTH = {False: "input_len", True: "context_len"}
"""Column that tells the length of a prompt, and of a context that one token attends to."""


def _attention(row: Row, shape: Mapping[str, Any]) -> Operator:
    formats = formats_of(row)
    kind = str(shape.get("kind", ""))
    width, kept = formats.activation_bytes, formats.cache_bytes
    if "mla" in kind:
        batch, context, heads, rank, rope = needed(
            shape, "batch", "context", "heads", "kv_lora_rank", "rope_dim"
        )
        return Operator(
            "attention",
            "attention",
            1,
            score_flops(batch, context, heads, rank + rope, rank),
            0.0,
            batch * context * (rank + rope) * kept,
            batch * heads * (2.0 * rank + rope) * width,
            (batch, heads, 1.0, context, rank + rope),
            3,
        )
    decoding = any(word in kind for word in _DECODING)
    for name, column in (("batch", "batch"), ("context" if decoding else "seq", _LENGTH[decoding])):
        if name not in shape and (stated := row.number(column)):
            shape = {**shape, name: stated}
    if decoding and "context" not in shape and "seq" in shape:
        shape = {**shape, "context": shape["seq"]}
    if "seq" not in shape and "context" not in shape:
        raise MissingValueError("shape states neither seq nor context")
    batch, heads, size = needed(shape, "batch", "heads", "head_dim")
    kv_heads = float(shape.get("kv_heads", heads))
    if "context" in shape and (decoding or "seq" not in shape):
        (context,) = needed(shape, "context")
        return Operator(
            "attention",
            "attention",
            1,
            score_flops(batch, context, heads, size, size),
            0.0,
            2.0 * batch * context * kv_heads * size * kept,
            2.0 * batch * heads * size * width,
            (batch, heads, 1.0, context, size),
            3,  # the parts of the context, and their sum
        )
    (length,) = needed(shape, "seq")
    causal = "causal" in kind or bool(shape.get("causal"))
    keys = causal_keys(length, UNLIMITED) if causal else float(shape.get("context", length))
    return Operator(
        "attention",
        "attention",
        1,
        score_flops(batch * length, keys, heads, size, size),
        0.0,
        0.0,
        batch * length * (2.0 * heads + 2.0 * kv_heads) * size * width,
        (batch, heads, length, keys, size),
    )


_PASSES = {
    "softmax": 3.0, "add": 3.0, "mul": 3.0, "residual": 3.0, "swiglu": 3.0, "geglu": 3.0,
    "silu_and_mul": 3.0, "silu_mul": 3.0, "sum": 1.0, "reduce": 1.0,
}  # fmt: skip
"""Passes over the elements where they are not one read and one write: a softmax reads twice, for
the sum and the quotient (Milakov and Gimelshein, 2018, arXiv:1805.02867)."""
_WIDE_LOADS = ("add", "mul", "residual", "copy")
"""Operators for which every stack calls its framework's own kernels: each thread loads several
elements at a time, so that they stream (PyTorch, aten/src/ATen/native/cuda/MemoryAccess.cuh)."""
_TWICE = ("norm", "elu", "silu", "swish", "sigmoid", "tanh", "exp", "copy", "cast", "transpose",
          "rope", "rotary", "scale", "dropout")  # fmt: skip
"""Parts of the names of operators that read and write each element once."""


def _stream(
    row: Row, hardware: HardwareSpec, shape: Mapping[str, Any], stack: StackSpec
) -> Mapping[str, float]:
    name = re.sub(r"[^a-z0-9]+", "_", str(shape.get("op", "")).casefold())
    held = _memory_machine(hardware, stack)
    if row["metric"] == "gb_per_s":
        return {"gb_per_s": _chips(hardware, shape) * _rate(name, hardware, held) / 1e9}
    width = formats_of(row).activation_bytes
    elements = float(shape.get("elements") or shape.get("M", 0) * shape.get("N", 0))
    if elements:
        moved = _passes(name) * elements * width
    else:
        tokens, hidden, ffn = needed(shape, "tokens", "hidden", "ffn")
        moved = tokens * width * _parts(name, hidden, ffn)
    if name in _WIDE_LOADS:
        held = replace(held, vector_bandwidth=held.bandwidth)
    operator = Operator(name, "elementwise", 1, 0.0, 0.0, 0.0, moved)
    return {"latency_s": _time(operator, held)}


def _passes(name: str) -> float:
    """Times that an element-wise operator moves each of its elements."""
    if name in _PASSES:
        return _PASSES[name]
    if any(part in name for part in _TWICE):
        return 2.0
    raise InputError(f"unknown element-wise operator {name!r}")


def _parts(name: str, hidden: float, ffn: float) -> float:
    """Elements that an element-wise operator of a layer moves for each token."""
    if "norm" in name:
        return 2.0 * hidden
    if name == "add":
        return 3.0 * hidden
    if "act" in name:
        return 3.0 * ffn
    if "rope" in name:
        return 4.0 * hidden
    raise InputError(f"unknown element-wise operator {name!r}")


def _chips(hardware: HardwareSpec, shape: Mapping[str, Any]) -> int:
    """Return the processors that as many threads fill, of those whose threads are known."""
    held = (hardware.compute.units or 0) * (hardware.compute.threads or 0)
    threads = int(shape.get("threads") or 0)
    return max(math.ceil(threads / held), 1) if held else 1


_HOST = re.compile(r"h2d|d2h|host")
_OWN = re.compile(r"stream|local|d2d|device|memcpy|triad|copy|scale|add|read|write|dot|init")
"""Names of what moves over the link to the host, and within the device's own memory."""


def _rate(name: str, hardware: HardwareSpec, held: Machine) -> float:
    """Bytes a second of a stream or a copy."""
    if _HOST.search(name):
        if held.host is None:
            raise MissingValueError(f"{hardware.name} has no link to a host")
        return held.host * _LINK_PART
    if name.startswith(("p2p", "peer")):
        link = hardware.link.number("bandwidth") if hardware.link else None
        if link is None:
            raise MissingValueError(f"{hardware.name} has no link to a peer")
        return link * _LINK_PART * (2.0 if "bidir" in name else 1.0)
    if _OWN.search(name):
        return held.bandwidth
    raise InputError(f"unknown stream {name!r}")


_LINK_PART = 0.88
"""Payload of a link: packet headers and flow control take the rest (PCIe and NVLink alike)."""


@lru_cache(maxsize=256)
def _memory_machine(hardware: HardwareSpec, stack: StackSpec) -> Machine:
    return machine(hardware, hardware.compute.peak.formats[0], stack)
