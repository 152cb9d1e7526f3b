"""Finds registries by entry point, and entries by whatever people call them."""

import re
from functools import cache
from typing import Any, Literal, overload

from ._registries import (
    GROUP,
    KINDS,
    Catalog,
    Kind,
    Provenance,
    added,
    catalogs,
    index_of,
    place_of,
    plain,
    spellings,
)
from .errors import MissingValueError, UnknownEntryError
from .specs import (
    FabricSpec,
    FailureSpec,
    GridSpec,
    HardwareSpec,
    LinkSpec,
    ModelSpec,
    NodeSpec,
    OperatorSpec,
    RackSpec,
    RegionSpec,
    Scenario,
    Spec,
    StackSpec,
    StorageSpec,
    SystemSpec,
    TierSpec,
)

__all__ = [
    "GROUP",
    "KINDS",
    "SPECS",
    "Catalog",
    "Kind",
    "Provenance",
    "add",
    "find",
    "names",
    "origin",
    "provenance",
    "refresh",
    "remove",
]

SPECS: dict[Kind, type[Spec]] = {
    "hardware": HardwareSpec,
    "model": ModelSpec,
    "scenario": Scenario,
    "node": NodeSpec,
    "fabric": FabricSpec,
    "system": SystemSpec,
    "grid": GridSpec,
    "rack": RackSpec,
    "tier": TierSpec,
    "stack": StackSpec,
    "region": RegionSpec,
    "operator": OperatorSpec,
    "link": LinkSpec,
    "storage": StorageSpec,
    "failure": FailureSpec,
}
"""What an entry of each kind is."""


def add(label: str, catalog: Catalog) -> None:
    """Add a registry to this process, or put it in the place of the one so called.

    Parameters
    ----------
    label : str
        What to call it.
    catalog : Catalog
        The registry; nothing is added if one of its names is taken.

    Raises
    ------
    CatalogError
        If a name in it is taken.
    """
    before = added.get(label)
    added[label] = catalog
    refresh()
    try:
        for kind in KINDS:
            index_of(kind)
    except BaseException:
        remove(label)
        if before is not None:
            added[label] = before
        raise


def remove(label: str) -> None:
    """Take out what was added, if there is any so called."""
    added.pop(label, None)
    refresh()


@cache
def names(kind: Kind) -> tuple[str, ...]:
    """Names of every installed entry of that kind, sorted, without aliases."""
    return tuple(sorted({name for _, name in index_of(kind).values()}))


def refresh() -> None:
    """Forget what was found, after a registry was installed or changed."""
    for function in (catalogs, index_of, spellings, names, _find):
        function.cache_clear()


@overload
def find(kind: Literal["hardware"], name: str) -> HardwareSpec: ...
@overload
def find(kind: Literal["model"], name: str) -> ModelSpec: ...
@overload
def find(kind: Literal["scenario"], name: str) -> Scenario: ...
@overload
def find(kind: Literal["node"], name: str) -> NodeSpec: ...
@overload
def find(kind: Literal["fabric"], name: str) -> FabricSpec: ...
@overload
def find(kind: Literal["system"], name: str) -> SystemSpec: ...
@overload
def find(kind: Literal["grid"], name: str) -> GridSpec: ...
@overload
def find(kind: Literal["rack"], name: str) -> RackSpec: ...
@overload
def find(kind: Literal["tier"], name: str) -> TierSpec: ...
@overload
def find(kind: Literal["stack"], name: str) -> StackSpec: ...
@overload
def find(kind: Literal["region"], name: str) -> RegionSpec: ...
@overload
def find(kind: Literal["operator"], name: str) -> OperatorSpec: ...
@overload
def find(kind: Literal["link"], name: str) -> LinkSpec: ...
@overload
def find(kind: Literal["storage"], name: str) -> StorageSpec: ...
@overload
def find(kind: Literal["failure"], name: str) -> FailureSpec: ...
@overload
def find(kind: Kind, name: str) -> Any: ...
def find(kind: Kind, name: str) -> Any:
    """Return the entry of that name, whichever registry has it.

    Parameters
    ----------
    kind : str
        What to look for: ``"hardware"``, ``"model"``, ``"scenario"``, …
    name : str
        A name, an alias or a dotted path (``"Cloud.H100"``); neither case nor separators
        matter, though an exact spelling goes first.

    Raises
    ------
    UnknownEntryError
        If no registry has it; the error suggests the nearest names.
    """
    return _find(kind, name)


@cache
def _find(kind: Kind, name: str) -> Any:
    catalog, its_name = _locate(kind, name)
    return catalog.get(kind, its_name)


def _locate(kind: Kind, name: str) -> tuple[Catalog, str]:
    index = index_of(kind)
    last = name.rpartition(".")[2] if re.fullmatch(r"\w+(\.[A-Za-z]\w*)+", name) else name
    for candidate in dict.fromkeys((name, last)):
        if entry := index.get(candidate):
            return entry
    for candidate in dict.fromkeys((name, last)):
        if spelling := spellings(kind).get(plain(candidate)):
            return index[spelling]
    raise UnknownEntryError(kind, name, names(kind))


def provenance(kind: Kind, name: str) -> Provenance:
    """Return who vouches for an entry, whichever registry has it.

    Parameters
    ----------
    kind, name : str
        As in :func:`find`.

    Raises
    ------
    UnknownEntryError
        If no registry has it.
    MissingValueError
        If its registry does not say.
    """
    catalog, its_name = _locate(kind, name)
    if says := getattr(catalog, "provenance", None):
        found: Provenance = says(kind, its_name)
        return found
    place = place_of(kind, catalog, its_name)
    raise MissingValueError(f"{kind} {its_name}: its registry, {place}, names no sources")


def origin(kind: Kind, name: str) -> str:
    """Say which registry has an entry, or where in it.

    Parameters
    ----------
    kind, name : str
        As in :func:`find`.
    """
    return place_of(kind, *_locate(kind, name))
