"""The JSON Schema of plan files, for editors."""

from typing import Any

from ._plan import Plan

__all__ = ["plan_schema"]

_NAMED = {
    "NodeSpec": {"accelerator": "hardware"},
    "SystemSpec": {"node": "node", "fabric": "fabric"},
}
"""Values that may be the name of an entry in place of the entry itself."""


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of a plan, in dialect 2020-12.

    Returns
    -------
    dict
        What an editor needs to complete and to check a plan file. Names of entries and
        assertions are any text to it: only mlsysim knows which there are.
    """
    found: dict[str, Any] = _plain(Plan.model_json_schema(by_alias=True))
    parts, own = found.pop("$defs"), found["properties"]
    for name, fields in _NAMED.items():
        for field, kind in fields.items():
            _or_name(parts[name]["properties"], field, kind)
    _or_name(own, "model", "model")
    _or_name(own, "hardware", "device")
    _or_name(own, "system", "node or a cluster")
    for kind in ("Serving", "Training"):  # a pass is what it is if nothing is said
        parts[kind]["required"] = ["kind", *parts[kind].get("required", ())]
    own["workload"] |= {"description": "What it does: a pass, if kind is not given."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **found,
        "title": "mlsysim plan",
        "description": "What runs, on what, where, at what price, and what must hold.",
        "oneOf": [{"required": ["hardware"]}, {"required": ["system"]}],
        "$defs": parts,
    }


def _or_name(properties: dict[str, Any], field: str, kind: str) -> None:
    """Let a value be a name, too."""
    spec = properties[field]
    about = spec.pop("description", "")
    name = {"type": "string", "description": f"The name of a {kind}."}
    spelt = spec.get("anyOf") or spec.get("oneOf") or [spec]
    properties[field] = {"anyOf": [name, *spelt], **({"description": about} if about else {})}


def _plain(schema: Any) -> Any:
    """Leave out what pydantic adds: titles, nulls, and the word of a union's tag."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    left = {"discriminator"} if "oneOf" in schema else set()
    if isinstance(schema.get("title"), str):
        left |= {"title"}
    kept = {key: _plain(one) for key, one in schema.items() if key not in left}
    choices = kept.get("anyOf")
    if choices and {"type": "null"} in choices:
        choices.remove({"type": "null"})
        if "default" in kept and kept["default"] is None:
            del kept["default"]
        if len(choices) == 1:
            kept = {**choices[0], **{key: one for key, one in kept.items() if key != "anyOf"}}
    return kept
