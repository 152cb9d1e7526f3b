"""The nine scenarios: their names, their parameters, and that each can be asked about."""

import mlsysim
import pytest

from ..support import NAMES, SCENARIOS, resolve

QUANTITIES = {"sla_latency_s": ("sla_latency", "s"), "power_budget_w": ("power_budget", "W")}


def parameters(entry):
    return NAMES[entry]["parameters"]


def test_the_nine_scenarios_are_there():
    names = {entry.removeprefix("Scenarios.") for entry in SCENARIOS}

    assert len(names) == 9
    assert names <= set(mlsysim.Scenarios)


@pytest.mark.parametrize("entry", SCENARIOS)
def test_a_scenario_has_its_workload(entry):
    workload = parameters(entry)["workload"]

    if isinstance(workload, str):
        assert resolve(entry).workload is resolve(workload)
    else:
        shape = resolve(entry).workload.architecture
        inline = workload["inline"]
        assert shape.parameters == inline["parameters_count"]
        assert shape.layers == inline["layers"]


def test_the_workload_of_the_data_pipeline_takes_in_its_stream():
    inline = parameters("Scenarios.AutonomousVehicle_Waymo")["workload"]["inline"]

    rate = mlsysim.Scenarios.AutonomousVehicle_Waymo.data_rate
    assert rate.to("byte/s").magnitude == pytest.approx(inline["data_rate_bytes_per_s"], rel=1e-9)


@pytest.mark.parametrize("entry", SCENARIOS)
def test_a_scenario_has_its_system(entry):
    expected = resolve(parameters(entry)["system"])
    system = resolve(entry).system

    assert system == expected
    single = parameters(entry)["system_type"] == "HardwareNode"
    assert type(system) is (mlsysim.HardwareSpec if single else mlsysim.SystemSpec)


@pytest.mark.parametrize("entry", SCENARIOS)
def test_a_scenario_has_its_limits(entry):
    for key, (name, unit) in QUANTITIES.items():
        value = getattr(resolve(entry), name)
        expected = parameters(entry).get(key)

        if expected is None:
            assert value is None
        else:
            assert value.to(unit).magnitude == pytest.approx(expected, rel=1e-12)
    assert resolve(entry).target_accuracy is None


@pytest.mark.parametrize("entry", SCENARIOS)
def test_a_scenario_can_be_solved(entry):
    scenario = resolve(entry)
    precision = "int8" if "int8" in scenario.hardware.precisions else "fp16"

    result = mlsysim.Engine.solve(scenario.model, scenario.hardware, 1, precision)

    assert result.latency.magnitude > 0
    assert result == mlsysim.Engine.solve(scenario.workload, scenario.hardware, 1, precision)
