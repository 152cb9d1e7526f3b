"""The shapes of networks as numbers: what each topology makes of its nodes and links."""

import math
from collections.abc import Callable
from typing import NamedTuple

from mlsysim_core.errors import InputError
from mlsysim_core.physics.bisection import (
    dragonfly_bisection,
    fair_share,
    line_distance,
    mesh_bisection,
    ring_distance,
    torus_bisection,
    tree_bisection,
)

__all__ = ["SHAPES", "Asked", "Shape"]

_MOST_LEVELS = 3


class Asked(NamedTuple):
    """What a network is made of."""

    nodes: int
    bandwidth: float
    """Of one link or port, one way. [byte / s]"""
    ports: int
    """Of one node, where switches join them."""
    radix: int
    """Ports of one switch."""
    oversubscription: float
    dimensions: tuple[int, ...] | None


class Shape(NamedTuple):
    """What comes of it."""

    bisection: float
    """[byte / s]"""
    injection: float
    """Of one node, one way. [byte / s]"""
    share: float
    """Of one node, if all send to all evenly. [byte / s]"""
    hops: float
    """Links between two nodes, on average."""
    diameter: int
    structure: str


def _tree(asked: Asked) -> Shape:
    into = asked.ports * asked.bandwidth
    half = asked.radix // 2
    sizes = (asked.radix, asked.radix * half, asked.radix * half * half)
    levels = next((place for place, size in enumerate(sizes, 1) if asked.nodes <= size), None)
    if levels is None:
        raise InputError(
            f"{asked.nodes:,} nodes need more than {_MOST_LEVELS} levels of switches with "
            f"{asked.radix} ports, which join {sizes[-1]:,}: give a larger radix"
        )
    # Nodes below one switch of each level; the highest joins all.
    below = (*(half, half * half)[: levels - 1], asked.nodes)
    hops, nearer = 0.0, 1.0
    for level, size in enumerate(below, 1):
        reached = float(min(size, asked.nodes))
        hops += 2.0 * level * (reached - nearer)
        nearer = reached
    # A single switch is not oversubscribed.
    thinned = asked.oversubscription if levels > 1 else 1.0
    bisection = float(tree_bisection(asked.nodes, into, thinned))
    return Shape(
        bisection=bisection,
        injection=into,
        share=float(fair_share(bisection, float(asked.nodes))),
        hops=hops / (asked.nodes - 1),
        diameter=2 * levels,
        structure=f"{levels} {'level' if levels == 1 else 'levels'} of {asked.radix}-port switches",
    )


def _rail(asked: Asked) -> Shape:
    one = _tree(asked)
    # What goes to a device on another rail first crosses over within its node.
    across = (asked.ports - 1) / asked.ports
    return one._replace(
        hops=one.hops + across,
        diameter=one.diameter + (asked.ports > 1),
        structure=f"{asked.ports} rails, each of {one.structure}",
    )


def _torus(asked: Asked) -> Shape:
    sides = _sides(asked, 3)
    nodes = float(asked.nodes)
    others = nodes / (nodes - 1.0)
    links = [2.0 if side > 2 else 1.0 for side in sides]
    busiest = max(
        float(ring_distance(float(side))) / width for side, width in zip(sides, links, strict=True)
    )
    return Shape(
        bisection=float(torus_bisection(nodes, float(max(sides)), asked.bandwidth)),
        injection=sum(links) * asked.bandwidth,
        share=asked.bandwidth / (busiest * others),
        hops=others * sum(float(ring_distance(float(side))) for side in sides),
        diameter=sum(side // 2 for side in sides),
        structure=" x ".join(map(str, sides)),
    )


def _ring(asked: Asked) -> Shape:
    return _torus(asked._replace(dimensions=(asked.nodes,)))


def _mesh(asked: Asked) -> Shape:
    sides = _sides(asked, 2)
    nodes = float(asked.nodes)
    longest = float(max(sides))
    bisection = float(mesh_bisection(nodes, longest, asked.bandwidth))
    halves = (longest // 2) * -(-longest // 2) * (nodes / longest) ** 2
    return Shape(
        bisection=bisection,
        injection=2.0 * len(sides) * asked.bandwidth,
        share=bisection * (nodes - 1.0) / halves,
        hops=nodes / (nodes - 1.0) * sum(float(line_distance(float(side))) for side in sides),
        diameter=sum(side - 1 for side in sides),
        structure=" x ".join(map(str, sides)),
    )


def _dragonfly(asked: Asked) -> Shape:
    """Balanced: as many links to other groups as nodes at a router, twice as many routers."""
    each = 1
    while 2 * each * each * (2 * each * each + 1) < asked.nodes:
        each += 1
    routers = 2 * each
    groups = math.ceil(asked.nodes / (routers * each))
    near, group = float(each), float(routers * each)
    nodes = float(asked.nodes)
    into = asked.bandwidth
    if groups > 1:
        links = routers * each / (groups - 1)
        middle = float(dragonfly_bisection(float(groups), links, asked.bandwidth))
    else:
        middle = float(dragonfly_bisection(float(routers), 1.0, asked.bandwidth))
    bisection = min(middle, float(tree_bisection(nodes, into, 1.0)))
    # Two links join a node to its router, and that of the other; local, global, local between.
    inside, outside = min(group, nodes) - min(near, nodes), nodes - min(group, nodes)
    between = 1.0 + 2.0 * (routers - 1.0) / routers
    hops = 2.0 + (inside + outside * between) / (nodes - 1.0)
    return Shape(
        bisection=bisection,
        injection=into,
        share=float(fair_share(bisection, nodes)),
        hops=hops,
        diameter=5 if groups > 1 else 3,
        structure=f"{groups} groups of {routers} routers with {each} nodes each",
    )


SHAPES: dict[str, Callable[[Asked], Shape]] = {
    "fat_tree": _tree,
    "rail": _rail,
    "dragonfly": _dragonfly,
    "torus": _torus,
    "ring": _ring,
    "mesh": _mesh,
}


def _sides(asked: Asked, count: int) -> tuple[int, ...]:
    """Return the sides: as given, or as even as they can be."""
    if asked.dimensions is not None:
        if math.prod(asked.dimensions) != asked.nodes or min(asked.dimensions) < 2:
            raise InputError(
                f"dimensions must be at least 2 each and multiply to {asked.nodes:,} nodes, "
                f"got {asked.dimensions}"
            )
        return asked.dimensions
    sides: list[int] = []
    left = asked.nodes
    for remaining in range(count, 0, -1):
        root = round(left ** (1.0 / remaining))
        side = next((one for one in range(max(root, 1), 0, -1) if left % one == 0), 1)
        if remaining == 1:
            side = left
        if side > 1:
            sides.append(side)
        left //= side
    return tuple(sorted(sides))
