"""JSON Schemas of a measurement file's rows, and of the report of a comparison."""

from typing import Any

from ._rows import METRICS, OPERATIONS, REQUIRED, SCHEDULES, TASKS

__all__ = ["measurement_schema", "report_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER = r"^$|^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
_OBJECT = r"^$|^\s*\{[\s\S]*\}\s*$"

_TEXT = {
    "id": "Name of the row; unique in the file.",
    "source": "Where the number was published, or who measured it.",
    "model": "Name of the model. The architecture goes first where both are given.",
    "hardware": "Device, by a name or an alias that a registry has.",
    "intra_node_link": "Link among the devices of a node.",
    "inter_node_link": "Link among nodes.",
    "zero": "What data-parallel ranks shard: zero1, zero2, zero3, fsdp, ...",
    "recompute": "Activations that training computes again: none, selective, full.",
    "gradient_precision": "Format in which training sums gradients.",
    "precision": "Format of weights and of arithmetic.",
    "weight_precision": "Format of stored weights.",
    "activation_precision": "Format of activations and of arithmetic.",
    "kv_precision": "Format of the cache.",
    "stack": "Software and version, as people write it.",
    "notes": "Anything else. The word FLAG marks a row that is listed, and not scored.",
}
_COUNTS = {
    "devices": "Devices of the whole job.",
    "devices_per_node": "Devices of a node.",
    "tp": "Tensor-parallel ranks.",
    "pp": "Pipeline stages.",
    "vpp": "Virtual stages of each.",
    "cp": "Context-parallel ranks.",
    "ep": "Expert-parallel ranks.",
    "dp": "Data-parallel ranks.",
    "micro_batch": "Samples of a micro-batch.",
    "global_batch": "Samples of a step, of the whole job.",
    "batch": "Samples or sequences that pass together.",
    "input_len": "Tokens of a prompt; zero for an empty context.",
    "output_len": "Tokens written.",
    "context_len": "Tokens in the cache.",
    "concurrency": "Clients of a closed loop.",
    "tokens": "Tokens of the whole run, beside device_hours.",
    "lora_rank": "Rank of adapters, where they are all that is trained.",
}
_SWITCHES = {
    "sequence_parallel": "1 or 0: whether tensor-parallel ranks share the sequence, too.",
    "flash_attention": "1 or 0: whether attention never writes its scores.",
}
_TABLES = {
    "architecture": "JSON object: layers, hidden, ffn, heads, kv_heads, head_dim, vocab, seq_len, "
    "experts, ...; or gmacs and params.",
    "shape": "JSON object with the sizes of an operator (M, N, K; heads, seq; bytes, op; ...) or a "
    "data set (mean_len, spread, dataset), and how it is served (beams, stream_interval).",
}
_WORDS = {
    "schedule": (SCHEDULES, "How a pipeline orders its micro-batches."),
    "operations": (OPERATIONS, "What tflops and mfu_percent of training count."),
}


def measurement_schema() -> dict[str, Any]:
    """Describe one row of a measurement file: text by column, empty where nothing is stated.

    Returns
    -------
    dict
        A JSON Schema.
    """
    columns: dict[str, Any] = {
        name: {"type": "string", "description": about} for name, about in _TEXT.items()
    }
    patterns = ((_COUNTS, _NUMBER), (_SWITCHES, "^[01]?$"), (_TABLES, _OBJECT))
    for described, pattern in patterns:
        for name, about in described.items():
            columns[name] = {"type": "string", "description": about, "pattern": pattern}
    for name in REQUIRED:
        columns.setdefault(name, {"type": "string"})["minLength"] = 1
    for name, (words, about) in _WORDS.items():
        columns[name] = {"enum": ["", *words], "description": about}
    columns["task"] = {"enum": list(TASKS), "description": "What was measured."}
    columns["metric"] = {"enum": list(METRICS), "description": "What the value is."}
    columns["value"] = {
        "type": "string",
        "pattern": _NUMBER,
        "minLength": 1,
        "description": "What was measured, above zero, in the unit that the metric's name tells.",
    }
    return {
        "$schema": _DIALECT,
        "title": "Measurement",
        "description": "One row of a measurement file, with its cells as text.",
        "type": "object",
        "properties": columns,
        "required": list(REQUIRED),
    }


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _by_name(entries: dict[str, Any], about: str) -> dict[str, Any]:
    return {"type": "object", "description": about, "additionalProperties": entries}


def report_schema() -> dict[str, Any]:
    """Describe the report of a comparison. Errors are fractions, not percent.

    Returns
    -------
    dict
        A JSON Schema.
    """
    count = {"type": "integer", "minimum": 0}
    part = {"type": "number", "minimum": 0.0, "maximum": 1.0}
    size = {"type": ["number", "null"], "minimum": 0.0}
    signed = {"type": ["number", "null"]}
    rank = {"type": ["number", "null"], "minimum": -1.0, "maximum": 1.0}
    score = {**size, "description": "Mean over sources of the source's median absolute error."}
    bias = {**signed, "description": "Median of the signed errors."}
    counted = {"rows": count, "predicted": count}
    source = _object(
        {
            **counted,
            "median_ape": {**size, "description": "Median absolute error."},
            "mean_ape": {**size, "description": "Mean absolute error."},
            "p90_ape": {**size, "description": "Absolute error that 90 % of the rows keep to."},
            "bias": bias,
            "spearman": {**rank, "description": "Rank correlation."},
        }
    )
    group = _by_name(
        _object({**counted, "median_ape": size, "bias": bias}), "Errors by what was asked for."
    )
    task = _object(
        {
            "score": score,
            "coverage": {**part, "description": "Rows predicted over rows given."},
            "spearman": {**rank, "description": "Rank correlation within each metric, weighed."},
            "bias": bias,
            "metrics": _by_name(_object({"score": score, "coverage": part}), "By metric."),
            "sources": _by_name(source, "By source."),
            "hardware": group,
            "stack": group,
        },
        optional=("hardware", "stack"),
    )
    refused = _object({"id": {"type": "string"}, "reason": {"type": "string", "minLength": 1}})
    return {
        "$schema": _DIALECT,
        "title": "Report",
        "description": "Predictions against measurements.",
        **_object(
            {
                **counted,
                "refused": {"type": "array", "items": refused},
                "tasks": _by_name(task, "By task."),
            }
        ),
    }
