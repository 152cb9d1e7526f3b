"""Where machines stand and what they hang on: regions, operators, links, storage, failures."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from .._registries import Kind
from ..quantities import Bandwidth, Bytes, CarbonIntensity, Money, Time, WaterIntensity
from ._base import Count, Fraction, NamedSpec, Whole

__all__ = ["FailureSpec", "Hourly", "LinkSpec", "OperatorSpec", "RegionSpec", "StorageSpec"]

_Name = Annotated[str, Field(min_length=1)]
_Share = Annotated[float, Field(ge=0.0, le=1.0)]


def _whole_days(values: tuple[float, ...]) -> tuple[float, ...]:
    if not values or len(values) % 24:
        raise ValueError(
            "expected a value for each hour of whole days (24, or 168 for a week, or 8,760 for "
            f"a year), got {len(values):,}"
        )
    if not sum(values):
        raise ValueError("expected a value above zero for at least one hour")
    return values


Hourly = Annotated[
    tuple[Annotated[float, Field(ge=0.0, allow_inf_nan=False)], ...], AfterValidator(_whole_days)
]
"""A shape: one value for each hour from midnight, which repeats; only proportions count."""
_Effectiveness = Annotated[float, Field(ge=1.0, allow_inf_nan=False)]


class RegionSpec(NamedSpec):
    """A region of a cloud provider, and the electricity there."""

    kind: ClassVar[Kind] = "region"

    name: _Name
    title: str = ""
    provider: str = ""
    region: str = ""
    """What the provider calls it."""
    carbon_intensity: CarbonIntensity
    year: int | None = None
    hourly_shape: Hourly | None = None
    """Of the carbon intensity, around its mean."""
    scope: str = ""
    """Life-cycle or direct emissions; the two cannot be compared."""
    carbon_free_share: _Share | None = None
    """Of the hours, as the provider counts those in which it buys carbon-free energy."""
    note: str = ""


class OperatorSpec(NamedSpec):
    """Whoever runs data centres, and what those need beside the computers."""

    kind: ClassVar[Kind] = "operator"

    name: _Name
    title: str = ""
    year: int | None = None
    pue: _Effectiveness
    """Energy of the building over that of its computers."""
    best_pue: _Effectiveness | None = None
    """Of the best site."""
    water: WaterIntensity | None = None
    """Used on site, for each kWh of the computers."""
    note: str = ""


class LinkSpec(NamedSpec):
    """A kind of link between devices, or between a device and its host."""

    kind: ClassVar[Kind] = "link"

    name: _Name
    title: str = ""
    bandwidth: Bandwidth
    """One way, over all its links together."""
    links: Count | None = None
    latency: Time | None = None
    note: str = ""


class StorageSpec(NamedSpec):
    """A store of data sets and checkpoints."""

    kind: ClassVar[Kind] = "storage"

    name: _Name
    title: str = ""
    read: Bandwidth | None = None
    write: Bandwidth | None = None
    latency: Time | None = None
    """To the first byte."""
    reads_per_second: Count | None = None
    """Small ones."""
    capacity: Bytes | None = None
    price: Money | None = None
    """Of one gigabyte for one month."""
    egress_price: Money | None = None
    """Of one gigabyte that leaves."""
    note: str = ""


class FailureSpec(NamedSpec):
    """How often a long run on many devices was interrupted."""

    kind: ClassVar[Kind] = "failure"

    name: _Name
    title: str = ""
    devices: Count
    days: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    interruptions: Whole | None = None
    """Unexpected ones."""
    device_interruptions: Whole | None = None
    """Those that a device caused."""
    effective_time: Fraction | None = None
    """Part of the time in which the run made progress."""
    note: str = ""

    @property
    def hours_per_interruption(self) -> float | None:
        """Device-hours, in h, for each unexpected interruption."""
        if not self.days or not self.interruptions:
            return None
        return self.devices * self.days * 24.0 / self.interruptions

    @property
    def hours_per_device_interruption(self) -> float | None:
        """Device-hours, in h, for each interruption that a device caused."""
        if not self.days or not self.device_interruptions:
            return None
        return self.devices * self.days * 24.0 / self.device_interruptions
