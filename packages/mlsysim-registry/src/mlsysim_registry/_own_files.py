"""Finds and reads the files of somebody's own entries, however large or odd they are."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mlsysim_core._files import read_text
from mlsysim_core.catalog import KINDS, Kind
from mlsysim_core.errors import CatalogError, nearest

from ._own_lines import line_of, lines_of

__all__ = ["Place", "Written", "files_in", "written_in"]

_MOST_FILES = 20_000
_DEEPEST = 32
_CHAIN = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++\s*+\.\s*+){32,}""")
_SYNTAX = re.compile(r"(.*?) \(at (?:line (\d+), column \d+|end of document)\)")


class Place(NamedTuple):
    """Where an entry stands: its file, and the table in it."""

    file: Path
    text: str
    table: tuple[str, ...] = ()

    def error(self, path: str, message: str) -> CatalogError:
        """Say what is wrong, with file, line and key."""
        key = ".".join((*self.table, path) if path else self.table)
        subject = message.partition(" ")[0]  # a key inside, in what is said of several
        where = f"{self.file}:{self.line(f'{path}.{subject}')}"
        return CatalogError(f"{where}: {key}: {message}" if key else f"{where}: {message}")

    def line(self, path: str = "") -> int:
        """Line of a key, or of what it should be in."""
        return line_of(lines_of(self.text), path, self.table)


class Written(NamedTuple):
    """An entry as it is written."""

    kind: Kind
    name: str
    values: dict[str, Any]
    place: Place


def files_in(root: Path) -> Iterator[Path]:
    """TOML files of a folder and its folders, and the configurations of models; or the file."""
    if root.is_file():
        yield root
        return
    if not root.is_dir():
        raise CatalogError(f"{root}: there is no such file or folder")
    seen = taken = 0
    for folder, inside, names in os.walk(root):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        seen += len(names) + 1
        if seen > _MOST_FILES:
            raise CatalogError(
                f"{root}: has more than {_MOST_FILES:,} files: this must be another folder"
            )
        for name in sorted(names):
            file = Path(folder, name)
            config = name == "config.json" or "model" in (
                root.resolve().name,
                *file.relative_to(root).parts[:-1],
            )
            if name.startswith("."):
                continue
            if name.endswith(".toml") or (name.endswith(".json") and config):
                taken += 1
                yield file
    if not taken:
        raise CatalogError(f"{root}: has no entries: no TOML file, and no config.json of a model")


def written_in(file: Path, root: Path) -> Iterator[Written]:
    """Entries of a file: one, or as many as it has tables."""
    text = read_text(file)
    place = Place(file, text)
    if file.suffix == ".json":
        name = file.parent.name if file.stem == "config" else file.stem
        yield Written("model", _name(name, place), {"config": file.name}, place)
        return
    table = _parsed(file, text)
    folder = _kind_of_folder(file, root)
    if "kind" in table:
        kind = _kind(table.pop("kind"), place)
        if folder and kind != folder and root.is_dir():
            raise place.error("kind", f"is {kind!r} in a folder of {folder!r}")
        yield _one(kind, file.stem, table, place)
    elif folder and not _listing(table):
        yield _one(folder, file.stem, table, place)
    elif _listing(table):
        for word, entries in table.items():
            kind = _kind(word, Place(file, text, (word,)))
            for name, values in entries.items():
                yield _one(kind, name, values, Place(file, text, (word, name)))
    else:
        raise CatalogError(
            f'{file}:1: kind: missing; say what it describes, such as kind = "hardware", or put '
            f"it into a folder called {', '.join(KINDS[:3])}, ..."
        )


def _parsed(file: Path, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  # only whoever has entries needs it

    if chain := _CHAIN.search(text):
        line = text.count("\n", 0, chain.start()) + 1
        raise CatalogError(f"{file}:{line}: is nested more than {_DEEPEST} deep")
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise CatalogError(f"{file}: is nested more than {_DEEPEST} deep") from None
    except ValueError as error:
        match = _SYNTAX.fullmatch(str(error))
        message, line_given = match.groups() if match else (str(error), None)
        line = int(line_given or text.count("\n") + 1)
        raise CatalogError(f"{file}:{line}: {message}{_around(text, line)}") from None
    level: list[Any] = [table]
    for _ in range(_DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
    if level:
        raise CatalogError(f"{file}: is nested more than {_DEEPEST} deep")
    return table


def _around(text: str, line: int) -> str:
    """Show the line that is wrong."""
    lines = text.splitlines()
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    return f" (in {shown[:60]!r})" if shown else ""


def _kind_of_folder(file: Path, root: Path) -> Kind | None:
    """Kind that one of a file's folders is called, the nearest one first."""
    inside = file.parent.relative_to(root).parts if root.is_dir() else ()
    for name in reversed(
        (root.resolve().name if root.is_dir() else file.resolve().parent.name, *inside)
    ):
        if name in KINDS:
            return name
    return None


def _listing(table: dict[str, Any]) -> bool:
    """Tell whether a file lists entries by kind and name, misspelt perhaps."""
    inner = [
        one for values in table.values() if isinstance(values, dict) for one in values.values()
    ]
    return (
        bool(table)
        and all(
            isinstance(values, dict) and (word in KINDS or nearest(word, KINDS, count=1))
            for word, values in table.items()
        )
        and all(isinstance(one, dict) for one in inner)
    )


def _kind(word: object, place: Place) -> Kind:
    if word in KINDS:
        return word
    close = nearest(str(word), KINDS, count=1)
    hint = f"; did you mean {close[0]}?" if close else f"; choose {', '.join(KINDS)}"
    key = "" if place.table else "kind"
    raise place.error(key, f"{word!s:.40} is no kind of entry{hint}")


def _one(kind: Kind, stem: str, table: Any, place: Place) -> Written:
    values = dict(table)
    name = values.pop("name", stem)
    return Written(kind, _name(name, place), values, place)


def _name(name: object, place: Place) -> str:
    if not isinstance(name, str) or not re.fullmatch(r"\w[\w .+@/-]{0,99}", name):
        raise place.error(
            "name", f"must be text of letters, digits and . _ - + / @, got {name!r:.60}"
        )
    return name
