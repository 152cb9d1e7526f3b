"""Values of the roofline formulas: worked by hand, and at the limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.roofline import (
    arithmetic_intensity,
    compute_time,
    memory_time,
    overlapped_time,
    ridge_point,
)

positive = st.floats(1e-3, 1e18)


def test_times_worked_by_hand():
    # 2e12 operations at half of 1e15 a second take 4 ms; 1e9 bytes at 4e12 a second 0.25 ms.
    assert compute_time(2e12, peak=1e15, fraction=0.5) == pytest.approx(4e-3)
    assert memory_time(1e9, bandwidth=4e12) == pytest.approx(0.25e-3)
    assert memory_time(1e9, bandwidth=4e12, fraction=0.8) == pytest.approx(0.3125e-3)


def test_ridge_point_of_an_h100():
    # 989e12 operations a second over 3.35e12 bytes a second: 295.2 operations a byte.
    assert ridge_point(989e12, 3.35e12) == pytest.approx(295.2, rel=1e-3)


@given(arithmetic=positive, movement=positive)
def test_overlap_takes_the_longer_of_the_two(arithmetic, movement):
    assert overlapped_time(arithmetic, movement) == max(arithmetic, movement)


@given(traffic=positive, peak=positive, bandwidth=positive)
def test_both_pipes_take_equally_long_at_the_ridge_point(traffic, peak, bandwidth):
    flops = ridge_point(peak, bandwidth) * traffic

    assert compute_time(flops, peak) == pytest.approx(memory_time(traffic, bandwidth))
    assert arithmetic_intensity(flops, traffic) == pytest.approx(ridge_point(peak, bandwidth))
