"""What the tools take, as JSON Schemas: one description of each parameter."""

from typing import Any, get_args

from mlsysim_core.catalog import KINDS
from mlsysim_core.formats import FORMATS
from mlsysim_core.operators._training import OPTIMIZER_STATES
from mlsysim_solvers.training._layout import Recomputation, Schedule

__all__ = [
    "COMPARE",
    "DESCRIBE",
    "FIT",
    "NAMES",
    "PLAN",
    "PREDICT",
    "SEARCH",
    "SERVE",
    "SWEEP",
    "TRAIN",
    "defaults",
]

Schema = dict[str, Any]

MOST_ROWS = 1000
"""Rows of one answer, at most."""


def _takes(required: dict[str, Schema], optional: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def defaults(schema: Schema) -> dict[str, Any]:
    """Return what parameters are if nobody gives them; nothing where a solver decides."""
    return {name: one.get("default") for name, one in schema["properties"].items()}


def _text(about: str, **more: Any) -> Schema:
    return {"type": "string", "description": about, **more}


def _count(about: str, default: int | None = None) -> Schema:
    shown = {} if default is None else {"default": default}
    return {"type": "integer", "minimum": 1, "description": about, **shown}


def _choice(about: str, words: tuple[str, ...], default: str | None = None) -> Schema:
    shown = {} if default is None else {"default": default}
    return _text(about, enum=list(words), **shown)


def _several(about: str, items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "description": about}


_FREE = {"type": "object"}
_MODEL = {
    "anyOf": [{"type": "string"}, _FREE],
    "description": "Name of a model (search_zoo finds it), or a description of one, "
    "as the resource mlsysim://schema/model says.",
}
_HARDWARE = {
    "anyOf": [{"type": "string"}, _FREE],
    "description": "Name of a device (search_zoo finds it), or a description of one, "
    "as the resource mlsysim://schema/hardware says.",
}
_SYSTEM = _text("Name of a cluster, a node or a device; search_zoo finds them.")
_BATCH = _count("Sequences or samples that pass together.", 1)
_PRECISION = _choice("Format of weights and of arithmetic.", FORMATS, "fp16")
_KV = _choice("Format of the cache; as wide as the activations if not given.", FORMATS)
_ACTIVATIONS = _choice("Format of activations; 16 bits if not given.", FORMATS)
_EFFICIENCY = {
    "type": "number",
    "minimum": 0.0,
    "maximum": 1.0,
    "description": "Fraction of the dense peak that arithmetic reaches; predicted if not given.",
}
_STACK = _text("Software, such as Optimized (the default) or Ideal, the textbook roofline.")
_LENGTH = _count("Tokens of context, or of each sequence; 2,048 if not given.")
_OPTIMIZER = _choice("Optimizer of a training step.", tuple(OPTIMIZER_STATES), "adam")
_TP = _count("Devices that share each layer.", 1)
_PP = _count("Pipeline stages.", 1)
_EP = _count("Devices that share the experts.", 1)
_PLACEMENT = {"tp": _TP, "pp": _PP, "ep": _EP}

PREDICT = _takes(
    {"model": _MODEL, "hardware": _HARDWARE},
    {
        "batch_size": _BATCH,
        "precision": _PRECISION,
        "efficiency": _EFFICIENCY,
        "phase": _choice(
            "decode, one new token for each sequence (the default), or prefill, whole prompts; "
            "models that do not generate know forward only.",
            ("decode", "prefill", "forward"),
        ),
        "seq_len": _LENGTH,
        "kv_precision": _KV,
        "stack": _STACK,
        "is_training": {
            "type": "boolean",
            "default": False,
            "description": "Predict a training step instead.",
        },
        "recompute": _choice(
            "What a training step computes again.", ("none", "selective", "full"), "selective"
        ),
        "optimizer": _OPTIMIZER,
    },
)
PLAN = _takes(
    {
        "plan": {
            "anyOf": [{"type": "string"}, _FREE],
            "description": "The plan: YAML text, or an object, as the resource "
            "mlsysim://schema/plan says.",
        }
    },
    {},
)
COMPARE = _takes(
    {
        "sides": {
            **_several(
                "What predict takes, for each side; the others are held to the first.", PREDICT
            ),
            "minItems": 2,
            "maxItems": 8,
        }
    },
    {},
)
FIT = _takes(
    {"model": _MODEL, "hardware": _HARDWARE},
    {
        "batch_size": _BATCH,
        "seq_len": _count("Tokens of each sequence.", 2048),
        "precision": _PRECISION,
        "kv_precision": _KV,
        "activation_precision": _ACTIVATIONS,
        "stack": _STACK,
        **_PLACEMENT,
    },
)
SERVE = _takes(
    {"model": _MODEL, "hardware": _HARDWARE},
    {
        "batch_size": _count("Requests that are served together.", 1),
        "input_len": _count("Tokens of each prompt.", 2048),
        "output_len": _count("Tokens of each answer.", 256),
        "precision": _PRECISION,
        "kv_precision": _KV,
        "activation_precision": _ACTIVATIONS,
        "efficiency": _EFFICIENCY,
        "stack": _STACK,
        **_PLACEMENT,
    },
)
TRAIN = _takes(
    {"model": _MODEL, "system": _SYSTEM},
    {
        "batch_size": _count("Sequences or samples of a step, on all devices together.", 1),
        "precision": _choice("Format of weights and of arithmetic.", FORMATS, "bf16"),
        "efficiency": _EFFICIENCY,
        "seq_len": _LENGTH,
        **_PLACEMENT,
        "cp": _count("Devices that share each sequence.", 1),
        "virtual_stages": _count("Stages that each device holds.", 1),
        "micro_batches": _count("Micro-batches of each data-parallel rank."),
        "zero": {
            "enum": [0, 1, 2, 3],
            "default": 0,
            "description": "Sharded: 0 nothing, 1 optimizer, 2 gradients too, 3 weights too.",
        },
        "recompute": _choice("What is computed again.", get_args(Recomputation), "selective"),
        "schedule": _choice("Schedule of the pipeline.", get_args(Schedule), "1f1b"),
        "optimizer": _OPTIMIZER,
        "lora_rank": _count("Train only adapters of this rank."),
        "overlap": {
            "type": "boolean",
            "default": True,
            "description": "Whether computation hides communication.",
        },
        "stack": _STACK,
    },
)

_NUMBERS = {
    "anyOf": [
        {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1},
        {"type": "string"},
    ]
}
_RANGE = "as an array, or as text: '1:256' with both ends, '1:256:8' in steps, '1:256:log2'."
SWEEP = _takes(
    {
        "models": _several("Names of models.", {"type": "string"}),
        "hardware": _several("Names of devices.", {"type": "string"}),
    },
    {
        "batch_size": {**_NUMBERS, "description": f"Batch sizes {_RANGE}"},
        "seq_len": {**_NUMBERS, "description": f"Tokens {_RANGE}"},
        "precision": _several("Formats.", {"enum": list(FORMATS)}),
        "phase": _several("Phases.", {"enum": ["decode", "prefill", "forward"]}),
        "stack": _several("Software.", {"type": "string"}),
        "where": _several(
            "Comparisons of parameters, such as 'batch_size * seq_len <= 1e6'.", {"type": "string"}
        ),
        "objective": _text("What is best, such as 'maximize throughput'."),
        "constraints": _several(
            "Comparisons of answers, such as 'latency < 50 ms'.", {"type": "string"}
        ),
        "pareto": {
            **_several("Goals; only the front is returned.", {"type": "string"}),
            "minItems": 2,
        },
        "limit": {**_count("Most points to return.", 100), "maximum": MOST_ROWS},
    },
)
_CATEGORY = _text("hardware, models, scenarios, systems, nodes, ...", default="hardware")
SEARCH = _takes(
    {},
    {
        "category": _CATEGORY,
        "search": _text("Words that an entry has: of its name, title, vendor or group."),
        "group": _text("A group, such as Cloud, Edge or Language."),
        "sort": _text("Column to sort by.", default="name"),
        "reverse": {"type": "boolean", "default": False, "description": "Largest first."},
        "limit": {**_count("Most entries to return.", 20), "maximum": MOST_ROWS},
    },
)
_KIND = _choice("Kind of entry.", tuple(KINDS))
DESCRIBE = _takes({"kind": _KIND, "name": _text("Name of the entry.")}, {})
NAMES = _takes(
    {"names": _several("Names to check.", {"type": "string"})},
    {"kind": {**_KIND, "description": "Kind of entry; every kind if not given."}},
)
