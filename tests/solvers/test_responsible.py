"""Privacy and fairness: cited laws, worked by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import InputError, InputTypeError, MissingValueError
from mlsysim_solvers import ResponsibleEngineeringModel


def solve(time="3 days", epsilon=1.0, delta=1e-5, prevalence=0.01, **given):
    return ResponsibleEngineeringModel().solve(time, epsilon, delta, prevalence, **given)


@settings(deadline=None)
@given(st.floats(0.1, 20.0), st.floats(1e-9, 1e-2), st.integers(1, 10**6))
def test_the_noise_keeps_the_promise(epsilon, delta, steps):
    # Bun and Steinke 2016: rho = T / (2 sigma^2), epsilon = rho + 2 sqrt(rho ln(1/delta))
    noise = solve(epsilon=epsilon, delta=delta, steps=steps).noise_multiplier

    budget = steps / (2.0 * noise * noise)
    assert budget + 2.0 * math.sqrt(budget * math.log(1.0 / delta)) == pytest.approx(epsilon)


def test_delta_counts():
    assert solve(delta=1e-9).noise_multiplier > solve(delta=1e-3).noise_multiplier


def test_hoeffding_s_samples_by_hand():
    # ln(40) / (2 * 0.01^2) = 18,444.4; a hundred times as many of everybody
    result = solve()

    assert result.group_samples == 18_445
    assert result.required_samples == 1_844_500
    assert solve(prevalence=1.0).required_samples == 18_445


def test_time_is_known_only_when_it_was_measured():
    assert solve(per_sample_slowdown=2.0).effective_training_time.m_as("day") == pytest.approx(6.0)
    with pytest.raises(MissingValueError, match="give per_sample_slowdown"):
        _ = solve().dp_slowdown_factor


@pytest.mark.parametrize(
    "wrong",
    [
        {"epsilon": 0.0},
        {"delta": 0.0},
        {"delta": 1.0},
        {"prevalence": 0.0},
        {"steps": 0},
        {"per_sample_slowdown": 0.5},
        {"margin": math.nan},
        {"confidence": 1.0},
        {"time": "-3 days"},
    ],
)
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(InputError):
        solve(**wrong)


def test_a_bare_time_is_refused_and_results_explain_themselves():
    with pytest.raises(InputTypeError):
        solve(72.0)
    assert "1,844,500 samples of everybody" in solve(per_sample_slowdown=2.0).explain()
