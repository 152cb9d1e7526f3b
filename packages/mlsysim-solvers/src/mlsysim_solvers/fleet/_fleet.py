"""Devices that run together, whatever they were described as, and the power that they draw."""

from dataclasses import dataclass
from typing import Any

from mlsysim_core._arguments import whole_number
from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.physics.facility import power_at_load
from mlsysim_core.specs import HardwareSpec, NodeSpec, SystemSpec

from .._amounts import Amount, amount, share
from .._cluster import find_system
from ._hours import Hours, by_hour

__all__ = ["FORMER", "Fleet", "Powers", "find_fleet", "host_link", "powers"]


FORMER: Inputs = {
    "fleet": Renamed("system"),
    "datacenter": "give operator or pue for the building, and grid for its electricity",
    "mfu": "give load, or device_power: utilization of arithmetic is no measure of power",
}
"""Inputs of every question about power."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fleet:
    """Equal devices, in nodes if they are."""

    name: str
    hardware: HardwareSpec
    devices: int
    node: NodeSpec | None
    nodes: int
    """Hosts; of bare devices, each would have one."""
    networked: bool
    """Whether there is a network beyond the nodes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Powers:
    """Power of all devices, hosts and switches. [W]"""

    devices: Hours
    hosts: float
    network: float
    notes: tuple[str, ...]


def find_fleet(system: Any, devices: object = None) -> Fleet:
    """Accept a system, a node, or a device and how many there are of it."""
    found = find_system(system)
    if isinstance(found, HardwareSpec):
        count = whole_number("devices", 1 if devices is None else devices)
        return Fleet(
            name=found.name,
            hardware=found,
            devices=count,
            node=None,
            nodes=count,
            networked=False,
        )
    if devices is not None:
        raise InputError(f"devices is for a bare device; {found.name} says how many it has")
    if isinstance(found, NodeSpec):
        node, nodes = found, 1
    else:
        node, nodes = found.node, found.nodes
    return Fleet(
        name=found.name,
        hardware=node.accelerator,
        devices=nodes * node.accelerators,
        node=node,
        nodes=nodes,
        networked=isinstance(found, SystemSpec) and nodes > 1,
    )


def host_link(hardware: HardwareSpec) -> float:
    """Return the bandwidth between a device and its host, one way. [byte / s].

    Raises
    ------
    MissingValueError
        If it is not published.
    """
    found = hardware.host_link.number("bandwidth") if hardware.host_link else None
    if found is None:
        raise MissingValueError(f"{hardware.name} has no published host_link")
    return found


def powers(
    fleet: Fleet,
    load: object,
    device_power: Amount | None,
    host_power: Amount | None,
    network_power: Amount | None,
) -> Powers:
    """Settle what devices, hosts and network draw.

    Raises
    ------
    MissingValueError
        If a power is neither given nor published.
    """
    notes: list[str] = []
    each = tuple(_device_power(fleet, one, device_power) for one in by_hour("load", load, share))
    if host_power is not None:
        host = amount("host_power", host_power, "W", zero=True)
    elif fleet.node is None:
        host = 0.0
        notes.append("bare devices: no host is counted")
    else:
        host = _rest_of_node(fleet.node)
        notes.append(f"hosts draw the rest of the rated power of {fleet.node.name} at all times")
    if network_power is not None:
        network = amount("network_power", network_power, "W", zero=True)
    elif fleet.networked:
        raise MissingValueError(
            f"the power of the switches of {fleet.name} is not published: give network_power, "
            'for each node ("0 W" leaves it out)'
        )
    else:
        network = 0.0
    return Powers(
        devices=tuple(one * fleet.devices for one in each),
        hosts=host * fleet.nodes,
        network=network * fleet.nodes,
        notes=tuple(notes),
    )


def _device_power(fleet: Fleet, load: float, given: Amount | None) -> float:
    if given is not None:
        if load != 1.0:
            raise InputError("give device_power, which is a mean, or load, but not both")
        return amount("device_power", given, "W")
    hardware = fleet.hardware
    limit, idle = hardware.number("tdp"), hardware.number("idle_power")
    if limit is None:
        raise MissingValueError(f"{hardware.name} has no published tdp: give device_power")
    if load == 1.0:
        return limit
    if idle is None:
        raise MissingValueError(
            f"{hardware.name} has no published idle_power, which load={load:g} needs: "
            "give device_power"
        )
    return float(power_at_load(idle, limit, load))


def _rest_of_node(node: NodeSpec) -> float:
    whole, each = node.number("power"), node.accelerator.number("tdp")
    if whole is None:
        raise MissingValueError(f"{node.name} has no published power: give host_power")
    if each is None:
        raise MissingValueError(f"{node.accelerator.name} has no published tdp: give host_power")
    rest = whole - node.accelerators * each
    if rest < 0.0:
        raise MissingValueError(
            f"the power of {node.name} ({whole:g} W) does not hold that of its devices "
            f"({node.accelerators} x {each:g} W): give host_power"
        )
    return rest
