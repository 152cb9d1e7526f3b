"""Arguments and fields of old: each is read, or says what to write instead."""

import inspect
import pickle

import mlsysim_solvers
import pytest
from mlsysim_core import HardwareSpec, ModelSpec, SystemSpec
from mlsysim_core.deprecation import MLSysimDeprecationWarning
from mlsysim_core.specs import FabricSpec, NodeSpec
from mlsysim_solvers import (
    CheckpointModel,
    CompressionModel,
    ContinuousBatchingModel,
    DataModel,
    DistributedModel,
    EconomicsModel,
    InferenceScalingModel,
    ParallelismOptimizer,
    ReliabilityModel,
    ResponsibleEngineeringModel,
    ScalingModel,
    SensitivitySolver,
    ServingModel,
    SustainabilityModel,
    SynthesisSolver,
)

from .serving_specs import CHIP as SERVER_CHIP
from .serving_specs import DENSE

CHIP = SERVER_CHIP.model_copy(update={"compute.peak.bf16": "989 TFLOP/s"})
quiet = pytest.mark.filterwarnings("ignore::DeprecationWarning")
NODE = NodeSpec(name="node", accelerator=CHIP, accelerators=8, link_bandwidth="450 GB/s", ports=8)
FABRIC = FabricSpec(name="fabric", bandwidth="50 GB/s", latency="1 us")
SYSTEM = SystemSpec(name="system", node=NODE, nodes=4, fabric=FABRIC)
BUILDING = {"pue": 1.25, "host_power": "0 W", "network_power": "0 W"}
ELECTRICITY = {"carbon_intensity": "100 gCO2e/kWh", "wue": "2 L/kWh"}
CLEAN = {**BUILDING, **ELECTRICITY, "embodied_carbon": "164 kgCO2e"}


def results():
    yield ContinuousBatchingModel().solve(DENSE, CHIP)
    yield CheckpointModel().solve(
        DENSE, SYSTEM, storage_bandwidth="10 GB/s", device_mtbf_hours=50_000
    )
    yield CompressionModel().solve(DENSE, CHIP, target_precision="int4")
    yield DataModel().solve("2 GB/s", CHIP, storage_bandwidth="10 GB/s")
    yield DistributedModel().solve(DENSE, SYSTEM, 64, tp_size=8)
    yield InferenceScalingModel().solve(DENSE, CHIP)
    yield ResponsibleEngineeringModel().solve("3 days")
    yield ScalingModel().solve("1e24 flop")
    yield ParallelismOptimizer().solve(DENSE, SYSTEM, 64, zero_stages=(3,))
    yield SensitivitySolver().solve(DENSE, CHIP)
    yield SustainabilityModel().solve(SYSTEM, 30, **CLEAN)
    yield SynthesisSolver().solve(DENSE, CHIP, "8 ms")


RESULTS = {type(result).__name__: result for result in results()}
PUBLIC = [getattr(mlsysim_solvers, name) for name in mlsysim_solvers.__all__]
SOLVERS = [one for one in PUBLIC if getattr(one, "solve", None) and one.__dict__.get("_former")]
FIELDS = {kind: type(result)._former for kind, result in RESULTS.items() if result._former}
NAMES = [(kind, name) for kind, names in FIELDS.items() for name in names]


def gone(kind, name):
    old = FIELDS[kind][name]
    return not isinstance(old, str) and old.read is None


def test_all_results_with_old_fields_are_tried():
    answers = {one.__name__ for one in PUBLIC if getattr(one, "_former", None)}
    answers -= {one.__name__ for one in SOLVERS}

    assert answers - set(RESULTS) == {"EconomicsResult"}


@pytest.mark.parametrize(("kind", "name"), [one for one in NAMES if not gone(*one)])
def test_an_old_field_is_read_with_a_warning_at_the_line_that_asks(kind, name):
    with pytest.warns(MLSysimDeprecationWarning, match=rf"^{kind}\.{name} is .*Use: \S") as caught:
        value = getattr(RESULTS[kind], name)

    assert value is not None
    assert [one.filename for one in caught] == [__file__]


@pytest.mark.parametrize(("kind", "name"), [one for one in NAMES if gone(*one)])
def test_a_field_that_means_nothing_any_more_says_what_to_write(kind, name):
    with pytest.raises(AttributeError, match=rf"^{kind} has no {name} any more\. Use: \S"):
        getattr(RESULTS[kind], name)


@pytest.mark.parametrize("kind", FIELDS)
def test_an_old_field_hides_no_new_one(kind):
    assert set(dir(type(RESULTS[kind]))) & set(FIELDS[kind]) == set()


@pytest.mark.parametrize("kind", RESULTS)
def test_results_still_pickle_and_miss_what_they_never_had(kind):
    assert pickle.loads(pickle.dumps(RESULTS[kind])) == RESULTS[kind]
    assert not hasattr(RESULTS[kind], "florps")


@pytest.mark.parametrize("solver", SOLVERS)
def test_an_old_keyword_leads_to_a_new_one(solver):
    new = inspect.signature(solver.solve).parameters
    old = solver._former

    assert {one.name for one in old.values() if not isinstance(one, str)} <= set(new)
    assert set(old) & set(new) == set()


def test_training_takes_old_keywords():
    with pytest.warns(MLSysimDeprecationWarning) as caught:
        old = DistributedModel().solve(
            model=DENSE, fleet=SYSTEM, batch_size=64, tp_size=8, overlap_comm=False
        )

    assert old == DistributedModel().solve(DENSE, SYSTEM, 64, tp_size=8, overlap=False)
    assert {one.filename for one in caught} == {__file__}


@quiet
def test_costs_take_old_keywords_and_name_the_same_energy():
    cost = EconomicsModel().solve(
        fleet=SYSTEM, duration_days=30, kwh_price=0.1, amortization_years=3,
        node_price="300000 USD", network_price="0 USD", **BUILDING,
    )  # fmt: skip

    # 32 devices of 700 W for 720 h, times 1.25: 20,160 kWh.
    assert cost.total_energy_kwh.m_as("kWh") == pytest.approx(20160)
    assert cost.it_energy_kwh.m_as("kWh") == pytest.approx(16128)
    assert cost.region_name == "the grid"
    assert cost.pue == 1.25
    assert cost.opex_energy_usd == pytest.approx(2016)


@quiet
def test_numbers_that_carried_their_unit_in_the_name_are_plain():
    use = RESULTS["SustainabilityResult"]

    assert use.water_usage_liters == pytest.approx(2 * 16128)
    assert use.carbon_footprint_kg == pytest.approx(2016 + use.embodied_carbon_kg)


@quiet
def test_reliability_and_checkpoints_take_hours_and_seconds_as_before():
    run = ReliabilityModel().solve(
        fleet=SYSTEM, job_duration_hours=48, checkpoint_time_s=60, avg_recovery_time_s=300,
        device_mtbf_hours=50_000,
    )  # fmt: skip
    written = CheckpointModel().solve(
        model=DENSE, hardware=CHIP, n_writers=1, filesystem_limit_gbs=10,
        checkpoint_interval_hours=4,
    )  # fmt: skip

    assert (run.seconds, run.checkpoint_seconds, run.recovery_seconds) == (172800, 60, 300)
    assert (written.store_bandwidth, written.writers) == (10e9, 1)


@quiet
def test_bits_become_formats():
    old = CompressionModel().solve(DENSE, CHIP, method="quantization", target_bitwidth=4)

    assert old == CompressionModel().solve(DENSE, CHIP, target_precision="int4")
    with pytest.raises(ValueError, match="7"):
        CompressionModel().solve(DENSE, CHIP, target_bitwidth=7)


@pytest.mark.parametrize("name", ["is_lora", "straggler_factor", "topology_override"])
def test_a_keyword_that_means_nothing_any_more_is_a_type_error(name):
    with pytest.raises(TypeError, match=rf"DistributedModel\.solve has no {name}: \S"):
        DistributedModel().solve(DENSE, SYSTEM, **{name: 1})


def test_classes_say_what_they_are_called_anyway():
    with pytest.warns(MLSysimDeprecationWarning) as caught:
        kinds = [one.resolver_type() for one in (ServingModel, SensitivitySolver)]

    assert kinds == ["model", "solver"]
    assert caught[0].filename == __file__


def test_specs_made_by_hand_serve_as_well_as_entries():
    chip = HardwareSpec(
        name="mine",
        compute={"peak": {"fp16": "10 TFLOP/s"}},
        memory={"capacity": "64 GB", "bandwidth": "1 TB/s"},
    )
    small = ModelSpec(name="small", architecture={"kind": "totals", "parameters": 10**9})

    with pytest.warns(MLSysimDeprecationWarning):
        written = CheckpointModel().solve(model=small, hardware=chip, filesystem_limit_gbs=1)

    assert written.write_time_seconds == pytest.approx(14.0)  # 14 bytes for each parameter
