"""User code as written against 0.1.0. Frozen: never edit, only delete with the 0.1 series.

Runs unchanged against every later 0.1.x, and every pint, pydantic and Python in the matrix.
Uses nothing but what the API stability promise names.
"""

import pickle
from concurrent.futures import ThreadPoolExecutor

import pint
import pytest
from mlsysim import Engine, Hardware, Models, Scenarios, ureg


@pytest.fixture(scope="module")
def result():
    return Engine.solve(
        model=Models.Llama3_70B,
        hardware=Hardware.H100,
        batch_size=32,
        precision="int8",
        efficiency=0.45,
    )


def test_five_parameters_by_position_and_by_registry_name(result):
    assert Engine.solve("Llama3_70B", "H100", 32, "int8", 0.45) == result


def test_five_precisions_and_both_ends_of_efficiency():
    for precision in ("fp32", "fp16", "bf16", "int8", "int4"):
        for efficiency in (0.0, 0.45, 1.0):
            assert Engine.solve("GPT2", "A100", 8, precision, efficiency).latency > 0 * ureg.s


def test_quantities_belong_to_the_registry(result):
    for quantity in (result.latency, result.throughput, result.energy):
        assert isinstance(quantity, pint.Quantity)
        assert quantity + 0 * ureg.Quantity(1, quantity.units) == quantity


def test_units_convert(result):
    assert result.latency.to("ms").magnitude > 0
    assert result.latency.to(ureg.second).magnitude > 0
    assert result.energy.to("kWh").magnitude > 0
    assert result.throughput.to("1/second").magnitude > 0
    assert f"{result.latency:.2f}" and f"{result.throughput.to('1/s'):~P}"


def test_plain_fields_are_plain_python(result):
    assert type(result.bottleneck) is str and result.bottleneck in {"Compute", "Memory"}
    assert type(result.mfu) is float and 0 <= result.mfu <= 1
    assert type(result.feasible) is bool


def test_a_result_survives_pickling(result):
    assert pickle.loads(pickle.dumps(result)) == result


def test_a_sweep_in_threads_is_a_sweep():
    batches = [1, 2, 4, 8, 16, 32, 64]
    one_by_one = [Engine.solve("Llama3_8B", "A100", batch) for batch in batches]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: Engine.solve("Llama3_8B", "A100", one), batches)) == one_by_one


def test_registry_entries_have_both_spellings():
    assert Hardware.Cloud.H100 is Hardware.H100
    assert Models.Language.GPT2 is Models.GPT2
    assert {"A100", "H100"} <= set(dir(Hardware))
    assert {"GPT2", "Llama3_70B"} <= set(dir(Models))


def test_scenarios_can_be_solved():
    for name in ("SmartDoorbell", "ChatbotServing", "MobileHealth"):
        scenario = getattr(Scenarios, name)

        profile = Engine.solve(scenario.workload, scenario.system, precision="int8")
        assert profile.latency.to("ms").magnitude / scenario.sla_latency.to("ms").magnitude > 0


def test_training_mode_is_taken():
    assert Engine.solve("GPT2", "H100", 4, "bf16", is_training=True).latency > 0 * ureg.s


def test_old_names_work_and_warn():
    with pytest.warns(DeprecationWarning):
        from mlsysim import BaseModel
    with pytest.warns(DeprecationWarning):
        from mlsysim import DistributedModel, ForwardModel
    from mlsysim.core.solver import ForwardModel as at_its_new_place
    from mlsysim.solvers import DistributedModel as at_its_new_place_too
    from mlsysim.solvers import ForwardModel as at_the_other_place
    from mlsysim.solvers import ServingModel

    assert BaseModel is ForwardModel is at_its_new_place is at_the_other_place
    assert DistributedModel is at_its_new_place_too
    assert ServingModel
