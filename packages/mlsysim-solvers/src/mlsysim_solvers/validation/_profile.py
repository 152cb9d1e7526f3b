"""Fitted entries as a TOML file in the form of the registry's own."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["toml"]


def toml(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """Write a table, line by line: plain values first, then its tables.

    Parameters
    ----------
    table : mapping of str to object
        Text, numbers, lists and tables by key.
    path : tuple of str
        Where it is in the file.
    """
    inner = {key: value for key, value in table.items() if _is_table(value)}
    plain = [(key, value) for key, value in table.items() if key not in inner]
    if path and (plain or not inner):
        yield f"[{'.'.join(map(_key, path))}]"
    for key, value in plain:
        yield f"{_key(key)} = {_value(value)}"
    if plain:
        yield ""
    for key, value in inner.items():
        if isinstance(value, Mapping):
            yield from toml(value, (*path, key))
            continue
        for entry in value:
            yield f"[[{'.'.join(map(_key, (*path, key)))}]]"
            yield from toml(entry)


def _is_table(value: Any) -> bool:
    several = isinstance(value, list | tuple)
    return isinstance(value, Mapping) or (
        several and bool(value) and all(isinstance(one, Mapping) for one in value)
    )


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _text(str(value))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
