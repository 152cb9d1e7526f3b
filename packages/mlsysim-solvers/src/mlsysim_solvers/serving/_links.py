"""Collectives of a serving engine: its own kernels within a node, libraries beyond."""

from functools import lru_cache

from mlsysim_core.errors import MissingValueError
from mlsysim_core.physics._numeric import minimum
from mlsysim_core.physics.collectives import point_to_point_time, ring_traffic
from mlsysim_core.quantities import spell
from mlsysim_core.specs import HardwareSpec, NodeSpec

from .._cluster import Cluster, cluster
from ._layout import Exchange

__all__ = ["exchange_seconds", "node_of", "send_seconds"]

_ONE_SHOT, _ONE_SHOT_RANK = 3e-6, 3e-7
"""Latency of an all-reduce in which everyone reads everything: base, and each rank. [s]"""
_TWO_SHOT, _TWO_SHOT_RANK = 1e-5, 4e-6
"""Latency of a reduce-scatter and an all-gather in one kernel, likewise. [s]"""


_PAIR, _ONE_SOCKET, _TWO_SOCKETS = 2.0, 4, 0.25
"""Devices that a bridge serves at full rate, devices at one socket, and the part of the rate
that is left between two (nccl-tests on devices without links of their own)."""


@lru_cache(maxsize=256)
def node_of(hardware: HardwareSpec, devices: int) -> Cluster:
    """Join equal devices by their own links, or by the host's where they have none.

    Raises
    ------
    MissingValueError
        If neither is published.
    """
    link = hardware.link or hardware.host_link
    if link is None:
        raise MissingValueError(
            f"{hardware.name} has no published link: it is not known how several share a model"
        )
    joined = hardware
    if hardware.link is None:
        bandwidth = (link.number("bandwidth") or 0.0) * _host_share(devices)
        joined = hardware.model_copy(update={"link": {"bandwidth": spell(bandwidth, "byte/s")}})
    return cluster(NodeSpec(name=hardware.name, accelerator=joined, accelerators=devices))


def _host_share(devices: int) -> float:
    """Return the part of its host link that each device gets when all of them exchange.

    They share the bridge of one socket; more than four stand at two, and what they send
    goes through the memory of both.
    """
    return min(1.0, _PAIR / devices) * (_TWO_SOCKETS if devices > _ONE_SOCKET else 1.0)


def exchange_seconds(one: Exchange, links: Cluster, stride: int = 1) -> float:
    """Return the time of a collective, all its repetitions included [s]."""
    if one.kind == "scatter":
        return one.count * float(links.all_to_all(one.size, one.ranks, stride))
    passes = 2.0 if one.kind == "reduce" else 1.0
    best = float(links.ring(one.size, one.ranks, stride, passes))
    if links.inside is not None and one.ranks * stride <= links.node:
        bandwidth = links.inside.bandwidth
        everything = (one.ranks - 1) * one.size / (1.0 if one.kind == "reduce" else one.ranks)
        direct = point_to_point_time(everything, bandwidth, _ONE_SHOT + one.ranks * _ONE_SHOT_RANK)
        twice = point_to_point_time(
            ring_traffic(one.size, one.ranks, passes),
            bandwidth,
            _TWO_SHOT + one.ranks * _TWO_SHOT_RANK,
        )
        best = float(minimum(minimum(direct, twice), best))
    return one.count * best


def send_seconds(size: float, links: Cluster, stride: int) -> float:
    """Return the time to hand activations to the next stage [s]."""
    if links.inside is not None and stride < links.node:
        return float(point_to_point_time(size, links.inside.bandwidth, _ONE_SHOT))
    return float(links.send(size, stride))
