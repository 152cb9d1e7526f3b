"""`mlsysim fit`: whether a model fits, and how far."""

from typing import Any

from mlsysim_core.explanation import brief_bytes
from mlsysim_solvers import FitModel, FitResult

from ..output._data import measure
from ..output._form import Format
from ._conclusion import conclude

__all__ = ["answer", "document", "ledger"]


def answer(model: str, hardware: str, settings: dict[str, Any], form: Format) -> int:
    """Ask, write the answer, and return the exit status."""
    found = FitModel().solve(model, hardware, **settings)
    return conclude(document(found), found.sections(), form, _shortage(found))


def _shortage(found: FitResult) -> str:
    if found.feasible:
        return ""
    return (
        f"{found.model} does not fit on {found.devices} x {found.hardware}: a device needs "
        f"{brief_bytes(found.memory.total)} of {brief_bytes(found.memory.capacity)}"
    )


def ledger(memory: Any) -> dict[str, Any]:
    """Describe the memory of one device for scripts."""
    parts = ("weights", "cache", "activations", "draft", "adapters", "reserve", "offloaded")
    return {
        "needed": measure(memory.total, "byte"),
        "capacity": measure(memory.capacity, "byte"),
        **{name: measure(getattr(memory, name), "byte") for name in parts},
    }


def document(found: FitResult) -> dict[str, Any]:
    """Describe for scripts what fits."""
    return {
        "model": found.model,
        "hardware": found.hardware,
        "devices": found.devices,
        "precision": found.precision,
        "batch_size": found.batch_size,
        "seq_len": found.seq_len,
        "feasible": found.feasible,
        "shortage": measure(found.shortage, "byte"),
        "max_batch_size": found.max_batch,
        "max_seq_len": found.max_context,
        "min_devices": found.min_devices,
        "min_devices_reason": found.reason,
        "precisions": list(found.precisions),
        "memory": ledger(found.memory),
    }
