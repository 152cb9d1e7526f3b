"""Reads data files, each at most once and only when asked for."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsysim_core.catalog import SPECS, Kind
from mlsysim_core.errors import CatalogError, SpecError, UnknownEntryError
from mlsysim_core.specs import stamped

if TYPE_CHECKING:
    from ._entry import Provenance

__all__ = [
    "ABOUT",
    "Entry",
    "aliases",
    "data_version",
    "entries",
    "forget",
    "get",
    "names",
    "parse",
    "paths",
    "provenance",
    "read",
    "split",
]


_HERE = Path(__file__).parent

ABOUT = ("aliases", "confidence", "source")
"""Keys of a data file that are no values, but say where those come from."""


_LOCK = RLock()
"""Held while an entry is read: an entry may name others."""


class Entry(NamedTuple):
    """What the index knows of a data file."""

    group: str
    """Folder under the kind's own, or '' where there is none."""
    title: str
    aliases: tuple[str, ...]


def _data(*parts: str) -> bytes:
    return _HERE.joinpath(*parts).read_bytes()


@cache
def _index() -> dict[str, Any]:
    import json  # noqa: PLC0415

    index: dict[str, Any] = json.loads(_data("index.json"))
    return index


def data_version() -> str:
    """Return the version of all data: another one as soon as any value is another."""
    return f"mlsysim {_index()['version']}"


@cache
def entries(kind: str) -> Mapping[str, Entry]:
    """Entries of a kind by name, as the index lists them; no data file is opened."""
    listed = _index()["entries"].get(kind, {})
    return MappingProxyType(
        {
            name: Entry(group, title, tuple(aliases))
            for name, (group, title, aliases) in listed.items()
        }
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


def parse(text: str) -> dict[str, Any]:
    """Parse a data file.

    A long list of layers takes ``tomllib`` ten milliseconds. But for its keys it is JSON, so
    it is read as that, and as TOML only where somebody wrote it in another way.
    """
    import tomllib  # noqa: PLC0415  # only whoever opens an entry needs it

    before, opening, rest = text.partition("\nlayers = [\n")
    layers, closing, after = rest.partition("\n]\n")
    if opening and closing:
        import json  # noqa: PLC0415

        listed = re.sub(r"(\w+) = ", r'"\1": ', layers).rstrip(",")
        try:
            found = json.loads(f"[{listed}]")
        except ValueError:
            return tomllib.loads(text)
        table = tomllib.loads(f"{before}\n{after}")
        table["architecture"]["layers"] = found
        return table
    return tomllib.loads(text)


def read(kind: str, name: str) -> dict[str, Any]:
    """Parse the data file of an entry."""
    group = entries(kind)[name].group
    folder = ("data", kind, group) if group else ("data", kind)
    try:
        return parse(_data(*folder, f"{name}.toml").decode())
    except (OSError, ValueError) as error:
        raise CatalogError(f"{kind} {name}: {error}") from error


def split(table: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part a data file's table into the spec's values and their provenance."""
    values = dict(table)
    return values, {key: values.pop(key) for key in ABOUT if key in values}


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
    canonical = _canonical(kind, name)
    with _LOCK:  # two threads that ask first get one object, not two
        return _entry(kind, canonical)


@cache
def _entry(kind: Kind, name: str) -> Any:
    table, _ = split(read(kind, name))
    try:
        entry = SPECS[kind].model_validate({"name": name, **table})
    except SpecError as error:
        raise CatalogError(f"{kind} {name}: {error}") from error
    stamped(entry, data_version())
    return entry


@cache
def _provenance(kind: Kind, name: str) -> "Provenance":
    from pydantic import ValidationError  # noqa: PLC0415

    from ._entry import Provenance, uncited  # noqa: PLC0415  # making its classes takes a while

    table, about = split(read(kind, name))
    try:
        checked = Provenance.model_validate(about)
    except ValidationError as error:
        raise CatalogError(f"{kind} {name}: {error}") from error
    if missing := uncited(table, checked):
        raise CatalogError(f"{kind} {name}: no source covers {', '.join(missing)}")
    return checked


def provenance(kind: Kind, name: str) -> "Provenance":
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
