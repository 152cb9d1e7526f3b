"""Finds registries by entry point, and entries by whatever people call them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, overload

from . import _registries, specs
from ._registries import (
    GROUP,
    KINDS,
    Catalog,
    Kind,
    Provenance,
    added,
    index_of,
    locate,
    names,
    place_of,
    plain,
    provenance,
    refresh,
)
from .specs import HardwareSpec, ModelSpec, NamedSpec, StackSpec

if TYPE_CHECKING:
    from .scenario import Scenario
    from .specs import (
        FabricSpec,
        FailureSpec,
        GridSpec,
        LinkSpec,
        NodeSpec,
        OperatorSpec,
        RackSpec,
        RegionSpec,
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
    "plain",
    "provenance",
    "refresh",
    "remove",
]


class _Specs(Mapping[Kind, type[NamedSpec]]):
    """Every kind, with its spec, whose module is imported when it is asked for."""

    def __getitem__(self, kind: Kind) -> type[NamedSpec]:
        if kind == "scenario":
            from .scenario import Scenario  # noqa: PLC0415

            return Scenario
        if kind not in KINDS:
            raise KeyError(kind)
        found: type[NamedSpec] = getattr(specs, f"{kind.capitalize()}Spec")
        return found

    def __iter__(self) -> Iterator[Kind]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


SPECS: Mapping[Kind, type[NamedSpec]] = _Specs()
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


@overload
def find(kind: Literal["hardware"], name: str) -> HardwareSpec: ...
@overload
def find(kind: Literal["model"], name: str) -> ModelSpec: ...
@overload
def find(kind: Literal["scenario"], name: str) -> "Scenario": ...
@overload
def find(kind: Literal["node"], name: str) -> "NodeSpec": ...
@overload
def find(kind: Literal["fabric"], name: str) -> "FabricSpec": ...
@overload
def find(kind: Literal["system"], name: str) -> "SystemSpec": ...
@overload
def find(kind: Literal["grid"], name: str) -> "GridSpec": ...
@overload
def find(kind: Literal["rack"], name: str) -> "RackSpec": ...
@overload
def find(kind: Literal["tier"], name: str) -> "TierSpec": ...
@overload
def find(kind: Literal["stack"], name: str) -> StackSpec: ...
@overload
def find(kind: Literal["region"], name: str) -> "RegionSpec": ...
@overload
def find(kind: Literal["operator"], name: str) -> "OperatorSpec": ...
@overload
def find(kind: Literal["link"], name: str) -> "LinkSpec": ...
@overload
def find(kind: Literal["storage"], name: str) -> "StorageSpec": ...
@overload
def find(kind: Literal["failure"], name: str) -> "FailureSpec": ...
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
    return _registries.find(kind, name)


def origin(kind: Kind, name: str) -> str:
    """Say which registry has an entry, or where in it.

    Parameters
    ----------
    kind, name : str
        As in :func:`find`.
    """
    return place_of(kind, *locate(kind, name))
