"""What every solver owes: grounds, schemas, explanations, units, names that users know."""

import json
import pickle
import re

import mlsysim.solvers
import pytest
from mlsysim_core import InputError, InputTypeError, MissingValueError, UnknownValueError
from mlsysim_core.answer import Answer
from mlsysim_core.solver import Solver
from mlsysim_solvers import Requests

REQUESTS = Requests.generate(20, prompt_len=256, output_len=16, rate=4.0)
LLAMA = {"model": "Llama3_8B", "hardware": "H100"}
SERVED = {**LLAMA, "seq_len": 512}
EXAMPLES = {
    "BatchingOptimizer": {
        **SERVED,
        "sla_latency_ms": 4e3,
        "arrival_rate_qps": 2.0,
        "max_search_batch": 32,
    },
    "CheckpointModel": {
        "model": "Llama3_8B",
        "system": "DGX_H100",
        "storage": "NVMe_Gen4",
        "failure": "Llama3_405B_Run",
    },
    "CompressionModel": {**LLAMA, "target_precision": "int8"},
    "ContinuousBatchingModel": {**SERVED, "max_batch_size": 16},
    "DataModel": {
        "workload_data_rate": "1 GB/s",
        "hardware": "H100",
        "storage": "NVMe_Gen4",
    },
    "DisaggregatedModel": {
        "model": "Llama3_8B",
        "prefill_hardware": "H100",
        "decode_hardware": "A100",
        "requests": REQUESTS,
    },
    "DistributedModel": {"model": "Llama3_8B", "system": "DGX_H100", "batch_size": 64},
    "EconomicsModel": {
        "system": "H100",
        "duration_days": 30.0,
        "operator": "Meta",
        "grid": "US_Avg",
        "cloud_offer": "Lambda class, 2024",
    },
    "EfficiencyModel": {**LLAMA, "phase": "prefill"},
    "FitModel": LLAMA,
    "ForwardModel": LLAMA,
    "InferenceScalingModel": LLAMA,
    "OrchestrationModel": {
        "system": "Research_256",
        "arrival_rate_jobs_per_day": 20.0,
        "avg_job_duration_days": 1.0,
        "devices_per_job": 8,
    },
    "ParallelismOptimizer": {
        "model": "Llama3_8B",
        "system": "DGX_H100",
        "batch_size": 64,
        "zero_stages": (3,),
    },
    "PlacementOptimizer": {
        "system": "DGX_H100",
        "duration_days": 30.0,
        "regions": ["US_Avg", "Quebec"],
        "operator": "Meta",
        "node_price": "300000 USD",
    },
    "ReliabilityModel": {
        "system": "Research_256",
        "duration_days": 30.0,
        "failure": "Meta_RSC_1",
        "checkpoint_seconds": 30.0,
    },
    "ResponsibleEngineeringModel": {"base_training_time": "3 days", "per_sample_slowdown": 2.0},
    "ScalingModel": {"compute_budget": "1e24 FLOP", "law": "besiroglu"},
    "SensitivitySolver": LLAMA,
    "ServingCapacityModel": {**LLAMA, "arrival_rate_qps": 2.0, "hourly_price": 2.5},
    "ServingModel": SERVED,
    "ServingOptimizer": {**LLAMA, "max_devices": 2, "batches": (1, 8)},
    "SimulationModel": {**LLAMA, "requests": REQUESTS},
    "SingleNodeModel": LLAMA,
    "SustainabilityModel": {
        "system": "DGX_H100",
        "duration_days": 30.0,
        "operator": "Meta",
        "grid": "US_Avg",
    },
    "SynthesisSolver": {**LLAMA, "target_latency": "5 ms"},
    "TailLatencyModel": {
        "arrival_rate_qps": 8.0,
        "service_latency_ms": 100.0,
        "num_replicas": 2,
        "slo_latency_ms": 500.0,
    },
    "TopologyModel": {"fabric": "InfiniBand_NDR"},
    "TransformationModel": {
        "batch_size": 256,
        "sample_size": "110 kB",
        "cpu_throughput": "150 MB/s",
        "accelerator_step_time": "100 ms",
        "hardware": "A100",
    },
    "WeightStreamingModel": {**LLAMA, "phase": "prefill"},
}
SOLVERS = {
    name: one
    for name in mlsysim.solvers.__all__
    if isinstance(one := getattr(mlsysim.solvers, name), type) and issubclass(one, Solver)
}
every_solver = pytest.mark.parametrize("name", SOLVERS)


@pytest.fixture(scope="module")
def answer():
    """Ask each solver its example once."""
    known = {}

    def ask(name):
        if name not in known:
            known[name] = SOLVERS[name]().solve(**EXAMPLES[name])
        return known[name]

    return ask


def test_every_solver_has_an_example():
    assert EXAMPLES.keys() == SOLVERS.keys()


@every_solver
def test_grounds_are_stated(name):
    solver = SOLVERS[name]

    assert solver.__doc__
    assert solver.assumptions
    assert all(isinstance(one, str) and one for one in solver.assumptions)
    assert re.search(r"\b(above|below|neither side|exact)\b", solver.bounds)
    assert solver.sources()
    assert all(re.search(r"\b(1[89]|20)\d\d\b", source) for source in solver.sources())


@every_solver
def test_inputs_and_outputs_have_a_schema(name):
    schema = SOLVERS[name].schema()

    assert json.loads(json.dumps(schema)) == schema
    assert schema["inputs"].keys() == SOLVERS[name].inputs().keys()
    assert all(one["type"] and one["description"] for one in schema["inputs"].values())
    assert schema["outputs"]
    assert all(one["type"] for one in schema["outputs"].values())


def has_a_unit(name, told):
    """Tell whether an input is a quantity, or a number with its unit in its name."""
    ending = name.rpartition("_")[2]
    kind = told["type"].removeprefix("typing.").removesuffix(" | None")
    return kind == "Any" or ending in {"days", "hours", "seconds", "years", "ms", "qps"}


@every_solver
def test_inputs_that_have_a_unit_say_which(name):
    for given, told in SOLVERS[name].schema()["inputs"].items():
        elsewhere = re.search(r"As (in|there)", told["description"])
        if given != "settings" and has_a_unit(given, told) and not elsewhere:
            assert told["unit"] or '``"' in told["description"], given


@every_solver
def test_the_answer_is_of_the_type_that_was_promised(name, answer):
    promised = SOLVERS[name].answers()

    assert issubclass(promised, Answer)
    assert type(answer(name)) is promised
    for value, told in promised.schema().items():
        if told["type"].strip("'") == "Quantity":
            assert _is_quantity_or_says_why(answer(name), value), value


def _is_quantity_or_says_why(result, value):
    try:
        return isinstance(getattr(result, value), mlsysim.ureg.Quantity)
    except MissingValueError as error:
        return "give " in str(error) or "not published" in str(error)
    except InputError as error:
        return "with endlessly more of it" in str(error)


@every_solver
def test_the_answer_explains_itself(name, answer):
    text = str(answer(name).explain())

    assert len(text.splitlines()) >= 2
    assert "nan" not in text.split()


@every_solver
def test_the_answer_travels(name, answer):
    assert pickle.loads(pickle.dumps(answer(name))) == answer(name)


@every_solver
def test_what_is_misspelt_is_named(name, answer):
    solver = SOLVERS[name]
    first = next(iter(EXAMPLES[name]))
    if "settings" not in solver.inputs():
        with pytest.raises(InputTypeError, match=f"did you mean.* {first}"):
            solver().solve(**{**EXAMPLES[name], f"{first}_": 1})
    value = next(iter(solver.answers().schema()))
    with pytest.raises(UnknownValueError, match=value):
        getattr(answer(name), f"{value}_")


def needed(solver):
    """Return the parameters of a solver that have no default."""
    inputs = solver.schema()["inputs"]
    return [name for name in inputs if name != "settings" and "default" not in inputs[name]]


@pytest.mark.parametrize("name", [name for name, solver in SOLVERS.items() if needed(solver)])
def test_what_is_missing_is_named(name):
    with pytest.raises(InputTypeError, match=", ".join(needed(SOLVERS[name]))):
        SOLVERS[name]().solve()
