"""The entries of the files and folders that ``MLSYSIM_REGISTRY`` names: a registry."""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsysim_core.catalog import Kind

if TYPE_CHECKING:
    from ._own import OwnEntries

__all__ = ["VARIABLE", "aliases", "get", "names", "origin", "provenance"]

VARIABLE = "MLSYSIM_REGISTRY"
"""Environment variable with paths, separated as in ``PATH``."""


def names(kind: Kind) -> tuple[str, ...]:
    """Names of the entries of a kind."""
    return entries.names(kind) if (entries := _entries()) else ()


def aliases(kind: Kind) -> Mapping[str, str]:
    """Other names of the entries of a kind, each with its entry's name."""
    return entries.aliases(kind) if (entries := _entries()) else {}


def get(kind: Kind, name: str) -> Any:
    """Return the entry of that name."""
    return _some().get(kind, name)


def provenance(kind: Kind, name: str) -> Any:
    """Return who vouches for an entry, where its file says so."""
    return _some().provenance(kind, name)


def origin(kind: Kind, name: str) -> str:
    """File and line of an entry."""
    return _some().origin(kind, name)


def _some() -> "OwnEntries":
    from ._own import OwnEntries  # noqa: PLC0415  # most people have no entries

    return _entries() or OwnEntries([])


def _entries() -> "OwnEntries | None":
    value = os.environ.get(VARIABLE, "")
    if not value.strip(os.pathsep + " "):
        return None
    from ._own import loaded  # noqa: PLC0415

    paths = [Path(part).expanduser() for part in value.split(os.pathsep) if part.strip()]
    kept = dict.fromkeys(path for path in paths if path.resolve() not in loaded)
    return _read(tuple(kept))


@lru_cache(maxsize=8)
def _read(paths: tuple[Path, ...]) -> "OwnEntries":
    from ._own import OwnEntries  # noqa: PLC0415

    return OwnEntries(paths)
