"""Rows that measure one collective among the devices of a node, or of a few."""

import re
from collections.abc import Mapping

from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.physics.collectives import in_network_traffic, point_to_point_time
from mlsysim_core.specs import HardwareSpec

from ...serving._layout import Exchange
from ...serving._links import exchange_seconds, node_of
from .._rows import Row

__all__ = ["predict"]

_PASSES = {
    "all_reduce": 2.0,
    "allreduce": 2.0,
    "all_gather": 1.0,
    "allgather": 1.0,
    "reduce_scatter": 1.0,
    "all_to_all": 1.0,
    "alltoall": 1.0,
}
"""Times that (n - 1) / n of a message crosses a rank's link: bus bandwidth over bandwidth."""
_MULTICAST = 0.88
"""Part of a link's sustained rate that reductions in the switches reach (nccl-tests on H200)."""
_REDUCING = (2, 18)
"""First NCCL that lets the switches of a node add without being asked."""
_PAIRWISE = ("send", "sendrecv", "send_recv", "p2p")


def predict(row: Row) -> Mapping[str, float]:
    """Predict the time of a collective, and its bandwidth as nccl-tests counts it."""
    shape = row.table("shape")
    name = str(shape.get("op", ""))
    size, ranks, nodes = shape.get("bytes"), shape.get("n_gpus"), int(shape.get("nodes", 1))
    if not size:
        raise MissingValueError("shape does not state bytes")
    ranks = int(ranks or row.count("devices"))
    if nodes > 1:
        raise InputError("a collective among several nodes needs their fabric")
    hardware = find("hardware", row["hardware"])
    links = node_of(hardware, ranks)
    if name.startswith(_PAIRWISE):
        assert links.inside is not None  # noqa: S101  # a node of two has a link
        seconds = float(
            point_to_point_time(float(size), links.inside.bandwidth, links.inside.eager)
        )
        return {"latency_s": seconds, "bus_gb_per_s": size / seconds / 1e9}
    if name not in _PASSES:
        raise InputError(f"unknown collective {name!r}; known: {', '.join(_PASSES)}")
    passes = _PASSES[name]
    library = "custom" not in row["stack"].casefold()
    if library:
        seconds = _library(hardware, row["stack"], name, float(size), ranks)
    else:
        kind = "reduce" if passes > 1.0 else "gather"
        seconds = exchange_seconds(
            Exchange(kind=kind, count=1.0, size=float(size), ranks=ranks), links
        )
    bus = passes * (ranks - 1.0) / ranks * size / seconds
    return {"latency_s": seconds, "bus_gb_per_s": bus / 1e9}


def _library(hardware: HardwareSpec, stack: str, name: str, size: float, ranks: int) -> float:
    """Return the time that a communication library takes."""
    links, passes = node_of(hardware, ranks), _PASSES[name]
    if name.startswith(("all_to", "allto")):
        return float(links.all_to_all(size, ranks, 1))
    ring = float(links.ring(size, ranks, 1, passes))
    if passes > 1.0 and _in_network(hardware, stack):
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
