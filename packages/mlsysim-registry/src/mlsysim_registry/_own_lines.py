"""Where the keys of a TOML file stand: its parser tells of values only."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

__all__ = ["line_of", "lines_of", "path_of"]

_TOKEN = re.compile(
    r"""(?P<long>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5})"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
    r"""|(?P<comment>\#[^\n]*)"""
    r"""|(?P<mark>[][{}=,.\n])"""
    r"""|(?P<word>[^\s\[\]{},=."'\#]+)""",
    re.DOTALL,
)

Path = tuple[str, ...]


class _Token(NamedTuple):
    text: str
    line: int
    quoted: bool


def _tokens(text: str) -> Iterator[_Token]:
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if match.lastgroup != "comment":
            yield _Token(match.group(), line, match.lastgroup in {"text", "long"})


def lines_of(text: str) -> dict[Path, int]:
    """Line of every key of a file that can be parsed, by the path to it."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    tokens = _tokens(text)
    table: Path = ()
    for first in tokens:
        if first.text == "\n":
            continue
        if first.text == "[":
            key, _ = _key(tokens, next(tokens), "]")
            table = _inside(counts, key)
            if next(tokens, first).text == "]":
                counts[key] = counts.get(key, -1) + 1
                table = (*key, str(counts[key]))
            _note(lines, table, first.line)
            continue
        key, _ = _key(tokens, first, "=")
        _note(lines, (*table, *key), first.line, len(table))
        _value(tokens, (*table, *key), lines)
    return lines


def _inside(counts: Mapping[Path, int], key: Path) -> Path:
    """Path of a table, inside the last ones of the lists of tables that it is in."""
    path: Path = ()
    for length, part in enumerate(key, 1):
        path = (*path, part)
        if length < len(key) and key[:length] in counts:
            path = (*path, str(counts[key[:length]]))
    return path


def _note(lines: dict[Path, int], path: Path, line: int, above: int = 0) -> None:
    for length in range(above + 1, len(path) + 1):
        lines.setdefault(path[:length], line)


def _key(tokens: Iterator[_Token], token: _Token, end: str) -> tuple[Path, _Token]:
    """Read a dotted key to the mark that ends it."""
    parts: list[str] = []
    while token.quoted or token.text != end:
        if token.quoted or token.text not in {".", "[", "\n"}:
            parts.append(token.text[1:-1] if token.quoted else token.text)
        token = next(tokens, _Token(end, token.line, quoted=False))
    return tuple(parts), token


def _value(tokens: Iterator[_Token], path: Path, lines: dict[Path, int]) -> None:
    """Read a value to its end, and note the keys inside."""
    opened: list[list[Any]] = []  # the mark that opened it, its path, its elements so far
    for token in tokens:
        mark = "" if token.quoted else token.text
        if mark == "\n":
            if not opened:
                return
        elif mark in {"]", "}"}:
            opened and opened.pop()
        elif mark == ",":
            opened[-1][2] += 1
        elif opened and opened[-1][0] == "{" and opened[-1][3] != opened[-1][2]:
            key, _ = _key(tokens, token, "=")
            opened[-1][3] = opened[-1][2]
            path = (*opened[-1][1], *key)
            _note(lines, path, token.line, len(opened[-1][1]))
        else:
            here = path
            if opened and opened[-1][0] == "[":
                here = (*opened[-1][1], str(opened[-1][2]))
                _note(lines, here, token.line, len(opened[-1][1]))
            if mark in {"[", "{"}:
                opened.append([mark, here, 0, -1])


def line_of(lines: Mapping[Path, int], path: str, start: Path = ()) -> int:
    """Line of a value, or of the nearest thing around it that is in the file."""
    found = start
    for part in path.split("."):
        if (*found, part) in lines:  # whatever is not is the tag of a union, or missing
            found = (*found, part)
    return lines.get(found, 1)


def path_of(table: Any, value: str, path: Path = ()) -> Path | None:
    """Path of the first place where a value stands."""
    if table == value:
        return path
    inner: Any = ()
    if isinstance(table, Mapping):
        inner = table.items()
    elif isinstance(table, list):
        inner = enumerate(table)
    return next(
        (found for key, one in inner if (found := path_of(one, value, (*path, str(key))))), None
    )
