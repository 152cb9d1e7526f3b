"""Compute-optimal training: worked by hand, and against the loss that it minimises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.scaling import (
    allocation_scale,
    fixed_ratio_parameters,
    optimal_parameters,
    predicted_loss,
    training_operations,
)

exponents = st.floats(0.1, 0.9)


def test_chinchilla_worked_by_hand():
    # 6 x 70e9 x 1.4e12 = 588e21; and 70e9 x 1.4e12 at 20 tokens each gives 70e9 back.
    assert training_operations(70e9, 1.4e12, 6.0) == pytest.approx(588e21)
    assert fixed_ratio_parameters(70e9 * 1.4e12, 20.0) == pytest.approx(70e9)


def test_loss_worked_by_hand():
    # 1 + 6 / 4^0.5 + 10 / 25^0.5 = 1 + 3 + 2.
    assert predicted_loss(4.0, 25.0, 1.0, 6.0, 10.0, 0.5, 0.5) == pytest.approx(6.0)


def test_scale_and_size_worked_by_hand():
    # (0.75 x 2 / (0.25 x 3))^(1 / 1) = 2; 2 x 16^(0.25 / 1) = 4.
    assert allocation_scale(2.0, 3.0, 0.75, 0.25) == pytest.approx(2.0)
    # (0.5 x 8 / (1.5 x 1))^(1 / 2) = (8 / 3)^(1 / 2)
    assert allocation_scale(8.0, 1.0, 0.5, 1.5) ** 2 == pytest.approx(8 / 3)
    assert optimal_parameters(16.0, 2.0, 0.75, 0.25) == pytest.approx(4.0)


@given(size=st.floats(1.0, 1e3), data=st.floats(1.0, 1e3), alpha=exponents, beta=exponents)
def test_no_other_size_has_less_loss_for_the_budget(size, data, alpha, beta):
    def loss(parameters):
        return predicted_loss(parameters, pairs / parameters, 0.0, size, data, alpha, beta)

    pairs = 1e18
    best = optimal_parameters(pairs, allocation_scale(size, data, alpha, beta), alpha, beta)

    assert loss(best) <= min(loss(best * factor) for factor in (0.5, 0.9, 1.1, 2.0))
