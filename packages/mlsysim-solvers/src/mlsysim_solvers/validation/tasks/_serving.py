"""Rows that measure served requests: static batches, closed loops, saturated engines."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from random import Random

from mlsysim_core.errors import InputError, MissingValueError

from ...serving._layout import Layout
from ...serving._replica import Replica
from ...serving._replica_settings import cache_tokens
from ...serving._serving import growing
from ...serving._simulation_energy import mean_power
from ...serving._simulation_loop import simulate
from ...serving._simulation_policy import Policy, Run
from ...serving._steps import Steps
from .._rows import Row
from ._asked import Asked, asked
from ._devices import device_of
from ._formats import formats_of
from ._models import model_from_row
from ._stacks import stack_of

__all__ = ["predict"]

_ROUNDS = 8
"""Requests that each client of a closed loop sends in turn."""
_SATURATED = 4
"""Rounds of a saturated engine."""
_MOST_WAITING = 2048
"""Sequences that a saturated engine decodes together at most."""


def predict(row: Row) -> Mapping[str, float]:
    """Predict what a client of a serving engine measures."""
    row = row if isinstance(row, Row) else Row(row)
    replica, copies = _replica(row)
    if row["task"] == "generate":
        return _static(row, replica, copies)
    return _measured(replica, asked(row), copies)


def _replica(row: Row) -> tuple[Replica, int]:
    """Build the replica of a row, and count its copies."""
    hardware = device_of(row["hardware"])
    if any(row[f"{part}precision"] for part in ("", "weight_", "activation_")):
        formats = formats_of(row)
    else:  # nothing stated: 16 bits in a library's own benchmark, the best in a submission
        narrow = "fp8" in hardware.compute.peak.formats and bool(row.table("shape"))
        formats = formats_of(Row({**row, "precision": "fp8" if narrow else "fp16"}))
    devices = row.count("devices")
    tensor, stages = row.count("tp"), row.count("pp")
    model, stack = model_from_row(row), stack_of(row["stack"], hardware)
    mixed = formats.storage == "fp4" and getattr(model.architecture, "experts", None) is not None
    narrow_cache = formats.cache_bytes == 1.0
    if not row["kv_precision"] and stack.serving.cache_as_weights:
        narrow_cache = formats.arithmetic == "fp8"
    replica = Replica(
        model=model,
        hardware=hardware,
        stack=stack,
        precision=formats.storage,
        activation_precision=formats.arithmetic,
        kv_precision="fp8" if narrow_cache else None,
        # Block formats of four bits are made for experts; what every token meets stays wide.
        weight_bytes=formats.activation_bytes if mixed else formats.weight_bytes,
        expert_bytes=formats.weight_bytes if mixed else None,
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
    length = read + written
    if batch * length > cache_tokens(replica, length) >= length:
        return _in_waves(replica, int(batch), max(read, 1), written, copies)
    first = replica.prefill(batch, float(max(read, 1)))
    steps = [(share, replica.write(batch, at)) for share, at in growing(max(read, 1), written)]
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


def _in_waves(
    replica: Replica, batch: int, read: int, written: int, copies: int
) -> Mapping[str, float]:
    """Serve a batch that exceeds the memory: some of it waits for the rest."""
    steps, habits = Steps(replica, float(read + written)), replica.stack.serving
    policy = Policy.of(habits.policy, limit=batch, budget=habits.max_tokens, reserve=True)
    capacity = cache_tokens(replica, read + written)
    run = simulate(steps, policy, [read] * batch, [written] * batch, None, batch, capacity)
    found = {
        "latency_s": run.end,
        "ttft_s": sum(run.first) / batch,
        "tokens_per_s": copies * batch * written / run.end,
        "samples_per_s": copies * batch / run.end,
    }
    power = mean_power(replica, run, read + written / 2.0)
    if power is not None:
        found["power_w"] = copies * power
        found["energy_j"] = power * run.end / batch
    return found


@lru_cache(maxsize=256)
def _measured(replica: Replica, asked: Asked, copies: int) -> Mapping[str, float]:
    read, written, clients, beams = asked.read, asked.written, asked.clients, asked.beams
    steps = Steps(replica, float(read + written), asked.kept, beams)
    habits = replica.stack.serving
    # Beams of one request share its prompt: its memory, and its reading.
    shared = beams * (read + written) / (read + beams * written)
    capacity = cache_tokens(replica, read + written) * shared
    if capacity < beams * (read + written):
        raise InputError(
            f"{replica.model.name} with a request of {read + written:,} tokens does not fit on "
            f"{replica.devices} x {replica.hardware.name}"
        )
    limit = min(beams * clients if clients else _MOST_WAITING, _MOST_WAITING)
    together = max(min(limit, int(capacity / (read + written))), 1)
    count = max((_ROUNDS if clients else _SATURATED) * together, 32)
    prompts, outputs = (
        _lengths(count, mean, asked.spread, seed) for mean, seed in ((read, 1), (written, 2))
    )
    policy = Policy.of(
        habits.policy, limit=limit, budget=habits.max_tokens, reserve=habits.reserve,
        cached=1.0 - 1.0 / beams,
    )  # fmt: skip
    run = simulate(
        steps, policy, prompts, outputs, None, limit if clients else count, capacity,
        front_end=replica.front_end,
    )  # fmt: skip
    found = dict(_metrics(run, outputs, copies, asked))
    power = mean_power(replica, run, read + written / 2.0)
    if power is not None:
        found["power_w"] = copies * power
        found["energy_j"] = copies * power / found["tokens_per_s"]
    return found


def _lengths(count: int, mean: int, spread: float, seed: int) -> list[int]:
    if not spread:
        return [mean] * count
    source = Random(seed)  # noqa: S311  # a workload is no secret
    least, most = math.ceil((1.0 - spread) * mean), math.floor((1.0 + spread) * mean)
    return [source.randint(least, most) for _ in range(count)]


def _metrics(run: Run, outputs: list[int], copies: int, asked: Asked) -> Mapping[str, float]:
    served = [one for one in zip(run.first, run.finish, outputs, strict=True) if one[1] < math.inf]
    firsts, finishes, counts = (list(column) for column in zip(*served, strict=True))
    rate = copies * sum(counts) / asked.beams / run.end
    requests = copies * len(served) / asked.beams / run.end
    later = [(finish - first) / (count - 1 or 1) for first, finish, count in served]
    if asked.interval > 1:  # a client sees its first token with the others of its message
        held = [min(asked.interval, count) - 1 for count in counts]
        firsts = [one + more * gap for one, more, gap in zip(firsts, held, later, strict=True)]
        later = [
            (finish - one) / (count - 1 or 1)
            for one, finish, count in zip(firsts, finishes, counts, strict=True)
        ]
    found = {
        "ttft_s": sum(firsts) / len(served),
        "tpot_s": sum(later) / len(served),
        "latency_s": sum(finishes) / len(served),
        "tokens_per_s": rate,
        "samples_per_s": requests,
        "queries_per_s": requests,
    }
    if asked.clients:
        found["tokens_per_s_per_user"] = rate / asked.clients
    return found
