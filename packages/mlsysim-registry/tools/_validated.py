"""Entries as their data files say, validated: what a process reads in place of those files."""

import json
from typing import Any

from mlsysim_core.errors import CatalogError
from mlsysim_core.specs import NamedSpec, Spec
from mlsysim_registry import _loader

__all__ = ["validated"]


def validated(index: dict[str, Any]) -> dict[str, str]:
    """Text of the file of each kind that has entries: one line of JSON for each.

    From then on this process validates every entry, those that others name included.
    """
    _loader._edited = lambda *_: True
    _loader.forget()
    return {
        kind: "".join(line_of(_loader.get(kind, name)) + "\n" for name in entries)
        for kind, entries in index["entries"].items()
        if entries
    }


def line_of(entry: NamedSpec) -> str:
    """One entry as JSON, its name first."""
    return json.dumps(fields_of(entry), ensure_ascii=False, separators=(",", ":"))


def fields_of(spec: Spec) -> dict[str, Any]:
    """What was set, as the spec keeps it."""
    given = (name for name in type(spec).model_fields if name in spec.model_fields_set)
    return {name: part_of(spec.__dict__[name]) for name in given}


def part_of(value: Any) -> Any:
    """One value: another entry by its kind and name, another spec with its class."""
    if isinstance(value, NamedSpec):
        name = str(value.__dict__["name"])
        if _loader.get(value.kind, name) != value:
            raise CatalogError(f"{value.kind} {name} differs from the entry of that name")
        return {"entry": [value.kind, name]}
    if isinstance(value, Spec):
        return {"": type(value).__name__, **fields_of(value)}
    if isinstance(value, tuple):
        return [part_of(one) for one in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise CatalogError(f"cannot keep a {type(value).__name__}: {value!r}")
