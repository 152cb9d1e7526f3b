"""Reads entries, each at most once and only when asked for.

Values come as they were validated when the package was made; sources, from the data files.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsysim_core.catalog import KINDS, SPECS, Kind
from mlsysim_core.errors import CatalogError, SpecError, UnknownEntryError
from mlsysim_core.specs import restored, stamped
from mlsysim_core.specs._refusals import refusal

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
    "paths",
    "provenance",
    "read",
    "split",
]


_HERE = Path(__file__).parent
_LOADER: Any = __spec__.loader  # reads what lies in an archive, too

ABOUT = ("aliases", "confidence", "source")
"""Keys of a data file that are no values, but say where those come from."""


_VALIDATED = "validated"
"""Folder of the entries as they were validated."""


_LOCK = RLock()
"""Held while an entry is read: an entry may name others."""


class Entry(NamedTuple):
    """What the index knows of a data file."""

    group: str
    """Folder under the kind's own, or '' where there is none."""
    title: str
    aliases: tuple[str, ...]


def _data(*parts: str) -> bytes:
    found: bytes = _LOADER.get_data(str(_HERE.joinpath(*parts)))
    return found


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
    import json  # noqa: PLC0415

    listed = json.loads(_data("index", f"{kind}.json")) if kind in KINDS else {}
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


def _parts(kind: str, name: str) -> tuple[str, ...]:
    return "data", kind, entries(kind)[name].group, f"{name}.toml"


def read(kind: str, name: str) -> dict[str, Any]:
    """Parse the data file of an entry."""
    import tomllib  # noqa: PLC0415  # only whoever asks for sources needs it

    try:
        return tomllib.loads(_data(*_parts(kind, name)).decode())
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
def _lines(kind: Kind) -> bytes:
    return b"\n" + _data(_VALIDATED, f"{kind}.jsonl")


@cache
def _entry(kind: Kind, name: str) -> Any:
    entry = _read_anew(kind, name) if _edited(kind, name) else _read_validated(kind, name)
    stamped(entry, data_version())
    return entry


def _read_validated(kind: Kind, name: str) -> Any:
    import json  # noqa: PLC0415

    lines = _lines(kind)
    start = lines.find(b'\n{"name":"%s",' % name.encode())
    if start < 0:
        raise CatalogError(f"{kind} {name}: not among the validated; run tools/generate.py")
    return restored(SPECS[kind], json.loads(lines[start : lines.find(b"\n", start + 1)]), get)


def _read_anew(kind: Kind, name: str) -> Any:
    table, _ = split(read(kind, name))
    try:
        return SPECS[kind].model_validate({"name": name, **table})
    except SpecError as error:
        raise CatalogError(f"{kind} {name}: {error}") from error


@cache
def _in_sources() -> bool:
    return _HERE.parents[1].joinpath("tools", "generate.py").exists()


def _edited(kind: Kind, name: str) -> bool:
    """Tell whether somebody who works on the data has changed a file since it was validated."""
    if not _in_sources():
        return False
    validated = _HERE.joinpath(_VALIDATED, f"{kind}.jsonl")
    if not validated.exists():
        return True
    return _HERE.joinpath(*_parts(kind, name)).stat().st_mtime > validated.stat().st_mtime


@cache
def _provenance(kind: Kind, name: str) -> "Provenance":
    from pydantic import ValidationError  # noqa: PLC0415

    from ._entry import Provenance, uncited  # noqa: PLC0415  # making its classes takes a while

    table, about = split(read(kind, name))
    try:
        checked = Provenance.model_validate(about)
    except ValidationError as error:
        raise CatalogError(f"{kind} {name}: {refusal(Provenance, error)}") from error
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
    for function in (_index, entries, paths, aliases, _lines, _in_sources, _entry, _provenance):
        function.cache_clear()
