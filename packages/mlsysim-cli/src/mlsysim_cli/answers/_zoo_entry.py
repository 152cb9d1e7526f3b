"""Shows one entry of the registries in full."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlsysim_core.catalog import find

from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import write
from ._columns import Category, category_of
from ._sources import by_value, provenance

__all__ = ["entry_document", "one_entry"]

_MANY = 12
"""Parts of an entry beyond which they are only counted."""


def one_entry(word: str, name: str, form: Format, *, sources: bool = False) -> int:
    """Show one entry in full, with its sources; or with those of each value."""
    _, category = category_of(word)
    if sources:
        return by_value(category.kind, name, form)
    entry = find(category.kind, name)
    about = provenance(category.kind, entry.name)
    if form is Format.JSON:
        return write(as_json(entry_document(category.kind, name)))
    rows = [
        (path, text)
        for path, text in _leaves(entry.model_dump(mode="json", exclude_unset=True))
        if text
    ]
    derived = _derived(category, entry)
    if form is Format.CSV:
        return write(as_csv([{**dict(rows), **derived}]))
    rows[1:1] = [
        (column.name, column.show(entry)) for column in category.columns if column.name in derived
    ]
    sections = [Section(heading=f"{category.kind} {entry.name}", rows=rows)]
    if about:
        lines = [_source(one) for one in about["source"]]
        heading = f"Sources (confidence: {about['confidence']})"
        sections.append(Section(heading=heading, lines=lines))
        if about["aliases"]:
            sections.append(Section(heading="Also called", lines=[", ".join(about["aliases"])]))
    return write(for_people(sections, form))


def entry_document(kind: Any, name: str) -> dict[str, Any]:
    """Describe one entry for scripts: its values, and where they are from."""
    _, category = category_of(kind)
    entry = find(kind, name)
    values = entry.model_dump(mode="json", exclude_unset=True)
    about = provenance(kind, entry.name)
    return {"kind": kind, **_derived(category, entry), "entry": values, **about}


def _derived(category: Category, entry: Any) -> dict[str, Any]:
    """Return columns that are worked out of the values of an entry."""
    return {
        column.name: measure(column.value(entry), column.unit)
        if column.unit
        else column.value(entry)
        for column in category.columns
        if column.name in {"parameters", "active"}
    }


def _source(source: Mapping[str, Any]) -> str:
    seen = "" if source.get("seen") else " (cited from memory)"
    url = f" <{source['url']}>" if source.get("url") else ""
    return f"{', '.join(source['covers'])}: {source['title']}{url}{seen}"


def _leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        elif isinstance(value, list) and len(value) > _MANY:
            yield f"{prefix}{key}", f"{len(value)} of them (-o json lists them)"
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for place, part in enumerate(value, 1):
                yield from _leaves(part, f"{prefix}{key}.{place}.")
        elif value is not None:
            yield f"{prefix}{key}", str(value)
