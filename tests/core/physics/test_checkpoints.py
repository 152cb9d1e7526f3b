"""Checkpoints: values worked by hand, and the optimum that they aim at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.checkpoints import (
    checkpoint_size,
    higher_order_interval,
    sharded_write_time,
)
from mlsysim_core.physics.reliability import checkpoint_interval, useful_fraction


def test_size_worked_by_hand():
    # A billion parameters: two bytes of weight, four of master, twice four of Adam's moments.
    assert checkpoint_size(1e9, 14.0) == 14e9


def test_writers_wait_for_themselves_or_for_the_store():
    # 10 x 2 GB/s into a store of 100 GB/s take 50 s for a terabyte; 100 x 2 GB/s take 10 s.
    assert sharded_write_time(1e12, 10.0, 2e9, 1e11) == 50.0
    assert sharded_write_time(1e12, 100.0, 2e9, 1e11) == 10.0


def test_interval_worked_by_hand():
    # sqrt(2 x 2 x 9) (1 + sqrt(1/9) / 3 + 1/9 / 9) - 2 = 6 x 91 / 81 - 2 = 128 / 27.
    assert higher_order_interval(2.0, 9.0) == pytest.approx(128.0 / 27.0)


def test_pauses_of_twice_the_time_between_failures_are_no_root():
    assert higher_order_interval(20.0, 10.0) == 10.0
    assert higher_order_interval(50.0, 10.0) == 10.0


@given(part=st.floats(1e-4, 0.5))
def test_nothing_near_is_better_by_a_thousandth(part):
    def useful(interval):
        return useful_fraction(interval, part, 0.0, 1.0)

    chosen = useful(higher_order_interval(part, 1.0))

    assert chosen >= useful(checkpoint_interval(part, 1.0)) * (1 - 1e-9)
    for step in (0.5, 0.8, 0.9, 0.95, 1.05, 1.1, 1.25, 2.0):
        assert chosen >= useful(higher_order_interval(part, 1.0) * step) * (1 - 1e-3)
