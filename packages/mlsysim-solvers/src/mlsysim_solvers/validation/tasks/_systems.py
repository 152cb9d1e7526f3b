"""A system from the links that a row of measurements names."""

import re
from collections.abc import Mapping
from functools import lru_cache

from mlsysim_core.catalog import find, names
from mlsysim_core.errors import MissingValueError
from mlsysim_core.specs import FabricSpec, HardwareSpec, NodeSpec, SystemSpec

from ._devices import device_of

__all__ = ["remembered_system", "system_from_row", "usual_node"]

_COLUMNS = ("hardware", "devices", "devices_per_node", "intra_node_link", "inter_node_link")

_RATE = re.compile(r"(?:(\d+)x)?(\d+(?:\.\d+)?)([GT])bps")
_TOTAL = re.compile(r"(\d+(?:\.\d+)?)GBps")


def system_from_row(row: Mapping[str, str]) -> HardwareSpec | NodeSpec | SystemSpec:
    """Build the system that a row of measurements was taken on.

    What the row says of its links goes first. Where it says nothing, the device's own link
    joins a node, and the ports of a registered node with the same devices join nodes.

    Parameters
    ----------
    row : mapping of str to str
        ``hardware``, ``devices``, ``devices_per_node`` and the names of links.

    Returns
    -------
    HardwareSpec, NodeSpec or SystemSpec
        The system.

    Raises
    ------
    MissingValueError
        If a link between its devices is not known.
    """
    return remembered_system(*(row.get(column) or "" for column in _COLUMNS))


@lru_cache(maxsize=1024)
def remembered_system(
    name: str, count: str, per_node: str, within: str, between: str
) -> HardwareSpec | NodeSpec | SystemSpec:
    """Build a system once, however many rows are about it."""
    hardware = device_of(name)
    devices = int(count or 1)
    if devices == 1:
        return hardware
    each = min(int(per_node or 0) or usual_node(hardware), devices)
    if devices % each:
        each = next(size for size in range(each, 0, -1) if devices % size == 0)
    inside = _inside(within, hardware)
    node: dict[str, object] = {
        "name": f"{each} x {hardware.name}",
        "accelerator": hardware,
        "accelerators": each,
    }
    if each > 1 and inside is not None:
        node["link_bandwidth"] = f"{inside} byte/s"
    if "torus" in within.casefold():
        node["topology"] = within
    if devices == each:
        return NodeSpec.model_validate(node)
    shared = _between(between, each, hardware)
    if shared is None:
        raise MissingValueError(
            f"nothing tells how nodes of {hardware.name} are joined: give inter_node_link"
        )
    return SystemSpec.model_validate(
        {
            "name": f"{devices} x {hardware.name}",
            "node": {**node, "ports": each},
            "nodes": devices // each,
            "fabric": FabricSpec.model_validate(
                {
                    "name": between or "as in the usual node",
                    "bandwidth": f"{shared} byte/s",
                }
            ),
        }
    )


def _inside(text: str, hardware: HardwareSpec) -> float | None:
    """Return the bandwidth of one device to its peers, one way. [byte / s]."""
    if found := _RATE.search(text):
        return _rate(found)
    if hardware.link is not None and hardware.link.number("bandwidth"):
        return hardware.link.number("bandwidth")
    if found := _TOTAL.search(text):  # vendors print both directions together
        return float(found[1]) * 1e9 / 2.0
    return None


def _between(text: str, each: int, hardware: HardwareSpec) -> float | None:
    """Return the bandwidth of one device to other nodes, one way. [byte / s]."""
    if found := _RATE.search(text):
        rate = _rate(found)
        own = re.search(r"per_(?!node)", text, re.IGNORECASE)
        return rate if own else rate / each
    node = _registered(hardware)
    if node is None or node.ports is None:
        return None
    port = node.number("port_bandwidth")
    return None if port is None else node.ports * port / node.accelerators


def _rate(found: re.Match[str]) -> float:
    scale = 1e9 if found[3] == "G" else 1e12
    return float(found[1] or 1) * float(found[2]) * scale / 8.0


def _registered(hardware: HardwareSpec) -> NodeSpec | None:
    """Return the registered node of a device with the most ports."""
    found = [
        node
        for node in (find("node", name) for name in names("node"))
        if node.accelerator.name == hardware.name and node.ports
    ]
    return max(found, key=lambda node: (node.ports or 0, node.name), default=None)


def usual_node(hardware: HardwareSpec) -> int:
    """Return the devices of a node that are usual for a device."""
    node = _registered(hardware)
    return node.accelerators if node else 8
