"""Finds registries by entry point, and entries by whatever people call them."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args, overload, runtime_checkable

from .errors import CatalogError, UnknownEntryError
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

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "KINDS", "SPECS", "Catalog", "Kind", "find", "names", "refresh"]

GROUP = "mlsysim.catalogs"
"""Entry-point group in which an installed package publishes its registry."""

Kind = Literal[
    "hardware",
    "model",
    "scenario",
    "node",
    "fabric",
    "system",
    "grid",
    "rack",
    "tier",
    "stack",
    "region",
    "operator",
    "link",
    "storage",
    "failure",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

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


@runtime_checkable
class Catalog(Protocol):
    """A set of named specs."""

    def names(self, kind: Kind) -> Iterable[str]:
        """Return the names of its entries of that kind."""

    def aliases(self, kind: Kind) -> Mapping[str, str]:
        """Return the other names of its entries of that kind, each with its entry."""

    def get(self, kind: Kind, name: str) -> Any:
        """Return the entry of that name."""


def _load(entry_point: "EntryPoint") -> Catalog:
    where = f"{entry_point.name!r} ({entry_point.value})"
    try:
        catalog = entry_point.load()
    except Exception as error:
        raise CatalogError(f"registry {where} cannot be imported: {error}") from error
    if not isinstance(catalog, Catalog):
        raise CatalogError(f"registry {where} is not a Catalog: {catalog!r}")
    return catalog


@cache
def _index(kind: Kind) -> dict[str, tuple[Catalog, str]]:
    """Every name of a kind, with its registry and the name there; aliases last."""
    index: dict[str, tuple[Catalog, str]] = {}
    from importlib.metadata import entry_points  # noqa: PLC0415  # slow, and not always needed

    catalogs = [_load(point) for point in sorted(entry_points(group=GROUP), key=lambda p: p.name)]
    for catalog in catalogs:
        for name in catalog.names(kind):
            if name in index:
                raise CatalogError(f"two registries have a {kind} named {name!r}")
            index[name] = (catalog, name)
    for catalog in catalogs:
        for alias, name in catalog.aliases(kind).items():
            if index.setdefault(alias, (catalog, name)) != (catalog, name):
                raise CatalogError(f"two registries have a {kind} named {alias!r}")
    return index


def _plain(name: str) -> str:
    """Drop what people spell differently: case, and separators, but for those in numbers."""
    parted = re.sub(r"(?<=[0-9])[^a-z0-9+]+(?=[0-9])", ".", name.casefold())
    return re.sub(r"[^a-z0-9+.]|(?<![0-9])\.|\.(?![0-9])", "", parted)


@cache
def _spellings(kind: Kind) -> dict[str, str]:
    spellings: dict[str, str] = {}
    for name in _index(kind):
        spellings.setdefault(_plain(name), name)
    return spellings


@cache
def names(kind: Kind) -> tuple[str, ...]:
    """Names of every installed entry of that kind, sorted, without aliases."""
    return tuple(sorted({name for _, name in _index(kind).values()}))


def refresh() -> None:
    """Forget what was found, after a registry was installed or changed."""
    for function in (_index, _spellings, names, _find):
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
    index = _index(kind)
    last = name.rpartition(".")[2] if re.fullmatch(r"\w+(\.[A-Za-z]\w*)+", name) else name
    for candidate in dict.fromkeys((name, last)):
        if entry := index.get(candidate):
            catalog, its_name = entry
            return catalog.get(kind, its_name)
    for candidate in dict.fromkeys((name, last)):
        if spelling := _spellings(kind).get(_plain(candidate)):
            catalog, its_name = index[spelling]
            return catalog.get(kind, its_name)
    raise UnknownEntryError(kind, name, names(kind))
