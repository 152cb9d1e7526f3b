"""The result: six fields and their types, whatever is asked."""

import math

import mlsysim
import pint
import pytest

from ..support import DEVICES, FIVE_PRECISIONS, MODELS, SIX_FIELDS, resolve

SIGNIFICANCE = {  # bits of exponent and of significand: integers have one scale for all
    "fp64": (11, 53), "fp32": (8, 24), "tf32": (8, 11), "bf16": (8, 8), "fp16": (5, 11),
    "fp8": (4, 4), "int8": (0, 8), "int4": (0, 4),
}  # fmt: skip


def holds(wide, narrow):
    """Whether every number of one format is a number of another."""
    return all(a >= b for a, b in zip(SIGNIFICANCE[wide], SIGNIFICANCE[narrow], strict=True))


@pytest.fixture(scope="module")
def answers():
    """Every promised model on every promised device in every promised precision."""
    found, refused = {}, {}
    for model in MODELS:
        for device in DEVICES:
            for precision in FIVE_PRECISIONS:
                case = (model, device, precision)
                try:
                    found[case] = mlsysim.Engine.solve(
                        resolve(model), resolve(device), 4, precision
                    )
                except mlsysim.MLSysimError as error:
                    refused[case] = error
    return found, refused


@pytest.fixture(scope="module")
def results(answers):
    return answers[0]


def wrong(results, right):
    return {case: result for case, result in results.items() if not right(result)}


def test_every_promised_model_runs_on_every_promised_device(answers):
    found, refused = answers

    assert len(found) + len(refused) == 19 * 27 * 5
    assert {type(error).__name__ for error in refused.values()} <= {"UnsupportedPrecisionError"}


def test_a_precision_is_refused_only_where_no_arithmetic_of_the_device_holds_it(answers):
    _, refused = answers

    could = {
        (device, precision)
        for _, device, precision in refused
        for have in resolve(device).precisions
        if have in SIGNIFICANCE and holds(have, precision)
    }
    assert could == set()


def test_int8_is_taken_by_every_promised_device(answers):
    _, refused = answers

    assert {device for _, device, precision in refused if precision == "int8"} == set()


def test_a_result_is_the_public_class_and_has_the_six_fields(results):
    assert wrong(results, lambda result: type(result) is mlsysim.PerformanceProfile) == {}
    assert wrong(results, lambda result: all(hasattr(result, name) for name in SIX_FIELDS)) == {}


def test_latency_is_a_quantity_of_time_above_zero(results):
    assert wrong(results, lambda r: isinstance(r.latency, pint.Quantity)) == {}
    assert wrong(results, lambda r: r.latency.check("[time]")) == {}
    assert wrong(results, lambda r: r.latency.magnitude > 0) == {}
    assert wrong(results, lambda r: type(r.latency.magnitude) is float) == {}


def test_latency_is_the_time_of_one_forward_pass():
    # One decode step reads each of 8.03e9 weights once, 2 bytes each, at no more than 3.35 TB/s:
    # at least 4.79 ms. A pass over a prompt of 2,048 tokens would take some 50 ms.
    decode = mlsysim.Engine.solve("Llama3_8B", "H100").latency.to("ms").magnitude
    # ResNet-50 does 8.2e9 operations on an image: on 989 TFLOP/s at least 8.3 us.
    vision = mlsysim.Engine.solve("ResNet50", "H100").latency.to("us").magnitude

    assert 4.79 < decode < 8.0
    assert 8.3 < vision < 2_000


def test_throughput_is_a_quantity_that_counts_what_a_pass_puts_out(results):
    assert wrong(results, lambda r: isinstance(r.throughput, pint.Quantity)) == {}
    assert wrong(results, lambda r: r.throughput.check("1/[time]")) == {}
    assert wrong(results, lambda r: type(r.throughput.magnitude) is float) == {}
    finite = {case: r for case, r in results.items() if math.isfinite(r.latency.magnitude)}
    ratio = {case: (r.latency * r.throughput).to("").magnitude for case, r in finite.items()}
    assert {case: one for case, one in ratio.items() if one != pytest.approx(4, rel=1e-9)} == {}


def test_throughput_is_in_tokens_of_language_models_and_in_samples_of_others(results):
    writers = {"GPT2", "GPT3", "GPT4", "Llama2_70B", "Llama3_8B", "Llama3_70B"}
    writers |= {"Mamba_130M", "Mamba_2_8B"}
    unit = {model.rpartition(".")[2]: r.throughput.units for (model, _, _), r in results.items()}

    token, sample = mlsysim.ureg.token, mlsysim.ureg.sample
    assert {name for name, one in unit.items() if one == (1 * token / mlsysim.ureg.s).units} == (
        writers
    )
    assert {name for name, one in unit.items() if one == (1 * sample / mlsysim.ureg.s).units} == (
        set(unit) - writers
    )


def test_bottleneck_is_one_of_two_words(results):
    assert wrong(results, lambda r: type(r.bottleneck) is str) == {}
    assert {r.bottleneck for r in results.values()} == {"Compute", "Memory"}


def test_bottleneck_says_what_is_the_limit():
    # One token for each weight read is far below the 295 operations per byte of the ridge;
    # a convolutional network at 256 images and a hundredth of the peak is far above it.
    assert mlsysim.Engine.solve("Llama3_8B", "H100").bottleneck == "Memory"
    assert mlsysim.Engine.solve("ResNet50", "H100", 256, "fp16", 0.01).bottleneck == "Compute"


def test_mfu_is_a_plain_float_from_0_to_1(results):
    assert wrong(results, lambda r: type(r.mfu) is float) == {}
    assert wrong(results, lambda r: 0.0 <= r.mfu <= 1.0) == {}


def test_mfu_is_the_part_of_the_peak_that_the_model_uses():
    # 8.03e9 weights, less 0.53e9 of the embedding: 2 operations each, 15.0e9 for a token, plus
    # 1.1e9 of attention over 2,048 tokens; by the latency and 989.4e12 operations a second.
    result = mlsysim.Engine.solve("Llama3_8B", "H100")

    seconds = result.latency.to("s").magnitude
    assert result.mfu == pytest.approx(16.1e9 / seconds / 989.4e12, rel=0.02)


def test_feasible_is_a_plain_bool(results):
    assert wrong(results, lambda r: type(r.feasible) is bool) == {}
    assert {r.feasible for r in results.values()} == {True, False}


@pytest.mark.parametrize(
    ("model", "device", "batch", "precision", "fits"),
    [
        ("Llama3_8B", "H100", 1, "fp16", True),  # 16 GB of weights in 80 GB
        ("Llama3_70B", "H100", 1, "fp16", False),  # 141 GB
        ("Llama3_70B", "H100", 1, "int4", True),  # 35 GB
        ("Llama3_8B", "ESP32", 1, "int8", False),  # 8 GB in half a megabyte
        ("Llama3_8B", "H100", 100_000, "fp16", False),  # the cache alone is 26.8 TB
        ("Llama3_8B", "H200", 400, "fp16", True),  # 16 GB + 400 * 0.27 GB in 141 GB
        ("Llama3_8B", "H200", 600, "fp16", False),  # 16 GB + 161 GB
    ],
)
def test_feasible_says_whether_the_workload_fits_in_memory(model, device, batch, precision, fits):
    assert mlsysim.Engine.solve(model, device, batch, precision).feasible is fits


def test_energy_is_a_quantity_of_energy_or_not_a_number(results):
    assert wrong(results, lambda r: isinstance(r.energy, pint.Quantity)) == {}
    assert wrong(results, lambda r: r.energy.check("[energy]")) == {}
    assert wrong(results, lambda r: type(r.energy.magnitude) is float) == {}
    assert wrong(results, lambda r: r.energy.magnitude > 0 or math.isnan(r.energy.magnitude)) == {}


def test_energy_is_that_of_one_pass_within_the_power_of_the_device(results):
    for (model, device, precision), result in results.items():
        power = resolve(device).tdp
        if power is None or math.isinf(result.latency.magnitude):
            continue
        most = (power * result.latency).to("J").magnitude
        assert result.energy.to("J").magnitude <= most * (1 + 1e-9), (model, device, precision)
        assert result.energy.to("J").magnitude >= 0.01 * most, (model, device, precision)


def test_energy_is_unknown_exactly_where_the_power_is(results):
    unknown = {device for (_, device, _), r in results.items() if math.isnan(r.energy.magnitude)}

    assert unknown == {device for device in DEVICES if resolve(device).tdp is None}


def test_a_result_can_not_be_changed():
    result = mlsysim.Engine.solve("Llama3_8B", "H100")

    for name in SIX_FIELDS:
        with pytest.raises(AttributeError):
            setattr(result, name, 0)
