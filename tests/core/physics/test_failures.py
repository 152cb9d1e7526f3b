"""Failures and what they cost: worked by hand, and by what independence means."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.failures import (
    expected_failures,
    failure_probability,
    joint_mtbf,
    recovery_fraction,
)
from mlsysim_core.physics.reliability import checkpoint_interval, fleet_mtbf, useful_fraction

times = st.floats(0.01, 5.0)


def test_rates_of_failure_add_up():
    # Every 20 hours and every 30: five in 60 hours, one in 12.
    assert joint_mtbf(20.0, 30.0) == pytest.approx(12.0)
    assert fleet_mtbf(3.6e6, 1000.0) == 3600.0
    assert joint_mtbf(50.0, 50.0) == pytest.approx(fleet_mtbf(50.0, 2.0))
    assert expected_failures(60.0, 12.0) == 5.0


@given(first=times, second=times)
def test_surviving_twice_is_surviving_both_times(first, second):
    together, one, other = (
        1.0 - failure_probability(time, 2.0) for time in (first + second, first, second)
    )

    assert together == pytest.approx(one * other)


def test_chances_worked_by_hand():
    half = 8.0 * math.log(2.0)

    assert failure_probability(half, 8.0) == pytest.approx(0.5)
    assert failure_probability(2.0 * half, 8.0) == pytest.approx(0.75)
    assert recovery_fraction(half, 8.0) == pytest.approx(0.5)
    assert recovery_fraction(2.0 * half, 8.0) == pytest.approx(0.75)


def test_small_chances_keep_their_digits():
    assert failure_probability(1.0, 1e20) == pytest.approx(1e-20, rel=1e-15)
    assert recovery_fraction(1.0, 1e12) == pytest.approx(1e-12 - 5e-25, rel=1e-15)


def test_the_first_order_interval_worked_by_hand():
    assert checkpoint_interval(50.0, 10_000.0) == 1000.0


def test_what_is_useful_worked_by_hand():
    # Every 2 hours half survive, M = 2 / ln 2: 3 / (M x 2^(2/2) x (2^((3 + 1)/2) - 1)) = ln 2 / 4.
    mtbf = 2.0 / math.log(2.0)
    assert useful_fraction(3.0, 1.0, 2.0, mtbf) == pytest.approx(math.log(2.0) / 4.0)


def test_what_is_useful_of_a_short_run_keeps_its_digits():
    assert useful_fraction(3.0, 1.0, 0.0, 1e20) == pytest.approx(0.75, rel=1e-15)
    assert useful_fraction(3.0, 1.0, 0.0, 1e9) == pytest.approx(0.75, rel=4e-9)


@given(interval=times, pause=times)
def test_without_failures_only_pauses_are_lost(interval, pause):
    useful = useful_fraction(interval, pause, 1.0, 1e7)

    assert useful == pytest.approx(interval / (interval + pause), rel=1e-5)
