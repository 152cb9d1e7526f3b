"""Lists what the registries have."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mlsysim_core.catalog import find, names
from mlsysim_core.errors import InputError, nearest

from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import complain, write
from ._columns import CATEGORIES, Category, Column, category_of

__all__ = ["Listing", "groups_of", "listing", "overview", "record", "search_all", "table"]


def overview(form: Format) -> int:
    """Count the entries of each category, and say how to go on."""
    counts = {name: len(names(one.kind)) for name, one in CATEGORIES.items()}
    if form is Format.JSON:
        return write(as_json(counts))
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
    return write(for_people(sections, form))


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
    if form in {Format.JSON, Format.CSV}:
        records = [record(entry, columns) for entry in entries]
        document = {"category": name, "count": len(records), "entries": records}
        text = as_json(document) if form is Format.JSON else as_csv(records) if records else ""
    else:
        text = for_people([_section(category, columns, entries)], form) if entries else ""
    if entries:
        return write(text)
    where = f"group {group} of {name}" if group else name
    return write(text) or _missed(search, where, names(category.kind), f"`mlsysim zoo {name}`")


def search_all(words: str, form: Format) -> int:
    """List the entries of every category that have these words."""
    found = [
        {"category": name, "name": entry.name, "title": str(entry.title or "")}
        for name in CATEGORIES
        for entry in listing(name, words).entries
    ]
    if form is Format.JSON:
        text = as_json({"count": len(found), "entries": found})
    elif form is Format.CSV:
        text = as_csv(found) if found else ""
    else:
        rows = [tuple(one.values()) for one in found]
        section = Section(header=("category", "name", "title"), rows=rows, clip=True)
        text = for_people([section], form) if found else ""
    if found:
        return write(text)
    known = [name for one in CATEGORIES.values() for name in names(one.kind)]
    return write(text) or _missed(words, "the zoo", known, "`mlsysim zoo`")


def _missed(search: str | None, where: str, known: Iterable[str], whole: str) -> int:
    """Say that nothing was found, and what is near; return the exit status, which grep has too."""
    sought = f" has {search!r}" if search else ""
    close = nearest(search or "", known)
    hint = f"did you mean {' or '.join(close)}?" if close else f"{whole} lists all that is there"
    complain(f"nothing in {where}{sought}; {hint}")
    return 1


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
    name, category = category_of(word)
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
