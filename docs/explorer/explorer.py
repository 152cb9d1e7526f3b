"""What the explorer's page asks of mlsysim: questions and answers as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from mlsysim_core import Engine, HardwareSpec, MLSysimError, PerformanceProfile
from mlsysim_core.catalog import find
from mlsysim_core.formats import FORMATS, WIDTH
from mlsysim_registry import Hardware, Models

__all__ = ["answer", "catalogue"]

_BATCHES = tuple(2**power for power in range(11))


def catalogue() -> str:
    """List every name by its group, and the formats."""
    return json.dumps(
        {
            "models": dict(_groups(Models)),
            "hardware": dict(_groups(Hardware)),
            "precisions": [name for name in FORMATS if name != "fp64"],
        }
    )


def _groups(space: Any) -> Iterator[tuple[str, list[str]]]:
    for name in dir(space):
        if name not in space and name != "list":
            yield name, list(getattr(space, name))


def answer(text: str) -> str:
    """Answer one question, or say what is wrong with it."""
    question = json.loads(text)
    try:
        return json.dumps(_answered(question))
    except MLSysimError as error:
        return json.dumps({"error": str(error), "phases": _phases(question["model"])})


def _phases(model: str) -> list[str]:
    return ["decode", "prefill"] if find("model", model).autoregressive else ["forward"]


def _answered(question: dict[str, Any]) -> dict[str, Any]:
    model, published = find("model", question["model"]), find("hardware", question["hardware"])
    hardware = _scaled(published, question["peak"], question["bandwidth"])
    phases = _phases(model.name)
    settings: dict[str, Any] = {"precision": question["precision"]}
    if phases != ["forward"]:
        phase = question["phase"] if question["phase"] in phases else phases[0]
        most = model.max_context or question["seq_len"]
        settings |= {"phase": phase, "seq_len": min(question["seq_len"], most)}
    batch = question["batch_size"]
    profile = Engine.solve(model, hardware, batch, **settings)
    details, explanation = profile.details, profile.explain()
    return {
        "phases": phases,
        "longest": model.max_context,
        "asked": {name: getattr(details, name) for name in ("phase", "batch_size", "seq_len")},
        "title": f"{model.title or model.name} on {published.title or published.name}",
        "unit": details.unit,
        **_numbers(profile),
        "bottleneck": profile.bottleneck,
        "mfu": profile.mfu,
        "joules": profile.joules,
        "arithmetic": details.arithmetic,
        "precision": details.precision,
        "parts": explanation.parts,
        "operators": explanation.operators,
        "memory": explanation.memory,
        "footprint": details.footprint,
        "capacity": details.capacity,
        "notes": list(details.notes),
        "roofline": {
            "peak": details.peak,
            "bandwidth": hardware.memory.number("bandwidth"),
            "point": _place(profile),
            "trail": [
                {"batch_size": size, **_place(Engine.solve(model, hardware, size, **settings))}
                for size in _BATCHES
            ],
        },
        "changes": list(_changes(profile, model, hardware, batch, settings)),
        "data": details.data_version,
    }


def _numbers(profile: PerformanceProfile) -> dict[str, Any]:
    """Describe an answer; a time that is infinite is none."""
    seconds = profile.seconds if profile.seconds != float("inf") else None
    return {
        "feasible": profile.feasible,
        "seconds": seconds,
        "rate": profile.items_per_second if seconds else None,
    }


def _place(profile: PerformanceProfile) -> dict[str, Any]:
    """Put a pass on the roofline: operations for each byte, and operations in a second."""
    flops = profile.details.flops
    return {
        "intensity": flops / profile.account.traffic,
        "reached": flops / profile.seconds,
        "feasible": profile.feasible,
    }


def _scaled(hardware: HardwareSpec, peak: float, bandwidth: float) -> HardwareSpec:
    """Make a device that has so many times the arithmetic and the bandwidth."""
    update: dict[str, Any] = {}
    if bandwidth != 1:
        update["memory.bandwidth"] = f"{(hardware.memory.number('bandwidth') or 0) * bandwidth} B/s"
    if peak != 1:
        for name in hardware.precisions:
            update[f"compute.peak.{name}"] = f"{hardware.compute.peak.number(name) * peak} FLOP/s"
        if vector := hardware.compute.number("vector"):
            update["compute.vector"] = f"{vector * peak} FLOP/s"
    return hardware.model_copy(update=update) if update else hardware


def _changes(
    profile: PerformanceProfile,
    model: Any,
    hardware: HardwareSpec,
    batch: int,
    settings: dict[str, Any],
) -> Iterator[dict[str, Any]]:
    """Ask the same with one thing changed."""
    yield _change("Twice the memory bandwidth", model, _scaled(hardware, 1, 2), batch, settings)
    yield _change("Twice the arithmetic", model, _scaled(hardware, 2, 1), batch, settings)
    width = WIDTH[profile.details.precision]
    chosen = next((name for name in ("fp16", "int8", "int4") if WIDTH[name] < width), None)
    if chosen:
        narrow = settings | {"precision": chosen}
        yield _change(f"Weights and arithmetic in {chosen}", model, hardware, batch, narrow)
    yield _change("Twice the batch", model, hardware, 2 * batch, settings)
    length = settings.get("seq_len")
    if length and 2 * length <= (model.max_context or 2 * length):
        longer = settings | {"seq_len": 2 * length}
        yield _change("Twice the context", model, hardware, batch, longer)
    ideal = settings | {"stack": "Ideal"}
    yield _change("Software without any overhead", model, hardware, batch, ideal)


def _change(
    what: str, model: Any, hardware: HardwareSpec, batch: int, settings: dict[str, Any]
) -> dict[str, Any]:
    return {"what": what, **_numbers(Engine.solve(model, hardware, batch, **settings))}
