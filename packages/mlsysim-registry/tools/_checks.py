"""What must hold of every data file."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from mlsysim_core import catalog
from mlsysim_core.errors import MLSysimError
from mlsysim_registry import _loader
from mlsysim_registry._entry import leaves

__all__ = ["complaints"]

AMBIGUOUS = {
    "model": {"llama3.8b", "llama3.70b", "opt13b", "gpt313b", "facebookopt13b"},
}
"""Spellings that fit two entries once case and separators are gone: the exact one decides."""

TOLERANCE = 0.01
"""Of the number of parameters against the published one, where no note explains it."""


def complaints(index: dict[str, Any]) -> Iterator[str]:
    """Everything that is wrong, in words."""
    _loader.forget()
    for kind, entries in index["entries"].items():
        yield from ambiguous(kind, entries)
        for name in entries:
            yield from wrong_with(kind, name)


def ambiguous(kind: str, entries: Mapping[str, list[Any]]) -> Iterator[str]:
    """Names and aliases that could mean two entries."""
    exact: dict[str, str] = {}
    plain: dict[str, str] = {}
    for name in entries:
        exact[name] = name
        if (other := plain.setdefault(catalog.plain(name), name)) != name:
            yield f"{kind} {name}: cannot be told from {other} without case and separators"
    for name, (_, _, aliases) in entries.items():
        for alias in aliases:
            if (other := exact.setdefault(alias, name)) != name:
                yield f"{kind} {name}: {alias!r} is {other} already"
            elif alias == name:
                yield f"{kind} {name}: is no alias of itself"
            spelling = catalog.plain(alias)
            known = plain.setdefault(spelling, name)
            if known != name and spelling not in AMBIGUOUS.get(kind, ()):
                yield f"{kind} {name}: {alias!r} could be taken for {known}"


def wrong_with(kind: Any, name: str) -> Iterator[str]:
    """What is wrong with one entry."""
    try:
        entry = _loader.get(kind, name)
        provenance = _loader.provenance(kind, name)
    except MLSysimError as error:
        yield str(error)
        return
    paths = list(leaves(_loader.split(_loader.read(kind, name))[0]))
    for source in provenance.source:
        for pattern in source.covers:
            if not any(fnmatchcase(path, pattern) for path in paths):
                yield f"{kind} {name}: {source.title!r} covers {pattern!r}, of which there is none"
    if not entry.title:
        yield f"{kind} {name}: has no title"
    if kind == "model":
        yield from miscounted(entry)


def miscounted(model: Any) -> Iterator[str]:
    """A number of parameters that is not the published one, without a word why."""
    published, counted = model.published_parameters, model.architecture.parameters
    if published and abs(counted / published - 1) > TOLERANCE and not model.note:
        yield f"model {model.name}: {counted:,} parameters, published {published:,}; say why"
