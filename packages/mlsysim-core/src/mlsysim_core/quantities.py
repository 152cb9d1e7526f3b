"""Physical values inside specs: plain numbers in SI units, shown as quantities.

A spec keeps a float, so that formulas never meet a unit and loading an entry never
imports pint. Reading the attribute gives a :class:`pint.Quantity`.
"""

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

__all__ = [
    "KNOWN_UNITS",
    "Bandwidth",
    "Bytes",
    "Carbon",
    "CarbonIntensity",
    "Energy",
    "EnergyPrice",
    "Frequency",
    "HourlyPrice",
    "Money",
    "OperationRate",
    "Power",
    "Time",
    "UnitOf",
    "WaterIntensity",
    "brief",
    "parse",
    "quantity",
    "scaled",
    "spell",
    "unit_of",
]

_DECIMAL = {"": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_SMALL = {"p": -12, "n": -9, "µ": -6, "u": -6, "m": -3}
_BINARY = {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40}
_SPELLINGS = {  # unit: its spellings with their factors, the first one for printing
    "byte": {"B": 1.0, "byte": 1.0},
    "byte/s": {"B/s": 1.0, "byte/s": 1.0, "bit/s": 0.125, "b/s": 0.125},
    "operation/s": {"FLOP/s": 1.0, "OP/s": 1.0, "FLOPS": 1.0, "OPS": 1.0},
    "operation": {"FLOP": 1.0, "OP": 1.0},
    "W": {"W": 1.0},
    "J": {"J": 1.0, "Wh": 3600.0},
    "Hz": {"Hz": 1.0},
    "s": {"s": 1.0},
    "USD": {"USD": 1.0},
    "USD/hour": {"USD/hour": 1.0, "USD/h": 1.0},
    "gCO2e": {"gCO2e": 1.0},
    "gCO2e/kWh": {"gCO2e/kWh": 1.0},
    "liter/kWh": {"L/kWh": 1.0, "liter/kWh": 1.0},
    "USD/kWh": {"USD/kWh": 1.0},
    "token/s": {"token/s": 1.0},
    "sample/s": {"sample/s": 1.0},
}
_NUMBER = re.compile(r"\s*([+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S.*?)\s*\Z")


def _prefixes(unit: str) -> dict[str, int]:
    """Prefixes that make sense for a unit, with their powers of ten, in rising order."""
    if unit in {"s", "J", "W"}:
        return _SMALL | _DECIMAL
    if unit.startswith("USD") or unit.endswith(("/kWh", "USD")):
        return {"": 0}
    return _DECIMAL


def _vocabulary(unit: str) -> dict[str, tuple[int, float]]:
    """Every spelling that is understood without asking pint: power of ten, and factor."""
    words = {}
    for spelling, factor in _SPELLINGS[unit].items():
        for prefix, power in _prefixes(unit).items():
            words[prefix + spelling] = (power, factor)
        for prefix, scale in (_BINARY if "byte" in unit else {}).items():
            words[prefix + spelling] = (0, scale * factor)
    return words


KNOWN_UNITS = frozenset(_SPELLINGS)
"""Units that :func:`brief`, :func:`parse` and :func:`spell` know."""
_VOCABULARIES = {unit: _vocabulary(unit) for unit in _SPELLINGS}


def parse(text: str, unit: str) -> float:
    """Read ``"3.35 TB/s"`` as a plain number of ``unit``.

    Parameters
    ----------
    text : str
        A number and a unit.
    unit : str
        The unit to express it in, such as ``"byte/s"``.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If the text is not a quantity of that dimension.
    """
    if match := _NUMBER.match(text):
        number, spelling = match.groups()
        known = _VOCABULARIES[unit].get(spelling)
        if known is not None:
            power, factor = known
            mantissa, _, exponent = number.casefold().partition("e")
            # The decimal prefix becomes a part of the number, so that nothing is rounded twice.
            return float(f"{mantissa}e{int(exponent or 0) + power}") * factor
    from .units import ureg  # noqa: PLC0415  # unusual units are worth an import

    try:
        return float(ureg.Quantity(text).m_as(unit))
    except Exception as error:
        raise ValueError(str(error).removeprefix("Cannot convert from ")) from None


def spell(number: float, unit: str) -> str:
    """Write a number of ``unit`` with the prefix that suits it, without loss.

    >>> spell(3.35e12, "byte/s")
    '3.35 TB/s'
    """
    scale, name = scaled(number, unit)
    text = f"{number / scale:g} {name}"
    if parse(text, unit) == number:
        return text
    text = f"{number / scale!r} {name}"
    if parse(text, unit) == number:
        return text
    return f"{number!r} {next(iter(_SPELLINGS[unit]))}"


def scaled(number: float, unit: str) -> tuple[float, str]:
    """Return the scale and the spelling of the prefixed unit that suits a number."""
    printed = next(iter(_SPELLINGS[unit]))
    best = ("", 1.0)
    for prefix, power in _prefixes(unit).items():
        scale = float(f"1e{power}")
        if scale <= abs(number) or (prefix == "" and not number):
            best = (prefix, scale)
    return best[1], best[0] + printed


def brief(number: float, unit: str) -> str:
    """Write a number with the unit that suits it, for people: four digits.

    >>> brief(3.35e12, "byte/s")
    '3.35 TB/s'
    """
    if not math.isfinite(number):
        return "infinite"
    if not unit:
        return f"{number:.4g}"
    if unit in {"token/s", "sample/s"}:
        return f"{number:,.0f} {unit}" if number >= 1e3 else f"{number:.4g} {unit}"
    scale, name = scaled(number, unit)
    return f"{number / scale:.4g} {name}"


@dataclass(frozen=True, slots=True)
class UnitOf:
    """Pydantic annotation: a value kept as a plain number of ``unit``.

    Accepts a quantity, or a string such as ``"3.35 TB/s"``; refuses a bare number.
    """

    unit: str
    zero: bool = False
    """Whether zero is a possible value."""

    def _validate(self, value: object) -> float:
        if isinstance(value, str):
            try:
                number = parse(value, self.unit)
            except ValueError as error:
                raise self._refusal(value, str(error)) from None
        elif hasattr(value, "m_as"):
            try:
                number = float(value.m_as(self.unit))
            except Exception:  # pint's errors share no useful base
                raise self._refusal(str(value), "it has another dimension") from None
        else:
            raise self._refusal(repr(value), "it has no unit")
        if not math.isfinite(number) or number < 0 or (number == 0 and not self.zero):
            raise self._refusal(str(value), "it must be finite and positive")
        return number

    def _refusal(self, given: str, why: str) -> PydanticCustomError:
        example = f"1 {next(iter(_SPELLINGS[self.unit]))}"
        return PydanticCustomError(
            "quantity",
            "expected a quantity in {unit}, such as '{example}', got {given}: {why}",
            {"unit": self.unit, "example": example, "given": given, "why": why},
        )

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda number: spell(number, self.unit), return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "description": f"A quantity in {self.unit}.",
            "examples": [f"1 {next(iter(_SPELLINGS[self.unit]))}"],
        }


if TYPE_CHECKING:
    from .units import Quantity

    Bytes: TypeAlias = Quantity
    Bandwidth: TypeAlias = Quantity
    OperationRate: TypeAlias = Quantity
    Power: TypeAlias = Quantity
    Energy: TypeAlias = Quantity
    Frequency: TypeAlias = Quantity
    Time: TypeAlias = Quantity
    Money: TypeAlias = Quantity
    HourlyPrice: TypeAlias = Quantity
    Carbon: TypeAlias = Quantity
    CarbonIntensity: TypeAlias = Quantity
    WaterIntensity: TypeAlias = Quantity
    EnergyPrice: TypeAlias = Quantity
else:
    Bytes = Annotated[float, UnitOf("byte")]
    Bandwidth = Annotated[float, UnitOf("byte/s")]
    OperationRate = Annotated[float, UnitOf("operation/s")]
    Power = Annotated[float, UnitOf("W")]
    Energy = Annotated[float, UnitOf("J")]
    Frequency = Annotated[float, UnitOf("Hz")]
    Time = Annotated[float, UnitOf("s", zero=True)]
    Money = Annotated[float, UnitOf("USD")]
    HourlyPrice = Annotated[float, UnitOf("USD/hour")]
    Carbon = Annotated[float, UnitOf("gCO2e")]
    CarbonIntensity = Annotated[float, UnitOf("gCO2e/kWh", zero=True)]
    WaterIntensity = Annotated[float, UnitOf("liter/kWh", zero=True)]
    EnergyPrice = Annotated[float, UnitOf("USD/kWh", zero=True)]


def unit_of(annotation: Any) -> str | None:
    """Return the unit that a field's annotation gives it, if any."""
    for part in getattr(annotation, "__metadata__", ()):
        if isinstance(part, UnitOf):
            return part.unit
    for part in get_args(annotation):
        if unit := unit_of(part):
            return unit
    return None


def quantity(number: float, unit: str) -> "Quantity":
    """Give a plain number its unit back, with the prefix that suits it."""
    from .units import ureg  # noqa: PLC0415  # only whoever shows a quantity needs pint

    scale, name = scaled(number, unit)
    return ureg.Quantity(number / scale, name)
