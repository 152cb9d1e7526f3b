"""Devices and what joins them: which links a group of ranks uses, and how long it takes."""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any

from mlsysim_core.catalog import find
from mlsysim_core.errors import InputTypeError, MissingValueError, UnknownEntryError
from mlsysim_core.physics import collectives
from mlsysim_core.physics._numeric import Numeric, maximum, minimum, where
from mlsysim_core.physics.messages import exchange_time
from mlsysim_core.physics.topology import torus_fraction
from mlsysim_core.specs import HardwareSpec, NodeSpec, SystemSpec

__all__ = ["Cluster", "Tier", "cluster", "find_system"]

_SUSTAINED = {"node": 0.78, "fabric": 0.9}
"""Part of a link's data rate that long collectives reach (nccl-tests on A100, H200, B200)."""
_STARTUP = {"node": 8e-5, "fabric": 9e-5}
"""Latency of the protocol for long messages, before the first hop. [s]"""
_MIDDLE = {"node": 3e-5, "fabric": inf}
"""Latency of the protocol that needs links which keep cache lines whole, likewise. [s]"""
_EAGER = {"node": 8e-6, "fabric": 1.5e-5}
"""Latency of the protocol for short messages, likewise. [s]"""
_LONG_HOPS, _MIDDLE_HOPS = {"node": 8.0, "fabric": 1.0}, 2.0
"""Latencies of a link that each hop takes in these protocols: chunks fill, and are acknowledged."""
_HOP = {"node": 1e-6, "fabric": 4e-6}
"""Latency of one hop, where nothing is published. [s]"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tier:
    """One level of the network, as each device sees it."""

    bandwidth: float
    """That long messages sustain, of one device, one way. [byte / s]"""
    startup: float
    """[s]"""
    middle: float
    """[s]"""
    eager: float
    """[s]"""
    hop: float
    """[s]"""
    long_hop: float
    """Of the protocol for long messages. [s]"""
    dimensions: int = 0
    """Of a torus; none where every pair is joined at full bandwidth."""

    def scattered(self, traffic: Numeric, members: Numeric) -> Numeric:
        """Return what traffic from all to all among some members amounts to. [byte]."""
        if not self.dimensions:
            return traffic
        return traffic / torus_fraction(members, float(self.dimensions))

    def time(
        self, traffic: Numeric, hops: Numeric, within: "Tier | None" = None, steps: Numeric = 0.0
    ) -> Numeric:
        """Return the time in which each rank sends some bytes over some hops. [s].

        Of a ring through several nodes, ``steps`` hops are ``within`` one.
        """
        inner = within or self
        return where(
            traffic > 0.0,
            exchange_time(
                traffic,
                self.bandwidth,
                self.startup + hops * self.long_hop + steps * inner.long_hop,
                self.eager + hops * self.hop + steps * inner.hop,
                self.middle + (hops * self.hop + steps * inner.hop) * _MIDDLE_HOPS,
            ),
            0.0,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster:
    """Equal devices in equal nodes."""

    name: str
    hardware: HardwareSpec
    devices: int
    node: int
    """Devices in one node."""
    inside: Tier | None
    """Links within a node."""
    between: Tier | None
    """Links between nodes."""

    def split(self, ranks: Numeric, stride: Numeric) -> tuple[Numeric, Numeric]:
        """Split a group into ranks in one node, and nodes; its ranks lie ``stride`` apart."""
        near = minimum(maximum(self.node / stride, 1.0), ranks)
        return near, ranks / near

    def ring(self, size: Numeric, ranks: Numeric, stride: Numeric, passes: float = 2.0) -> Numeric:
        """Return the time of an all-reduce, or of half of one, of ``size`` bytes. [s]."""
        near, far = self.split(ranks, stride)
        here: Numeric = 0.0
        if self.inside is not None:
            traffic = collectives.ring_traffic(size, near, passes)
            here = self.inside.time(traffic, passes * (near - 1.0))
        if self.between is None:
            return here
        # A ring passes through every rank, and so does what its node has; a torus adds up first.
        around = far if self.inside is not None and self.inside.dimensions else ranks
        traffic = collectives.ring_traffic(size / near, where(far > 1.0, around, 1.0), passes)
        # Long all-reduces give way to trees, whose hops grow with the logarithm; gathers have
        # rings only, which pass through every rank.
        if passes > 1.0:
            away = self.between.time(traffic, passes * minimum(far - 1.0, 8.0))
        else:
            away = self.between.time(traffic, far - 1.0, self.inside, far * (near - 1.0))
        return collectives.two_level_time(here, away)

    def all_to_all(self, size: Numeric, ranks: Numeric, stride: Numeric) -> Numeric:
        """Return the time in which each rank deals ``size`` bytes out to all. [s]."""
        near, _ = self.split(ranks, stride)
        here: Numeric = 0.0
        if self.inside is not None:
            traffic = self.inside.scattered((near - 1.0) / ranks * size, near)
            here = self.inside.time(traffic, near - 1.0)
        if self.between is None:
            return here
        away = self.between.scattered((ranks - near) / ranks * size, ranks / near)
        return collectives.two_level_time(here, self.between.time(away, ranks / near - 1.0))

    def deal(self, size: Numeric, copies: float, ranks: Numeric, stride: Numeric) -> Numeric:
        """Return the time in which each rank deals copies of ``size`` bytes out to all. [s]."""
        near, far = self.split(ranks, stride)
        here: Numeric = 0.0
        if self.inside is not None:
            traffic = self.inside.scattered((near - 1.0) / near * copies * size, near)
            here = self.inside.time(traffic, near - 1.0)
        if self.between is None:
            return here
        # What several devices of a node need crosses the fabric once.
        nodes = far * (1.0 - (1.0 - 1.0 / far) ** copies)
        away = self.between.scattered((far - 1.0) / far * nodes * size, far)
        return collectives.two_level_time(here, self.between.time(away, far - 1.0))

    def send(self, size: Numeric, stride: Numeric) -> Numeric:
        """Return the time to send ``size`` bytes to the rank ``stride`` places further. [s]."""
        here: Numeric = 0.0
        if self.inside is not None:
            here = self.inside.time(size, 1.0)
        if self.between is None:
            return here
        return where(stride < self.node, here, self.between.time(size, 1.0))


def find_system(value: Any) -> HardwareSpec | NodeSpec | SystemSpec:
    """Accept a system, a node or a device, or the name of one."""
    if isinstance(value, HardwareSpec | NodeSpec | SystemSpec):
        return value
    if not isinstance(value, str):
        raise InputTypeError(
            "system must be a SystemSpec, a NodeSpec, a HardwareSpec or a name, "
            f"got {value!r:.80} ({type(value).__name__})"
        )
    for kind in ("system", "node", "hardware"):
        try:
            return find(kind, value)
        except UnknownEntryError as error:
            failure = error
    raise failure


@lru_cache(maxsize=1024)
def cluster(
    system: HardwareSpec | NodeSpec | SystemSpec, *, ideal: bool = False, fabric: float = 1.0
) -> Cluster:
    """Take the units off a system; ``fabric`` is the part of its links that software reaches.

    Raises
    ------
    MissingValueError
        If a link that joins its devices has no published bandwidth.
    """
    if isinstance(system, HardwareSpec):
        return Cluster(
            name=system.name, hardware=system, devices=1, node=1, inside=None, between=None
        )
    node = system if isinstance(system, NodeSpec) else system.node
    nodes = 1 if isinstance(system, NodeSpec) else system.nodes
    inside = between = None
    if node.accelerators > 1:
        link = node.accelerator.link
        bandwidth = node.number("link_bandwidth") or (link.number("bandwidth") if link else None)
        if bandwidth is None:
            raise MissingValueError(
                f"{node.name} has no link_bandwidth, nor has {node.accelerator.name} a link"
            )
        latency = link.number("latency") if link else None
        inside = _tier("node", bandwidth, latency, node.topology, ideal=ideal)
    if nodes > 1 and isinstance(system, SystemSpec):
        links = system.fabric
        if node.ports is None:
            raise MissingValueError(f"{node.name} has no number of network ports")
        port = min(links.number("bandwidth") or 0.0, node.number("port_bandwidth") or float("inf"))
        shared = node.ports * port / node.accelerators / links.oversubscription * fabric
        between = _tier("fabric", shared, links.number("latency"), links.topology, ideal=ideal)
    return Cluster(
        name=system.name,
        hardware=node.accelerator,
        devices=nodes * node.accelerators,
        node=node.accelerators,
        inside=inside,
        between=between,
    )


def _tier(
    level: str, bandwidth: float, latency: float | None, topology: str, *, ideal: bool
) -> Tier:
    dimensions = _dimensions(topology)
    if ideal:
        return Tier(
            bandwidth=bandwidth,
            startup=0.0,
            middle=0.0,
            eager=0.0,
            hop=0.0,
            long_hop=0.0,
            dimensions=dimensions,
        )
    hop = latency or _HOP[level]
    return Tier(
        bandwidth=bandwidth * _SUSTAINED[level],
        startup=_STARTUP[level],
        middle=_MIDDLE[level],
        eager=_EAGER[level],
        hop=hop,
        long_hop=hop * _LONG_HOPS[level],
        dimensions=dimensions,
    )


def _dimensions(topology: str) -> int:
    """Read the dimensions of a torus from a description; none for any other network."""
    words = topology.casefold()
    if "torus" in words:
        found = re.search(r"(\d)-?d", words)
        return int(found[1]) if found else 2
    return 1 if words.startswith("ring") else 0
