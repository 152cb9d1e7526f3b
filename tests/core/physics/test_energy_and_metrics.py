"""Values of energy, rate and utilization: worked by hand, and at the limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.energy import pass_energy
from mlsysim_core.physics.metrics import rate, utilization

times = st.floats(1e-6, 1e3)


def test_a_device_that_waits_draws_its_idle_power():
    assert pass_energy(2.0, computing=0.0, moving=0.0, limit=700.0, idle=100.0) == 200.0


def test_energy_worked_by_hand():
    # 100 W x 2 s + 600 W x (0.5 s computing + 0.55 x 1 s moving) = 200 J + 630 J
    assert pass_energy(2.0, 0.5, 1.0, 700.0, 100.0) == pytest.approx(830.0)


def test_shares_of_the_dynamic_power_are_what_they_are_given():
    # 100 W x 2 s + 600 W x (0.8 x 0.5 s + 0.25 x 1 s) = 200 J + 390 J
    assert pass_energy(2.0, 0.5, 1.0, 700.0, 100.0, 0.8, 0.25) == pytest.approx(590.0)


def test_work_that_would_draw_more_is_held_at_the_limit():
    assert pass_energy(2.0, 2.0, 2.0, 700.0, 100.0) == 1400.0


@given(latency=times, part=st.floats(0.0, 1.0), other=st.floats(0.0, 1.0))
def test_power_stays_between_idle_and_the_limit(latency, part, other):
    energy = pass_energy(latency, part * latency, other * latency, 700.0, 70.0)

    assert 70.0 * latency <= energy * (1 + 1e-12)
    assert energy <= 700.0 * latency * (1 + 1e-12)


def test_rate_and_utilization_worked_by_hand():
    # 32 tokens in 8 ms: 4,000 a second. 1e12 operations in 4 ms of 1e15 a second: a quarter.
    assert rate(32.0, 8e-3) == pytest.approx(4000.0)
    assert utilization(1e12, 4e-3, 1e15) == pytest.approx(0.25)


def test_utilization_never_exceeds_one():
    assert utilization(2e15, 1.0, 1e15) == 1.0
