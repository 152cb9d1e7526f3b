"""Compute-optimal models: the published tables, and budgets that cannot be mixed up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import InputError, InputTypeError, MissingValueError, ureg
from mlsysim_solvers import ScalingModel

# Hoffmann et al. 2022, table 3: parameters, operations, tokens
CHINCHILLA = [
    (400e6, 1.92e19, 8.0e9),
    (1e9, 1.21e20, 20.2e9),
    (10e9, 1.23e22, 205.1e9),
    (67e9, 5.76e23, 1.5e12),
    (175e9, 3.85e24, 3.7e12),
    (280e9, 9.90e24, 5.9e12),
    (520e9, 3.43e25, 11.0e12),
    (1e12, 1.27e26, 21.2e12),
    (10e12, 1.30e28, 216.2e12),
]


def solve(budget="1e24 FLOP", size=None, **settings):
    return ScalingModel().solve(budget, size, **settings)


@pytest.mark.parametrize(("parameters", "operations", "tokens"), CHINCHILLA)
def test_the_chinchilla_table(parameters, operations, tokens):
    best = solve(f"{operations} FLOP")

    assert best.parameters == pytest.approx(parameters, rel=0.05)
    assert best.tokens == pytest.approx(tokens, rel=0.08)  # printed as 1.5 T


def test_the_replication_agrees_with_twenty_tokens_for_each_parameter():
    # Besiroglu et al. 2024: about 20 at Chinchilla's budget, where approach 3 gave far more
    assert 15.0 < solve("5.76e23 FLOP", law="besiroglu").tokens_per_parameter < 26.0
    assert solve("5.76e23 FLOP", law="hoffmann").tokens_per_parameter > 50.0


@pytest.mark.parametrize("law", ["hoffmann", "besiroglu"])
def test_the_optimum_has_the_least_loss(law):
    best = solve(law=law)

    for factor in (0.8, 0.95, 1.05, 1.25):
        assert solve(size=factor * best.parameters, law=law).loss > best.loss


def test_chinchilla_is_better_than_gopher_at_its_budget():
    gopher, chinchilla = (solve("5.76e23 FLOP", size, law="hoffmann") for size in (280e9, 70e9))

    assert chinchilla.loss < gopher.loss


@pytest.mark.parametrize("budget", ["1e24 FLOP", "1e9 PFLOP", "1e6 EFLOP", "5e23 MAC"])
def test_a_budget_is_the_same_in_every_unit(budget):
    assert solve(budget).parameters == pytest.approx(91.287e9, rel=1e-4)
    assert solve(ureg.Quantity(1e9, "PFLOP")) == solve("1e9 PFLOP")


@pytest.mark.parametrize(
    "wrong", ["1e24 B", "1e24 USD", "1e24", "1e24 token", "-1 FLOP", "nan FLOP"]
)
def test_nothing_else_is_a_budget(wrong):
    with pytest.raises(InputError):
        solve(wrong)


def test_a_bare_number_is_no_budget():
    with pytest.raises(InputTypeError, match="has no unit"):
        solve(1e24)


@settings(deadline=None)
@given(st.floats(1e15, 1e30), st.sampled_from(["fixed_ratio", "hoffmann", "besiroglu"]))
def test_budgets_are_spent(operations, law):
    best = solve(f"{operations!r} FLOP", law=law)

    assert 6.0 * best.parameters * best.tokens == pytest.approx(operations)


def test_device_time_is_a_budget_with_a_utilization():
    # Llama 3 405B: 30.84 M hours, 3.8e25 operations: 34.6 % of 989.4 TFLOP/s
    run = solve(None, 405e9, hardware="H100", duration_days=30.84e6 / 24.0, mfu=0.346)

    assert run.operations == pytest.approx(3.8e25, rel=0.01)
    assert run.tokens == pytest.approx(15.6e12, rel=0.01)
    with pytest.raises(MissingValueError, match="duration_days and mfu"):
        solve(None, hardware="H100", duration_days=30.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"law": "kaplan"},
        {"size": 0.0},
        {"size": float("nan")},
        {"tokens_per_parameter": -20.0},
        {"hardware": "H100"},
        {"budget": None},
        {"budget": None, "hardware": "H100", "duration_days": 1.0, "mfu": 1.2},
    ],
)
def test_arguments_that_make_no_sense_are_refused(wrong):
    with pytest.raises(InputError):
        solve(**wrong)


def test_a_ratio_predicts_no_loss():
    with pytest.raises(MissingValueError, match="predicts no loss"):
        _ = solve().loss


def test_results_explain_themselves():
    assert "91.287 billion parameters" in solve().explain()
    assert "nats" in solve(law="hoffmann").explain()
    assert solve().optimal_tokens.m_as("token") == solve().tokens
