"""The registries of this process, and their names put together."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, Protocol, get_args, runtime_checkable

from ._published import Published, published
from .errors import CatalogError, MissingValueError, UnknownEntryError

__all__ = [
    "GROUP",
    "KINDS",
    "Catalog",
    "Kind",
    "Provenance",
    "added",
    "catalogs",
    "find",
    "index_of",
    "locate",
    "names",
    "place_of",
    "plain",
    "provenance",
    "refresh",
    "spellings",
]

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


class Provenance(Protocol):
    """Who vouches for an entry."""

    @property
    def confidence(self) -> str:
        """How far to trust the entry as a whole."""

    @property
    def source(self) -> tuple[Any, ...]:
        """Publications, and what each of them covers."""

    def of(self, path: str) -> tuple[Any, ...]:
        """Return the sources of one value, such as ``"memory.bandwidth"``."""


@runtime_checkable
class Catalog(Protocol):
    """A set of named specs.

    Two more functions are used where a registry has them: ``provenance(kind, name)`` gives
    the :class:`Provenance` of an entry, and ``origin(kind, name)`` says where it stands,
    such as ``"mine/chip.toml:1"``.
    """

    def names(self, kind: Kind) -> Iterable[str]:
        """Return the names of its entries of that kind."""

    def aliases(self, kind: Kind) -> Mapping[str, str]:
        """Return the other names of its entries of that kind, each with its entry."""

    def get(self, kind: Kind, name: str) -> Any:
        """Return the entry of that name."""


added: dict[str, Catalog] = {}


def _load(entry_point: Published) -> Catalog:
    where = f"{entry_point.name!r} ({entry_point.value})"
    try:
        catalog = entry_point.load()
    except CatalogError:
        raise
    except Exception as error:
        raise CatalogError(f"registry {where} cannot be imported: {error}") from error
    if not isinstance(catalog, Catalog):
        raise CatalogError(f"registry {where} is not a Catalog: {catalog!r}")
    return catalog


@cache
def catalogs() -> dict[str, Catalog]:
    """Every registry by what it is called: those that are installed, then those added."""
    installed = sorted(published(GROUP), key=lambda point: point.name)
    return {point.name: _load(point) for point in installed} | added


@cache
def index_of(kind: Kind) -> dict[str, tuple[Catalog, str]]:
    """Every name of a kind, with its registry and the name there; aliases last."""
    index: dict[str, tuple[Catalog, str]] = {}
    searched = catalogs().values()
    filled = 0
    for catalog in searched:
        own = tuple(catalog.names(kind))
        filled += bool(own)
        for name in own:
            if name in index:
                raise _clash(kind, name, index[name], (catalog, name))
            index[name] = (catalog, name)
    for catalog in searched:
        for alias, name in catalog.aliases(kind).items():
            if index.setdefault(alias, (catalog, name)) != (catalog, name):
                raise _clash(kind, alias, index[alias], (catalog, name))
    if filled > 1:  # what differs in case alone would hide the other
        alike: dict[str, str] = {}
        for spelling, entry in index.items():
            other = alike.setdefault(plain(spelling), spelling)
            if index[other][0] is not entry[0]:
                raise _clash(kind, spelling, index[other], entry, other)
    return index


def _clash(
    kind: Kind, name: str, one: tuple[Catalog, str], two: tuple[Catalog, str], alike: str = ""
) -> CatalogError:
    """Name both places of a name that is taken."""
    places = " and ".join(place_of(kind, *entry) for entry in (one, two))
    spelt = f", which cannot be told from {alike!r}" if alike and alike != name else ""
    return CatalogError(f"two registries have a {kind} named {name!r}{spelt}: {places}")


def place_of(kind: Kind, catalog: Catalog, name: str) -> str:
    if where := getattr(catalog, "origin", None):
        return str(where(kind, name))
    return next(label for label, one in catalogs().items() if one is catalog)


def plain(name: str) -> str:
    """Drop what people spell differently: case, and separators, but for those in numbers."""
    parted = re.sub(r"(?<=[0-9])[^a-z0-9+]+(?=[0-9])", ".", name.casefold())
    return re.sub(r"[^a-z0-9+.]|(?<![0-9])\.|\.(?![0-9])", "", parted)


@cache
def spellings(kind: Kind) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in index_of(kind):
        found.setdefault(plain(name), name)
    return found


@cache
def names(kind: Kind) -> tuple[str, ...]:
    """Names of every installed entry of that kind, sorted, without aliases."""
    return tuple(sorted({name for _, name in index_of(kind).values()}))


@cache
def find(kind: Kind, name: str) -> Any:
    """Return the entry of that name, whichever registry has it."""
    catalog, its_name = locate(kind, name)
    return catalog.get(kind, its_name)


def locate(kind: Kind, name: str) -> tuple[Catalog, str]:
    """Return the registry that has an entry, and the name there."""
    index = index_of(kind)
    last = name.rpartition(".")[2] if re.fullmatch(r"\w+(\.[A-Za-z]\w*)+", name) else name
    for candidate in dict.fromkeys((name, last)):
        if entry := index.get(candidate):
            return entry
    for candidate in dict.fromkeys((name, last)):
        if spelling := spellings(kind).get(plain(candidate)):
            return index[spelling]
    raise UnknownEntryError(kind, name, names(kind))


def refresh() -> None:
    """Forget what was found, after a registry was installed or changed."""
    for function in (catalogs, index_of, spellings, names, find):
        function.cache_clear()


def provenance(kind: Kind, name: str) -> Provenance:
    """Return who vouches for an entry, whichever registry has it.

    Parameters
    ----------
    kind, name : str
        As in :func:`mlsysim_core.catalog.find`.

    Raises
    ------
    UnknownEntryError
        If no registry has it.
    MissingValueError
        If its registry does not say.
    """
    catalog, its_name = locate(kind, name)
    if says := getattr(catalog, "provenance", None):
        found: Provenance = says(kind, its_name)
        return found
    place = place_of(kind, catalog, its_name)
    raise MissingValueError(f"{kind} {its_name}: its registry, {place}, names no sources")
