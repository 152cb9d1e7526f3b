"""Rows that measure served requests: static batches, closed loops, saturated engines."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, MissingValueError

from ._formats import formats_of
from ._replica import Replica
from ._row_models import model_from_row
from ._serving import growing
from ._serving_layout import Layout
from ._serving_steps import Steps
from ._simulation_loop import simulate
from ._simulation_policy import Policy, Run
from ._stacks import stack_of
from .validation._rows import Row

__all__ = ["predict"]

_ROUNDS = 8
"""Requests that each client of a closed loop sends in turn."""
_MOST_WAITING = 2048
"""Sequences that a saturated engine decodes together at most."""
_BUDGET = 8192
"""Prompt tokens in one pass."""
_UNKNOWN_PROMPT = 256.0
"""Tokens of a prompt of which nothing is published."""


def predict(row: Row) -> Mapping[str, float]:
    """Predict what a client of a serving engine measures."""
    row = row if isinstance(row, Row) else Row(row)
    replica, copies = _replica(row)
    if row["task"] == "generate":
        return _static(row, replica, copies)
    return _served(row, replica, copies)


def _replica(row: Row) -> tuple[Replica, int]:
    """Build the replica of a row, and count its copies."""
    hardware = find("hardware", row["hardware"])
    if any(row[f"{part}precision"] for part in ("", "weight_", "activation_")):
        formats = formats_of(row)
    else:  # nothing stated: 16 bits in a library's own benchmark, the best in a submission
        narrow = "fp8" in hardware.compute.peak.formats and bool(row.table("shape"))
        formats = formats_of(Row({**row, "precision": "fp8" if narrow else "fp16"}))
    devices = row.count("devices")
    tensor, stages = row.count("tp"), row.count("pp")
    replica = Replica(
        model=model_from_row(row),
        hardware=hardware,
        stack=stack_of(row["stack"]),
        precision=formats.storage,
        activation_precision=formats.arithmetic,
        kv_precision="fp8" if formats.cache_bytes == 1.0 else None,
        weight_bytes=formats.weight_bytes,
        layout=Layout(tensor=tensor, pipeline=stages, experts=min(row.count("ep"), tensor)),
    )
    if not row["tp"] and not row["pp"]:
        replica = _smallest(replica, devices)
    return replica, max(devices // replica.devices, 1)


def _smallest(replica: Replica, devices: int) -> Replica:
    """Take as few devices for one copy as leave half of its memory to the cache."""
    for ranks in (1, 2, 4, 8):
        wider = replace(replica, layout=Layout(tensor=ranks))
        held = wider.held(1.0, 1.0)
        if ranks >= devices or float(held.weights) <= 0.5 * wider.machine.capacity:
            return wider
    return replica


def _static(row: Row, replica: Replica, copies: int) -> Mapping[str, float]:
    batch = row.number("batch") or 1.0
    written = int(row.number("output_len") or 0)
    read = int(row.number("input_len") or 0)
    if not written:
        raise MissingValueError("a generation needs output_len")
    first = replica.prefill(batch, float(max(read, 1)))
    steps = [(share, replica.decode(batch, at)) for share, at in growing(max(read, 1), written)]
    token = sum(share * step.seconds for share, step in steps)
    later = written - 1 if read else written
    seconds = later * token + (first.seconds if read else 0.0)
    found = {
        "latency_s": seconds,
        "ttft_s": first.seconds,
        "tpot_s": token,
        "tokens_per_s": copies * batch * written / seconds,
        "samples_per_s": copies * batch / seconds,
    }
    if first.joules is not None:
        joules = sum(share * (step.joules or 0.0) for share, step in steps) * later
        joules += first.joules if read else 0.0
        found["energy_j"] = joules / batch
        found["power_w"] = copies * joules / seconds
    return found


def _served(row: Row, replica: Replica, copies: int) -> Mapping[str, float]:
    shape = row.table("shape")
    written = row.number("output_len") or _half(shape.get("max_output"))
    if not written:
        raise MissingValueError("a served request needs output_len")
    read = row.number("input_len") or _half(shape.get("max_input")) or _UNKNOWN_PROMPT
    clients = row.number("concurrency") or row.number("batch")
    spread = "random range" in row["notes"]
    settings = (replica, int(read), int(written), int(clients) if clients else None, spread)
    return _measured(*settings, copies)


def _half(longest: Any) -> float | None:
    """Take conversations as half as long as their limit."""
    return None if longest is None else float(longest) / 2.0


@lru_cache(maxsize=256)
def _measured(
    replica: Replica, read: int, written: int, clients: int | None, spread: bool, copies: int
) -> Mapping[str, float]:
    steps = Steps(replica, float(read + written))
    capacity = cache_tokens(replica, read + written)
    if capacity < read + written:
        raise InputError(
            f"{replica.model.name} with a request of {read + written:,} tokens does not fit on "
            f"{replica.devices} x {replica.hardware.name}"
        )
    limit = min(clients or _MOST_WAITING, _MOST_WAITING)
    count = max(_ROUNDS * limit, 64)
    prompts, outputs = _lengths(count, read, spread, 1), _lengths(count, written, spread, 2)
    policy = Policy(limit=limit, budget=_BUDGET, mixed=True, chunked=True)
    run = simulate(steps, policy, prompts, outputs, None, clients or count, capacity)
    return _metrics(replica, run, outputs, copies, clients)


def cache_tokens(replica: Replica, length: int) -> float:
    """Return the tokens of context for which a replica has memory."""
    device = replica.machine
    one = replica.held(1.0, float(length))
    groups = replica.layout.data
    free = device.capacity - device.reserve - float(one.weights) - 0.02 * device.capacity
    return max(free, 0.0) / (float(one.cache) / length) * groups


def _lengths(count: int, mean: int, spread: bool, seed: int) -> list[int]:
    if not spread:
        return [mean] * count
    from random import Random  # noqa: PLC0415

    source = Random(seed)  # noqa: S311  # a workload is no secret
    return [source.randint(int(0.8 * mean), mean) for _ in range(count)]


def _metrics(
    replica: Replica, run: Run, outputs: list[int], copies: int, clients: int | None
) -> Mapping[str, float]:
    served = [
        (first, finish, count)
        for first, finish, count in zip(run.first, run.finish, outputs, strict=True)
        if finish < float("inf")
    ]
    tokens = sum(count for _, _, count in served)
    rate = copies * tokens / run.end
    mean = sum((finish - first) / max(count - 1, 1) for first, finish, count in served)
    found = {
        "ttft_s": sum(first for first, _, _ in served) / len(served),
        "tpot_s": mean / len(served),
        "latency_s": sum(finish for _, finish, _ in served) / len(served),
        "tokens_per_s": rate,
        "samples_per_s": copies * len(served) / run.end,
        "queries_per_s": copies * len(served) / run.end,
    }
    if clients:
        found["tokens_per_s_per_user"] = rate / clients
    return found
