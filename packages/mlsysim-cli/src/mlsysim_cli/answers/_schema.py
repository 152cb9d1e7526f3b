"""JSON Schemas: of what goes in, and of what comes out."""

from typing import Any

from .._ending import BAD_INPUT
from ..output._data import as_json
from ..output._form import Format
from ..output._terminal import complain, write
from ._document import HELD, PARTS

__all__ = ["DIALECT", "description_schema", "quantity", "record", "result_schema", "rows", "schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(what: str, form: Format) -> int:
    """Write the schema of a description, of a measurement file's rows, or of an answer."""
    if form not in {Format.TABLE, Format.JSON}:
        complain(f"a schema is always JSON: leave out -o {form.value}")
        return BAD_INPUT
    return write(as_json(description_schema(what)))


def description_schema(what: str) -> dict[str, Any]:
    """Return the schema of one thing."""
    if what == "result":
        return result_schema()
    if what == "entries":
        from ._schema_entries import entries_schema  # noqa: PLC0415

        return {"$schema": DIALECT, **entries_schema()}
    if what == "plan":
        from mlsysim_solvers.plans._schema import plan_schema  # noqa: PLC0415

        return plan_schema()
    if what in {"measurements", "report"}:
        from mlsysim_solvers import validation  # noqa: PLC0415

        measured = what == "measurements"
        return validation.measurement_schema() if measured else validation.report_schema()
    from mlsysim_core import HardwareSpec, ModelSpec, Scenario  # noqa: PLC0415

    specs = {"hardware": HardwareSpec, "model": ModelSpec, "scenario": Scenario}
    return {"$schema": DIALECT, **specs[what].model_json_schema()}


def record(
    properties: dict[str, Any], about: str = "", optional: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Describe an object that has these properties and no others."""
    return {
        "type": "object",
        **({"description": about} if about else {}),
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def quantity(unit: str | list[str], about: str = "") -> dict[str, Any]:
    """Describe a number with its unit, or why there is none."""
    units = [unit] if isinstance(unit, str) else unit
    return record(
        {
            "value": {"type": ["number", "null"]},
            "unit": {"enum": units},
            "reason": {"type": "string", "description": "Why there is no value."},
        },
        about,
        optional=("reason",),
    )


def rows(items: dict[str, Any]) -> dict[str, Any]:
    """Describe any number of equal things."""
    return {"type": "array", "items": items}


def result_schema() -> dict[str, Any]:
    """Describe what `eval -o json` and `explain -o json` write."""
    text, whole = {"type": "string"}, {"type": "integer", "minimum": 1}
    rate = quantity(["token/s", "sample/s"], "Tokens or samples in a unit of time.")
    seconds = quantity("s")
    return {
        "$schema": DIALECT,
        "title": "Result",
        "description": "What mlsysim predicts for one pass of a model on one device.",
        **record(
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
                "latency": quantity("s", "Wall-clock time of one pass."),
                "throughput": rate,
                "bottleneck": {"enum": ["Compute", "Memory"]},
                "mfu": {"type": ["number", "null"], "minimum": 0.0, "maximum": 1.0},
                "energy": quantity("J", "Energy of one pass on the device."),
                "memory": record(
                    {name: quantity("byte") for name in ("needed", "capacity", *HELD)}
                ),
                "breakdown": record(
                    dict.fromkeys(PARTS, seconds), "Parts of the latency; they add up."
                ),
                "notes": rows(text),
                "if_spilled": record(
                    {"over_host_link": quantity("byte"), "latency": seconds, "throughput": rate},
                    "Of a pass that does not fit: what it would take over the host link.",
                ),
                "advice": rows(record({"change": text, "to": {}, "text": text})),
                "constraints": rows(_constraint()),
                "operators": rows(_operator(seconds)),
            },
            optional=("if_spilled", "advice", "constraints", "operators"),
        ),
    }


def _constraint() -> dict[str, Any]:
    measured = quantity(["s", "token/s", "sample/s", "byte", "J", "W", ""])
    return record(
        {
            "name": {"type": "string"},
            "limit": measured,
            "actual": measured,
            "satisfied": {"type": "boolean"},
        }
    )


def _operator(seconds: dict[str, Any]) -> dict[str, Any]:
    kinds = ("compute", "memory", "launch", "time")
    return record(
        {"name": {"type": "string"}, "count": {"type": "number"}} | dict.fromkeys(kinds, seconds)
    )
