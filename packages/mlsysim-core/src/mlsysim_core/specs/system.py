"""More than one device: nodes, fabrics, systems, and the places where they stand."""

from collections.abc import Callable
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from .._registries import Kind, find
from ..quantities import (
    Bandwidth,
    Bytes,
    CarbonIntensity,
    EnergyPrice,
    HourlyPrice,
    Money,
    Power,
    Time,
    WaterIntensity,
)
from ._base import Count, NamedSpec
from .hardware import HardwareSpec
from .place import Hourly

__all__ = ["FabricSpec", "GridSpec", "NodeSpec", "RackSpec", "SystemSpec", "TierSpec", "named"]

_Name = Annotated[str, Field(min_length=1)]


def named(kind: Any) -> Callable[[Any], Any]:
    """Make a validator that takes the name of a registry entry for the entry."""

    def resolve(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return find(kind, value)

    return resolve


class FabricSpec(NamedSpec):
    """A network between nodes."""

    kind: ClassVar[Kind] = "fabric"

    name: _Name
    title: str = ""
    bandwidth: Bandwidth
    """Of one port, one way."""
    latency: Time | None = None
    """One way, for the smallest message."""
    topology: str = "fat_tree"
    oversubscription: Annotated[float, Field(ge=1.0, allow_inf_nan=False)] = 1.0
    note: str = ""


class NodeSpec(NamedSpec):
    """A server, or a rack that works as one: devices joined by a fast fabric."""

    kind: ClassVar[Kind] = "node"

    name: _Name
    title: str = ""
    released: int | None = None
    accelerator: Annotated[HardwareSpec, BeforeValidator(named("hardware"))]
    accelerators: Count
    link_bandwidth: Bandwidth | None = None
    """From one device to its peers, one way."""
    topology: str = ""
    ports: Count | None = None
    """Network ports for computation."""
    port_bandwidth: Bandwidth | None = None
    """Of one port, one way."""
    host_memory: Bytes | None = None
    power: Power | None = None
    """Of the whole node at most: devices, hosts, fans, network."""
    power_supplies: Count | None = None
    price: Money | None = None
    hourly_price: HourlyPrice | None = None
    note: str = ""


class SystemSpec(NamedSpec):
    """Equal nodes on one fabric."""

    kind: ClassVar[Kind] = "system"

    name: _Name
    title: str = ""
    node: Annotated[NodeSpec, BeforeValidator(named("node"))]
    nodes: Count
    fabric: Annotated[FabricSpec, BeforeValidator(named("fabric"))]
    note: str = ""

    @property
    def accelerator(self) -> HardwareSpec:
        """The device that every node has."""
        return self.node.accelerator

    @property
    def accelerators(self) -> int:
        """Devices in all nodes together."""
        return self.nodes * self.node.accelerators

    total_accelerators = accelerators


class GridSpec(NamedSpec):
    """An electricity grid."""

    kind: ClassVar[Kind] = "grid"

    name: _Name
    title: str = ""
    carbon_intensity: CarbonIntensity
    hourly_shape: Hourly | None = None
    """Of the carbon intensity, around its mean."""
    year: int | None = None
    scope: str = ""
    """Life-cycle or direct emissions; the two cannot be compared."""
    renewable_share: Annotated[float, Field(ge=0.0, le=1.0)] | None = None
    low_carbon_share: Annotated[float, Field(ge=0.0, le=1.0)] | None = None
    water_intensity: WaterIntensity | None = None
    """Water that the power stations consume."""
    price: EnergyPrice | None = None
    note: str = ""


class RackSpec(NamedSpec):
    """What a rack can feed and cool."""

    kind: ClassVar[Kind] = "rack"

    name: _Name
    title: str = ""
    power: Power
    cooling: str = ""
    note: str = ""


class TierSpec(NamedSpec):
    """A class of deployment, and the limits that come with it."""

    kind: ClassVar[Kind] = "tier"

    name: _Name
    title: str = ""
    memory: Bytes
    power: Power
    latency: Time | None = None
    note: str = ""
