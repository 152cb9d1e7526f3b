"""Middles and distances of networks: against links and hops that are counted one by one."""

from itertools import product

import pytest
from mlsysim_core.physics.bisection import (
    dragonfly_bisection,
    fair_share,
    line_distance,
    mesh_bisection,
    ring_distance,
    torus_bisection,
    tree_bisection,
)

GRIDS = [(2,), (3,), (4,), (8,), (4, 3), (8, 5), (2, 2), (4, 4, 2), (6, 3, 3)]


def crossing(sides, closed):
    """Count the links between the halves of a grid, cut across its longest side."""
    longest, middle = sides[0], sides[0] // 2
    neighbours = {(place, place + 1) for place in range(longest - 1)}
    if closed and longest > 2:
        neighbours.add((longest - 1, 0))
    cut = sum((one < middle) != (other < middle) for one, other in neighbours)
    return cut * len(list(product(*map(range, sides[1:]))))


def mean_hops(nodes, hops):
    return sum(hops(one, other) for one, other in product(range(nodes), repeat=2)) / nodes**2


@pytest.mark.parametrize("sides", GRIDS)
def test_the_middle_of_a_grid_is_what_counting_its_links_gives(sides):
    nodes, longest = float(len(list(product(*map(range, sides))))), float(sides[0])

    assert torus_bisection(nodes, longest, 3.0) == 3.0 * crossing(sides, closed=True)
    assert mesh_bisection(nodes, longest, 3.0) == 3.0 * crossing(sides, closed=False)


@pytest.mark.parametrize("groups", range(2, 12))
def test_the_middle_of_a_dragonfly_is_what_counting_its_links_gives(groups):
    halves = [group < groups // 2 for group in range(groups)]
    pairs = sum(one and not other for one, other in product(halves, repeat=2))

    assert dragonfly_bisection(float(groups), 5.0, 3.0) == 15.0 * pairs


def test_the_middle_of_a_tree_worked_by_hand():
    # 32 of 64 nodes send 50e9 a second each, and half of that gets through: 800e9.
    assert tree_bisection(64.0, 50e9, 2.0) == 800e9


@pytest.mark.parametrize("nodes", range(1, 12))
def test_mean_distances_are_what_counting_hops_gives(nodes):
    def around(one, other):
        return min((one - other) % nodes, (other - one) % nodes)

    def along(one, other):
        return abs(one - other)

    assert ring_distance(float(nodes)) == pytest.approx(mean_hops(nodes, around))
    assert line_distance(float(nodes)) == pytest.approx(mean_hops(nodes, along))


@pytest.mark.parametrize("nodes", [2, 4, 10, 64])
def test_fair_shares_fill_the_middle(nodes):
    share = fair_share(12.0, float(nodes))
    to_each = share / (nodes - 1)

    assert (nodes / 2) * (nodes / 2) * to_each == pytest.approx(12.0)
