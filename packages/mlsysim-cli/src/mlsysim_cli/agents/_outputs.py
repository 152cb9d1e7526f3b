"""What the tools give, as JSON Schemas; predictions have theirs with `mlsysim schema result`."""

from mlsysim_core.catalog import KINDS
from mlsysim_solvers import DesignTable

from ..answers._schema import quantity, record, result_schema, rows

__all__ = [
    "COMPARISON",
    "DESCRIPTION",
    "ENTRIES",
    "FITTING",
    "KNOWN",
    "PLAN",
    "POINTS",
    "RESULT",
    "SERVING",
    "STEP",
]

_TEXT = {"type": "string"}
_TRUTH = {"type": "boolean"}
_COUNT = {"type": "integer", "minimum": 0}
_MAYBE = {"type": ["number", "null"]}
_PARTS = {"type": "object", "additionalProperties": quantity("s")}
_BYTES = {"type": "object", "additionalProperties": quantity("byte")}
_ADVICE = rows(record({"change": _TEXT, "to": {}, "text": _TEXT}))
_NOTES = rows(_TEXT)
_RATE = quantity(["token/s", "sample/s"])

RESULT = result_schema()
_SIDE = {
    **RESULT,
    "properties": RESULT["properties"] | {"label": _TEXT, "rent": quantity("USD")},
    "required": [*RESULT["required"], "label", "rent"],
}
_BEFORE_AND_AFTER = {"type": "object", "required": ["before", "after"]}
COMPARISON = record(
    {
        "sides": rows(_SIDE),
        "differences": rows(
            record(
                {
                    "from": _TEXT,
                    "to": _TEXT,
                    "explained": {**_TRUTH, "description": "Whether all sides fit."},
                    "settings": {"type": "object", "additionalProperties": _BEFORE_AND_AFTER},
                    "latency": quantity("s", "The difference."),
                    "ratio": _MAYBE,
                    "parts": _PARTS,
                    "groups": rows({"type": "object", "required": ["name"]}),
                    "operators": rows({"type": "object", "required": ["name"]}),
                    "causes": {"type": "object", "additionalProperties": _BEFORE_AND_AFTER},
                }
            )
        ),
    }
)
FITTING = record(
    {
        "model": _TEXT,
        "hardware": _TEXT,
        "devices": _COUNT,
        "precision": _TEXT,
        "batch_size": _COUNT,
        "seq_len": _COUNT,
        "feasible": _TRUTH,
        "shortage": quantity("byte", "Of each device."),
        "max_batch_size": _COUNT,
        "max_seq_len": _COUNT,
        "min_devices": {"type": ["integer", "null"]},
        "min_devices_reason": _TEXT,
        "precisions": rows(_TEXT),
        "memory": _BYTES,
    }
)
SERVING = record(
    {
        **dict.fromkeys(("model", "hardware", "precision", "stack"), _TEXT),
        **dict.fromkeys(("devices", "tp", "pp", "ep"), _COUNT),
        **dict.fromkeys(("batch_size", "input_len", "output_len"), _COUNT),
        "feasible": _TRUTH,
        "ttft": quantity("s", "Time to the first token."),
        "itl": quantity("s", "Time between later tokens."),
        "end_to_end": quantity("s"),
        "throughput": quantity("token/s", "While decoding."),
        "output_throughput": quantity("token/s", "Prompts included."),
        "energy": quantity("J"),
        "energy_per_token": quantity("J/token"),
        "memory": _BYTES,
        "prefill": _PARTS,
        "decode": _PARTS,
        "notes": _NOTES,
        "advice": _ADVICE,
    },
    optional=("advice",),
)
STEP = record(
    {
        **dict.fromkeys(("model", "system", "precision"), _TEXT),
        **dict.fromkeys(("devices", "batch_size"), _COUNT),
        "items": quantity(["token", "sample"]),
        "strategy": {"type": "object"},
        "feasible": _TRUTH,
        "latency": quantity("s", "Wall-clock time of a step."),
        "throughput": _RATE,
        **dict.fromkeys(("mfu", "hfu", "bubble"), _MAYBE),
        "energy": quantity("J"),
        "memory": _BYTES,
        "breakdown": _PARTS,
        "notes": _NOTES,
        "if_spilled": record(
            {"over_host_link": quantity("byte"), "latency": quantity("s"), "throughput": _RATE}
        ),
        "advice": _ADVICE,
    },
    optional=("if_spilled", "advice"),
)
_REPORTED = {
    "type": "object",
    "additionalProperties": {
        "anyOf": [
            {"type": ["string", "boolean"]},
            quantity(["", "s", "token/s", "sample/s", "byte", "J", "W", "gCO2e", "liter", "USD"]),
        ]
    },
}
PLAN = record(
    {
        "version": _COUNT,
        **dict.fromkeys(("plan", "model", "system", "kind"), _TEXT),
        "passed": _TRUTH,
        "feasible": _TRUTH,
        **dict.fromkeys(("feasibility", "performance", "macro"), _REPORTED),
        "assertions": rows(
            record(
                {
                    "text": _TEXT,
                    "line": {"type": ["integer", "null"]},
                    "passed": {"type": ["boolean", "null"]},
                    "values": _REPORTED,
                }
            )
        ),
        "notes": _NOTES,
    }
)
_UNITS = sorted({*DesignTable.units.values(), "1/s"})
POINTS = record(
    {
        "count": {**_COUNT, "description": "Points of the answer, returned or not."},
        "size": {**_COUNT, "description": "Points of the space."},
        "truncated": _TRUTH,
        "refused": {
            "type": "object",
            "additionalProperties": _COUNT,
            "description": "How many points have no accepted answer, by the reason.",
        },
        "points": rows(
            {
                "type": "object",
                "additionalProperties": {
                    "anyOf": [
                        {"type": ["string", "number", "boolean", "null"]},
                        quantity(_UNITS),
                    ]
                },
            }
        ),
    }
)
ENTRIES = record(
    {
        "category": _TEXT,
        "count": {**_COUNT, "description": "Entries that match, returned or not."},
        "truncated": _TRUTH,
        "entries": rows({"type": "object", "required": ["name"]}),
    }
)
DESCRIPTION = {
    "type": "object",
    "properties": {
        "kind": {"enum": list(KINDS)},
        "entry": {"type": "object", "description": "The values."},
        "confidence": _TEXT,
        "source": {"type": "array", "description": "Where the values are from."},
    },
    "required": ["kind", "entry"],
}
_NAMED = record({"kind": {"enum": list(KINDS)}, "name": _TEXT})
KNOWN = record(
    {
        "names": rows(
            record(
                {
                    "given": _TEXT,
                    "valid": _TRUTH,
                    "entries": rows(_NAMED),
                    "nearest": rows(_NAMED),
                }
            )
        )
    }
)
