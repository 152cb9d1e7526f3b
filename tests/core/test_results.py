"""Six stable fields, and where they come from."""

import json
import math
import pickle

import pint
import pytest
from mlsysim_core import Engine, PerformanceProfile, ureg
from mlsysim_core.errors import FrozenError

from .examples import B200, BARE, BAREST, BERT_BASE, ESP32_S3, H100, LLAMA_2_70B, LLAMA_3_8B

PROFILE = Engine.solve(LLAMA_3_8B, H100, 32)


def test_six_fields_have_the_promised_types():
    assert isinstance(PROFILE.latency, pint.Quantity)
    assert isinstance(PROFILE.throughput, pint.Quantity)
    assert isinstance(PROFILE.energy, pint.Quantity)
    assert type(PROFILE.bottleneck) is str
    assert type(PROFILE.mfu) is float
    assert type(PROFILE.feasible) is bool


def test_quantities_convert_and_belong_to_the_one_registry():
    assert PROFILE.latency.m_as("s") == pytest.approx(PROFILE.seconds, rel=1e-15)
    assert PROFILE.throughput.m_as("1/s") == pytest.approx(32 / PROFILE.seconds)
    assert PROFILE.throughput.units == ureg.Unit("token/s")
    assert PROFILE.energy.m_as("kWh") == pytest.approx(PROFILE.joules / 3.6e6)
    assert (PROFILE.latency + ureg("1 ms")).check("[time]")


def test_samples_are_counted_where_nothing_is_written():
    assert Engine.solve(BERT_BASE, H100).throughput.units == ureg.Unit("sample/s")


def test_parts_of_the_latency_can_be_read_as_quantities():
    account = PROFILE.account

    assert PROFILE.latency_compute.m_as("s") == pytest.approx(account.arithmetic)
    assert PROFILE.latency_memory.m_as("s") == pytest.approx(account.movement + account.host)
    assert PROFILE.latency_overhead.m_as("s") == pytest.approx(account.launch)


def test_intensity_is_operations_for_each_byte():
    # The older package dropped the prefix of the unit: 9e-10 instead of 0.9.
    intensity = PROFILE.arithmetic_intensity.m_as("FLOP/byte")

    assert intensity == pytest.approx(PROFILE.details.flops / PROFILE.account.traffic)
    assert 1.0 < intensity < 100.0


def test_the_footprint_is_the_sum_of_what_is_kept():
    stack = BAREST.model_copy(update={"reserve": 0.125})

    profile = Engine.solve(LLAMA_3_8B, H100, 32, stack=stack)

    details = profile.details
    assert details.reserve == 10e9
    kept = details.weights + details.cache + details.activations + details.reserve
    assert profile.memory_footprint.m_as("byte") == pytest.approx(kept)


@pytest.mark.parametrize("name", ["latency", "seconds", "feasible", "details", "florps", "__doc__"])
def test_answers_never_change(name):
    with pytest.raises(FrozenError, match="never changes"):
        setattr(PROFILE, name, 5)
    with pytest.raises(FrozenError, match="never changes"):
        delattr(PROFILE, name)


def test_parts_of_answers_never_change():
    with pytest.raises(AttributeError):
        PROFILE.details.batch_size = 5
    with pytest.raises(AttributeError):
        PROFILE.account.compute = 5.0
    PROFILE.explain().parts["weights"] = 0.0
    assert PROFILE.explain().parts["weights"] > 0.0


def test_answers_to_different_questions_differ():
    questions = [
        {},
        {"batch_size": 33},
        {"precision": "bf16"},
        {"efficiency": 0.5},
        {"seq_len": 2047},
        {"stack": "Ideal"},
        {"kv_precision": "fp8"},
    ]

    answers = {Engine.solve(LLAMA_3_8B, H100, **{"batch_size": 32, **one}) for one in questions}

    assert len(answers) == len(questions)
    assert PROFILE in answers
    assert PROFILE != "latency"


def test_infinite_answers_survive_pickling():
    profile = Engine.solve(LLAMA_3_8B, ESP32_S3, precision="int8")

    assert pickle.loads(pickle.dumps(profile)) == profile
    assert math.isinf(profile.latency.magnitude)


def test_what_was_asked_is_told():
    details = Engine.solve(LLAMA_3_8B, H100, 4, "FP8", 0.5, seq_len=100, stack="ideal").details

    assert (details.model, details.hardware) == ("Llama-3-8B", "H100")
    assert (details.batch_size, details.seq_len) == (4, 100)
    assert (details.precision, details.arithmetic) == ("fp8", "fp8")
    assert (details.efficiency, details.stack, details.phase) == (0.5, "Ideal", "decode")
    assert details.capacity == 80e9


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (PROFILE, ["Llama-3-8B on H100", " ms", "token/s", "Memory-bound", "mfu 0."]),
        (Engine.solve(LLAMA_2_70B, H100), ["does not fit"]),
        (Engine.solve(LLAMA_2_70B, B200, efficiency=0.0), ["infinite", "0 token/s"]),
    ],
    ids=["usual", "too large", "infinite"],
)
def test_a_line_says_what_matters(profile, words):
    assert "\n" not in repr(profile)
    assert all(word in repr(profile) for word in words)


def test_unknown_energy_is_not_zero():
    energy = Engine.solve(LLAMA_3_8B, BARE).energy

    assert energy.check("[energy]")
    assert math.isnan(energy.m_as("J"))


def test_details_can_be_written_as_json():
    details = PROFILE.details
    values = {name: getattr(details, name) for name in type(details).__annotations__}

    again = json.loads(json.dumps(values))

    assert again["batch_size"] == 32
    assert again["weights"] == details.weights


def test_a_profile_is_made_of_all_its_values():
    with pytest.raises((KeyError, TypeError)):
        PerformanceProfile(seconds=1.0)
