"""Reads data files, each at most once and only when asked for."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from mlsysim_core.catalog import SPECS, Kind
from mlsysim_core.errors import CatalogError, SpecError, UnknownEntryError

__all__ = [
    "Entry",
    "aliases",
    "entries",
    "forget",
    "get",
    "names",
    "paths",
    "provenance",
    "read",
]


class Entry(NamedTuple):
    """What the index knows of a data file."""

    group: str
    """Folder under the kind's own, or '' where there is none."""
    title: str
    aliases: tuple[str, ...]


def _data(*parts: str) -> bytes:
    from importlib.resources import files  # noqa: PLC0415  # importing this package reads nothing

    return files(__package__).joinpath(*parts).read_bytes()


@cache
def _index() -> dict[str, Any]:
    import json  # noqa: PLC0415

    index: dict[str, Any] = json.loads(_data("index.json"))
    return index


@cache
def entries(kind: str) -> Mapping[str, Entry]:
    """Entries of a kind by name, as the index lists them; no data file is opened."""
    listed = _index()["entries"].get(kind, {})
    return MappingProxyType(
        {name: Entry(group, title, tuple(aliases)) for name, (group, title, aliases) in listed.items()}
    )


@cache
def paths() -> dict[str, dict[str, tuple[Kind, str]]]:
    """Promised names beside a namespace's own: where, which, and the kind and name meant."""
    return {
        space: {name: (kind, entry) for name, (kind, entry) in promised.items()}
        for space, promised in _index()["paths"].items()
    }


def names(kind: Kind) -> tuple[str, ...]:
    """Names of every entry of that kind, sorted.

    Parameters
    ----------
    kind : str
        ``"hardware"``, ``"model"``, ``"scenario"``, …
    """
    return tuple(entries(kind))


@cache
def aliases(kind: Kind) -> Mapping[str, str]:
    """Other names of the entries of that kind, each with its entry's name.

    Parameters
    ----------
    kind : str
        ``"hardware"``, ``"model"``, ``"scenario"``, …
    """
    return MappingProxyType(
        {alias: name for name, entry in entries(kind).items() for alias in entry.aliases}
    )


def read(kind: str, name: str) -> dict[str, Any]:
    """Parse the data file of an entry."""
    import tomllib  # noqa: PLC0415  # only whoever opens an entry needs it

    group = entries(kind)[name].group
    folder = ("data", kind, group) if group else ("data", kind)
    try:
        return tomllib.loads(_data(*folder, f"{name}.toml").decode())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogError(f"{kind} {name}: {error}") from error


def _canonical(kind: Kind, name: str) -> str:
    if name in entries(kind):
        return name
    try:
        return aliases(kind)[name]
    except KeyError:
        raise UnknownEntryError(kind, name, names(kind)) from None


def get(kind: Kind, name: str) -> Any:
    """Return the entry of that name or alias; everybody shares one object.

    Parameters
    ----------
    kind : str
        ``"hardware"``, ``"model"``, ``"scenario"``, …
    name : str
        Its name, or one of its aliases, spelt as in the registry.

    Raises
    ------
    UnknownEntryError
        If there is none; the error suggests the nearest names.

    See Also
    --------
    mlsysim_core.catalog.find : forgives spelling, and searches every installed registry.
    """
    return _entry(kind, _canonical(kind, name))


@cache
def _entry(kind: Kind, name: str) -> Any:
    from ._entry import split  # noqa: PLC0415

    table, _ = split(read(kind, name))
    try:
        return SPECS[kind].model_validate({"name": name, **table})
    except SpecError as error:
        raise CatalogError(f"{kind} {name}: {error}") from error


@cache
def _provenance(kind: Kind, name: str) -> Any:
    from ._entry import Provenance, split, uncited  # noqa: PLC0415

    table, about = split(read(kind, name))
    try:
        checked = Provenance.model_validate(about)
    except SpecError as error:
        raise CatalogError(f"{kind} {name}: {error}") from error
    if missing := uncited(table, checked):
        raise CatalogError(f"{kind} {name}: no source covers {', '.join(missing)}")
    return checked


def provenance(kind: Kind, name: str) -> Any:
    """Return who vouches for an entry: its sources, and how far to trust it.

    Parameters
    ----------
    kind : str
        ``"hardware"``, ``"model"``, ``"scenario"``, …
    name : str
        Its name, or one of its aliases.

    Returns
    -------
    Provenance
        Its ``confidence``, its ``source`` s, and ``of("memory.bandwidth")`` for one value.
    """
    return _provenance(kind, _canonical(kind, name))


def forget() -> None:
    """Read everything anew, after the data have changed."""
    for function in (_index, entries, paths, aliases, _entry, _provenance):
        function.cache_clear()
