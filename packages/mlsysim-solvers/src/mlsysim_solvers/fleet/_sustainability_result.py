"""What running machines takes from the world: energy, carbon, water."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.errors import MissingValueError
from mlsysim_core.physics.facility import carbon_emitted, cooling_energy, water_consumed

from .._quantities import as_quantity
from ._place import Place

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["FORMER_USE", "SustainabilityResult"]

_KWH = 3.6e6


FORMER_USE: Values = {
    "it_energy_kwh": "it_energy",
    "total_energy_kwh": "total_energy",
    "carbon_footprint_kg": OldAttribute(".grams / 1e3", lambda use: use.grams / 1e3),
    "embodied_carbon_kg": OldAttribute(
        ".embodied_grams / 1e3", lambda use: use.embodied_grams / 1e3
    ),
    "water_usage_liters": "liters",
    "region_name": "place.electricity",
}
"""Former names of what running machines takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SustainabilityResult(Answer):
    """Energy of devices, hosts, network and cooling, and what comes with it.

    What needs a value that nobody has published raises :class:`MissingValueError` when it
    is read; everything else is there.
    """

    _former: ClassVar[Values] = FORMER_USE

    system: str
    devices: int
    seconds: float
    """[s]"""
    device_joules: float
    """[J]"""
    host_joules: float
    """[J]"""
    network_joules: float
    """[J]"""
    place: Place
    hourly_factor: float
    """Emissions of the average joule, over those at the mean intensity."""
    embodied_value: float | None
    """The share of these seconds in what making the devices emitted. [gCO2e]"""
    items: float | None
    """Tokens, requests or runs that came out."""
    unit: str
    notes: tuple[str, ...]

    @property
    def it_joules(self) -> float:
        """Energy of devices, hosts and network. [J]."""
        return self.device_joules + self.host_joules + self.network_joules

    @property
    def cooling_joules(self) -> float:
        """Energy of the building beside its computers. [J]."""
        return float(cooling_energy(self.it_joules, self.place.effectiveness))

    @property
    def joules(self) -> float:
        """Energy of the whole building. [J]."""
        return self.it_joules + self.cooling_joules

    @property
    def operational_grams(self) -> float:
        """Emissions of the electricity. [gCO2e]."""
        if self.place.intensity is None:
            raise MissingValueError(
                "emissions need the carbon intensity of the electricity: "
                "give grid, or carbon_intensity"
            )
        intensity = self.hourly_factor * self.place.intensity
        return float(carbon_emitted(self.joules, intensity))

    @property
    def embodied_grams(self) -> float:
        """The share of these seconds in what making the devices emitted. [gCO2e]."""
        if self.embodied_value is None:
            raise MissingValueError(
                f"what making the devices of {self.system} emitted is not published: "
                "give embodied_carbon, of each"
            )
        return self.embodied_value

    @property
    def grams(self) -> float:
        """Emissions of the electricity and of making the devices. [gCO2e]."""
        return self.operational_grams + self.embodied_grams

    @property
    def liters(self) -> float:
        """Water used on site. [liter]."""
        if self.place.water is None:
            raise MissingValueError(f"{self.place.building} publishes no water use: give wue")
        return float(water_consumed(self.it_joules, self.place.water))

    @property
    def it_energy(self) -> "Quantity":
        """Energy of devices, hosts and network. [J]."""
        return _quantity(self.it_joules / _KWH, "kWh")

    @property
    def energy(self) -> "Quantity":
        """Energy of the whole building. [J]."""
        return _quantity(self.joules / _KWH, "kWh")

    total_energy = energy

    @property
    def pue(self) -> float:
        """Energy of the building over that of its computers."""
        return self.place.effectiveness

    @property
    def operational_carbon(self) -> "Quantity":
        """Emissions of the electricity. [gCO2e]."""
        return _quantity(self.operational_grams / 1e3, "kgCO2e")

    @property
    def embodied_carbon(self) -> "Quantity":
        """The share of these seconds in what making the devices emitted. [gCO2e]."""
        return _quantity(self.embodied_grams / 1e3, "kgCO2e")

    @property
    def carbon_footprint(self) -> "Quantity":
        """Emissions of the electricity and of making the devices. [gCO2e]."""
        return _quantity(self.grams / 1e3, "kgCO2e")

    @property
    def water_usage(self) -> "Quantity":
        """Water used on site. [liter]."""
        return _quantity(self.liters, "liter")

    @property
    def source_water_usage(self) -> "Quantity":
        """Water that the power stations consume. [liter]."""
        if self.place.source_water is None:
            raise MissingValueError(
                f"the water of the power stations of {self.place.electricity} is not published"
            )
        return _quantity(self.joules * self.place.source_water, "liter")

    @property
    def energy_per_item(self) -> "Quantity":
        """Energy of the building for each token, request or run. [J]."""
        return as_quantity(self.joules / self._items(), "J")

    @property
    def carbon_per_item(self) -> "Quantity":
        """Emissions of the electricity for each token, request or run. [gCO2e]."""
        return as_quantity(self.operational_grams / self._items(), "gCO2e")

    def explain(self) -> str:
        """Say where energy and emissions come from: sums that add up."""
        days = self.seconds / 86400.0
        lines = [f"{self.devices:,} devices of {self.system} for {days:.4g} days", ""]
        total = self.joules
        for name, joules in (
            ("devices", self.device_joules),
            ("hosts", self.host_joules),
            ("network", self.network_joules),
            (f"cooling and the rest of {self.place.building}", self.cooling_joules),
            ("energy", total),
        ):
            part = joules / total if total else math.nan
            lines.append(f"  {joules / _KWH:>14,.6g} kWh {part:6.1%}  {name}")
        lines.append("")
        factor = self.hourly_factor
        hours = "" if f"{factor:.3g}" == "1" else f", {factor:.3g} times its mean in these hours"
        for name, read in (
            (f"electricity of {self.place.electricity}{hours}", "operational_grams"),
            ("share in making the devices", "embodied_grams"),
        ):
            try:
                lines.append(f"  {getattr(self, read) / 1e3:>14,.6g} kgCO2e  {name}")
            except MissingValueError as error:
                lines.append(f"  {'unknown':>14} kgCO2e  {error}")
        try:
            lines.append(f"  {self.liters:>14,.6g} L       water on site")
        except MissingValueError as error:
            lines.append(f"  {'unknown':>14} L       {error}")
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)

    def _items(self) -> float:
        if self.items is None:
            raise MissingValueError("how many items came out is not known: give items")
        return self.items


def _quantity(number: float, unit: str) -> "Quantity":
    from mlsysim_core.units import ureg  # noqa: PLC0415  # only who reads a quantity needs pint

    result: Quantity = ureg.Quantity(number, unit)
    return result
