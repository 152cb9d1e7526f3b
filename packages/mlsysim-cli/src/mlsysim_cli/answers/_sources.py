"""Where the values of an entry are from, one by one."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from mlsysim_core import catalog
from mlsysim_core.errors import MissingValueError

from ..output._data import as_csv, as_json
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import write

__all__ = ["by_value", "provenance"]


def provenance(kind: Any, name: str) -> dict[str, Any]:
    """Return the sources of an entry, if its registry names any."""
    try:
        found: Any = catalog.provenance(kind, name)
    except MissingValueError:
        return {}
    dumped: dict[str, Any] = found.model_dump(mode="json") if hasattr(found, "model_dump") else {}
    return dumped


def by_value(kind: Any, name: str, form: Format) -> int:
    """Write each value of an entry with its sources, the most particular one first."""
    entry = catalog.find(kind, name)
    about = catalog.provenance(kind, name)
    records = list(_records(entry.model_dump(mode="json", exclude_unset=True), about))
    if form is Format.JSON:
        found = {"kind": kind, "name": entry.name, "confidence": about.confidence}
        return write(as_json({**found, "values": records}))
    if form is Format.CSV:
        lines = [
            {"path": one["path"], "value": one["value"], **source}
            for one in records
            for source in one["sources"]
        ]
        return write(as_csv(lines))
    said = [[_said(source) for source in one["sources"]] for one in records]
    numbers = {text: n for n, text in enumerate(dict.fromkeys(chain.from_iterable(said)), 1)}
    rows = [
        (one["path"], one["value"], " ".join(f"[{numbers[text]}]" for text in texts))
        for one, texts in zip(records, said, strict=True)
    ]
    heading = f"Sources of {kind} {entry.name} (confidence: {about.confidence})"
    sections = [
        Section(heading=heading, header=("value", "is", "says"), rows=rows),
        Section(heading="Who says it", rows=[(f"[{n}]", text) for text, n in numbers.items()]),
    ]
    return write(for_people(sections, form))


def _records(values: Mapping[str, Any], about: Any) -> Iterator[dict[str, Any]]:
    for path, value in _leaves(values):
        if sources := about.of(path):
            yield {"path": path, "value": value, "sources": [_plain(one) for one in sources]}


def _plain(source: Any) -> dict[str, Any]:
    return {"title": source.title, "url": source.url, "seen": source.seen, "note": source.note}


def _said(source: Mapping[str, Any]) -> str:
    url = f" <{source['url']}>" if source["url"] else ""
    note = f" ({source['note']})" if source["note"] else ""
    return f"{source['title']}{url}{note}{'' if source['seen'] else ' [from memory]'}"


_NAMING = frozenset({"name", "title", "vendor", "family", "note", "kind"})


def _leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for part in dict.fromkeys(name for one in value for name in one):
                yield f"{prefix}{key}.{part}", f"{len(value)} of them"
        elif value is not None and key not in _NAMING:
            yield f"{prefix}{key}", str(value)
