"""A training step as a document of plain values, and its strategy in words."""

import math
from typing import Any

from mlsysim_core.explanation import brief_bytes
from mlsysim_solvers import DistributedResult

from ..output._data import measure

__all__ = [
    "communication",
    "devices_for",
    "parts",
    "state_of",
    "step_document",
    "strategy",
]

_TOO_LARGE = "does not fit in memory; see if_spilled"
_STATE = {"optimizer": 1, "gradients": 2, "weights": 3}
"""What a step keeps, by the ZeRO stage from which data-parallel ranks share it."""
_NO_POWER = "the power of this hardware is unknown"


def strategy(found: DistributedResult) -> dict[str, Any]:
    """Describe how a step is laid out."""
    plan = found.layout
    return {
        "tp": plan.tp,
        "pp": plan.pp,
        "cp": plan.cp,
        "ep": plan.ep,
        "dp": plan.dp,
        "virtual_stages": plan.chunks,
        "micro_batch_size": plan.microbatch,
        "micro_batches": plan.microbatches,
        "zero": plan.zero,
        "sequence_parallel": plan.sequence,
        "recompute": plan.recompute,
        "schedule": plan.schedule,
    }


def _state(found: DistributedResult) -> float:
    """Bytes of weights, gradients and optimizer on all devices, without copies."""
    plan = found.layout
    return sum(
        found.memory[name] * plan.tp * plan.pp * (plan.shard_group if plan.zero >= stage else 1)
        for name, stage in _STATE.items()
    )


def state_of(found: DistributedResult) -> str:
    """Write for people how large weights, gradients and optimizer are."""
    return brief_bytes(_state(found))


def devices_for(found: DistributedResult) -> int:
    """Return the fewest devices whose memory weights, gradients and optimizer need alone."""
    return math.ceil(_state(found) / (found.capacity - found.memory["reserve"]))


def parts(found: DistributedResult) -> dict[str, Any]:
    """Describe the parts of the latency, in the order of the sum."""
    return {name: measure(seconds, "s") for name, seconds in found.parts.items()}


def communication(found: DistributedResult) -> list[dict[str, Any]]:
    """Describe each kind of communication that there is: all of it, and what nothing hides."""
    exposed = found.exposed
    return [
        {"name": name, "time": measure(seconds, "s"), "exposed": measure(exposed[name], "s")}
        for name, seconds in found.communication.items()
        if seconds
    ]


def step_document(found: DistributedResult) -> dict[str, Any]:
    """Describe a step. What does not fit has no answer, but for one under `if_spilled`."""
    feasible, plan = found.feasible, found.layout
    latency = measure(found.seconds, "s")
    throughput = measure(found.items_per_second, f"{found.unit}/s")
    nothing: dict[str, Any] = {"value": None, "reason": _TOO_LARGE}
    document: dict[str, Any] = {
        "model": found.model,
        "system": found.system,
        "devices": plan.devices,
        "precision": found.precision,
        "batch_size": plan.microbatch * plan.microbatches * plan.dp,
        "items": measure(found.items, found.unit),
        "strategy": strategy(found),
        "feasible": feasible,
        "latency": latency if feasible else {**nothing, "unit": "s"},
        "throughput": throughput if feasible else {**nothing, "unit": throughput["unit"]},
        "mfu": found.mfu if feasible else None,
        "hfu": found.hfu if feasible else None,
        "bubble": found.bubble_fraction if feasible else None,
        "energy": measure(
            found.joules if feasible else None, "J", _NO_POWER if feasible else _TOO_LARGE
        ),
        "memory": {
            "needed": measure(found.footprint, "byte"),
            "capacity": measure(found.capacity, "byte"),
            **{name: measure(size, "byte") for name, size in found.memory.items()},
        },
        "breakdown": parts(found),
        "notes": list(found.notes),
    }
    if not feasible:
        document["if_spilled"] = {
            "over_host_link": measure(found.footprint - found.capacity, "byte"),
            "latency": latency,
            "throughput": throughput,
        }
    return document
