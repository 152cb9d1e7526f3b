"""Rows that measure training: what the library predicts for each of their metrics."""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, MissingValueError, MLSysimError
from mlsysim_core.formats import FORMATS, resolve
from mlsysim_core.specs import ModelSpec, Network, Totals

from ...training._distributed import solve_layout
from ...training._job import Job
from ...training._layout import layout
from ...training._result import DistributedResult
from ._flops import step_flops
from ._models import model_from_row, sequence_length
from ._stacks import training_stack
from ._systems import system_from_row

__all__ = ["predict"]

_HOUR = 3600.0
_PRODUCTIVE = 0.9
"""Part of a whole run in which it trains (Llama Team, 2024, arXiv:2407.21783, sec. 3.3.4)."""
_PER_DEVICE = ("device_hours", "tokens_per_s_per_device", "tflops_per_device", "mfu_percent")
_USUAL_TOKENS = 4_000_000
"""Tokens of a step in most published runs of large models."""
_TOKENS_EACH = 1024
"""Least tokens of a step on one device, in the largest of those runs."""
_USUAL_SAMPLES = 256
"""Samples of a step on one device, where memory allows."""
_WIDE = (1, 2, 4, 8)
_DEEP = (1, 2, 4, 8, 16)
_MICROBATCHES = (1, 2, 4, 8, 16, 32, 64)
_CHUNKS = (1, 2, 3, 4, 5, 6, 8)


def predict(row: Mapping[str, str]) -> dict[str, float]:
    """Predict what a row of task ``train`` measured.

    Where a row leaves a part of the strategy open, the fastest that fits is taken: whoever
    published it had tried.

    Parameters
    ----------
    row : mapping of str to str
        A row in the measurement format.

    Returns
    -------
    dict of str to float
        Value by metric.

    Raises
    ------
    MLSysimError
        If the row cannot be predicted; the message is the reason.
    """
    result, model, length = _best(row)
    # Whatever was measured did fit, by means that the row does not tell.
    parts = dict(result.parts)
    del parts["host"]
    if _one_layer(row):
        parts = {name: parts[name] for name in ("compute", "memory", "launch", "tensor")}
    seconds, devices = sum(parts.values()), result.layout.devices
    batch = result.layout.microbatch * result.layout.microbatches * result.layout.dp
    tokens = batch * (length or 1)
    flops = step_flops(row, model, result, batch, length)
    found = {
        "iteration_s": seconds,
        "latency_s": seconds,
        "samples_per_s": batch / seconds,
        "images_per_s": batch / seconds,
        "tokens_per_s": tokens / seconds,
        "tokens_per_s_per_device": tokens / seconds / devices,
        "tflops_per_device": flops / seconds / devices / 1e12,
        "mfu_percent": 100.0 * flops / seconds / devices / result.peak,
    }
    if row.get("tokens"):
        steps = float(row["tokens"]) / tokens
        found["device_hours"] = steps * seconds * devices / _HOUR / _PRODUCTIVE
    if result.joules is not None:
        found["power_w"] = result.joules / seconds
    return found


def _best(row: Mapping[str, str]) -> tuple[DistributedResult, ModelSpec, int | None]:
    """Solve every strategy that a row leaves open, and return the best that fits."""
    model = model_from_row(row)
    length = sequence_length(row)
    if length and "mean about half" in (row.get("notes") or ""):
        length //= 2  # sequences of varying length, without padding
    if not row.get("devices") and row["metric"] not in _PER_DEVICE:
        raise MissingValueError("the row does not state its devices")
    stack = training_stack(row, model, find("hardware", row["hardware"]))
    precision = _precision(row)
    job = Job(
        model,
        system_from_row(row),
        precision,
        None,
        seq_len=length,
        stack=stack,
        flash_attention=row.get("flash_attention") != "0",
        dropout=row.get("flash_attention") == "0",
        gradient_precision="fp32" if precision in {"bf16", "fp8", "fp4"} else None,
        lora_rank=_adapters(row),
        steady=not _one_layer(row),  # some milliseconds reach no power limit
    )
    best: DistributedResult | None = None
    refusal: MLSysimError | None = None
    for settings in _strategies(row, job):
        try:
            result = solve_layout(job, layout(model, job.cluster.devices, **settings))
        except MLSysimError as error:
            refusal = error
            continue
        if best is None or (not result.feasible, result.seconds) < (
            not best.feasible,
            best.seconds,
        ):
            best = result
    if best is None:
        raise refusal or InputError("no strategy fits this row")
    return best, model, job.length


def _one_layer(row: Mapping[str, str]) -> bool:
    """Tell whether a row timed passes of one layer alone."""
    return "forward+backward only" in (row.get("architecture") or "")


def _count(row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column) or ""
    return int(float(text)) if text else None


def _strategies(row: Mapping[str, str], job: Job) -> Iterator[dict[str, Any]]:
    """Every strategy that agrees with what a row states."""
    devices = job.cluster.devices
    transformer = not isinstance(job.model.architecture, Network | Totals)
    stated = any(row.get(name) for name in ("tp", "pp", "dp", "zero")) or not transformer
    wide = (_count(row, "tp") or 1,) if stated or devices == 1 else _WIDE
    deep = (_count(row, "pp") or 1,) if stated or devices == 1 else _DEEP
    cp = _count(row, "cp") or 1
    for tp, pp in itertools.product(wide, deep):
        if devices % (tp * pp * cp):
            if stated:
                raise InputError(
                    f"tp x pp x cp = {tp * pp * cp} does not divide the row's {devices} devices"
                )
            continue
        dp = devices // (tp * pp * cp)
        batch = _batch(row, dp, job.length)
        stages: list[tuple[int, int | None]] = [(1, None), (3, None)]
        if row.get("zero") or not transformer or dp == 1:
            stages = [_zero(row, dp)]
        elif stated:  # who shards nothing says nothing, and so do some who shard the optimizer
            stages = [(0, None), (1, None)]
        for zero, group in stages:
            for one in _schedules(row, max(round(batch / dp), 1), dp, pp, transformer):
                yield one | {
                    "tp_size": tp,
                    "pp_size": pp,
                    "cp_size": cp,
                    "ep_size": _count(row, "ep") or 1,
                    "zero_stage": zero,
                    "shard_size": group,
                    "overlap": job.run.habits.overlap,
                }


def _batch(row: Mapping[str, str], dp: int, length: int | None) -> int:
    """Return the samples of a step; where only a rate of each device counts, the usual tokens."""
    batch, micro = _count(row, "global_batch"), _count(row, "micro_batch") or _count(row, "batch")
    if batch is not None:
        return batch
    if micro is not None:
        return micro * dp
    if length is None:
        return _USUAL_SAMPLES * dp
    if not row.get("tokens") and row["metric"] not in _PER_DEVICE:
        raise MissingValueError("the row states neither global_batch nor micro_batch")
    tokens = max(_USUAL_TOKENS, _TOKENS_EACH * int(row.get("devices") or 1))
    return max(tokens // length, dp)


def _schedules(
    row: Mapping[str, str], each: int, dp: int, pp: int, transformer: bool
) -> Iterator[dict[str, Any]]:
    """Micro-batches, virtual stages and recomputation that agree with what a row states."""
    micro = _count(row, "micro_batch") or _count(row, "batch")
    flash = row.get("flash_attention") != "0"
    sequence = row.get("sequence_parallel") or ("1" if flash else "0")
    free = pp > 1 and "interleav" in (row.get("notes") or "").casefold()
    chunks = (_count(row, "vpp") or 1,) if row.get("vpp") or not free else _CHUNKS
    micros = [micro] if micro else sorted({*_MICROBATCHES, *([] if transformer else [each])})
    recomputes = [row.get("recompute")] if row.get("recompute") else ["selective", "full"]
    if recomputes == ["selective"] and flash and "per op" not in (row.get("notes") or ""):
        # Fused attention leaves no scores to save: every other layer is what is meant.
        recomputes = ["alternate"]
    if not transformer:
        recomputes = [row.get("recompute") or "none"]
    for size, recompute, parts in itertools.product(micros, recomputes, chunks):
        if size <= each and each % size == 0:
            yield {
                "batch_size": each * dp,
                "v_stages": parts,
                "microbatch_count": each // size,
                "sequence_parallel": sequence == "1",
                "recompute": recompute,
                "uneven": True,
            }


def _zero(row: Mapping[str, str], dp: int) -> tuple[int, int | None]:
    """Read what is sharded, and among how many, from a description."""
    text = (row.get("zero") or "").casefold()
    if not text or dp == 1:
        return 0, None
    stage = 3 if "fsdp" in text or "hsdp" in text else 0
    if found := re.search(r"zero-?(\d)", text):
        stage = int(found[1])
    if "grad_op" in text:
        stage = 2
    group = None
    if found := re.search(r"(\d+)-gpu group", text) or re.search(r"group(\d+)|fsdp(\d)\(", text):
        group = int(next(part for part in found.groups() if part))
    elif "hsdp" in text or "dp(dcn)" in text:
        group = _count(row, "devices_per_node")
    if group is not None and (group > dp or dp % group):
        group = None
    return stage, group


def _precision(row: Mapping[str, str]) -> str:
    text = (row.get("precision") or "").casefold()
    if not text:
        device = find("hardware", row["hardware"])
        return "bf16" if "bf16" in device.precisions else "fp16"
    return _format_in(text)


@lru_cache(maxsize=256)
def _format_in(text: str) -> str:
    for part in (text, *text.split("_")):
        try:
            name = resolve(part)
        except InputError:
            continue
        return name
    for name in FORMATS:
        if name in text:
            return name
    raise InputError(f"precision {text!r} is not known")


def _adapters(row: Mapping[str, str]) -> int | None:
    """Return the rank of adapters; 16 where only their use is told."""
    return 16 if re.search(r"\blora\b", (row.get("notes") or "").casefold()) else None
