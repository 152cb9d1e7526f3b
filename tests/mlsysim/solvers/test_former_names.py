"""Classes, inputs and values by the names that users of older releases know."""

import tomllib
from pathlib import Path

import mlsysim.solvers
import pytest
from mlsysim_core import InputError, UnknownValueError
from mlsysim_core.specs import SystemSpec

from .test_every_solver import EXAMPLES

pytestmark = pytest.mark.filterwarnings(
    "ignore::mlsysim_core.deprecation.MLSysimDeprecationWarning"
)
KNOWN = tomllib.loads(Path(__file__).with_name("former_names.toml").read_text(encoding="utf-8"))
UNREACHED = {("SynthesisSolver", one) for one in ("required_flops", "compute_memory_ratio")}
"""No more arithmetic makes the example's pass faster."""
INPUTS = [(name, one) for name, known in KNOWN.items() for one in known["inputs"]]
VALUES = [(name, one) for name, known in KNOWN.items() for one in known["values"]]


def ask(name, **given):
    return getattr(mlsysim.solvers, name)().solve(**given)


@pytest.fixture(scope="module")
def answer():
    known = {}

    def example(name):
        if name not in known:
            known[name] = ask(name, **EXAMPLES[name])
        return known[name]

    return example


@pytest.mark.parametrize(("name", "given"), INPUTS)
def test_inputs_are_taken_or_their_successors_named(name, given):
    solver = getattr(mlsysim.solvers, name)
    if given in solver.inputs():
        return
    former = solver._former[given]
    if isinstance(former, str):
        with pytest.raises(TypeError, match=rf"{name}\.solve has no {given}: "):
            ask(name, **EXAMPLES[name], **{given: 1})
    else:
        assert former.name in solver.inputs()


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_values_are_there_or_their_successors_named(name, value, answer):
    result = answer(name)
    former = type(result)._former.get(value)
    if former is not None and not isinstance(former, str) and former.read is None:
        with pytest.raises(UnknownValueError, match=rf"has no {value} any more\. Use: "):
            getattr(result, value)
    elif (name, value) in UNREACHED:
        with pytest.raises(InputError, match="with endlessly more of it"):
            getattr(result, value)
    else:
        assert getattr(result, value) is not None


def test_former_inputs_mean_what_they_meant():
    system = SystemSpec(name="pod", node="DGX_H100", nodes=4, fabric="InfiniBand_NDR")
    rate = {"device_mtbf_hours": 5e4}
    assert ask(
        "ReliabilityModel",
        fleet=system,
        job_duration_hours=720.0,
        checkpoint_time_s=60.0,
        avg_recovery_time_s=300.0,
        **rate,
    ) == ask(
        "ReliabilityModel",
        system=system,
        duration_days=30.0,
        checkpoint_seconds=60.0,
        recovery_seconds=300.0,
        **rate,
    )
    assert ask(
        "CheckpointModel",
        model="Llama3_8B",
        hardware="H100",
        checkpoint_interval_hours=0.5,
        n_writers=2,
        filesystem_limit_gbs=10,
    ) == ask(
        "CheckpointModel",
        model="Llama3_8B",
        system="H100",
        interval_seconds=1800.0,
        writers=2,
        storage_bandwidth="10 GB/s",
    )
    assert ask("EconomicsModel", fleet="H100", duration_days=30.0, pue=1.1, kwh_price=0.12) == ask(
        "EconomicsModel",
        system="H100",
        duration_days=30.0,
        pue=1.1,
        electricity_price="0.12 USD/kWh",
    )
    compressed = ask("CompressionModel", model="Llama3_8B", hardware="H100", target_bitwidth=4)
    assert compressed.compressed.details.precision == "int4"


def test_one_name_at_a_time():
    with pytest.raises(InputError, match="give system or fleet, which are the same"):
        ask("OrchestrationModel", fleet="DGX_H100", **EXAMPLES["OrchestrationModel"])
