"""The stub that editors and type checkers read in place of ``_namespaces.py``."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from mlsysim_core.catalog import KINDS, SPECS
from mlsysim_registry import _namespaces

__all__ = ["stub_of"]

NAMESPACE: Any = _namespaces.Namespace
"""The class itself; its stub, which checkers read here too, has no constructor."""

HEAD = '''\
# ruff: noqa: N815, PLC0105
"""Written by `nox -s registry` from data/. Do not edit."""

import builtins
from collections.abc import Iterator
from typing import Any, Final, Generic, NoReturn, TypeVar

{imports}

__all__ = [
{exports}
]

_Entry = TypeVar("_Entry", covariant=True)

class Namespace(Generic[_Entry]):
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __contains__(self, name: object) -> bool: ...
    def __dir__(self) -> builtins.list[str]: ...
    def __reduce__(self) -> Any: ...
    def __setattr__(self, name: str, value: Any) -> NoReturn: ...
    def __delattr__(self, name: str) -> NoReturn: ...
    def list(self, sort_by: str | None = ..., reverse: bool = ...) -> builtins.list[_Entry]: ...
'''


def stub_of(index: dict[str, Any]) -> str:
    """Text of the stub."""
    spaces = [name for name in _namespaces.__all__ if name != "Namespace"]
    parts = [
        HEAD.format(
            imports="\n".join(imports_of(index)),
            exports="\n".join(f'    "{name}",' for name in _namespaces.__all__),
        )
    ]
    for name in spaces:
        parts += classes_of(getattr(_namespaces, name), index)
    parts.append("\n".join(f"{name}: Final[_{name}]" for name in spaces) + "\n")
    return "\n".join(parts)


def imports_of(index: dict[str, Any]) -> Iterator[str]:
    """Imports of the specs of kinds that have entries, in the order that sorting wants."""
    homes: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS:
        if index["entries"][kind]:
            homes[SPECS[kind].__module__.partition(".specs.")[0]].append(SPECS[kind].__name__)
    for module in sorted(homes, key=lambda one: (one == "mlsysim_core", one)):
        home = "mlsysim_core.specs" if module == "mlsysim_core" else module
        yield f"from {home} import ("
        yield from (f"    {name}," for name in sorted(homes[module]))
        yield ")"


def classes_of(space: Any, index: dict[str, Any]) -> Iterator[str]:
    """A class for a namespace, after those of its groups."""
    entries, path = index["entries"], space._path
    groups = dict(space._groups)
    if space._grouped:
        names = {entry[0] for kind in space._kinds for entry in entries[kind].values()}
        for group in sorted(names - {""}):
            groups[group] = NAMESPACE(f"{path}.{group}", *space._kinds, group=group)
    for name in sorted(groups):
        yield from classes_of(groups[name], index)
    found = {
        name: (kind, entry[1])
        for kind in space._kinds
        for name, entry in entries[kind].items()
        if space._group in (None, entry[0])
    }
    for name, (kind, entry) in index["paths"].get(path, {}).items():
        found[name] = (kind, entries[kind][entry][1])
    specs = sorted({SPECS[kind].__name__ for kind, _ in found.values()})
    lines = [f"class {class_of(path)}(Namespace[{' | '.join(specs)}]):"]
    lines += [f"    {name}: Final[{class_of(groups[name]._path)}]" for name in sorted(groups)]
    for name, (kind, title) in found.items():
        lines.append(f"    {name}: Final[{SPECS[kind].__name__}]")
        lines.append(f"    {docstring(title)}")
    yield "\n".join(lines) + "\n"


def class_of(path: str) -> str:
    """Name of the class of a namespace."""
    return "_" + path.replace(".", "")


def docstring(title: str) -> str:
    """A title as a docstring."""
    return f'"""{json.dumps(title, ensure_ascii=False)[1:-1]}."""'
