"""The JSON Schema of a file with entries of one's own, so that editors complete and check it."""

import json
from importlib.resources import files
from typing import Any

from mlsysim_core.catalog import KINDS

__all__ = ["entries_schema"]

_OPTIONAL = ("source", "confidence")
"""What every entry that ships must have, and one of one's own may."""
_CONFIG = {
    "type": "object",
    "description": "A model as transformers describes it.",
    "required": ["config"],
    "properties": {"config": {"type": "string", "description": "Path of its config.json."}},
}


def entries_schema() -> dict[str, Any]:
    """Describe a file that has a table for each kind, and in it a table for each name."""
    definitions: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for kind in KINDS:
        shipped = files("mlsysim_registry") / "schema" / f"{kind}.json"
        if not shipped.is_file():  # nothing of this kind ships, so its form is only the spec's
            continue
        text = shipped.read_text(encoding="utf-8").replace("#/$defs/", f"#/$defs/{kind}.")
        entry = json.loads(text)
        entry.pop("$schema")
        inner = entry.pop("$defs", {})
        definitions |= {f"{kind}.{name}": one for name, one in inner.items()}
        entry["required"] = [name for name in entry["required"] if name not in _OPTIONAL]
        definitions[kind] = {"anyOf": [entry, _CONFIG]} if kind == "model" else entry
        tables[kind] = {
            "type": "object",
            "description": f"Entries of the kind {kind}, by their names.",
            "additionalProperties": {"$ref": f"#/$defs/{kind}"},
        }
    return {
        "title": "Entries of your own",
        "type": "object",
        "properties": tables,
        "additionalProperties": False,
        "$defs": definitions,
    }
