"""Networks by their shape, against textbooks and against graphs walked link by link."""

import math
from collections import deque
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import InputError, InputTypeError, UnknownEntryError
from mlsysim_core.physics.topology import torus_fraction
from mlsysim_core.specs import FabricSpec
from mlsysim_solvers import TopologyModel

LINK = FabricSpec(name="link", bandwidth="1 GB/s")
SHAPES = ("fat_tree", "rail", "dragonfly", "torus", "ring", "mesh")


def solve(topology, num_nodes, **settings):
    return TopologyModel().solve(LINK, topology, num_nodes, **settings)


def grid(sides, *, around):
    """Return each node's neighbours in a mesh, or in a torus."""
    neighbours = {}
    for place in product(*map(range, sides)):
        near = set()
        for axis, side in enumerate(sides):
            for step in (-1, 1):
                there = place[axis] + step
                if around or 0 <= there < side:
                    near.add((*place[:axis], there % side, *place[axis + 1 :]))
        neighbours[place] = near - {place}
    return neighbours


def walked(neighbours):
    """Return mean and largest distance between two nodes."""
    total = furthest = 0
    for start in neighbours:
        distance, waiting = {start: 0}, deque([start])
        while waiting:
            here = waiting.popleft()
            for there in neighbours[here] - distance.keys():
                distance[there] = distance[here] + 1
                waiting.append(there)
        total += sum(distance.values())
        furthest = max(furthest, *distance.values())
    count = len(neighbours)
    return total / (count * (count - 1)), furthest


@pytest.mark.parametrize(
    ("topology", "nodes", "settings", "links"),
    [
        # Dally and Towles, ch. 5: 2 of a ring, 2 n/k of a torus, n/k of a mesh
        ("ring", 16, {}, 2),
        ("torus", 64, {"dimensions": (8, 8)}, 16),
        ("torus", 64, {"dimensions": (4, 4, 4)}, 32),
        ("torus", 4096, {"dimensions": (16, 16, 16)}, 512),
        ("mesh", 64, {"dimensions": (8, 8)}, 8),
        ("mesh", 64, {"dimensions": (4, 4, 4)}, 16),
        ("fat_tree", 128, {"radix": 16}, 64),
        ("fat_tree", 128, {"radix": 16, "oversubscription": 2.0}, 32),
        ("rail", 128, {"radix": 16, "ports": 8}, 512),
        # Kim et al. 2008: 72 nodes in 9 groups, all joined by one link each: 4 * 5
        ("dragonfly", 72, {}, 20),
    ],
)
def test_bisection_of_standard_topologies(topology, nodes, settings, links):
    result = solve(topology, nodes, **settings)

    assert result.bisection_bw.m_as("GB/s") == pytest.approx(links)


@pytest.mark.parametrize("sides", [(8,), (7,), (4, 4), (2, 6), (3, 5), (2, 2, 2), (3, 4, 5)])
def test_hops_of_tori_and_meshes_are_those_of_their_graphs(sides):
    count = 1
    for side in sides:
        count *= side

    for topology, around in (("torus", True), ("mesh", False)):
        result = solve(topology, count, dimensions=sides)
        mean, furthest = walked(grid(sides, around=around))
        assert result.hops_avg == pytest.approx(mean)
        assert result.diameter == furthest


@pytest.mark.parametrize("nodes", [2, 3, 8, 9])
def test_a_ring_is_a_torus_of_one_dimension(nodes):
    mean, furthest = walked(grid((nodes,), around=True))

    ring = solve("ring", nodes)

    assert ring.hops_avg == pytest.approx(mean)
    assert ring.diameter == furthest
    assert ring.shape == solve("torus", nodes, dimensions=(nodes,)).shape


def test_hops_of_a_fat_tree_of_two_levels():
    # Switches of 8 ports: 3 neighbours at 2 links, 28 others of 32 at 4
    assert solve("fat_tree", 32, radix=8).hops_avg == pytest.approx((3 * 2 + 28 * 4) / 31)
    assert solve("fat_tree", 8, radix=8).hops_avg == 2.0


def test_hops_of_a_dragonfly_by_hand():
    # 72 nodes: 1 at the same router, 6 in the group, 64 in others over 1 + 2 * 3/4 links
    dragonfly = solve("dragonfly", 72)

    assert dragonfly.hops_avg == pytest.approx((71 * 2 + 6 + 64 * 2.5) / 71)
    assert dragonfly.diameter == 5


@settings(deadline=None)
@given(st.sampled_from(SHAPES), st.integers(2, 3000))
def test_no_network_gives_more_than_its_ports(topology, nodes):
    result = solve(topology, nodes)

    assert 0.0 < result.bisection_bw_fraction <= 1.0
    assert 0.0 < result.effective_bandwidth <= result.shape.injection
    assert 0.0 < result.hops_avg <= result.diameter


@pytest.mark.parametrize("sides", [(16,), (8, 8), (4, 4, 4)])
def test_a_torus_deals_out_as_it_does_in_training(sides):
    count = math.prod(sides)
    torus = solve("torus", count, dimensions=sides)

    # There a rank also deals out to itself.
    kept = torus_fraction(float(count), float(len(sides))) * (count - 1) / count
    assert torus.effective_bandwidth == pytest.approx(kept * torus.shape.injection)


def test_oversubscription_thins_what_crosses():
    full, half = (solve("fat_tree", 1024, oversubscription=by) for by in (1.0, 2.0))

    assert half.shape.bisection == full.shape.bisection / 2.0
    assert half.effective_bandwidth == pytest.approx(full.effective_bandwidth, rel=0.01)
    assert solve("fat_tree", 1024, oversubscription=8.0).effective_bandwidth < 0.3e9


def test_the_shape_of_the_fabric_is_its_own():
    assert TopologyModel().solve("InfiniBand_NDR").topology == "fat_tree"
    assert TopologyModel().solve("InfiniBand_NDR").injection_bw.m_as("GB/s") == 50.0


@pytest.mark.parametrize(
    ("topology", "nodes", "settings"),
    [
        ("hypercube", 64, {}),
        ("torus", -8, {}),
        ("ring", 1, {}),
        ("fat_tree", 0, {}),
        ("torus", 64, {"dimensions": (8, 4)}),
        ("torus", 64, {"dimensions": (64, 1)}),
        ("ring", 64, {"dimensions": (8, 8)}),
        ("fat_tree", 64, {"oversubscription": 0.5}),
        ("fat_tree", 10**6, {}),
        ("fat_tree", 64, {"ports": 0}),
    ],
)
def test_networks_that_cannot_be_are_refused(topology, nodes, settings):
    with pytest.raises(InputError):
        solve(topology, nodes, **settings)


def test_kinds_are_checked():
    with pytest.raises(InputTypeError):
        solve("torus", 64.0)
    with pytest.raises(InputTypeError):
        solve("torus", 64, dimensions=8)
    with pytest.raises(InputTypeError):
        TopologyModel().solve(5)
    with pytest.raises(UnknownEntryError):
        TopologyModel().solve("Infiniband_XYZ")


@pytest.mark.parametrize("topology", SHAPES)
def test_networks_explain_themselves(topology):
    text = solve(topology, 64).explain()

    assert "between its halves" in text
    assert "hops" in text
