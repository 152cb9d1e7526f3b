"""Rows that measure one collective among the devices of a node, or of a few."""

import re
from collections.abc import Mapping

from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.physics.collectives import in_network_traffic, point_to_point_time
from mlsysim_core.specs import HardwareSpec

from ..._cluster import Cluster, cluster
from ...serving._layout import Exchange
from ...serving._links import exchange_seconds, node_of
from .._rows import Row
from ._devices import device_of
from ._shape_words import needed, operator_shape
from ._systems import system_from_row

__all__ = ["predict"]

_PASSES = {
    "allreduce": 2.0, "allgather": 1.0, "reducescatter": 1.0, "alltoall": 1.0,
}  # fmt: skip
"""Times that (n - 1) / n of a message crosses a rank's link: bus bandwidth over bandwidth."""
_MULTICAST = 0.88
"""Part of a link's sustained rate that reductions in the switches reach (nccl-tests on H200)."""
_REDUCING = (2, 18)
"""First NCCL that lets the switches of a node add without being asked."""
_FROM_ONE = ("broadcast", "reduce")
"""Collectives with a root: the whole message crosses each link of a chain once."""
_PAIRWISE = ("send", "p2p")


def predict(row: Row) -> Mapping[str, float]:
    """Predict the time of a collective, and its bandwidth as nccl-tests counts it."""
    shape = operator_shape(row)
    name = re.sub(r"[^a-z0-9]", "", str(shape.get("op", "")).casefold())
    (size,) = needed(shape, "bytes")
    ranks, nodes = int(shape.get("n_gpus") or row.count("devices")), int(shape.get("nodes") or 1)
    hardware = device_of(row["hardware"])
    links = _links(row, hardware, ranks, nodes)
    if name.startswith(_PAIRWISE):
        tier = links.inside or links.between
        assert tier is not None  # noqa: S101  # two devices have a link
        seconds = float(point_to_point_time(size, tier.bandwidth, tier.eager))
        return {"latency_s": seconds, "bus_gb_per_s": size / seconds / 1e9}
    if name in _FROM_ONE:
        size, passes = size * ranks / (ranks - 1.0), 1.0
    elif name in _PASSES:
        passes = _PASSES[name]
    else:
        known = ", ".join((*_PASSES, *_FROM_ONE, *_PAIRWISE))
        raise InputError(f"unknown collective {shape.get('op')!r}; known: {known}")
    if "custom" in row["stack"].casefold():
        kind = "reduce" if passes > 1.0 else "gather"
        seconds = exchange_seconds(Exchange(kind=kind, count=1.0, size=size, ranks=ranks), links)
    elif name == "alltoall":
        seconds = float(links.all_to_all(size, ranks, 1))
    else:
        seconds = _library(hardware, row["stack"], links, size, ranks, passes)
    moved = size * (ranks - 1.0) / ranks
    return {
        "latency_s": seconds,
        "bus_gb_per_s": passes * moved / seconds / 1e9,
        "gb_per_s": (moved if name in _FROM_ONE else size) / seconds / 1e9,
    }


def _links(row: Row, hardware: HardwareSpec, ranks: int, nodes: int) -> Cluster:
    """Join the ranks by their own links within a node, and as the row says beyond."""
    if nodes == 1:
        return node_of(hardware, ranks)
    if not row["inter_node_link"]:
        raise MissingValueError(
            "a collective among several nodes needs their fabric: give inter_node_link"
        )
    if ranks % nodes:
        raise InputError(f"{ranks} ranks do not share {nodes} nodes equally")
    counts = {"devices": str(ranks), "devices_per_node": str(ranks // nodes)}
    return cluster(system_from_row({**row, **counts}))


def _library(
    hardware: HardwareSpec, stack: str, links: Cluster, size: float, ranks: int, passes: float
) -> float:
    """Return the time that a communication library takes."""
    ring = float(links.ring(size, ranks, 1, passes))
    if passes > 1.0 and links.between is None and _in_network(hardware, stack):
        assert links.inside is not None  # noqa: S101
        reads = in_network_traffic(size, ranks) / _MULTICAST
        return min(ring, float(links.inside.time(reads, passes)))
    return ring


def _in_network(hardware: HardwareSpec, stack: str) -> bool:
    """Tell whether the switches of a node add, and the library lets them."""
    if hardware.link is None or not hardware.link.reduces:
        return False
    words = stack.casefold()
    version = re.search(r"nccl (\d+)\.(\d+)", words)
    asked = tuple(map(int, version.groups())) >= _REDUCING if version else False
    return asked or "nvls" in words
