"""The promised scenarios against their own limits: which can pass, and by how much others fail."""

import pytest
from mlsysim_registry import Scenarios

FAIL = {
    # name: what fails, and by how much; each is a mean power that the device exceeds at work
    "KeywordSpotting": ("power while it works", 400),  # 400 mW of 1 mW
    "SmartDoorbell": ("power while it works", 4),
    "TinySensor": ("power while it works", 5.8),
}


@pytest.mark.parametrize("name", Scenarios)
def test_a_scenario_passes_but_for_limits_that_physics_forbids(name):
    evaluation = getattr(Scenarios, name).evaluate()

    failing = [row for row in evaluation.rows if row.passed is False]

    assert evaluation.feasible
    assert [row.what for row in failing] == ([FAIL[name][0]] if name in FAIL else [])
    for row in failing:
        assert row.value / row.limit == pytest.approx(FAIL[name][1], rel=0.5)
        assert "as a mean it allows a pass every" in row.note


def test_tiny_models_run_in_the_format_they_were_made_in():
    assert Scenarios.KeywordSpotting.evaluate().profile.details.precision == "int8"


def test_frontier_training_is_spread_over_a_node():
    evaluation = Scenarios.FrontierTraining.evaluate()

    assert evaluation.devices == 8
    assert any("8 of 8,192 devices" in note for note in evaluation.notes)


def test_a_training_step_can_be_evaluated_too():
    evaluation = Scenarios.FrontierTraining.evaluate(is_training=True)

    assert evaluation.profile.details.phase == "training"
    assert evaluation.devices > 8
