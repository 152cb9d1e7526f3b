"""Specs of values that were validated before, without validating them again.

Pydantic builds a validator for each kind of spec when it is first used, and looks for plug-ins
among all installed packages before the first of them: some 50 ms. Entries of a registry have
passed theirs before they were published, and wait for none.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from ._base import Spec

__all__ = ["restored"]

_AnySpec = TypeVar("_AnySpec", bound=Spec)


def restored(
    spec: type[_AnySpec],
    values: Mapping[str, Any],
    entry: Callable[[Any, str], Any] | None = None,
) -> _AnySpec:
    """Build a spec of validated values, as unpickling does.

    Parameters
    ----------
    spec : type
        What to build.
    values : mapping of str to object
        What was set, as a spec keeps it: quantities as plain SI numbers. Lists stand for tuples.
        A mapping stands for a spec, whose class it names under ``""``, or for an entry, whose
        kind and name it gives under ``"entry"``.
    entry : callable, optional
        Gives the entry of a kind and a name.

    Returns
    -------
    Spec
        The same that validating gives.
    """

    def part(value: Any) -> Any:
        if isinstance(value, list):
            return tuple([part(one) for one in value])
        if not isinstance(value, dict):
            return value
        if entry is not None and "entry" in value:
            return entry(*value["entry"])
        inner = dict(value)
        return restored(_class(inner.pop("")), inner, entry)

    given = {name: part(value) for name, value in values.items()}
    built = spec.__new__(spec)
    state = {
        "__dict__": {**_defaults(spec), **given},
        "__pydantic_fields_set__": set(given),
        "__pydantic_extra__": None,
        "__pydantic_private__": None,
    }
    BaseModel.__setstate__(built, state)
    return built


@cache
def _class(name: str) -> type[Spec]:
    from mlsysim_core import specs  # noqa: PLC0415  # this module is a part of it

    found: type[Spec] = getattr(specs, name)
    return found


@cache
def _defaults(spec: type[Spec]) -> dict[str, Any]:
    """Return every field in its order, with its default; nothing of it can change."""
    values = {}
    for name, field in spec.model_fields.items():
        made: Any = field.default_factory
        habits = isinstance(made, type) and issubclass(made, Spec)
        values[name] = restored(made, {}) if habits else field.get_default()
    return values
