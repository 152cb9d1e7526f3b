"""What machines cost: bought, run and rented."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.errors import MissingValueError
from mlsysim_core.physics.facility import amortised_share

from ._sustainability_result import FORMER_USE, SustainabilityResult

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["EconomicsResult"]

_YEAR = 365.25 * 86400.0


def _of_use(old: OldAttribute | str) -> OldAttribute | str:
    """Name what used to stand here and stands in ``use``."""
    if isinstance(old, str):
        return f"use.{old}"
    read = old.read
    return OldAttribute(f".use{old.use}", read and (lambda costs: read(costs.use)))


@dataclass(frozen=True, kw_only=True, slots=True)
class EconomicsResult(Answer):
    """Costs of owning and of renting the same machines for the same time.

    What needs a price that nobody has published raises :class:`MissingValueError` when it is
    read; everything else is there.
    """

    _former: ClassVar[Values] = {
        **{name: _of_use(old) for name, old in FORMER_USE.items()},
        "pue": "use.pue",
    }

    use: SustainabilityResult
    """Energy of that time."""
    purchase_usd: float | None
    """Of everything, when new. [USD]"""
    missing_price: str
    """Why that is not known."""
    hourly_usd: float | None
    """Rent of one device for an hour. [USD]"""
    missing_rent: str
    """Why that is not known."""
    life_seconds: float
    """[s]"""
    utilization: float
    """Part of their life in which anybody uses the machines."""
    maintenance: float
    """For each year, as a part of the purchase."""

    @property
    def capex_usd(self) -> float:
        """The share of this time in the purchase. [USD]."""
        share = amortised_share(self.use.seconds, self.life_seconds, self.utilization)
        return self._purchase() * float(share)

    @property
    def opex_energy_usd(self) -> float:
        """Electricity of the whole building. [USD]."""
        if self.use.place.price is None:
            raise MissingValueError(
                f"the price of the electricity of {self.use.place.electricity} is not "
                "published: give electricity_price"
            )
        return self.use.joules * self.use.place.price

    @property
    def opex_maintenance_usd(self) -> float:
        """Repairs and support; hours in which nobody uses the machines count too. [USD]."""
        years = float(amortised_share(self.use.seconds, _YEAR, self.utilization))
        return self._purchase() * self.maintenance * years

    @property
    def total_opex_usd(self) -> float:
        """Electricity and maintenance. [USD]."""
        return self.opex_energy_usd + self.opex_maintenance_usd

    @property
    def tco_usd(self) -> float:
        """Everything that owning costs for this time. [USD]."""
        return self.capex_usd + self.total_opex_usd

    @property
    def rent_usd(self) -> float:
        """What renting the devices costs for this time. [USD]."""
        if self.hourly_usd is None:
            raise MissingValueError(self.missing_rent)
        return self.hourly_usd * self.device_hours

    @property
    def device_hours(self) -> float:
        """Hours of all devices. [h]."""
        return self.use.devices * self.use.seconds / 3600.0

    @property
    def cost(self) -> "Quantity":
        """Everything that owning costs for this time. [USD]."""
        return _dollars(self.tco_usd)

    @property
    def rent(self) -> "Quantity":
        """What renting the devices costs for this time. [USD]."""
        return _dollars(self.rent_usd)

    @property
    def cost_per_item(self) -> "Quantity":
        """What owning costs for each token, request or run. [USD]."""
        return _dollars(self.tco_usd / self._items())

    @property
    def rent_per_item(self) -> "Quantity":
        """What renting costs for each token, request or run. [USD]."""
        return _dollars(self.rent_usd / self._items())

    @property
    def break_even_utilization(self) -> float:
        """Use at which owning costs as much as renting; above one, renting is always cheaper."""
        each_year = self._purchase() * (1.0 / self.life_seconds + self.maintenance / _YEAR)
        saved = self.rent_usd - self.opex_energy_usd
        return each_year * self.use.seconds / saved if saved > 0.0 else math.inf

    def explain(self) -> str:
        """Say what the cost is made of: a sum that adds up, and the rent beside it."""
        days = self.use.seconds / 86400.0
        lines = [f"{self.use.devices:,} devices of {self.use.system} for {days:.4g} days", ""]
        for name, read in (
            (f"purchase, over {self.life_seconds / _YEAR:.4g} years", "capex_usd"),
            ("electricity", "opex_energy_usd"),
            ("maintenance", "opex_maintenance_usd"),
            ("owning", "tco_usd"),
            ("renting", "rent_usd"),
        ):
            try:
                lines.append(f"  {getattr(self, read):>14,.2f} USD  {name}")
            except MissingValueError as error:
                lines.append(f"  {'unknown':>14} USD  {name}: {error}")
        lines += [f"  note: {note}" for note in self.use.notes]
        return "\n".join(lines)

    def _purchase(self) -> float:
        if self.purchase_usd is None:
            raise MissingValueError(self.missing_price)
        return self.purchase_usd

    def _items(self) -> float:
        if self.use.items is None:
            raise MissingValueError("how many items came out is not known: give items")
        return self.use.items


def _dollars(number: float) -> "Quantity":
    from mlsysim_core.units import ureg  # noqa: PLC0415  # only who reads a quantity needs pint

    result: Quantity = ureg.Quantity(number, "USD")
    return result
