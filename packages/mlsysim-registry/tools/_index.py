"""The index of all data files."""

import json
import keyword
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

from mlsysim_core.catalog import KINDS

__all__ = ["index_of", "texts_of"]

RESERVED = {"list"}
"""What a namespace calls its own methods."""


def index_of(data: Path) -> tuple[dict[str, Any], list[str]]:
    """Entries by kind and name, the promised paths, and what is wrong with them."""
    entries: dict[str, dict[str, list[Any]]] = {}
    problems: list[str] = []
    for kind in KINDS:
        found: dict[str, list[Any]] = {}
        for path in sorted((data / kind).rglob("*.toml"), key=lambda path: path.stem.casefold()):
            name, where = path.stem, path.relative_to(data)
            group = "" if path.parent == data / kind else path.parent.name
            if name in found:
                problems.append(f"{where}: there is another {kind} of that name")
            if not name.isidentifier() or keyword.iskeyword(name) or name in RESERVED:
                problems.append(f"{where}: {name!r} cannot be an attribute")
            if path.parent not in {data / kind, data / kind / group}:
                problems.append(f"{where}: groups have no groups")
            try:
                table = tomllib.loads(path.read_text(encoding="utf-8"))
            except tomllib.TOMLDecodeError as error:
                problems.append(f"{where}: {error}")
                continue
            found[name] = [group, table.get("title", ""), table.get("aliases", [])]
        entries[kind] = found
    promised = tomllib.loads((data / "paths.toml").read_text(encoding="utf-8"))
    paths = {
        space: {name: target.split("/") for name, target in names.items()}
        for space, names in promised.items()
    }
    problems += [
        f"paths.toml: {space}.{name} leads to no {kind} {entry!r}"
        for space, names in paths.items()
        for name, (kind, entry) in names.items()
        if entry not in entries.get(kind, {})
    ]
    return {"version": version_of(data), "entries": entries, "paths": paths}, problems


def version_of(data: Path) -> str:
    """A few digits that are others as soon as any value is another."""
    digest = sha256()
    for path in sorted(data.rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        digest.update(f"{path.relative_to(data).as_posix()}\0{text}\0".encode())
    return digest.hexdigest()[:12]


def texts_of(index: dict[str, Any]) -> dict[str, str]:
    """Text of each file of the index: one for each kind, so that none is read in vain."""
    about = {part: index[part] for part in ("version", "paths")}
    files = {"index.json": json.dumps(about, indent=1, ensure_ascii=False) + "\n"}
    for kind, entries in index["entries"].items():
        lines = [
            f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in entries.items()
        ]
        files[f"index/{kind}.json"] = "{\n" + ",\n".join(lines) + "\n}\n"
    return files
