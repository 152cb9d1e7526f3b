"""Reads the units that a formula's docstring gives to its arguments and its result."""

import inspect
import re
from collections.abc import Callable

__all__ = ["documented_units", "sections"]

_HEADING = re.compile(r"^(?P<title>[A-Z][A-Za-z ]+)\n-{3,}\n", re.MULTILINE)
_ENTRY = re.compile(r"^(?P<name>\w+)(?: : .*)?\n(?P<text>(?:[ \t]+\S.*\n?|\n)+)", re.MULTILINE)
_UNIT = re.compile(r"\[(?P<unit>[^\[\]]+)\]\s*\Z")


def sections(formula: Callable) -> dict[str, str]:
    """The sections of a docstring: title and text; what comes first is its summary."""
    text = inspect.getdoc(formula) or ""
    titles = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in titles[1:]] + [len(text)]
    found = {"Summary": text[: titles[0].start()] if titles else text}
    for heading, end in zip(titles, ends, strict=True):
        found[heading["title"]] = text[heading.end() : end] + "\n"
    return found


def documented_units(formula: Callable) -> tuple[dict[str, str], str]:
    """The unit of each argument by name, and that of the result."""
    found = sections(formula)
    arguments = {
        entry["name"]: _unit(formula, entry["name"], entry["text"])
        for entry in _ENTRY.finditer(found.get("Parameters", ""))
    }
    (result,) = _ENTRY.finditer(found["Returns"])
    return arguments, _unit(formula, "the result", result["text"])


def _unit(formula: Callable, name: str, text: str) -> str:
    match = _UNIT.search(text)
    if match is None:
        raise ValueError(f"{formula.__name__}: no [unit] at the end of what is said of {name}")
    return match["unit"]
