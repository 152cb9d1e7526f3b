"""Constants for labs: values of the registries, each with where it is from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mlsysim_core import catalog
from mlsysim_core._shown import Shown
from mlsysim_core.errors import InputError, MissingValueError, nearest
from mlsysim_core.sheets import Section

from ._values import shown

__all__ = ["Constant", "Constants", "constant", "constants"]


@dataclass(frozen=True, slots=True)
class Constant(Shown):
    """A value, and who published it."""

    path: str
    """Kind, name and place of the value: ``"hardware.H100.memory.bandwidth"``."""
    value: Any
    """A quantity where it has a unit, or a number or a word."""
    sources: tuple[Any, ...]
    """The most particular one first."""

    def __str__(self) -> str:
        lines = [
            f"{self.path} = {_said(self.value)}",
            *(f"  {_cited(source)}" for source in self.sources),
        ]
        return "\n".join(lines)

    __repr__ = __str__

    def sections(self) -> list[Section]:
        """Return what notebooks show: a table of one line."""
        return Constants([self]).sections()


class Constants(Shown, tuple[Constant, ...]):
    """Values of an entry, in its order."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(map(str, self))

    def sections(self) -> list[Section]:
        """Return what notebooks show: a line for each value."""
        rows = [(one.path, _said(one.value), "; ".join(map(_cited, one.sources))) for one in self]
        return [Section(header=("constant", "value", "source"), rows=rows, right=frozenset({1}))]


def _said(value: Any) -> str:
    return shown(value) if hasattr(value, "units") else str(value)


def _cited(source: Any) -> str:
    """Write a source without the paths that it covers."""
    url = f" <{source.url}>" if source.url else ""
    note = f" ({source.note})" if source.note else ""
    return f"{source.title}{url}{note}{'' if source.seen else ' [from memory]'}"


def constant(path: str) -> Constant:
    """Look one value up.

    Parameters
    ----------
    path : str
        Kind, name and place of the value, such as ``"hardware.H100.memory.bandwidth"``.

    Returns
    -------
    Constant
        The value with its sources.

    Raises
    ------
    InputError, UnknownEntryError
        If there is no such kind, entry or value; they say what is nearest.
    MissingValueError
        If nobody has published it.
    """
    kind, name, entry, rest = _split(path)
    value: Any = entry
    for part in rest:
        known = _names(value)
        if part not in known:
            close = nearest(part, known)
            hint = f"; did you mean {close[0]}?" if close else f"; choose {', '.join(known)}"
            raise InputError(f"path {path!r}: {type(value).__name__} has no {part!r}{hint}")
        value = getattr(value, part)
        if value is None:
            raise MissingValueError(f"{path}: nobody has published it")
    if not rest or _names(value):
        raise InputError(
            f"path {path!r} is several values; add one of {', '.join(_names(value))}, "
            f"or ask constants({path!r}) for all"
        )
    return Constant(f"{kind}.{name}.{'.'.join(rest)}", value, _sources(kind, name, rest))


def constants(path: str) -> "Constants":
    """Look every value of an entry, or of a part of one, up.

    Parameters
    ----------
    path : str
        Kind and name, such as ``"hardware.H100"``; parts may follow.

    Returns
    -------
    Constants
        What is known, in the entry's order.
    """
    kind, name, entry, rest = _split(path)
    prefix = ".".join(rest)
    dumped = entry.model_dump(mode="json", exclude_unset=True)
    paths = [
        one for one in _leaves(dumped) if one == prefix or one.startswith(prefix and prefix + ".")
    ]
    if not paths:
        raise InputError(
            f"path {path!r}: {name} has no {prefix!r}; it has {', '.join(_names(entry))}"
        )
    return Constants(constant(f"{kind}.{name}.{one}") for one in paths)


def _split(path: str) -> tuple[Any, str, Any, list[str]]:
    """Find the entry that a path begins with; names may have dots of their own."""
    kind, *parts = str(path).split(".")
    if kind not in catalog.KINDS or not parts:
        close = nearest(kind, catalog.KINDS)
        hint = f"; did you mean {close[0]}?" if close else f"; kinds are {', '.join(catalog.KINDS)}"
        raise InputError(f"path must be like 'hardware.H100.memory.bandwidth', got {path!r}{hint}")
    known: Any = kind
    for stop in range(len(parts), 1, -1):
        if ".".join(parts[:stop]) in catalog.names(known):
            break
    else:
        stop = 1
    entry = catalog.find(known, ".".join(parts[:stop]))
    return kind, entry.name, entry, parts[stop:]


def _names(value: Any) -> list[str]:
    return [] if isinstance(value, type) else list(getattr(type(value), "model_fields", ()))


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        elif value is not None and not isinstance(value, list) and key != "name":
            yield prefix + key


def _sources(kind: Any, name: str, rest: list[str]) -> tuple[Any, ...]:
    try:
        about = catalog.provenance(kind, name)
    except MissingValueError:  # an entry of one's own need not name any
        return ()
    return tuple(about.of(".".join(rest)))
