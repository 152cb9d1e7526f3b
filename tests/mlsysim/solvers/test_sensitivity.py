"""Derivatives of the engine, and its inverse."""

import math
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import Engine, HardwareSpec, InputError, InputTypeError
from mlsysim_solvers import SensitivitySolver, SynthesisSolver

CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"fp16": "100 TFLOP/s"}},
    memory={"capacity": "24 GB", "bandwidth": "1 TB/s", "sustained": 1.0},
)
QUESTIONS = [
    ("Llama3_8B", "H100", {}),
    ("Llama3_8B", "H100", {"batch_size": 64, "seq_len": 4096}),
    ("Llama3_70B", "H100", {}),
    ("ResNet50", "A100", {"batch_size": 32}),
    ("AnomalyDetector", "ESP32_S3", {"precision": "int8"}),
]


def slopes(*question, **given):
    return SensitivitySolver().solve(*question, **given)


@pytest.mark.parametrize(("model", "hardware", "given"), QUESTIONS)
def test_more_of_anything_never_makes_it_slower(model, hardware, given):
    found = slopes(model, hardware, **given)

    assert all(slope <= 1e-6 for slope in found.sensitivities.values())
    assert found.baseline == Engine.solve(model, hardware, **given)


def test_a_memory_bound_pass_on_the_textbook_roofline_depends_on_bandwidth_alone():
    found = slopes("Llama3_8B", CHIP, stack="Ideal")

    assert found.sensitivities["memory_bandwidth"] == pytest.approx(-1.0, abs=1e-6)
    assert found.sensitivities["compute"] == 0.0
    assert found.binding_constraint == "memory_bandwidth"


def test_a_compute_bound_pass_depends_on_arithmetic_alone():
    found = slopes("Llama3_8B", CHIP, stack="Ideal", phase="prefill", seq_len=4096)

    assert found.sensitivities["compute"] < -0.95
    assert found.binding_constraint == "compute"


def test_the_next_constraint_binds_where_it_is_said_to():
    found = slopes("ResNet50", "H100", batch_size=32)

    assert (found.binding_constraint, found.next_constraint) == ("memory_bandwidth", "compute")
    assert 1.0 < found.next_factor < 2.0


def test_flash_stays_when_memory_is_perturbed():
    # The audit's case: 10 % more bandwidth made an anomaly detector 232 % slower.
    found = slopes("AnomalyDetector", "ESP32_S3", precision="int8", perturbation_pct=10.0)

    assert -1.0 <= found.sensitivities["memory_bandwidth"] < 0.0
    assert found.sensitivities["memory_capacity"] == 0.0


def test_what_does_not_fit_is_bound_by_capacity():
    spilling, hopeless = slopes("Llama3_70B", "H100"), slopes("Llama3_70B", CHIP)

    assert spilling.binding_constraint == hopeless.binding_constraint == "memory_capacity"
    assert spilling.sensitivities["memory_capacity"] < -1.0
    assert math.isinf(hopeless.baseline.seconds)
    assert hopeless.next_factor == pytest.approx(
        hopeless.baseline.details.footprint / 24e9, rel=0.1
    )
    assert hopeless.sensitivities["memory_bandwidth"] < -0.5


@pytest.mark.parametrize("step", [0.0, -1.0, float("nan"), 200.0])
def test_steps_out_of_range_are_refused(step):
    with pytest.raises(InputError):
        slopes("Llama3_8B", "H100", perturbation_pct=step)


def test_a_latency_without_end_is_refused():
    with pytest.raises(InputError, match="efficiency must be above 0"):
        slopes("Llama3_8B", "H100", efficiency=0.0)
    with pytest.raises(InputError, match="efficiency must be above 0"):
        SynthesisSolver().solve("Llama3_8B", "H100", "5 ms", efficiency=0.0)


def test_sensitivities_explain_themselves_and_travel():
    found = slopes("ResNet50", "H100", batch_size=32)

    assert "bound by memory bandwidth" in found.explain()
    assert "binds" in found.explain()
    assert "does not fit" in slopes("Llama3_70B", CHIP).explain()
    assert pickle.loads(pickle.dumps(found)) == found


@settings(max_examples=20, deadline=None)
@given(
    question=st.sampled_from(QUESTIONS),
    factor=st.floats(0.05, 20.0),
    way=st.sampled_from(["memory_bandwidth", "compute", "both"]),
)
def test_synthesis_is_the_inverse_of_solve(question, factor, way):
    model, hardware, given = question
    target = factor * Engine.solve(model, hardware, **given).seconds
    made = SynthesisSolver().solve(model, hardware, f"{target!r} s", **given)

    if dict(made.factors)[way] is None:
        assert dict(made.limits)[way] > target or way == "compute"
    else:
        assert made.profile(way).seconds == pytest.approx(target, rel=1e-9)
        assert made.profile(way).feasible
        again = Engine.solve(model, made.hardware(way), **given)
        assert again.seconds == pytest.approx(target, rel=1e-9)


def test_fifty_milliseconds_are_fifty_milliseconds():
    # The audit's case gave 55.33 ms.
    made = SynthesisSolver().solve("Llama3_8B", "H100", "50 ms", 64)

    assert made.profile().latency.m_as("ms") == pytest.approx(50.0, rel=1e-9)
    assert made.required_bw.m_as("TB/s") < 3.35
    assert made.required_flops.m_as("TFLOP/s") < 989.4
    assert made.required_memory.m_as("GB") > 16.0


def test_what_does_not_fit_is_given_the_memory_first():
    made = SynthesisSolver().solve("Llama3_70B", "H100", "10 ms")

    assert made.hardware().memory.capacity.m_as("GB") > 141.0
    assert made.profile().feasible


def test_what_cannot_be_reached_says_how_far_one_gets():
    made = SynthesisSolver().solve("Llama3_8B", "H100", "2 ms")

    with pytest.raises(InputError, match="with endlessly more of it, it is"):
        _ = made.required_flops
    with pytest.raises(InputError, match="way must be one of"):
        made.factor("luck")
    assert "compute: cannot be" in made.explain()


@pytest.mark.parametrize(
    ("target", "phase"),
    [("20 ms", "decode"), ("5 ms", "decode"), ("3 ms", "decode"), ("60 ms", "prefill")],
)
def test_as_many_devices_as_it_takes_and_no_fewer(target, phase):
    made = SynthesisSolver().solve("Llama3_8B", "H100", target, phase=phase, seq_len=4096)
    count = made.required_devices

    assert made.seconds_on(count) <= made.target_seconds
    shares = [one for one in (1, 2, 4, 8, 16, 32) if one < count]
    assert all(made.seconds_on(one) > made.target_seconds for one in shares)


@pytest.mark.parametrize(("model", "given"), [("Llama3_8B", {"seq_len": 4096}), ("ResNet50", {})])
def test_one_of_the_devices_is_the_engine_s(model, given):
    made = SynthesisSolver().solve(model, "H100", "1 s", 4, **given)

    assert made.seconds_on(1) == Engine.solve(model, "H100", 4, **given).seconds
    assert made.required_devices == 1


def test_samples_are_dealt_out_to_devices():
    # 256 to four devices: 64 each
    made = SynthesisSolver().solve("ResNet50", "A100", "5 ms", 256)

    assert made.seconds_on(4) == Engine.solve("ResNet50", "A100", 64).seconds
    assert Engine.solve("ResNet50", "A100", 86).seconds > 5e-3 > made.seconds_on(4)
    assert made.required_devices == 4


def test_devices_that_cannot_do_it_say_how_near_they_come():
    with pytest.raises(InputError, match=r"with 16 of them, it is 2\.\d+ ms"):
        _ = SynthesisSolver().solve("Llama3_8B", "H100", "2 ms").required_devices
    with pytest.raises(InputError, match="holds Llama3_8B"):
        _ = SynthesisSolver().solve("Llama3_8B", "ESP32_S3", "2 ms").required_devices
    with pytest.raises(InputError, match="ask search or ParallelismOptimizer"):
        _ = SynthesisSolver().solve("BERT_Base", "H100", "1 ms", is_training=True).required_devices
    assert (
        "4 devices as they are"
        in SynthesisSolver().solve("ResNet50", "A100", "5 ms", 256).explain()
    )


@pytest.mark.parametrize("target", ["0 ms", "-1 ms", "nan s", "5 GB"])
def test_targets_that_make_no_sense_are_refused(target):
    with pytest.raises(InputError):
        SynthesisSolver().solve("Llama3_8B", "H100", target)


def test_a_bare_number_is_no_target_and_results_travel():
    with pytest.raises(InputTypeError, match="has no unit"):
        SynthesisSolver().solve("Llama3_8B", "H100", 0.05)
    made = SynthesisSolver().solve("Llama3_8B", "H100", "2 ms", seq_len=1024)
    assert pickle.loads(pickle.dumps(made)) == made
    assert hash(made)
