"""What holds for every model on every device that ships.

`MLSYSIM_EXAMPLES` sets how many questions each property is asked; a session asks very many.
"""

import math
import os

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mlsysim import Engine, MLSysimError, PerformanceProfile
from mlsysim_registry import get, names

pytestmark = pytest.mark.slow
MODELS, DEVICES = names("model"), names("hardware")
STACKS = ("Optimized", "Ideal", "PyTorch_Eager", "vLLM", "Llama_CPP")
thorough = settings(
    max_examples=int(os.environ.get("MLSYSIM_EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@st.composite
def questions(draw):
    """A model, a device, and arguments that the engine has an answer to."""
    model = get("model", draw(st.sampled_from(MODELS)))
    hardware = get("hardware", draw(st.sampled_from(DEVICES)))
    peaks = [name for name, peak in hardware.compute.peak if peak]
    settings = {
        "batch_size": round(2 ** draw(st.floats(0.0, 12.0))),
        "precision": draw(st.sampled_from(peaks or ["fp32"])),
        "stack": draw(st.sampled_from(STACKS)),
        "is_training": draw(st.booleans()),
    }
    if model.max_context and draw(st.booleans()):
        settings["seq_len"] = draw(st.integers(1, min(model.max_context, 65_536)))
    if model.autoregressive and not settings["is_training"]:
        settings["phase"] = draw(st.sampled_from(["decode", "prefill"]))
    return model, hardware, settings


def answer(model, hardware, settings):
    """Ask; what the engine refuses is not a question."""
    try:
        return Engine.solve(model, hardware, **settings)
    except MLSysimError:
        assume(False)


def no_slower(better, worse):
    return better.seconds <= worse.seconds * (1 + 1e-9) and better.feasible >= worse.feasible


@thorough
@given(questions())
def test_an_answer_is_within_its_limits(question):
    profile = answer(*question)

    hardware = question[1]
    # What does not fit arrives over the host link, or never.
    assert profile.seconds > 0.0
    assert math.isfinite(profile.seconds) or not (profile.feasible or hardware.host_link)
    assert 0.0 < profile.mfu <= 1.0 or math.isinf(profile.seconds)
    assert profile.bottleneck in {"Compute", "Memory"}
    assert not profile.feasible or profile.details.footprint <= profile.details.capacity
    if profile.joules is not None and hardware.tdp is not None:
        assert profile.joules <= hardware.tdp.to("W").magnitude * profile.seconds * (1 + 1e-9)


@thorough
@given(questions())
def test_an_explanation_adds_up(question):
    profile = answer(*question)

    assert sum(profile.explain().parts.values()) == profile.seconds


@thorough
@given(questions(), st.sampled_from(["bandwidth", "capacity"]), st.floats(1.0, 20.0))
def test_more_memory_or_bandwidth_is_no_worse(question, part, factor):
    model, hardware, settings = question
    usual = answer(*question)
    amount = getattr(hardware.memory, part)
    assume(amount is not None)

    better = hardware.model_copy(update={f"memory.{part}": amount * factor})

    assert no_slower(answer(model, better, settings), usual)


@thorough
@given(questions(), st.floats(1.0, 20.0))
def test_a_higher_peak_is_no_worse(question, factor):
    model, hardware, settings = question
    usual = answer(*question)
    field = f"compute.peak.{settings['precision']}"
    peak = dict(hardware.compute.peak)[settings["precision"]]
    assume(peak is not None)

    better = hardware.model_copy(update={field: f"{peak * factor!r} OP/s"})

    assert no_slower(answer(model, better, settings), usual)


@thorough
@given(questions(), st.integers(1, 512))
def test_a_larger_batch_takes_no_less(question, more):
    model, hardware, settings = question
    small = answer(*question)
    large = answer(model, hardware, {**settings, "batch_size": settings["batch_size"] + more})

    assert no_slower(small, large)


@thorough
@given(questions(), st.integers(1, 4096))
def test_a_longer_context_takes_no_less(question, more):
    model, hardware, settings = question
    assume("seq_len" in settings)
    short = answer(*question)
    long = answer(model, hardware, {**settings, "seq_len": settings["seq_len"] + more})

    assert no_slower(short, long)


@thorough
@given(questions())
def test_a_sweep_of_one_is_the_answer(question):
    pytest.importorskip("numpy")
    model, hardware, settings = question
    profile = answer(*question)
    single = {"is_training": settings["is_training"]}
    axes = {f"{name}s": [value] for name, value in settings.items() if name not in single}

    (point,) = Engine.sweep(model, hardware, **axes, **single)

    assert point.latency == pytest.approx(profile.seconds, rel=1e-12)
    assert point.feasible == profile.feasible


@thorough
@given(questions())
def test_an_answer_survives_json(question):
    profile = answer(*question)

    assert PerformanceProfile.from_json(profile.to_json()) == profile
