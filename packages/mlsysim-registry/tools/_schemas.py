"""JSON Schemas of the data files."""

import json
from typing import Any

from mlsysim_core.catalog import KINDS, SPECS, Kind
from mlsysim_registry._entry import Provenance

__all__ = ["schemas"]

NAMED = {
    "node": {"accelerator"},
    "system": {"node", "fabric"},
    "scenario": {"workload", "system"},
}
"""Values that are names of other entries."""


def schemas(index: dict[str, Any]) -> dict[str, str]:
    """Text of the schema of each kind that has entries."""
    return {kind: schema_of(kind) for kind in KINDS if index["entries"][kind]}


def schema_of(kind: Kind) -> str:
    """Text of the schema of one kind: the spec's, with the provenance."""
    spec, about = SPECS[kind].model_json_schema(), Provenance.model_json_schema()
    properties: dict[str, Any] = {**about["properties"], **spec["properties"]}
    del properties["name"]  # it is the file's stem
    for name in NAMED.get(kind, ()):
        properties[name] = {"type": "string", "description": f"Name of a registry entry: {name}."}
    spec["properties"] = properties
    spec["required"] = [*about["required"], *(key for key in spec["required"] if key != "name")]
    definitions = {**spec.get("$defs", {}), **about.get("$defs", {})}
    used: set[str] = set()
    waiting = [json.dumps(properties)]
    while waiting:
        text = waiting.pop()
        for name, definition in definitions.items():
            if name not in used and f'"#/$defs/{name}"' in text:
                used.add(name)
                waiting.append(json.dumps(definition))
    spec["$defs"] = {name: definitions[name] for name in sorted(used)}
    spec["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(spec, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
