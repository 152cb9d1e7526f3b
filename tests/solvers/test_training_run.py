"""Whole training runs: failures, checkpoints, and their limits."""

import pytest
from mlsysim_core import InputError
from mlsysim_core.physics.reliability import useful_fraction
from mlsysim_solvers import training_run

from .test_distributed import solve, system


@pytest.fixture(scope="module")
def step():
    return solve(system(), batch_size=64, zero_stage=1)


def test_without_failures_a_run_is_its_steps(step):
    run = training_run(step, 1e9, device_mtbf_hours=1e15)

    assert run.steps == -(-int(1e9) // int(step.items))
    assert run.seconds == pytest.approx(run.steps * step.seconds, rel=1e-4)
    assert run.goodput == pytest.approx(1.0, rel=1e-4)


def test_more_failures_take_longer(step):
    runs = [training_run(step, 1e12, device_mtbf_hours=hours) for hours in (1e6, 1e4, 1e3)]

    assert runs[0].seconds < runs[1].seconds < runs[2].seconds
    assert runs[2].failures > runs[1].failures


def test_the_interval_chosen_is_nearly_the_best(step):
    chosen = training_run(step, 1e12, checkpoint_seconds=60.0)
    others = [
        training_run(
            step, 1e12, checkpoint_seconds=60.0, checkpoint_interval_seconds=chosen.interval * by
        )
        for by in (0.5, 0.8, 1.25, 2.0)
    ]

    assert all(chosen.seconds <= other.seconds for other in others)


def test_llama_3_spent_nine_tenths_of_its_time_well():
    # 16,384 devices: a failure each 3.09 h; the paper says "higher than 90 %".
    useful = useful_fraction(600.0, 10.0, 600.0, 3.09 * 3600.0)

    assert 0.9 < useful < 0.97


def test_spares_and_stragglers_cost(step):
    plain = training_run(step, 1e11)
    slow = training_run(step, 1e11, straggler_factor=1.1, spare_devices=8)

    assert slow.seconds == pytest.approx(1.1 * plain.seconds)
    assert slow.device_hours == pytest.approx(1.1 * plain.device_hours * 40 / 32)
    assert slow.cost(2.0) == pytest.approx(2.0 * slow.device_hours)


@pytest.mark.parametrize("wrong", [{"straggler_factor": 0.5}, {"restart_seconds": -1.0}])
def test_impossible_numbers_are_refused(step, wrong):
    with pytest.raises(InputError):
        training_run(step, 1e11, **wrong)
