"""JSON Schemas: of what goes in, and of what comes out."""

from typing import Any

from .._ending import BAD_INPUT
from ..output._data import as_json
from ..output._form import Format
from ..output._terminal import complain, write
from ._document import HELD, PARTS

__all__ = ["result_schema", "schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(what: str, form: Format) -> int:
    """Write the schema of a description, of a measurement file's rows, or of an answer."""
    if form not in {Format.TABLE, Format.JSON}:
        complain(f"a schema is always JSON: leave out -o {form.value}")
        return BAD_INPUT
    if what == "result":
        found = result_schema()
    elif what in {"measurements", "report"}:
        from mlsysim_solvers import validation  # noqa: PLC0415

        measured = what == "measurements"
        found = validation.measurement_schema() if measured else validation.report_schema()
    else:
        from mlsysim_core import HardwareSpec, ModelSpec, Scenario  # noqa: PLC0415

        specs = {"hardware": HardwareSpec, "model": ModelSpec, "scenario": Scenario}
        found = {"$schema": DIALECT, **specs[what].model_json_schema()}
    return write(as_json(found))


def _object(
    properties: dict[str, Any], about: str = "", optional: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "type": "object",
        **({"description": about} if about else {}),
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _quantity(unit: str | list[str], about: str = "") -> dict[str, Any]:
    units = [unit] if isinstance(unit, str) else unit
    return _object(
        {
            "value": {"type": ["number", "null"]},
            "unit": {"enum": units},
            "reason": {"type": "string", "description": "Why there is no value."},
        },
        about,
        optional=("reason",),
    )


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def result_schema() -> dict[str, Any]:
    """Describe what `eval -o json` and `explain -o json` write."""
    text, whole = {"type": "string"}, {"type": "integer", "minimum": 1}
    rate = _quantity(["token/s", "sample/s"], "Tokens or samples in a unit of time.")
    seconds = _quantity("s")
    return {
        "$schema": DIALECT,
        "title": "Result",
        "description": "What mlsysim predicts for one pass of a model on one device.",
        **_object(
            {
                "model": text,
                "hardware": text,
                "phase": {"enum": ["decode", "prefill", "forward", "training"]},
                "batch_size": whole,
                "seq_len": {"type": ["integer", "null"], "minimum": 1},
                "precision": {**text, "description": "Format of the stored weights."},
                "arithmetic": {**text, "description": "Format that the device computes in."},
                "efficiency": {
                    "type": ["number", "null"],
                    "description": "Fraction of the dense peak, where it was given.",
                },
                "stack": text,
                "data_version": {
                    "type": ["string", "null"],
                    "description": "Version of the registry data that went into it.",
                },
                "feasible": {"type": "boolean", "description": "Whether it fits in memory."},
                "latency": _quantity("s", "Wall-clock time of one pass."),
                "throughput": rate,
                "bottleneck": {"enum": ["Compute", "Memory"]},
                "mfu": {"type": ["number", "null"], "minimum": 0.0, "maximum": 1.0},
                "energy": _quantity("J", "Energy of one pass on the device."),
                "memory": _object(
                    {name: _quantity("byte") for name in ("needed", "capacity", *HELD)}
                ),
                "breakdown": _object(
                    dict.fromkeys(PARTS, seconds), "Parts of the latency; they add up."
                ),
                "notes": _list(text),
                "if_spilled": _object(
                    {"over_host_link": _quantity("byte"), "latency": seconds, "throughput": rate},
                    "Of a pass that does not fit: what it would take over the host link.",
                ),
                "advice": _list(_object({"change": text, "to": {}, "text": text})),
                "constraints": _list(_constraint()),
                "operators": _list(_operator(seconds)),
            },
            optional=("if_spilled", "advice", "constraints", "operators"),
        ),
    }


def _constraint() -> dict[str, Any]:
    quantity = _quantity(["s", "token/s", "sample/s", "byte", "J", "W", ""])
    return _object(
        {
            "name": {"type": "string"},
            "limit": quantity,
            "actual": quantity,
            "satisfied": {"type": "boolean"},
        }
    )


def _operator(seconds: dict[str, Any]) -> dict[str, Any]:
    kinds = ("compute", "memory", "launch", "time")
    return _object(
        {"name": {"type": "string"}, "count": {"type": "number"}} | dict.fromkeys(kinds, seconds)
    )
