"""What a stage takes and gives: kinds of values and their units."""

import inspect
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints

import pint
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError
from mlsysim_core.units import Quantity, ureg

from .._parameters import Parameter

__all__ = ["Port", "converted", "declared", "given_by", "goes_into", "taken_by"]

_NUMBERS = {"int", "float", "Quantity"}
_WORDS = re.compile(r"[A-Za-z_]\w*")
_KINDS = {int: "number", float: "number", str: "text", bool: "truth"}


class Port(NamedTuple):
    """One value that goes in or comes out."""

    kinds: frozenset[Any]
    """``"number"``, ``"text"``, ``"truth"``, ``"anything"``, or a class."""
    unit: str
    """Empty where there is none, or none is said."""
    quantity: bool
    """Whether it is a quantity, and not a plain number of its unit."""

    def __str__(self) -> str:
        kinds = [one if isinstance(one, str) else one.__name__ for one in self.kinds]
        what = " or ".join(sorted(kinds))
        if "number" not in self.kinds:
            return f"a {what}"
        if not self.unit:
            return "a number without a unit"
        return f"a quantity in {self.unit}" if self.quantity else f"a number of {self.unit}"


def taken_by(one: Parameter, unit: str | None) -> Port:
    """Return what a parameter takes; a unit that is declared goes before that of the text."""
    kinds: set[Any] = set()
    quantity = False
    for part in (one.annotation, *get_args(one.annotation)):
        kind = _KINDS.get(part)
        if kind:
            kinds.add(kind)
        elif part is Any or part is inspect.Parameter.empty:
            quantity = True
        elif isinstance(part, type) and issubclass(part, pint.Quantity):
            kinds.add("number")
            quantity = True
        elif isinstance(part, type) and part is not type(None):
            kinds.add(part)
    told = one.unit if unit is None else unit
    if quantity and told:
        kinds.add("number")
    return Port(frozenset(kinds or {"anything"}), told, quantity and "number" in kinds)


@cache
def given_by(function: Callable[..., Any]) -> tuple[Any, dict[str, Port]]:
    """Return the type of what a function returns, and the values of it."""
    kind = get_type_hints(inspect.unwrap(function)).get("return")
    if not (isinstance(kind, type) and issubclass(kind, Answer)):
        return kind, {}
    found = {}
    for name, told in kind.schema().items():
        words = set(_WORDS.findall(told["type"]))
        kinds: set[Any] = {"number"} if words & _NUMBERS else set()
        kinds |= {kind for kind, word in (("text", "str"), ("truth", "bool")) if word in words}
        unit = "" if told["unit"] == "quantity" else told["unit"]
        found[name] = Port(frozenset(kinds or {"anything"}), unit, "Quantity" in words)
    return kind, found


def declared(stage: str, gives: Mapping[str, Any]) -> dict[str, Port]:
    """Return the values that a function is said to give: a unit, or ``str`` or ``bool``."""
    found = {}
    for name, what in gives.items():
        if what in {str, bool}:
            found[name] = Port(frozenset({_KINDS[what]}), "", False)
            continue
        if not isinstance(what, str):
            raise InputError(
                f"stage {stage} gives {name} as {what!r}; say its unit (empty if it has none), "
                "or str, or bool"
            )
        dimension(stage, name, what)
        found[name] = Port(frozenset({"number"}), what, False)
    return found


def dimension(stage: str, name: str, unit: str) -> Any:
    """Return the dimension of a unit, or say that nobody knows it."""
    try:
        return ureg.Quantity(1.0, unit or "dimensionless").dimensionality
    except Exception:  # pint's errors share no useful base
        raise InputError(f"stage {stage}: {name} has a unit that nobody knows: {unit!r}") from None


def goes_into(port: Port, other: Port, stage: str, name: str) -> bool:
    """Tell whether what one gives is what the other takes."""
    if "anything" in other.kinds or "anything" in port.kinds:
        return True
    if "number" in port.kinds and "number" in other.kinds:
        mine, theirs = (dimension(stage, name, one.unit) for one in (port, other))
        return bool(mine == theirs)
    return any(
        issubclass(one, two) if isinstance(one, type) and isinstance(two, type) else one == two
        for one in port.kinds
        for two in other.kinds
    )


def converted(value: Any, port: Port, other: Port) -> Any:
    """Turn what one gives into what the other takes: number or quantity, in its unit."""
    if "number" not in port.kinds or "number" not in other.kinds or isinstance(value, str | bool):
        return value
    if value is None:
        return None
    if not isinstance(value, pint.Quantity):
        value = ureg.Quantity(value, port.unit or "dimensionless")
    if other.quantity:
        return value
    return _plain(value, other.unit)


def _plain(value: Quantity, unit: str) -> Any:
    number = value.m_as(unit or "dimensionless")
    whole = isinstance(value.m, int) and value.units == ureg.Unit(unit or "dimensionless")
    return int(number) if whole else float(number)
