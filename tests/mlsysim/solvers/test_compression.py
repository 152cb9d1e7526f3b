"""Compressed models: sizes by hand, speeds by the engine."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import Engine, InputError, MissingValueError
from mlsysim_solvers import CompressionModel, EfficiencyModel


def solve(method="quantization", model="Llama3_8B", hardware="H100", **given):
    return CompressionModel().solve(model, hardware, method, **given)


@pytest.mark.parametrize(("form", "ratio"), [("fp16", 1.0), ("int8", 2.0), ("int4", 4.0)])
def test_sizes_are_against_the_precision_that_is_served(form, ratio):
    # Not 4 and 8: nobody serves in fp32.
    assert solve(target_precision=form).compression_ratio == pytest.approx(ratio)


def test_speeds_are_the_engine_s():
    quick = solve(target_precision="int4", batch_size=8, seq_len=1024)
    wanted = [
        Engine.solve("Llama3_8B", "H100", 8, form, seq_len=1024).seconds
        for form in ("fp16", "int4")
    ]

    assert quick.inference_speedup == wanted[0] / wanted[1]
    assert 1.0 < quick.inference_speedup < 4.0


def test_formats_that_the_device_lacks_pay_for_conversion():
    # A100 has no fp8: with many prompts at once nothing is gained.
    lacking = solve(
        hardware="A100", target_precision="fp8", batch_size=8, phase="prefill", seq_len=2048
    )

    assert lacking.compression_ratio == 2.0
    assert lacking.inference_speedup <= 1.01


@settings(max_examples=20, deadline=None)
@given(st.floats(0.0, 0.99), st.sampled_from(["unstructured", "structured"]))
def test_pruning_begins_at_nothing_and_has_no_jumps(sparsity, kind):
    here, there = (
        solve("pruning", sparsity=part, sparsity_type=kind) for part in (sparsity, sparsity * 0.999)
    )

    assert here.compressed_bytes <= there.compressed_bytes
    assert here.compressed_bytes == pytest.approx(there.compressed_bytes, rel=0.02)
    assert here.inference_speedup >= there.inference_speedup * (1.0 - 1e-9)


@pytest.mark.parametrize("kind", ["unstructured", "structured"])
def test_nothing_pruned_is_the_model(kind):
    same = solve("pruning", sparsity=0.0, sparsity_type=kind)

    assert (same.compression_ratio, same.inference_speedup) == (1.0, 1.0)


def test_weights_pruned_here_and_there_save_memory_and_no_time():
    # Half of 2 bytes, and a bit for each: (1 + 0.125) / 2
    half = solve("pruning", sparsity=0.5)

    assert half.compressed_bytes / half.original_bytes == pytest.approx(0.5625)
    assert half.inference_speedup == 1.0


def pattern(hardware="H100", **given):
    return solve("pruning", hardware=hardware, sparsity=0.5, sparsity_type="2:4", **given)


def test_two_of_four():
    # 2 x 16 bits and 2 x 2 bits of 64
    assert pattern().compressed_bytes / pattern().original_bytes == pytest.approx(36.0 / 64.0)


def test_patterns_are_as_fast_as_the_device_says():
    # On the textbook roofline a prompt's multiplications take half of the time, and a token's
    # weights 36 of 64; what has no weights takes as long as before.
    prompt = pattern(stack="Ideal", phase="prefill", seq_len=4096)
    token = pattern(stack="Ideal", seq_len=1)

    dense = EfficiencyModel().solve(
        "Llama3_8B", "H100", "matmul", stack="Ideal", phase="prefill", seq_len=4096
    )
    others = prompt.original.seconds - dense.seconds
    assert prompt.compressed_seconds == pytest.approx(others + dense.seconds / 2.0, rel=1e-3)
    assert token.inference_speedup == pytest.approx(64.0 / 36.0, rel=0.01)


@pytest.mark.parametrize("settings", [{}, {"phase": "prefill"}, {"batch_size": 64}])
def test_patterns_never_more_than_double_the_speed(settings):
    assert 1.0 < pattern(**settings).inference_speedup < 2.0


def test_patterns_that_the_hardware_does_not_know_are_not_faster():
    with pytest.raises(MissingValueError, match="how fast V100 multiplies 2:4"):
        _ = pattern("V100").inference_speedup
    with pytest.raises(MissingValueError, match="A100 multiplies fp8 in fp16"):
        _ = pattern("A100", precision="fp8").inference_speedup
    with pytest.raises(MissingValueError, match="does not fit on A100 even so"):
        _ = pattern("A100", model="Llama3_1_405B").inference_speedup
    with pytest.raises(MissingValueError, match="a training step"):
        _ = pattern(is_training=True).inference_speedup
    assert "speed unknown" in pattern("V100").explain()
    assert pattern("V100").compression_ratio == pytest.approx(64.0 / 36.0)


def test_accuracy_is_what_others_were_measured_to_lose():
    # torchvision's ResNet-50 alone: 76.130 and 75.920
    images = solve(model="ResNet50", hardware="A100", target_precision="int8").accuracy_loss
    resnet = next(one for one in images.measurements if one.model == "ResNet-50")

    assert resnet.delta == pytest.approx(-0.0021)
    assert images.worst < images.mean < images.best
    assert len(images.measurements) == 14


def test_four_bits_cost_more_than_eight():
    eight, four = (solve(target_precision=form).accuracy_loss for form in ("int8", "int4"))

    assert four.best < eight.worst <= eight.best < 0.0
    assert all(one.uncertainty for one in four.measurements)
    assert solve(target_precision="int4").estimated_accuracy_delta == four.mean


@pytest.mark.parametrize(
    "asked",
    [
        {"target_precision": "fp8"},
        {"target_precision": "fp16"},
        {"model": "BERT_Base", "target_precision": "int8"},
        {"model": "ResNet50", "target_precision": "int4"},
        {"method": "pruning", "sparsity": 0.5},
        {"method": "distillation", "student": "Llama3_2_1B"},
    ],
)
def test_what_nobody_is_cited_for_is_not_guessed(asked):
    result = solve(**asked)

    with pytest.raises(MissingValueError, match="has to be measured"):
        _ = result.estimated_accuracy_delta
    assert "accuracy unknown" in result.explain()


def test_a_student_is_another_model():
    student = solve("distillation", student="Llama3_2_1B")

    assert student.compressed == Engine.solve("Llama3_2_1B", "H100")
    assert student.memory_savings_pct == pytest.approx(84.6, abs=0.5)


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("quantisation", {"target_precision": "int8"}),
        ("quantization", {}),
        ("quantization", {"target_precision": "int7"}),
        ("quantization", {"target_precision": "int8", "sparsity": 0.5}),
        ("pruning", {}),
        ("pruning", {"sparsity": 1.5}),
        ("pruning", {"sparsity": -0.1}),
        ("pruning", {"sparsity": 1.0, "sparsity_type": "structured"}),
        ("pruning", {"sparsity": 0.4, "sparsity_type": "2:4"}),
        ("pruning", {"sparsity": 0.5, "sparsity_type": "random"}),
        ("distillation", {}),
    ],
)
def test_what_makes_no_sense_is_refused(method, given):
    with pytest.raises(InputError):
        solve(method, **given)
