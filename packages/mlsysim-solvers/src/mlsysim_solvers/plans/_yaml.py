"""Reads YAML 1.2 into plain values, and remembers where each of them stands.

Only the tree of nodes is taken from the parser: nothing is ever constructed, an alias
costs what it stands for, and what is too deep or too large is an error.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from mlsysim_core.errors import InputError

from ._problems import PlanError, Problem

__all__ = ["Document", "Mark", "Path", "documents"]

Path = tuple[str | int, ...]

_DEEPEST = 32
_MOST_VALUES = 10_000
_CORE = "tag:yaml.org,2002:"
_FOUND = {  # the core schema of YAML 1.2, in which no country is false
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9][0-9_]*|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
        list("-+0123456789."),
    ),
}


class Mark(NamedTuple):
    """A place in a file, from 1."""

    line: int
    column: int
    exact: bool = False
    """Whether the text of the value stands there as it is, in one line."""


class Document(NamedTuple):
    """One document of a file."""

    file: str
    value: Any
    values: dict[Path, Mark]
    """Where each value begins."""
    keys: dict[Path, Mark]
    """Where the key of each value begins."""

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Where something stands, or the nearest thing around it that is in the file."""
        found: Path = ()
        for part in path:
            if (*found, part) in self.values:  # whatever is not is the tag of a union, or missing
                found = (*found, part)
        return (self.keys.get(found) if key else None) or self.values[found]

    def problem(self, path: Path, message: str, *, key: bool = False, offset: int = 0) -> Problem:
        """Say what is wrong with a value, or with its key, or after some of its characters."""
        mark = self.mark(path, key=key)
        column = mark.column + (offset if mark.exact else 0)
        return Problem(self.file, mark.line, column, ".".join(map(str, path)), message)


def documents(text: str, file: str) -> list[Document]:
    """Read every document of a file.

    Raises
    ------
    PlanError
        If it is not YAML, or nothing but values by name.
    """
    import yaml  # noqa: PLC0415  # only whoever has a plan needs it

    try:
        nodes = list(yaml.compose_all(text, _loader()))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = str(error.problem or error.context or "this cannot be read")
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if "\\t" in message:
            message = "a tab cannot indent: use spaces"
        raise PlanError.of([Problem(file, *place, "", f"is not YAML: {message}")]) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = (before.count("\n") + 1, error.position - before.rfind("\n"))
        wrong = f"the character U+{ord(text[error.position]):04X} has no place in YAML"
        raise PlanError.of([Problem(file, *place, "", wrong)]) from None
    except RecursionError:
        raise PlanError.of([Problem(file, 1, 1, "", f"{_TOO_DEEP}")]) from None
    if not nodes:
        raise PlanError.of([Problem(file, 1, 1, "", "is empty")])
    return [_Reader(file, text).read(node) for node in nodes]


_TOO_DEEP = f"is nested more than {_DEEPEST} deep"


class _Reader:
    """Turns nodes into values, and counts them."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.lines = file, text.splitlines()
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}

    def read(self, node: Any) -> Document:
        return Document(self.file, self._value(node, ()), self.values, self.keys)

    def _value(self, node: Any, path: Path) -> Any:
        self.values[path] = self._mark(node)
        if len(path) > _DEEPEST:
            raise self._wrong(node, _TOO_DEEP)
        if len(self.values) > _MOST_VALUES:
            raise self._wrong(node, f"has more than {_MOST_VALUES:,} values, aliases included")
        match node.id:
            case "scalar":
                return self._scalar(node)
            case "sequence":
                self._plain(node, "seq")
                return [self._value(one, (*path, place)) for place, one in enumerate(node.value)]
        self._plain(node, "map")
        return dict(self._pairs(node, path))

    def _pairs(self, node: Any, path: Path) -> Iterator[tuple[str, Any]]:
        for key, value in node.value:
            if key.id != "scalar":
                raise self._wrong(key, "a key must be a word")
            here = (*path, str(key.value))
            if here in self.keys:
                first = self.keys[here].line
                raise self._wrong(key, f"{key.value} is given twice, first in line {first}")
            self.keys[here] = self._mark(key)
            yield str(key.value), self._value(value, here)

    def _scalar(self, node: Any) -> Any:
        text = str(node.value)
        match node.tag.removeprefix(_CORE):
            case "str":
                return text
            case "null":
                return None
            case "bool":
                return text.casefold() == "true"
            case "int":
                return self._whole(node, text)
            case "float":
                return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
        raise self._wrong(node, f"the tag {node.tag!r} has no place in a plan")

    def _whole(self, node: Any, text: str) -> int:
        try:
            return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
        except ValueError:  # Python reads no number of so many digits
            raise self._wrong(node, "this number is too long") from None

    def _plain(self, node: Any, kind: str) -> None:
        if node.tag != _CORE + kind:
            raise self._wrong(node, f"the tag {node.tag!r} has no place in a plan")

    def _mark(self, node: Any) -> Mark:
        start, end = node.start_mark, node.end_mark
        quoted = getattr(node, "style", None) in {"'", '"'}
        column = start.column + 1 + quoted
        exact = (
            node.id == "scalar"
            and start.line == end.line
            and start.line < len(self.lines)
            and self.lines[start.line].startswith(str(node.value), column - 1)
        )
        return Mark(start.line + 1, column if exact else start.column + 1, exact)

    def _wrong(self, node: Any, message: str) -> InputError:
        mark = self._mark(node)
        return PlanError.of([Problem(self.file, mark.line, mark.column, "", message)])


@cache
def _loader() -> Any:
    """Make a parser that knows YAML 1.2, where PyYAML's own knows 1.1."""
    import yaml  # noqa: PLC0415

    loader: Any = type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {}})
    for kind, (pattern, first) in _FOUND.items():
        loader.add_implicit_resolver(_CORE + kind, re.compile(rf"(?:{pattern})\Z"), first)
    return loader
