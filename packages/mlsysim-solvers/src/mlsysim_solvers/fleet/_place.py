"""Where machines stand: the building's effectiveness, and the electricity there."""

from dataclasses import dataclass
from typing import Any

from mlsysim_core.catalog import find
from mlsysim_core.errors import InputTypeError, MissingValueError, UnknownEntryError
from mlsysim_core.specs import GridSpec, OperatorSpec, RegionSpec

from .._amounts import Amount, amount, at_least

__all__ = ["Place", "find_place"]

_KWH = 3.6e6


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A building on a grid; what is not known is ``None``."""

    building: str
    electricity: str
    effectiveness: float
    """PUE."""
    water: float | None
    """On site, for each joule of the computers. [liter / J]"""
    intensity: float | None
    """[gCO2e / J]"""
    shape: tuple[float, ...]
    """Of the intensity, hour by hour from midnight; only proportions count."""
    source_water: float | None
    """At the power stations. [liter / J]"""
    price: float | None
    """[USD / J]"""


def find_place(
    grid: Any,
    operator: Any,
    pue: object,
    wue: Amount | None,
    carbon_intensity: Amount | None,
    electricity_price: Amount | None,
) -> Place:
    """Take a building and a grid by name, or value by value.

    Raises
    ------
    MissingValueError
        If nobody says how effective the building is.
    """
    who = _find(operator, OperatorSpec, ("operator",), "operator")
    where = _find(grid, (GridSpec, RegionSpec), ("grid", "region"), "grid")
    if pue is None and who is None:
        raise MissingValueError(
            "the energy of cooling needs the building's effectiveness: give operator, or pue"
        )
    return Place(
        building=who.name if who else "the building",
        electricity=where.name if where else "the grid",
        effectiveness=who.pue if pue is None else at_least("pue", pue, 1.0),
        water=_given("wue", wue, "liter/kWh", who, "water"),
        intensity=_given(
            "carbon_intensity", carbon_intensity, "gCO2e/kWh", where, "carbon_intensity"
        ),
        shape=(where and where.hourly_shape) or (1.0,),
        source_water=_given("", None, "", where, "water_intensity"),
        price=_given("electricity_price", electricity_price, "USD/kWh", where, "price"),
    )


def _given(parameter: str, value: Amount | None, unit: str, spec: Any, field: str) -> float | None:
    if value is not None:
        return amount(parameter, value, unit, zero=True) / _KWH
    if spec is None or field not in type(spec).model_fields:
        return None
    number: float | None = spec.number(field)
    return None if number is None else number / _KWH


def _find(value: Any, kinds: Any, names: tuple[Any, ...], parameter: str) -> Any:
    if value is None or isinstance(value, kinds):
        return value
    if not isinstance(value, str):
        raise InputTypeError(f"{parameter} must be a name or a spec, got {value!r:.80}")
    for name in names[1:]:
        try:
            return find(name, value)
        except UnknownEntryError:
            continue  # the first kind's error names what is like it
    return find(names[0], value)
