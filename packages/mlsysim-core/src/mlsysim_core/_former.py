"""Names of inputs and values that users know from elsewhere, or misspell."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, NamedTuple

from .deprecation import OldAttribute, read_old_attribute, warn_of_old_name
from .errors import InputError, InputTypeError, UnknownValueError, nearest

__all__ = ["Inputs", "Renamed", "Values", "understanding", "value_by_former_name"]


class Renamed(NamedTuple):
    """Another name of an input, and what makes a number that input's value."""

    name: str
    convert: Callable[[Any], Any] | None = None


Inputs = Mapping[str, Renamed | str]
"""Former names of inputs; a text says what to give instead."""

Values = Mapping[str, OldAttribute | str]
"""Former names of values; a text is the path to the present one."""


def understanding(solve: Callable[..., Any], former: Inputs, who: str) -> Callable[..., Any]:
    """Make a ``solve`` understand former names, and name the nearest of those that it knows."""
    _, *parameters = inspect.signature(solve).parameters.values()
    named = [one for one in parameters if one.kind is not inspect.Parameter.VAR_KEYWORD]
    needed = [one.name for one in named if one.default is inspect.Parameter.empty]
    known = frozenset(one.name for one in named)
    closed = len(named) == len(parameters)

    @wraps(solve)
    def asked(self: Any, *values: Any, **settings: Any) -> Any:
        if not settings.keys() <= known:
            settings = dict(
                _settled(who, name, value, former, known if closed else None, settings)
                for name, value in settings.items()
            )
        if missing := [name for name in needed[len(values) :] if name not in settings]:
            raise InputTypeError(f"{who}.solve needs {', '.join(missing)}")
        return solve(self, *values, **settings)

    return asked


def _settled(
    who: str,
    name: str,
    value: Any,
    former: Inputs,
    known: Iterable[str] | None,
    settings: Mapping[str, Any],
) -> tuple[str, Any]:
    """Return an input under the name that it has now."""
    found = former.get(name)
    if isinstance(found, str):
        raise InputTypeError(f"{who}.solve has no {name}: {found}")
    if found is not None:
        if found.name in settings:
            raise InputError(f"give {found.name} or {name}, which are the same, but not both")
        # Whoever asks is above the settings, the call that is wrapped and this one.
        warn_of_old_name(f"{who}.solve({name}=...)", f"{found.name}=...", stacklevel=5)
        number = isinstance(value, int | float)
        return found.name, found.convert(value) if found.convert and number else value
    if known is not None and name not in known:
        close = nearest(name, known)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise InputTypeError(
            f"{who}.solve has no {name}{hint}; it takes {', '.join(sorted(known))}"
        )
    return name, value


def value_by_former_name(result: Any, name: str, former: Values) -> Any:
    """Return a value of a result by the name that it had."""
    found = former.get(name)
    if found is not None:
        return read_old_attribute(result, name, found)
    who = type(result).__name__
    if name.startswith("_"):  # a protocol that nobody here speaks
        raise AttributeError(f"{who} has no attribute {name!r}")
    known = [one for one in dir(type(result)) if not one.startswith("_")]
    close = nearest(name, (*known, *former))
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise UnknownValueError(f"{who} has no {name}{hint}")
