"""What a contributor could make better: values that rest on memory, or on one source."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, Literal, NamedTuple, get_args

from mlsysim_core.catalog import KINDS, Kind
from mlsysim_core.errors import InputError, MissingValueError

from . import _loader
from ._entry import NAMING, PROSE, Provenance, leaves
from ._own import loaded

__all__ = ["ISSUES", "Finding", "Issue", "audit"]

Issue = Literal[
    "recalled", "single source", "no source", "contradiction", "stale price", "undated price"
]
ISSUES: tuple[Issue, ...] = get_args(Issue)

_MONTHS = 12
"""Age of a price that is stale."""
_TOLERANCE = 0.01
_NARROWER = (
    *(("fp64", "fp32"), ("fp32", "fp16"), ("fp32", "bf16"), ("fp16", "fp8"), ("bf16", "fp8")),
    *(("fp16", "int8"), ("fp8", "fp6"), ("fp8", "fp4"), ("fp6", "fp4"), ("int8", "int4")),
)
"""Formats, each with one that no device should be slower in."""
_DISPUTE = re.compile(r"\b(?:disagree|contradict|conflict|disput)\w*", re.IGNORECASE)


class Finding(NamedTuple):
    """Something about an entry that could be better."""

    kind: Kind
    name: str
    path: str
    """Dotted path of the value; empty where it is the entry as a whole."""
    issue: Issue
    text: str


class _Entry(NamedTuple):
    kind: Kind
    name: str
    table: Mapping[str, Any]
    spec: Any
    provenance: Provenance | None


def audit(
    kind: Kind | None = None, name: str | None = None, *, today: date | None = None
) -> Iterator[Finding]:
    """List what rests on memory or on one source, contradicts itself, or is out of date.

    Parameters
    ----------
    kind : str, optional
        Entries of one kind only.
    name : str, optional
        One entry only.
    today : datetime.date, optional
        The day by which prices are stale.

    Yields
    ------
    Finding
        Kind, name and path of the value, the issue, and a text about it.
    """
    if kind is not None and kind not in KINDS:
        raise InputError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    now = today or date.today()  # a price is not stale by hours
    for entry in _entries(KINDS if kind is None else (kind,), name):
        yield from _unsure(entry)
        for rule in _RULES:
            for path, text in rule(entry):
                yield Finding(entry.kind, entry.name, path, "contradiction", text)
        yield from _prices(entry, now)


def _entries(kinds: Iterable[Kind], name: str | None) -> Iterator[_Entry]:
    for kind in kinds:
        for one in _loader.names(kind):
            if name in (None, one):
                table, _ = _loader.split(_loader.read(kind, one))
                said = _loader.provenance(kind, one)
                yield _Entry(kind, one, table, _loader.get(kind, one), said)
        for own in loaded.values():
            for one in own.names(kind):
                if name in (None, one):
                    yield _Entry(
                        kind, one, own.table(kind, one), own.get(kind, one), _own(own, kind, one)
                    )


def _own(own: Any, kind: Kind, name: str) -> Provenance | None:
    try:
        found: Provenance = own.provenance(kind, name)
    except MissingValueError:
        return None
    return found


def _unsure(entry: _Entry) -> Iterator[Finding]:
    if entry.provenance is None:
        yield Finding(entry.kind, entry.name, "", "no source", "the entry names no sources")
        return
    if entry.provenance.confidence == "promise":
        return  # chosen, not measured
    for path in dict.fromkeys(leaves(entry.table)):
        if path in PROSE or any(fnmatchcase(path, pattern) for pattern in NAMING):
            continue
        sources = entry.provenance.of(path)
        if not sources:
            yield Finding(entry.kind, entry.name, path, "no source", "no source covers it")
        elif not any(source.seen for source in sources):
            text = f"from memory of {sources[0].title}"
            yield Finding(entry.kind, entry.name, path, "recalled", text)
        elif len(sources) == 1:
            yield Finding(entry.kind, entry.name, path, "single source", sources[0].title)


Rule = Callable[[_Entry], Iterator[tuple[str, str]]]


def _miscounted(entry: _Entry) -> Iterator[tuple[str, str]]:
    if entry.kind != "model" or not entry.spec.published_parameters:
        return
    counted, published = entry.spec.architecture.parameters, entry.spec.published_parameters
    if abs(counted / published - 1) > _TOLERANCE:
        text = f"{counted:,} counted from the shape, {published:,} published"
        yield "published_parameters", text


def _slower_in_less(entry: _Entry) -> Iterator[tuple[str, str]]:
    if entry.kind != "hardware":
        return
    peak = entry.spec.compute.peak
    for wide, narrow in _NARROWER:
        fast, slow = peak.number(wide), peak.number(narrow)
        if fast and slow and fast > slow * (1 + _TOLERANCE):
            yield f"compute.peak.{narrow}", f"slower in {narrow} than in {wide}"


def _slow_cache(entry: _Entry) -> Iterator[tuple[str, str]]:
    if entry.kind != "hardware":
        return
    memory = entry.spec.memory
    cache = memory.number("cache_bandwidth")
    if cache and cache < memory.number("bandwidth"):
        yield "memory.cache_bandwidth", "the cache is slower than the memory behind it"


def _more_renewable_than_clean(entry: _Entry) -> Iterator[tuple[str, str]]:
    if entry.kind != "grid" or None in (entry.spec.renewable_share, entry.spec.low_carbon_share):
        return
    if entry.spec.renewable_share > entry.spec.low_carbon_share + _TOLERANCE:
        yield "renewable_share", "more is renewable than is low in carbon"


def _underfed(entry: _Entry) -> Iterator[tuple[str, str]]:
    if entry.kind != "node":
        return
    power, each = entry.spec.number("power"), entry.spec.accelerator.number("tdp")
    if power and each and power < each * entry.spec.accelerators:
        yield "power", "less than its devices draw"


def _disputed(entry: _Entry) -> Iterator[tuple[str, str]]:
    """What the entry itself says of sources that disagree."""
    notes = [("", str(entry.table.get("note", "")))]
    if entry.provenance:
        notes += [(", ".join(one.covers), one.note) for one in entry.provenance.source]
    for path, note in notes:
        if _DISPUTE.search(note):
            yield path, note


_RULES: tuple[Rule, ...] = (
    _miscounted,
    _slower_in_less,
    _slow_cache,
    _more_renewable_than_clean,
    _underfed,
    _disputed,
)


def _prices(entry: _Entry, today: date) -> Iterator[Finding]:
    for place, price in enumerate(entry.table.get("cloud_prices", ())):
        path, offer = f"cloud_prices.{place}", str(price.get("offer", ""))
        dated = re.search(r"\b(20\d\d)(?:-(\d\d))?\b", offer)
        if dated is None:
            yield Finding(entry.kind, entry.name, path, "undated price", offer)
            continue
        year, month = int(dated[1]), int(dated[2] or 12)
        months = (today.year - year) * 12 + today.month - month
        if months > _MONTHS:
            text = f"{offer}: {months} months old"
            yield Finding(entry.kind, entry.name, path, "stale price", text)
