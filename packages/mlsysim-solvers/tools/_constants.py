"""Every constant that was fitted or chosen, with what it was fitted on."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mlsysim_core.catalog import find, names
from mlsysim_core.errors import MLSysimError
from mlsysim_registry import provenance
from mlsysim_solvers.validation import Row
from mlsysim_solvers.validation.tasks._stacks import software_of

__all__ = ["Constant", "in_code", "of_devices", "of_stacks"]

_PACKAGES = Path(__file__).parents[2]
_CORE = "mlsysim-core/src/mlsysim_core"
_SOLVERS = "mlsysim-solvers/src/mlsysim_solvers"
_MODULES = {
    f"{_CORE}/device.py": "every task but collectives",
    f"{_CORE}/_rates.py": "every task but collectives",
    f"{_CORE}/account.py": "every task but collectives",
    f"{_CORE}/operators/_training.py": "train",
    f"{_SOLVERS}/validation/tasks/_collectives.py": "collective",
    f"{_SOLVERS}/validation/tasks/_operators.py": "gemm, attention, bandwidth",
    f"{_SOLVERS}/validation/tasks/_passes.py": "decode, prefill, encode, vision, tiny",
    f"{_SOLVERS}/_cluster.py": "collective, train, generate, serve",
    f"{_SOLVERS}/serving/_links.py": "collective, generate, serve",
    f"{_SOLVERS}/validation/tasks/_serving.py": "generate, serve",
    f"{_SOLVERS}/training/_step.py": "train",
    f"{_SOLVERS}/validation/tasks/_training.py": "train",
    f"{_SOLVERS}/validation/tasks/_stacks.py": "train",
}
"""Modules with numbers of their own, and the tasks whose rows they matter to."""
_PROSE = {"name", "title", "keywords", "note"}


class Constant(NamedTuple):
    """A number, and where it comes from."""

    where: str
    name: str
    value: str
    basis: str


def _sources(rows: Sequence[Mapping[str, Any]]) -> str:
    """Count rows by source."""
    counts = Counter(str(row["source"]) for row in rows)
    return ", ".join(f"{name} ({count})" for name, count in counts.most_common()) or "no row"


def _leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for part in value:
                label = next(iter(part.values()))
                rest = {name: one for name, one in part.items() if one != label}
                yield from _leaves(rest, f"{prefix}{key}[{label}].")
        else:
            yield prefix + key, value


def of_stacks(rows: Sequence[Mapping[str, Any]]) -> Iterator[Constant]:
    """Numbers of the stacks in the registry."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[software_of(Row(row)).name].append(row)
    for name in names("stack"):
        values = find("stack", name).model_dump(mode="json", exclude_unset=True)
        numbers = [(path, one) for path, one in _leaves(values) if path not in _PROSE]
        text = ", ".join(f"{path} = {one}" for path, one in numbers)
        title = provenance("stack", name).source[0].title
        basis = _sources(groups[name]) if "itted" in title else title
        yield Constant("stack", name, text, basis)


def of_devices(rows: Sequence[Mapping[str, Any]]) -> Iterator[Constant]:
    """Fractions of devices that were fitted, or read in a table of measurements."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        try:
            groups[find("hardware", str(row["hardware"] or "")).name].append(row)
        except MLSysimError:
            continue
    for name in names("hardware"):
        device = find("hardware", name)
        stated = dict(_leaves(device.model_dump(mode="json", exclude_unset=True)))
        vouched = provenance("hardware", name)
        for path in ("compute.ceiling", "compute.steady", "memory.sustained", "memory.latency"):
            if path not in stated:
                continue
            first = vouched.of(path)[0]
            title = first.title
            if "itted" in title:
                only = [
                    row for row in groups[name] if (row["task"] == "train") == ("steady" in path)
                ]
                title = _sources(only)
            elif first.note:
                title = f"{title}: {first.note}"
            yield Constant("device", f"{name} {path}", str(stated[path]), title)


def in_code() -> Iterator[Constant]:
    """Numbers that stand in modules, each with its own words."""
    for place, tasks in _MODULES.items():
        path = _PACKAGES / place
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for one, following in zip(body, [*body[1:], None], strict=True):
            if not isinstance(one, ast.Assign) or not _numeric(one.value):
                continue
            label = ast.unparse(one.targets[0]).strip("()")
            if not label.startswith("_"):
                continue
            words = ""
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                words = " ".join(str(following.value.value).split())
            value = ast.unparse(one.value).strip("()")
            yield Constant(path.name, label, value, f"{words} Rows: {tasks}.".strip())


def _numeric(node: ast.expr) -> bool:
    """Tell whether an expression is made of fractions alone."""
    if isinstance(node, ast.Tuple):
        return all(map(_numeric, node.elts))
    if isinstance(node, ast.Dict):
        return bool(node.values) and all(map(_numeric, node.values))
    if isinstance(node, ast.BinOp):
        return _numeric(node.left) and _numeric(node.right)
    return isinstance(node, ast.Constant) and isinstance(node.value, float)
