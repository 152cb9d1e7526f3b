"""Somebody's own entries: files in the same form as ours, their sources optional."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsysim_core import catalog
from mlsysim_core.catalog import KINDS, SPECS, Kind
from mlsysim_core.errors import (
    CatalogError,
    InputTypeError,
    MissingValueError,
    MLSysimError,
    SpecError,
    UnknownEntryError,
)
from mlsysim_core.specs import stamped
from mlsysim_core.specs._refusals import refusal

from ._loader import split
from ._own_files import Written, files_in, written_in
from ._own_lines import path_of

if TYPE_CHECKING:
    from os import PathLike

    from ._entry import Provenance

__all__ = ["OwnEntries", "load", "loaded"]

_ENTRIES = (MLSysimError, RecursionError)


class OwnEntries:
    """Entries that are read from files of your own.

    Attributes
    ----------
    paths : tuple of pathlib.Path
        The files and folders.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        from hashlib import sha256  # noqa: PLC0415  # only whoever has entries needs it

        self.paths = tuple(paths)
        digest = sha256()
        self._written: dict[tuple[Kind, str], Written] = {}
        self._aliases: dict[Kind, dict[str, str]] = {kind: {} for kind in KINDS}
        for root in self.paths:
            for file in files_in(root):
                for one in written_in(file, root):
                    self._take(one)
                    digest.update(f"{one.kind}\0{one.name}\0{one.place.text}\0".encode())
        label = ", ".join(path.name or str(path) for path in self.paths)
        self._version = f"{label} {digest.hexdigest()[:12]}"
        self._entry = cache(self._read)

    def _take(self, one: Written) -> None:
        if other := self._written.get((one.kind, one.name)):
            where = f"{other.place.file}:{other.place.line()}"
            raise one.place.error("", f"there is another {one.kind} named {one.name!r}: {where}")
        self._written[one.kind, one.name] = one
        aliases = one.values.get("aliases", [])
        if not isinstance(aliases, list) or not all(isinstance(name, str) for name in aliases):
            raise one.place.error("aliases", f"must be a list of names, got {aliases!r:.60}")
        for alias in aliases:
            if (other_name := self._aliases[one.kind].setdefault(alias, one.name)) != one.name:
                raise one.place.error("aliases", f"{alias!r} is an alias of {other_name} already")

    def names(self, kind: Kind) -> tuple[str, ...]:
        """Names of its entries of a kind, sorted.

        Parameters
        ----------
        kind : str
            ``"hardware"``, ``"model"``, ``"scenario"``, …
        """
        return tuple(sorted(name for one, name in self._written if one == kind))

    def aliases(self, kind: Kind) -> Mapping[str, str]:
        """Other names of its entries of a kind, each with its entry's name.

        Parameters
        ----------
        kind : str
            ``"hardware"``, ``"model"``, ``"scenario"``, …
        """
        return self._aliases[kind]

    def get(self, kind: Kind, name: str) -> Any:
        """Return the entry of that name; everybody shares one object.

        Parameters
        ----------
        kind : str
            ``"hardware"``, ``"model"``, ``"scenario"``, …
        name : str
            Its name, spelt as in the file.
        """
        return self._entry(kind, self._canonical(kind, name))

    def provenance(self, kind: Kind, name: str) -> "Provenance":
        """Return who vouches for an entry, where its file says so.

        Parameters
        ----------
        kind, name : str
            As in :meth:`get`.
        """
        from pydantic import ValidationError  # noqa: PLC0415

        from ._entry import Provenance  # noqa: PLC0415

        one = self._written[kind, self._canonical(kind, name)]
        _, about = split(one.values)
        if not about.keys() & {"source", "confidence"}:
            raise MissingValueError(f"{kind} {name}: {self.origin(kind, name)} names no sources")
        try:
            return Provenance.model_validate(about)
        except ValidationError as error:
            raise _wrong(one, refusal(Provenance, error)) from None

    def origin(self, kind: Kind, name: str) -> str:
        """File and line of an entry.

        Parameters
        ----------
        kind, name : str
            As in :meth:`get`.
        """
        place = self._written[kind, self._canonical(kind, name)].place
        return f"{place.file}:{place.line()}"

    def table(self, kind: Kind, name: str) -> dict[str, Any]:
        """Return the values of an entry as they are written.

        Parameters
        ----------
        kind, name : str
            As in :meth:`get`.
        """
        return split(self._written[kind, self._canonical(kind, name)].values)[0]

    def check(self) -> None:
        """Read every entry, so that a mistake in any shows."""
        for kind, name in self._written:
            self.get(kind, name)
            try:
                self.provenance(kind, name)
            except MissingValueError:
                continue  # nobody asks for the sources of private entries

    def _canonical(self, kind: Kind, name: str) -> str:
        if (kind, name) in self._written:
            return name
        try:
            return self._aliases[kind][name]
        except KeyError:
            raise UnknownEntryError(kind, name, self.names(kind)) from None

    def _read(self, kind: Kind, name: str) -> Any:
        one = self._written[kind, name]
        values, _ = split(one.values)
        try:
            if kind == "model" and "config" in values:
                values = _imported(one, values)
            entry = SPECS[kind].model_validate({"name": name, **values})
        except SpecError as error:
            raise _wrong(one, error) from error
        except UnknownEntryError as error:
            where = path_of(values, error.name) or ()
            raise one.place.error(".".join(where), str(error)) from error
        stamped(entry, self._version)
        return entry

    def __repr__(self) -> str:
        counts = [f"{n} {kind}" for kind in KINDS if (n := len(self.names(kind)))]
        label = ", ".join(map(str, self.paths))
        return f"<OwnEntries of {label}: {', '.join(counts) or 'none'}>"


def _wrong(one: Written, error: SpecError) -> CatalogError:
    """Say in which file and line an entry is wrong."""
    if not error.problems:
        return one.place.error("", str(error))
    (path, message), *others = error.problems
    listed = "; ".join(f"{path}: {message}" for path, message in others[:3])
    rest = f" (and {len(others)} more: {listed})" if others else ""
    return one.place.error(path, message + rest)


def _imported(one: Written, values: dict[str, Any]) -> dict[str, Any]:
    """Values of a model that is described by a configuration, with those given beside it."""
    from ._importer import import_model  # noqa: PLC0415  # few entries are imported

    config = values.pop("config")
    if not isinstance(config, str):
        raise one.place.error("config", f"must be the path of a config.json, got {config!r:.60}")
    try:
        found = import_model(one.place.file.parent / config, name=one.name)
    except CatalogError:
        raise
    except MLSysimError as error:
        if one.place.file.suffix == ".json":
            raise CatalogError(str(error)) from error
        raise one.place.error("config", str(error)) from error
    return {**found.model_dump(exclude_unset=True), **values}


loaded: dict[Path, OwnEntries] = {}
"""What was loaded in this process, by its path."""


def load(path: "str | PathLike[str]") -> OwnEntries:
    """Read entries of your own, which names then find like any other.

    Parameters
    ----------
    path : str or path-like
        A TOML file, or a folder of such files, in the form of the registry's own. What a
        file describes is told by its folder (``hardware/chip.toml``), by a key
        (``kind = "hardware"``), or by its tables (``[hardware.chip]``). A model may be a
        ``config.json`` instead, or name one by the key ``config``.

    Returns
    -------
    OwnEntries
        What was read. Loading the same path again reads it anew.

    Raises
    ------
    CatalogError
        If a file cannot be read, or is wrong, with file, line and key; or if a name is
        taken. Nothing is loaded then.
    """
    if not isinstance(path, str | Path) and not hasattr(path, "__fspath__"):
        raise InputTypeError(f"path must be that of a file or a folder, got {path!r:.80}")
    where = Path(path).expanduser()
    key = where.resolve()
    before = loaded.get(key)
    entries = OwnEntries([where])
    loaded[key] = entries  # before it is added, so that the environment leaves it out
    try:
        catalog.add(str(key), entries)
        entries.check()
    except _ENTRIES:
        loaded.pop(key)
        catalog.remove(str(key))
        if before is not None:
            loaded[key] = before
            catalog.add(str(key), before)
        raise
    return entries
