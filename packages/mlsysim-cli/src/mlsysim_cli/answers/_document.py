"""A prediction as a document of plain values: what every format is written from."""

from typing import Any

from mlsysim_core.results import PerformanceProfile

from ..output._data import measure

__all__ = ["HELD", "PARTS", "document", "operators"]

PARTS = ("compute", "weights", "cache", "activations", "launch", "host")
"""Parts of the latency, in the order of the sum."""

HELD = ("weights", "cache", "activations", "optimizer", "reserve")
"""What the memory holds."""

_TOO_LARGE = "does not fit in memory; see if_spilled"
_NO_POWER = "the power of this hardware is unknown"


def document(profile: PerformanceProfile) -> dict[str, Any]:
    """Describe a prediction. What does not fit has no answer, but for one under `if_spilled`."""
    details, feasible = profile.details, profile.feasible
    explanation = profile.explain()
    parts, held = explanation.parts, explanation.memory
    latency = measure(profile.seconds, "s")
    throughput = measure(profile.items_per_second, f"{details.unit}/s")
    nothing: dict[str, Any] = {"value": None, "reason": _TOO_LARGE}
    found: dict[str, Any] = {
        "model": details.model,
        "hardware": details.hardware,
        "phase": details.phase,
        "batch_size": details.batch_size,
        "seq_len": details.seq_len,
        "precision": details.precision,
        "arithmetic": details.arithmetic,
        "efficiency": details.efficiency,
        "stack": details.stack,
        "data_version": details.data_version,
        "feasible": feasible,
        "latency": latency if feasible else {**nothing, "unit": "s"},
        "throughput": throughput if feasible else {**nothing, "unit": throughput["unit"]},
        "bottleneck": profile.bottleneck,
        "mfu": profile.mfu if feasible else None,
        "energy": measure(profile.joules if feasible else None, "J", _why(profile)),
        "memory": {
            "needed": measure(details.footprint, "byte"),
            "capacity": measure(details.capacity, "byte"),
            **{name: measure(held.get(name, 0.0), "byte") for name in HELD},
        },
        "breakdown": {name: measure(parts.get(name, 0.0), "s") for name in PARTS},
        "notes": list(details.notes),
    }
    if not feasible:
        found["if_spilled"] = {
            "over_host_link": measure(profile.account.spill, "byte"),
            "latency": latency,
            "throughput": throughput,
        }
    return found


def operators(profile: PerformanceProfile) -> list[dict[str, Any]]:
    """Describe each operator: its repetitions, and its time by kind."""
    return [
        {
            "name": row["name"],
            "count": row["count"],
            **{kind: measure(_seconds(row[kind]), "s") for kind in _KINDS},
        }
        for row in profile.explain().operators
    ]


_KINDS = ("compute", "memory", "launch", "time")


def _seconds(value: Any) -> float:
    return float(value)


def _why(profile: PerformanceProfile) -> str:
    if not profile.feasible:
        return _TOO_LARGE
    return _NO_POWER if profile.joules is None else ""
