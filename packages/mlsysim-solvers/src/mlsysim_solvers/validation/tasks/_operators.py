"""Rows that measure one operator: multiplications, attention, streams."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from mlsysim_core.account import add_up
from mlsysim_core.catalog import find
from mlsysim_core.device import Machine, machine
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.operators import Lowered, Operator
from mlsysim_core.physics.attention import UNLIMITED, causal_keys, score_flops
from mlsysim_core.physics.experts import experts_met
from mlsysim_core.specs import HardwareSpec, StackSpec

from .._rows import Row
from ._formats import formats_of
from ._stacks import stack_of

__all__ = ["predict"]


def predict(row: Row) -> Mapping[str, float]:
    """Predict an operator's time, and the rates that follow from it."""
    hardware = find("hardware", row["hardware"])
    shape = row.table("shape")
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


def _need(shape: Mapping[str, Any], *names: str) -> list[float]:
    missing = [name for name in names if not isinstance(shape.get(name), int | float)]
    if missing:
        raise MissingValueError(f"shape does not state {', '.join(missing)}")
    return [float(shape[name]) for name in names]


def _matmul(row: Row, shape: Mapping[str, Any]) -> Operator:
    formats = formats_of(row)
    if shape.get("kind") == "fused_moe":
        return _experts(shape, formats.weight_bytes, formats.activation_bytes)
    rows, columns, inner = _need(shape, "M", "N", "K")
    width = formats.activation_bytes
    return Operator(
        "gemm",
        "matmul",
        1,
        2.0 * rows * columns * inner,
        columns * inner * formats.weight_bytes,
        0.0,
        rows * inner * width + rows * columns * 2.0,
        (rows, columns, inner, 1.0),
    )


def _experts(shape: Mapping[str, Any], weight: float, width: float) -> Operator:
    names = ("tokens", "hidden", "expert_ffn", "topk", "experts", "moe_tp", "moe_ep")
    tokens, hidden, ffn, chosen, experts, split, spread = _need(shape, *names)
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


def _attention(row: Row, shape: Mapping[str, Any]) -> Operator:
    formats = formats_of(row)
    kind = str(shape.get("kind", ""))
    width, kept = formats.activation_bytes, formats.cache_bytes
    if "mla" in kind:
        batch, context, heads, rank, rope = _need(
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
    if "seq" not in shape and "context" not in shape:
        raise MissingValueError("shape states neither seq nor context")
    batch, heads, size = _need(shape, "batch", "heads", "head_dim")
    kv_heads = float(shape.get("kv_heads", heads))
    if "context" in shape:
        (context,) = _need(shape, "context")
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
    (length,) = _need(shape, "seq")
    keys = causal_keys(length, UNLIMITED) if "causal" in kind else length
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


_STREAMS = {"softmax": 3.0, "layernorm": 2.0, "gelu": 2.0, "copy": 2.0}
"""Passes over the elements: read and write; a softmax reads twice, for the sum and the quotient
(Milakov and Gimelshein, 2018, arXiv:1805.02867)."""


def _stream(
    row: Row, hardware: HardwareSpec, shape: Mapping[str, Any], stack: StackSpec
) -> Mapping[str, float]:
    name = str(shape.get("op", ""))
    held = _memory_machine(hardware, stack)
    if row["metric"] == "gb_per_s":
        return {"gb_per_s": _chips(hardware, shape) * _rate(name, hardware, held) / 1e9}
    width = formats_of(row).activation_bytes
    if name in _STREAMS:
        elements = float(shape.get("elements") or shape.get("M", 0) * shape.get("N", 0))
        moved = _STREAMS[name] * elements * width
    else:
        tokens, hidden, ffn = _need(shape, "tokens", "hidden", "ffn")
        moved = tokens * width * _parts(name, hidden, ffn)
    if not moved:
        raise MissingValueError("shape does not state the elements")
    operator = Operator(name, "elementwise", 1, 0.0, 0.0, 0.0, moved)
    return {"latency_s": _time(operator, held)}


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


def _rate(name: str, hardware: HardwareSpec, held: Machine) -> float:
    """Bytes a second of a stream or a copy."""
    if name in {"h2d", "d2h"}:
        if held.host is None:
            raise MissingValueError(f"{hardware.name} has no link to a host")
        return held.host * _LINK_PART
    if name.startswith("p2p"):
        link = hardware.link.number("bandwidth") if hardware.link else None
        if link is None:
            raise MissingValueError(f"{hardware.name} has no link to a peer")
        return link * _LINK_PART * (2.0 if "bidir" in name else 1.0)
    if name == "local_copy" or "stream" in name:
        return held.bandwidth
    raise InputError(f"unknown stream {name!r}")


_LINK_PART = 0.88
"""Payload of a link: packet headers and flow control take the rest (PCIe and NVLink alike)."""


@lru_cache(maxsize=256)
def _memory_machine(hardware: HardwareSpec, stack: StackSpec) -> Machine:
    return machine(hardware, hardware.compute.peak.formats[0], stack)
