"""What docstrings say, for those who read them by program."""

import ast
import inspect
import re
import textwrap
from itertools import pairwise
from typing import Any

__all__ = ["entries", "fields", "section", "summary"]

_REFERENCE = re.compile(r"^\.\. \[\d+\] ", re.MULTILINE)


def summary(thing: Any) -> str:
    """Return the first paragraph, as one line."""
    text = inspect.getdoc(thing) or ""
    return " ".join(text.partition("\n\n")[0].split())


def section(thing: Any, title: str) -> str:
    """Return what stands below a heading; nothing if there is none."""
    text = inspect.getdoc(thing) or ""
    _, found, rest = text.partition(f"{title}\n{'-' * len(title)}\n")
    return re.split(r"\n\n[^\n]+\n-{3,}\n", rest, maxsplit=1)[0].strip() if found else ""


def entries(thing: Any, title: str) -> dict[str, str]:
    """Return the entries of a section, each with its text as one line."""
    if title == "References":
        parts = _REFERENCE.split(section(thing, title))[1:]
        return {str(number): " ".join(text.split()) for number, text in enumerate(parts, 1)}
    found: dict[str, str] = {}
    names: list[str] = []
    for line in section(thing, title).splitlines():
        if line and not line[0].isspace():
            names = [name.strip().lstrip("*") for name in line.partition(" : ")[0].split(",")]
            found |= dict.fromkeys(names, "")
        elif line.strip():
            found |= {name: f"{found[name]} {line.strip()}".lstrip() for name in names}
    return found


def fields(kind: type) -> dict[str, str]:
    """Return the texts below the fields of a class, as far as its source is at hand."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    except (OSError, TypeError):  # compiled packages come without
        return {}
    found: dict[str, str] = {}
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for node, after in pairwise(body):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[node.target.id] = " ".join(str(after.value.value).split())
    return found
