"""Energy, carbon and water of machines over a time."""

from collections.abc import Sequence
from typing import Any, ClassVar

from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.errors import InputError
from mlsysim_core.physics.facility import amortised_share
from mlsysim_core.solver import Solver
from mlsysim_core.specs import (
    GridSpec,
    HardwareSpec,
    NodeSpec,
    OperatorSpec,
    RegionSpec,
    SystemSpec,
)

from .._amounts import Amount, amount, at_least, duration, positive, share
from ._fleet import FORMER, Fleet, find_fleet, powers
from ._hours import by_hour, mean_over, product
from ._place import find_place
from ._sustainability_result import SustainabilityResult

__all__ = ["SustainabilityModel"]

_YEAR = 365.25 * 86400.0


class SustainabilityModel(Solver):
    """Energy of devices, hosts, network and cooling; the carbon and the water of it.

    References
    ----------
    .. [1] D. Patterson et al., "Carbon emissions and large neural network training," 2021.
       arXiv:2104.10350.
    .. [2] A. S. Luccioni, S. Viguier, and A.-L. Ligozat, "Estimating the carbon footprint of
       BLOOM," J. Mach. Learn. Res., vol. 24, 2023. arXiv:2211.02001.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "devices draw the same power all the time, or in each hour of a day as on any other",
        "hosts draw what the rated power of a node leaves beside its devices",
        "the building's effectiveness is the mean of a year",
        "the grid's intensity is the mean of a year, around which its hours go up and down",
        "water on site goes with the energy of the computers, not with that of the building",
        "what making devices emitted is shared evenly over the hours in which they are used",
    )
    bounds: ClassVar[str] = (
        "with rated powers energy is bounded from above; with measured ones it is on neither side"
    )
    _former: ClassVar[Inputs] = {
        **FORMER,
        "embodied_carbon_per_device": Renamed("embodied_carbon"),
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
        wue: Amount | None = None,
        grid: GridSpec | RegionSpec | str | None = None,
        carbon_intensity: Amount | None = None,
        hourly_shape: Sequence[float] | None = None,
        start_hour: float = 0.0,
        embodied_carbon: Amount | None = None,
        lifetime_years: float = 4.0,
        lifetime_utilization: float = 1.0,
        items: float | None = None,
        unit: str = "item",
    ) -> SustainabilityResult:
        """Predict energy, emissions and water.

        Parameters
        ----------
        system : SystemSpec, NodeSpec, HardwareSpec or str
            What runs, or its name.
        duration_days : float
            For how long. [day]
        devices : int, optional
            How many there are of a bare device; one if not given.
        load : float or sequence of float
            Part of the range between idle power and limit that devices draw on average; or
            one for each hour from midnight, which repeat: 24 for a day, 168 for a week.
        device_power : quantity, optional
            Mean power of one device, in place of ``load``. [W]
        host_power : quantity, optional
            Of the rest of one node; what its rated power leaves, if not given. [W]
        network_power : quantity, optional
            Of switches beyond the nodes, for each node. [W]
        operator : OperatorSpec or str, optional
            Who runs the building: its effectiveness and its water.
        pue : float, optional
            Energy of the building over that of its computers, in place of the operator's.
        wue : quantity, optional
            Water for each kWh of the computers, such as ``"1.8 L/kWh"``. [liter/kWh]
        grid : GridSpec, RegionSpec or str, optional
            Where the electricity is from.
        carbon_intensity : quantity, optional
            In place of the grid's, such as ``"57 gCO2e/kWh"``. [gCO2e/kWh]
        hourly_shape : sequence of float, optional
            How the intensity goes up and down around its mean, hour by hour from midnight;
            only proportions count. That of the grid, if it has one; level otherwise.
        start_hour : float
            Time from midnight until the run begins. [hour]
        embodied_carbon : quantity, optional
            Emissions of making one device, its part of the host included; the published
            value of the device alone if not given. [gCO2e]
        lifetime_years : float
            After which devices are replaced. [year]
        lifetime_utilization : float
            Part of their life in which anybody uses them.
        items : float, optional
            Tokens, requests or runs that come out in that time.
        unit : str
            What those are.

        Returns
        -------
        SustainabilityResult
            Energy by part, emissions, water; in all and for each item.

        Raises
        ------
        MissingValueError
            If a power or the building's effectiveness is neither given nor published.
        InputError, InputTypeError
            If an argument cannot be used.
        """
        fleet = find_fleet(system, devices)
        seconds = duration("duration_days", duration_days)
        drawn = powers(fleet, load, device_power, host_power, network_power)
        life = at_least("lifetime_years", lifetime_years, 0.01) * _YEAR
        used = share("lifetime_utilization", lifetime_utilization, zero=False)
        part = float(amortised_share(seconds, life, used))
        place = find_place(grid, operator, pue, wue, carbon_intensity, None)
        shape = place.shape
        if hourly_shape is not None:
            shape = by_hour("hourly_shape", hourly_shape, _height)
            if not sum(shape):
                raise InputError("hourly_shape must be above zero in at least one hour")
        start, hours = at_least("start_hour", start_hour, 0.0), seconds / 3600.0
        watts = tuple(one + drawn.hosts + drawn.network for one in drawn.devices)
        emitting = mean_over(product(watts, shape), start, hours) * len(shape) / sum(shape)
        return SustainabilityResult(
            system=fleet.name,
            devices=fleet.devices,
            seconds=seconds,
            device_joules=mean_over(drawn.devices, start, hours) * seconds,
            host_joules=drawn.hosts * seconds,
            network_joules=drawn.network * seconds,
            place=place,
            hourly_factor=emitting / mean_over(watts, start, hours),
            embodied_value=_embodied(fleet, embodied_carbon, part),
            items=None if items is None else positive("items", items),
            unit=unit,
            notes=drawn.notes,
        )


def _height(parameter: str, value: float) -> float:
    return at_least(parameter, value, 0.0)


def _embodied(fleet: Fleet, given: Any, part: float) -> float | None:
    if given is not None:
        each: float | None = amount("embodied_carbon", given, "gCO2e", zero=True)
    else:
        each = fleet.hardware.number("embodied_carbon")
    return None if each is None else each * fleet.devices * part
