"""`mlsysim fit`: whether a model fits, and how far."""

from typing import Any

from mlsysim_core.explanation import brief_bytes
from mlsysim_solvers import FitModel, FitResult

from .._ending import INFEASIBLE
from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import for_people
from ..output._terminal import complain, write

__all__ = ["answer", "document", "ledger"]


def answer(model: str, hardware: str, settings: dict[str, Any], form: Format) -> int:
    """Ask, write the answer, and return the exit status."""
    found = FitModel().solve(model, hardware, **settings)
    if form in {Format.TABLE, Format.MARKDOWN}:
        text = for_people(found.sections(), form)
    else:
        record = document(found)
        text = as_json(record) if form is Format.JSON else as_csv([record])
    return write(text) or _status(found)


def _status(found: FitResult) -> int:
    if found.feasible:
        return 0
    complain(
        f"{found.model} does not fit on {found.devices} x {found.hardware}: a device needs "
        f"{brief_bytes(found.memory.total)} of {brief_bytes(found.memory.capacity)}"
    )
    return INFEASIBLE


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
