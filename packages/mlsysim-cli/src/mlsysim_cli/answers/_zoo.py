"""Lists what the registries have, and shows one entry in full."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mlsysim_core.catalog import KINDS, find, names
from mlsysim_core.errors import InputError, nearest

from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import Section, as_markdown, as_text
from ..output._terminal import complain, write
from ._columns import CATEGORIES, Category, Column
from ._sources import by_value, provenance

_MANY = 12
"""Parts of an entry beyond which they are only counted."""

__all__ = ["Listing", "entry_document", "listing", "one_entry", "overview", "record", "table"]


def _category(word: str) -> tuple[str, Category]:
    """Find a category by its name, or by what one of its entries is called."""
    plain = word.casefold()
    for name, category in CATEGORIES.items():
        if plain in {name, category.kind}:
            return name, category
    close = nearest(word, CATEGORIES)
    hint = f"; did you mean {close[0]}?" if close else f"; choose {', '.join(CATEGORIES)}"
    raise InputError(f"the zoo has no {word!r}{hint}")


def overview(form: Format) -> int:
    """Count the entries of each category, and say how to go on."""
    counts = {name: len(names(one.kind)) for name, one in CATEGORIES.items()}
    if form is Format.JSON:
        return _write_json(counts)
    if form is Format.CSV:
        return write(as_csv({"category": name, "entries": n} for name, n in counts.items()))
    rows = [(name, f"{n:,}", CATEGORIES[name].about) for name, n in counts.items()]
    sections = [
        Section(header=("category", "entries", "what it lists"), rows=rows, right=frozenset({1})),
        Section(
            heading="How to go on",
            lines=[
                "mlsysim zoo hardware --sort memory --reverse",
                "mlsysim zoo models --search llama",
                "mlsysim zoo hardware H100",
            ],
        ),
    ]
    return _write(sections, form)


def table(
    word: str,
    form: Format,
    *,
    search: str | None = None,
    group: str | None = None,
    sort: str | None = None,
    reverse: bool = False,
) -> int:
    """List the entries of a category."""
    name, category, columns, entries = listing(word, search, group, sort, reverse=reverse)
    if not entries:
        complain(f"nothing in {name} matches; `mlsysim zoo {name}` lists all of them")
    if form in {Format.JSON, Format.CSV}:
        records = [record(entry, columns) for entry in entries]
        if form is Format.CSV:
            return write(as_csv(records) if records else "")
        return _write_json({"category": name, "count": len(records), "entries": records})
    return _write([_section(category, columns, entries)], form) if entries else 0


class Listing(NamedTuple):
    """What a category has of what was asked for."""

    name: str
    category: Category
    columns: tuple[Column, ...]
    entries: list[Any]


def listing(
    word: str,
    search: str | None = None,
    group: str | None = None,
    sort: str | None = None,
    *,
    reverse: bool = False,
) -> Listing:
    """Find the entries of a category that are asked for, in order."""
    name, category = _category(word)
    groups = groups_of(category.kind)
    grouped = Column("group", lambda entry: groups.get(entry.name, ""))
    columns = (
        Column("name", lambda entry: entry.name),
        *category.columns[:-1],
        *([grouped] if any(groups.values()) else []),
        category.columns[-1],
    )
    wanted = _group(group, groups)
    entries = [
        entry
        for entry in _entries(category.kind)
        if (wanted is None or groups.get(entry.name) == wanted)
        and (search is None or _matches(search, entry, groups.get(entry.name, "")))
    ]
    entries = _sorted(entries, _column(sort or "name", columns), reverse=reverse)
    return Listing(name, category, columns, entries)


def _section(category: Category, columns: tuple[Column, ...], entries: list[Any]) -> Section:
    places = {column.name: place for place, column in enumerate(columns)}
    order = [*(name for name in category.dispensable if name == "title"), "group"]
    order += [name for name in category.dispensable if name != "title"]
    return Section(
        header=tuple(places),
        rows=[tuple(column.show(entry) for column in columns) for entry in entries],
        right=frozenset(place for place, one in enumerate(columns) if _numeric(one)),
        dispensable=tuple(places[name] for name in order if name in places),
        clip=True,
    )


def _numeric(column: Column) -> bool:
    return column.unit is not None or column.name == "year"


def _entries(kind: Any) -> Iterator[Any]:
    for name in names(kind):
        yield find(kind, name)


def groups_of(kind: str) -> dict[str, str]:
    """Group of each entry of the registry that ships with mlsysim."""
    import mlsysim_registry  # noqa: PLC0415  # most commands list nothing

    space: Any = {
        "hardware": mlsysim_registry.Hardware,
        "model": mlsysim_registry.Models,
    }.get(kind)
    known = set(names(kind))
    found: dict[str, str] = {}
    for group in () if space is None else dir(space):
        if group not in space and group != "list":
            found.update({name: group for name in getattr(space, group) if name in known})
    return found


def _group(word: str | None, groups: Mapping[str, str]) -> str | None:
    if word is None:
        return None
    known = sorted({group for group in groups.values() if group})
    for group in known:
        if group.casefold() == word.casefold():
            return group
    if not known:
        raise InputError("these entries have no groups: leave out --group")
    close = nearest(word, known)
    hint = f"; did you mean {close[0]}?" if close else f"; choose {', '.join(known)}"
    raise InputError(f"no group {word!r}{hint}")


def _matches(search: str, entry: Any, group: str) -> bool:
    """Tell whether every word is in the name, the title or the like, however spelt."""
    text = " ".join(str(getattr(entry, name, "")) for name in ("name", "title", "vendor", "family"))
    plain = _plain(f"{text} {group}")
    return all(_plain(word) in plain for word in search.split())


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", text.casefold())


def _column(word: str, columns: tuple[Column, ...]) -> Column:
    for column in columns:
        if column.name == word.casefold():
            return column
    known = [column.name for column in columns]
    close = nearest(word, known)
    hint = f"; did you mean {close[0]}?" if close else f"; choose {', '.join(known)}"
    raise InputError(f"there is no column {word!r} to sort by{hint}")


def _sorted(entries: list[Any], column: Column, *, reverse: bool) -> list[Any]:
    """Sort by magnitude, numbers inside names included; what is not known comes last."""
    known = [entry for entry in entries if column.value(entry) not in {None, ""}]
    unknown = [entry for entry in entries if column.value(entry) in {None, ""}]
    return sorted(known, key=lambda entry: _key(column.value(entry)), reverse=reverse) + unknown


def _key(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = re.split(r"(\d+)", value.casefold())
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def record(entry: Any, columns: tuple[Column, ...]) -> dict[str, Any]:
    """Describe an entry for scripts: its columns."""
    return {
        column.name: measure(column.value(entry), column.unit)
        if column.unit
        else _text(column, entry)
        for column in columns
    }


def _text(column: Column, entry: Any) -> Any:
    value = column.value(entry)
    return None if value == "" else value


def one_entry(word: str, name: str, form: Format, *, sources: bool = False) -> int:
    """Show one entry in full, with its sources; or with those of each value."""
    _, category = _category(word)
    assert category.kind in KINDS  # noqa: S101  # for the type checker
    if sources:
        return by_value(category.kind, name, form)
    entry = find(category.kind, name)
    about = provenance(category.kind, entry.name)
    if form is Format.JSON:
        return _write_json(entry_document(category.kind, name))
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
    return _write(sections, form)


def entry_document(kind: Any, name: str) -> dict[str, Any]:
    """Describe one entry for scripts: its values, and where they are from."""
    _, category = _category(kind)
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


def _write(sections: list[Section], form: Format) -> int:
    return write(as_text(sections) if form is Format.TABLE else as_markdown(sections))


def _write_json(document: Any) -> int:
    return write(as_json(document))
