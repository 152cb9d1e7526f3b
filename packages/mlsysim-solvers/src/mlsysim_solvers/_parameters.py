"""What a function takes: types, defaults, units and meanings, read from what it says of itself."""

import inspect
import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, get_type_hints

from mlsysim_core._docstrings import entries

__all__ = ["Parameter", "parameters", "unit_in"]

_UNIT = re.compile(r"\s*\[([^\]]+)\]\.?$")
_ELSEWHERE = re.compile(r"As in :meth:`(?:([\w.]+)\.)?(\w+)\.(\w+)`")
_ROLE = re.compile(r":\w+:`~?([^`]*)`")


class Parameter(NamedTuple):
    """One thing that a function takes."""

    name: str
    annotation: Any
    default: Any
    """``inspect.Parameter.empty`` if it must be given."""
    unit: str
    """Empty if it has none, or none is said."""
    about: str

    @property
    def needed(self) -> bool:
        """Whether it must be given."""
        return self.default is inspect.Parameter.empty


@cache
def parameters(function: Callable[..., Any]) -> dict[str, Parameter]:
    """Return what a function takes, in order, without ``self``.

    Open keywords are those of the function that its docstring refers to.
    """
    plain = inspect.unwrap(function)
    hints = get_type_hints(plain)
    told = {name: unit_in(text) for name, text in entries(plain, "Parameters").items()}
    elsewhere: dict[str, Parameter] = {}
    for name, text in entries(plain, "Parameters").items():
        if match := _ELSEWHERE.match(text):
            home = import_module(match[1] or __package__ or "")
            elsewhere = parameters(getattr(getattr(home, match[2]), match[3]))
        if (match or text == "As there.") and (other := elsewhere.get(name)):
            told[name] = other.about, other.unit
    found: dict[str, Parameter] = {}
    for one in inspect.signature(plain).parameters.values():
        if one.kind is one.VAR_KEYWORD:
            found |= {name: other for name, other in elsewhere.items() if name not in found}
        if one.name == "self" or one.kind in {one.VAR_KEYWORD, one.VAR_POSITIONAL}:
            continue
        about, unit = told.get(one.name, ("", ""))
        annotation = hints.get(one.name, Any)
        found[one.name] = Parameter(one.name, annotation, one.default, unit, about)
    return found


def unit_in(text: str) -> tuple[str, str]:
    """Part a text from the unit in brackets at its end, and drop what marks it up."""
    match = _UNIT.search(text)
    about = text[: match.start()] if match else text
    return _ROLE.sub(r"\1", about).replace("``", "`"), match[1] if match else ""
