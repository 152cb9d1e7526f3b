"""Where to run: electricity and its emissions, place by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core._former import Inputs
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError, InputTypeError, MissingValueError
from mlsysim_core.solver import Solver
from mlsysim_core.specs import (
    GridSpec,
    HardwareSpec,
    NodeSpec,
    OperatorSpec,
    RegionSpec,
    SystemSpec,
)

from .._amounts import Amount, amount
from .._quantities import as_quantity
from ._economics import EconomicsModel
from ._economics_result import EconomicsResult
from ._fleet import FORMER

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["PlacementChoice", "PlacementOptimizer", "PlacementResult"]

_TONNE = 1e6


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacementChoice:
    """The same machines in one place."""

    region: str
    costs: EconomicsResult
    carbon_price: float
    """[USD / tCO2e]"""

    @property
    def grams(self) -> float:
        """Emissions of the electricity; making the machines emits the same anywhere. [gCO2e]."""
        return self.costs.use.operational_grams

    @property
    def tax_usd(self) -> float:
        """Price of those emissions. [USD]."""
        return self.grams / _TONNE * self.carbon_price

    @property
    def objective_usd(self) -> float:
        """What differs from place to place: electricity, and its emissions. [USD]."""
        return self.costs.opex_energy_usd + self.tax_usd


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacementResult(Answer):
    """Places, the best first, and those that nobody knows enough about."""

    choices: tuple[PlacementChoice, ...]
    refused: tuple[tuple[str, str], ...]
    """Places that cannot be compared, and why."""

    @property
    def best(self) -> PlacementChoice:
        """The place with the least cost of electricity and emissions."""
        return self.choices[0]

    @property
    def best_region(self) -> str:
        """Its name."""
        return self.best.region

    @property
    def objective_value(self) -> float:
        """Its cost of electricity and emissions. [USD]."""
        return self.best.objective_usd

    @property
    def lowest_tco(self) -> "Quantity":
        """Everything that owning the machines costs there. [USD]."""
        return self.best.costs.cost

    @property
    def carbon_footprint(self) -> "Quantity":
        """Emissions of the electricity there. [gCO2e]."""
        return as_quantity(self.best.grams, "gCO2e")

    @property
    def pue(self) -> float:
        """Energy of the building there, over that of its computers."""
        return self.best.costs.use.place.effectiveness

    @property
    def top_candidates(self) -> tuple[PlacementChoice, ...]:
        """All places, the best first."""
        return self.choices

    def explain(self) -> str:
        """Say what electricity and emissions cost in each place."""
        use = self.best.costs.use
        days = use.seconds / 86400.0
        asked = f"{use.devices:,} devices of {use.system} for {days:.4g} days"
        lines = [
            f"{asked}, {self.best.carbon_price:g} USD for a tonne of CO2e",
            "",
            f"  {'electricity':>14} {'emissions':>14} {'together':>14} {'tCO2e':>12}",
        ]
        lines += [
            f"  {one.costs.opex_energy_usd:>14,.2f} {one.tax_usd:>14,.2f} "
            f"{one.objective_usd:>14,.2f} {one.grams / _TONNE:>12,.4g}  {one.region}"
            for one in self.choices
        ]
        lines += [f"  not compared: {region}: {why}" for region, why in self.refused]
        return "\n".join(lines)


class PlacementOptimizer(Solver):
    """The place where electricity and its emissions together cost least.

    References
    ----------
    .. [1] D. Patterson et al., "Carbon emissions and large neural network training," 2021.
       arXiv:2104.10350.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        *EconomicsModel.assumptions,
        "machines and buildings are the same everywhere: only electricity differs",
        "moving data and models there costs nothing",
    )
    bounds: ClassVar[str] = EconomicsModel.bounds
    _former: ClassVar[Inputs] = FORMER

    def solve(
        self,
        system: SystemSpec | NodeSpec | HardwareSpec | str,
        duration_days: float,
        regions: Sequence[GridSpec | RegionSpec | str],
        carbon_tax_per_ton: Amount | float = 100.0,
        *,
        electricity_price: Amount | None = None,
        operator: OperatorSpec | str | None = None,
        pue: float | None = None,
        **settings: Any,
    ) -> PlacementResult:
        """Compare places.

        Parameters
        ----------
        system : SystemSpec, NodeSpec, HardwareSpec or str
            What runs, or its name.
        duration_days : float
            For how long. [day]
        regions : sequence of GridSpec, RegionSpec or str
            Grids or regions of cloud providers, or their names.
        carbon_tax_per_ton : float or quantity
            Price of a tonne of CO2e; zero compares electricity alone. [USD]
        electricity_price : quantity, optional
            The same everywhere, in place of those of the grids. [USD/kWh]
        operator : OperatorSpec or str, optional
            Who runs the building, which is the same everywhere.
        pue : float, optional
            Energy of the building over that of its computers, in place of the operator's.
        **settings
            The other keywords of :meth:`EconomicsModel.solve`.

        Returns
        -------
        PlacementResult
            Places, the best first, and those that nobody knows enough about.

        Raises
        ------
        MissingValueError
            If no place can be compared.
        InputError, InputTypeError
            If an argument cannot be used.
        """
        if isinstance(regions, str | GridSpec | RegionSpec) or not regions:
            raise InputTypeError(f"regions must be one place or more, in a list, got {regions!r}")
        if "grid" in settings:
            raise InputError("give regions, not grid")
        price = carbon_tax_per_ton
        if isinstance(price, int | float):
            price = f"{price!r} USD"
        tax = amount("carbon_tax_per_ton", price, "USD", zero=True)
        choices: list[PlacementChoice] = []
        refused: list[tuple[str, str]] = []
        for region in regions:
            costs = EconomicsModel().solve(
                system,
                duration_days,
                grid=region,
                electricity_price=electricity_price,
                operator=operator,
                pue=pue,
                **settings,
            )
            one = PlacementChoice(region=costs.use.place.electricity, costs=costs, carbon_price=tax)
            try:
                _ = one.objective_usd
            except MissingValueError as error:
                refused.append((one.region, str(error)))
                continue
            choices.append(one)
        if not choices:
            raise MissingValueError("; ".join(why for _, why in refused))
        return PlacementResult(
            choices=tuple(sorted(choices, key=lambda one: one.objective_usd)),
            refused=tuple(refused),
        )
