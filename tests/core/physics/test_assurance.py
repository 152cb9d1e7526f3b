"""What privacy and certainty cost: worked by hand, and against the bounds they come from."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.assurance import noise_multiplier, privacy_budget, samples_for_margin


def test_budgets_worked_by_hand():
    # A delta of one promises nothing: the whole of epsilon may be spent.
    assert privacy_budget(4.0, 1.0) == 4.0
    # ln(1 / delta) = 9: (sqrt(9 + 7) - sqrt(9))^2 = 1.
    assert privacy_budget(7.0, math.exp(9.0)) == pytest.approx(1.0)


@given(budget=st.floats(0.01, 10.0), exponent=st.floats(1.0, 30.0))
def test_a_budget_spends_the_epsilon_that_it_was_made_for(budget, exponent):
    epsilon = budget + 2.0 * math.sqrt(budget * exponent)

    assert privacy_budget(epsilon, math.exp(exponent)) == pytest.approx(budget)


def test_noise_worked_by_hand():
    # Gaussian noise of twice the bound spends 1 / (2 x 2^2) = 1 / 8 a step: 8 steps spend 1.
    assert noise_multiplier(8.0, 1.0) == 2.0
    assert noise_multiplier(9.0, 0.125) == pytest.approx(6.0)


@given(margin=st.floats(0.001, 0.5), inverse_risk=st.floats(2.0, 1e6))
def test_enough_samples_keep_to_the_bound_of_hoeffding(margin, inverse_risk):
    samples = samples_for_margin(margin, inverse_risk)

    assert 2.0 * math.exp(-2.0 * samples * margin**2) == pytest.approx(1.0 / inverse_risk)
