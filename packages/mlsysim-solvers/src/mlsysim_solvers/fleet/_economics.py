"""What machines cost: bought, run and rented."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from mlsysim_core._arguments import check_choice
from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.solver import Solver
from mlsysim_core.specs import (
    GridSpec,
    HardwareSpec,
    NodeSpec,
    OperatorSpec,
    RegionSpec,
    SystemSpec,
)

from .._amounts import Amount, amount, at_least, share
from ._economics_result import EconomicsResult
from ._fleet import FORMER, Fleet, find_fleet
from ._place import find_place
from ._sustainability import SustainabilityModel

__all__ = ["EconomicsModel", "hourly_rent"]

_YEAR = 365.25 * 86400.0


class EconomicsModel(Solver):
    """Total cost of ownership, and the rent of the same devices in a cloud.

    References
    ----------
    .. [1] L. A. Barroso, U. Hölzle, and P. Ranganathan, The Datacenter as a Computer, 3rd ed.
       Morgan & Claypool, 2018, ch. 6. doi:10.2200/S00874ED3V01Y201809CAC046.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        *SustainabilityModel.assumptions,
        "machines lose their value evenly over their life, and are worth nothing after it",
        "hours in which nobody uses them are paid by those in which somebody does",
    )
    bounds: ClassVar[str] = (
        "owning is bounded from below: interest, staff, land and taxes are left out"
    )
    _former: ClassVar[Inputs] = {
        **FORMER,
        "kwh_price": Renamed("electricity_price", lambda number: f"{number} USD/kWh"),
        "amortization_years": Renamed("lifetime_years"),
        "infrastructure_multiplier": "give node_price and network_price",
    }

    def solve(
        self,
        system: SystemSpec | NodeSpec | HardwareSpec | str,
        duration_days: float,
        *,
        devices: int | None = None,
        load: float | Sequence[float] = 1.0,
        device_power: Amount | None = None,
        host_power: Amount | None = None,
        network_power: Amount | None = None,
        operator: OperatorSpec | str | None = None,
        pue: float | None = None,
        grid: GridSpec | RegionSpec | str | None = None,
        electricity_price: Amount | None = None,
        device_price: Amount | None = None,
        node_price: Amount | None = None,
        network_price: Amount | None = None,
        lifetime_years: float = 4.0,
        utilization: float = 1.0,
        maintenance: float = 0.05,
        hourly_price: Amount | None = None,
        cloud_offer: str | None = None,
        items: float | None = None,
        unit: str = "item",
    ) -> EconomicsResult:
        """Predict costs.

        Parameters
        ----------
        system, duration_days, devices, load, device_power, host_power, network_power
            As in :meth:`SustainabilityModel.solve`.
        operator, pue, grid, items, unit
            As there.
        electricity_price : quantity, optional
            In place of the grid's, such as ``"0.08 USD/kWh"``. [USD/kWh]
        device_price : quantity, optional
            Of one bare device; its list price if not given. [USD]
        node_price : quantity, optional
            Of one whole node; its list price if not given. [USD]
        network_price : quantity, optional
            Of switches and cables beyond the nodes, for each node. [USD]
        lifetime_years : float
            After which machines are replaced. [year]
        utilization : float
            Part of their life in which anybody uses them.
        maintenance : float
            Repairs and support of a year, as a part of the purchase.
        hourly_price : quantity, optional
            Rent of one device, such as ``"2.99 USD/hour"``. [USD/hour]
        cloud_offer : str, optional
            One of the device's published offers, in place of ``hourly_price``.
        items : float, optional
            Tokens, requests or runs that come out in that time.
        unit : str
            What those are.

        Returns
        -------
        EconomicsResult
            Purchase, electricity, maintenance and rent; in all and for each item.

        Raises
        ------
        MissingValueError
            If a power or the building's effectiveness is neither given nor published. A
            price that is missing raises it when it is read.
        InputError, InputTypeError
            If an argument cannot be used.
        """
        fleet = find_fleet(system, devices)
        used = SustainabilityModel().solve(
            system,
            duration_days,
            devices=devices,
            load=load,
            device_power=device_power,
            host_power=host_power,
            network_power=network_power,
            operator=operator,
            pue=pue,
            grid=grid,
            lifetime_years=lifetime_years,
            lifetime_utilization=utilization,
            items=items,
            unit=unit,
        )
        place = find_place(grid, operator, pue, None, None, electricity_price)
        purchase, missing_price = _purchase(fleet, device_price, node_price, network_price)
        hourly, missing_rent = hourly_rent(fleet, hourly_price, cloud_offer)
        return EconomicsResult(
            use=replace(used, place=place),
            purchase_usd=purchase,
            missing_price=missing_price,
            hourly_usd=hourly,
            missing_rent=missing_rent,
            life_seconds=at_least("lifetime_years", lifetime_years, 0.01) * _YEAR,
            utilization=share("utilization", utilization, zero=False),
            maintenance=share("maintenance", maintenance),
        )


def _purchase(
    fleet: Fleet, device_price: Any, node_price: Any, network_price: Any
) -> tuple[float | None, str]:
    if fleet.node is None:
        each = _price("device_price", device_price, fleet.hardware)
        if each is None:
            return None, f"{fleet.name} has no published price: give device_price"
        return each * fleet.devices, ""
    each = _price("node_price", node_price, fleet.node)
    if each is None:
        return None, f"{fleet.node.name} has no published price: give node_price"
    network = 0.0
    if network_price is not None:
        network = amount("network_price", network_price, "USD", zero=True)
    elif fleet.networked:
        return None, (
            f"the price of the network of {fleet.name} is not published: give network_price, "
            'for each node ("0 USD" leaves it out)'
        )
    return (each + network) * fleet.nodes, ""


def _price(parameter: str, given: Any, spec: HardwareSpec | NodeSpec) -> float | None:
    if given is not None:
        return amount(parameter, given, "USD", zero=True)
    return spec.number("price")


def hourly_rent(fleet: Fleet, given: Any, offer: str | None) -> tuple[float | None, str]:
    """Return the rent of one device for an hour [USD], or why it is not known."""
    offers = {one.offer: one.number("price") for one in fleet.hardware.cloud_prices}
    if given is not None:
        return amount("hourly_price", given, "USD/hour"), ""
    if offer is not None:
        if not offers:
            return None, f"{fleet.hardware.name} has no published rent: give hourly_price"
        return offers[check_choice("cloud_offer", offer, tuple(offers))], ""
    if fleet.node is not None and (whole := fleet.node.number("hourly_price")):
        return whole / fleet.node.accelerators, ""
    if offers:
        known = "; ".join(offers)
        return None, f"{fleet.hardware.name} is offered by several: give cloud_offer ({known})"
    return None, f"{fleet.hardware.name} has no published rent: give hourly_price"
