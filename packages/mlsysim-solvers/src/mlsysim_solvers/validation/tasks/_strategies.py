"""Strategies of training that a row leaves open, and the best of them."""

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from mlsysim_core.errors import InputError, MissingValueError, MLSysimError
from mlsysim_core.specs import Network, Totals

from ...training._distributed import solve_layout
from ...training._job import Job
from ...training._layout import layout
from ...training._result import DistributedResult
from ...training._strategy_search import fastest
from ...training._strategy_space import Space
from ._told import interleaved, schedule

__all__ = ["PER_DEVICE", "best_open", "best_stated", "is_open", "least_state", "ranks_stated"]

PER_DEVICE = ("device_hours", "tokens_per_s_per_device", "tflops_per_device", "mfu_percent")
"""Metrics that mean something however many devices there are."""
_USUAL_TOKENS = 2**22
"""Tokens of a step in most published runs of large models."""
_TOKENS_EACH = 1024
"""Least tokens of a step on one device, in the largest of those runs."""
_USUAL_SAMPLES = 256
"""Samples of a step on one device, where memory allows."""
_MICROBATCHES = (1, 2, 4, 8, 16, 32, 64)
_CHUNKS = (1, 2, 3, 4, 5, 6, 8)
_WIDE = 8
"""Most ranks of tensor parallelism that anybody uses without saying so: one node's."""
_STATED = ("tp", "pp", "dp", "zero")


def is_open(row: Mapping[str, str], job: Job) -> bool:
    """Tell whether a row leaves the whole strategy open."""
    return _transformer(job) and not any(row.get(name) for name in _STATED)


def least_state(job: Job) -> float:
    """Return the bytes of weights, gradients and optimizer on all devices together. [byte]."""
    sizes, widths = job.sizes, job.widths
    parameters = sizes.front + sizes.layers * (sizes.layer + sizes.experts) + sizes.head
    trained = widths["gradient_width"] + widths["state_width"]
    return parameters * (widths["weight_width"] + job.run.frozen * trained)


def _transformer(job: Job) -> bool:
    return not isinstance(job.model.architecture, Network | Totals)


def best_open(row: Mapping[str, str], job: Job) -> DistributedResult | None:
    """Return the fastest of all strategies that fit; none if none does."""
    devices = job.cluster.devices
    batch = _count(row, "global_batch")
    if batch is None:
        each = _each(row, devices, job.length, least=1.0 / devices)
        batch = max(round(each * devices), 1)
    micro = _count(row, "micro_batch") or _count(row, "batch")
    recompute = row.get("recompute")
    tried = Space(
        tp=range(1, _WIDE + 1),
        cp=(_count(row, "cp") or 1,),
        ep=(_count(row, "ep") or 1,) if row.get("ep") else None,
        chunks=(_count(row, "vpp") or 1,) if row.get("vpp") else _CHUNKS,
        microbatch=(micro,) if micro else _MICROBATCHES,
        zero=(1, 3),
        sequence=None if _sequence(row) else (False,),
        recompute=(recompute,) if recompute else _recomputes(job),
    )
    return fastest(job, batch, tried)


def best_stated(row: Mapping[str, str], job: Job) -> DistributedResult:
    """Return the best of the strategies that agree with what a row states.

    Raises
    ------
    MLSysimError
        If there is none.
    """
    best: DistributedResult | None = None
    refusal: MLSysimError | None = None
    for settings in _strategies(row, job):
        try:
            result = solve_layout(job, layout(job.model, job.cluster.devices, **settings))
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
    return best


def ranks_stated(row: Mapping[str, str]) -> int:
    """Return the ranks that devices must be a multiple of, by what a row states."""
    tp, pp, cp, ep = (_count(row, name) or 1 for name in ("tp", "pp", "cp", "ep"))
    return pp * math.lcm(tp * cp, ep)


def _count(row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column) or ""
    return int(float(text)) if text else None


def _recomputes(job: Job) -> tuple[str, ...]:
    return ("selective", "alternate", "full") if job.run.flash else ("selective", "full")


def _sequence(row: Mapping[str, str]) -> bool:
    text = row.get("sequence_parallel") or ("0" if row.get("flash_attention") == "0" else "1")
    return text == "1"


def _strategies(row: Mapping[str, str], job: Job) -> Iterator[dict[str, Any]]:
    """Every strategy that agrees with what a row states."""
    devices = job.cluster.devices
    tp, pp, cp = (_count(row, name) or 1 for name in ("tp", "pp", "cp"))
    if devices % (tp * pp * cp):
        raise InputError(
            f"tp x pp x cp = {tp * pp * cp} does not divide the row's {devices} devices"
        )
    dp = devices // (tp * pp * cp)
    stages: list[tuple[int, int | None]] = [(0, None), (1, None)]
    # Who shards nothing says nothing, and so do some who shard the optimizer.
    if row.get("zero") or not _transformer(job) or dp == 1:
        stages = [_zero(row, dp, tp * cp)]
    for zero, group in stages:
        for one in _schedules(row, job, _each(row, dp, job.length), dp, pp):
            yield one | {
                "tp_size": tp,
                "pp_size": pp,
                "cp_size": cp,
                "ep_size": _count(row, "ep") or 1,
                "zero_stage": zero,
                "shard_size": group,
                "overlap": job.run.habits.overlap,
            }


def _each(row: Mapping[str, str], dp: int, length: int | None, least: float = 1.0) -> int | float:
    """Return the samples of a step on one data-parallel rank.

    Where only a rate of each device counts, they are those of the usual step, as a power of two.
    """
    batch, micro = _count(row, "global_batch"), _count(row, "micro_batch") or _count(row, "batch")
    if batch is not None:
        return max(round(batch / dp), 1)
    if micro is not None:
        return micro
    if length is None:
        return _USUAL_SAMPLES
    if not row.get("tokens") and row["metric"] not in PER_DEVICE:
        raise MissingValueError("the row states neither global_batch nor micro_batch")
    tokens = max(_USUAL_TOKENS, _TOKENS_EACH * int(row.get("devices") or 1))
    usual = 2.0 ** round(math.log2(tokens / length / dp))
    return max(usual if usual < 1.0 else int(usual), least)


def _schedules(
    row: Mapping[str, str], job: Job, each: Any, dp: int, pp: int
) -> Iterator[dict[str, Any]]:
    """Micro-batches, virtual stages and recomputation that agree with what a row states."""
    transformer = _transformer(job)
    micro = _count(row, "micro_batch") or _count(row, "batch")
    free = pp > 1 and not row.get("vpp") and interleaved(row)
    chunks = _CHUNKS if free else (_count(row, "vpp") or 1,)
    micros = [micro] if micro else sorted({*_MICROBATCHES, *([] if transformer else [each])})
    recomputes: tuple[str, ...] = _recomputes(job) if transformer else ("none",)
    if row.get("recompute"):
        recomputes = (row["recompute"],)
    if recomputes == ("selective",) and job.run.flash:
        # Fused attention leaves no scores to save: every other layer is what is meant.
        recomputes = ("alternate",)
    for size, recompute, parts in itertools.product(micros, recomputes, chunks):
        if size <= each and each % size == 0:
            yield {
                "batch_size": each * dp,
                "v_stages": parts,
                "microbatch_count": each // size,
                "sequence_parallel": _sequence(row),
                "recompute": recompute,
                "schedule": schedule(row),
                "uneven": True,
            }


def _zero(row: Mapping[str, str], dp: int, split: int) -> tuple[int, int | None]:
    """Read what is sharded, and among how many, from a description.

    ``split`` ranks share what one data-parallel rank has.
    """
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
        group = (_count(row, "devices_per_node") or dp) // split
    if group is not None and (group > dp or dp % group):
        group = None
    return stage, group
