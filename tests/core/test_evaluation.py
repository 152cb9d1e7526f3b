"""Scenarios held against their limits."""

import math
import pickle

import pytest
from mlsysim_core import Engine, HardwareSpec, InputTypeError, Scenario, SystemSpec
from mlsysim_core._together import together
from mlsysim_core.evaluation import evaluate, suitable_precision

from .examples import H100, LLAMA_2_70B, LLAMA_3_8B

CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"int8": "10 GOP/s"}},
    memory={"capacity": "1 MB", "bandwidth": "1 GB/s"},
    tdp="1 W",
)


def scenario(**changes):
    return Scenario(**{"name": "s", "workload": LLAMA_3_8B, "system": H100, **changes})


def tiny(**changes):
    from mlsysim_core import ModelSpec

    model = ModelSpec(
        name="tiny",
        native_precision="int8",
        architecture={"kind": "totals", "parameters": 100_000, "operations": 10_000_000},
    )
    return scenario(**{"workload": model, "system": CHIP, **changes})


def row(evaluation, what):
    return next(one for one in evaluation.rows if one.what == what)


def test_without_limits_everything_that_fits_passes():
    evaluation = scenario().evaluate()

    assert evaluation.passed
    assert evaluation.feasible
    assert [one.what for one in evaluation.rows if one.limit is not None] == ["memory"]
    assert evaluation.profile == Engine.solve(LLAMA_3_8B, H100, 1, "fp16")


def test_arguments_are_the_engines():
    evaluation = scenario().evaluate(4, "int8", seq_len=512, stack="Ideal")

    assert evaluation.profile == Engine.solve(
        LLAMA_3_8B, H100, 4, "int8", seq_len=512, stack="Ideal"
    )


def test_a_latency_that_is_kept_says_how_well():
    seconds = Engine.solve(LLAMA_3_8B, H100).seconds

    check = row(scenario(sla_latency=f"{2 * seconds!r} s").evaluate(), "latency")

    assert (check.passed, check.note) == (True, "50% of the limit")


def test_a_latency_that_software_could_keep():
    seconds = Engine.solve(LLAMA_3_8B, H100).seconds
    ideal = Engine.solve(LLAMA_3_8B, H100, stack="Ideal").seconds
    evaluation = scenario(sla_latency=f"{(seconds + ideal) / 2!r} s").evaluate()

    check = row(evaluation, "latency")

    assert not evaluation.passed
    assert check.passed is False
    assert "with every peak of the data sheet it takes" in check.note
    assert "cannot pass" not in check.note


def test_a_latency_that_physics_forbids_says_by_how_much():
    # 16.06 GB of weights at 3.35 TB/s take 4.8 ms
    check = row(scenario(sla_latency="1 ms").evaluate(), "latency")

    assert check.passed is False
    assert "times the limit; it cannot pass: with every peak of the data sheet" in check.note


def test_what_does_not_fit_fails_and_has_no_latency():
    evaluation = scenario(workload=LLAMA_2_70B, sla_latency="1 s").evaluate()

    memory, latency = row(evaluation, "memory"), row(evaluation, "latency")
    assert not evaluation.passed
    assert memory.passed is False
    assert memory.note.endswith("GB too much")
    assert (latency.value, latency.passed) == (None, None)
    assert latency in evaluation.unchecked


def test_an_accuracy_is_not_predicted():
    evaluation = scenario(target_accuracy=0.9).evaluate()

    assert evaluation.passed
    assert [one.note for one in evaluation.unchecked] == ["not predicted"]
    (row,) = [one for one in evaluation.scorecard().splitlines() if "accuracy" in one]
    assert row.split(maxsplit=5) == ["?", "quality", "accuracy", "-", "0.9", "not predicted"]


def test_a_power_that_is_too_high_says_how_often_it_may_work():
    evaluation = tiny(power_budget="10 mW").evaluate()

    check = row(evaluation, "power while it works")

    assert check.passed is False
    assert check.value == pytest.approx(evaluation.profile.joules / evaluation.profile.seconds)
    assert "times the limit; as a mean it allows a pass every" in check.note


def test_a_power_below_that_at_rest_cannot_pass():
    chip = CHIP.model_copy(update={"idle_power": "100 mW"})

    check = row(tiny(system=chip, power_budget="10 mW").evaluate(), "power while it works")

    assert "it cannot pass: even at rest the device draws 100 mW" in check.note


def test_a_mean_power_leaves_room_for_that_at_rest():
    chip = CHIP.model_copy(update={"idle_power": "100 mW"})
    evaluation = tiny(system=chip, power_budget="200 mW").evaluate()
    profile, check = evaluation.profile, row(evaluation, "power while it works")

    # a pass and then rest until the mean is 0.2 W: E - 0.1 t = 0.1 T
    period = (profile.joules - 0.1 * profile.seconds) / 0.1

    assert f"a pass every {period * 1e3:.4g} ms, the device drawing 100 mW" in check.note


def test_a_power_that_nobody_published_cannot_be_checked():
    chip = HardwareSpec.model_validate(CHIP.model_dump() | {"tdp": None})

    evaluation = tiny(system=chip, power_budget="1 W").evaluate()

    assert evaluation.passed
    assert [one.note for one in evaluation.unchecked] == ["chip has no published power"]


@pytest.mark.parametrize(("rate", "passed"), [("400 MB/s", True), ("600 MB/s", False)])
def test_data_must_go_into_memory_and_out_again(rate, passed):
    # 1 GB/s, of which 0.9 is sustained, half of it for writing
    check = row(tiny(data_rate=rate).evaluate(), "data rate taken in")

    assert check.value == pytest.approx(0.45e9)
    assert check.passed is passed
    assert "the link by which it comes to chip is unknown" in check.note


def test_data_must_come_over_the_link():
    chip = CHIP.model_copy(update={"host_link": {"bandwidth": "100 MB/s"}})

    check = row(tiny(system=chip, data_rate="200 MB/s").evaluate(), "data rate taken in")

    assert (check.value, check.passed) == (1e8, False)
    assert check.note == "2 times the most, over the host link"


def test_a_price_gives_the_cost_of_a_pass():
    chip = CHIP.model_copy(
        update={
            "cloud_prices": [
                {"offer": "dear", "price": "9 USD/h"},
                {"offer": "cheap", "price": "3.6 USD/h"},
            ]
        }
    )
    evaluation = tiny(system=chip).evaluate()

    check = row(evaluation, "cost of a pass")

    assert check.value == pytest.approx(1e-3 * evaluation.profile.seconds)
    assert check.note == "at cheap"


SYSTEM = SystemSpec(
    name="many",
    node={"name": "node", "accelerator": H100, "accelerators": 2},
    nodes=8,
    fabric={"name": "fabric", "bandwidth": "50 GB/s"},
)


def test_a_system_divides_a_pass_over_the_devices_of_a_node_and_says_so():
    evaluation = scenario(system=SYSTEM).evaluate()

    assert evaluation.devices == 2
    assert evaluation.profile.details.hardware == f"2 x {H100.name}"
    assert "divided evenly over 2 of 16 devices, and communication is not counted" in str(
        evaluation
    )


def test_a_system_takes_as_many_nodes_as_hold_the_model():
    evaluation = scenario(workload=LLAMA_2_70B, system=SYSTEM).evaluate(precision="fp32")

    assert evaluation.devices == 4  # 276 GB
    assert evaluation.passed


def test_devices_together_are_so_many_times_as_large_and_fast():
    eight = together(H100, 8)

    for path in ("memory.capacity", "memory.bandwidth", "tdp"):
        part, _, name = path.rpartition(".")
        one, all_of_them = (getattr(spec, part) if part else spec for spec in (H100, eight))
        assert all_of_them.number(name) == pytest.approx(8 * one.number(name))
    assert eight.compute.peak.number("fp16") == pytest.approx(8 * H100.compute.peak.number("fp16"))
    assert together(H100, 1) is H100


def test_another_prediction_may_take_the_engines_place():
    asked = []

    def predict(*arguments):
        asked.append(arguments)
        return Engine.solve(LLAMA_3_8B, H100)

    limits = scenario(system=SYSTEM, sla_latency="1 s")
    evaluation = limits.evaluate(2, "bf16", predict=predict)

    assert asked == [(limits, 2, "bf16")]
    assert evaluation.passed


@pytest.mark.parametrize(
    ("native", "formats", "chosen"),
    [
        ("int8", ("fp32", "int8"), "int8"),
        ("int8", ("fp32",), "int8"),  # stored so, and computed in fp32
        ("bf16", ("fp16", "fp32"), "fp16"),
        ("bf16", ("fp32",), "bf16"),
        ("fp32", ("fp16", "int8"), "fp16"),
        (None, ("fp16", "int8"), "fp16"),
        (None, ("int8",), "int8"),
    ],
)
def test_the_precision_is_the_models_or_the_devices(native, formats, chosen):
    chip = HardwareSpec(
        name="chip",
        compute={"peak": dict.fromkeys(formats, "1 TFLOP/s")},
        memory={"capacity": "100 GB", "bandwidth": "1 TB/s"},
    )
    model = LLAMA_3_8B.model_copy(update={"native_precision": native})

    assert suitable_precision(model, chip) == chosen
    assert scenario(workload=model, system=chip).evaluate().profile.details.precision == chosen


def test_an_evaluation_is_plain_and_survives_pickling():
    evaluation = scenario(sla_latency="1 s").evaluate()

    assert pickle.loads(pickle.dumps(evaluation)) == evaluation
    assert repr(evaluation) == "<Evaluation of s: passed, 2 of 2 limits kept>"
    assert evaluation.scorecard().startswith("Scenario s\n  verdict   PASSES\n")
    assert all(type(one.passed) in {bool, type(None)} for one in evaluation.rows)
    assert all(one.value is None or math.isfinite(one.value) for one in evaluation.rows)


def test_notebooks_show_the_scorecard():
    evaluation = scenario(sla_latency="1 us").evaluate()

    assert "DOES NOT PASS" in evaluation._repr_html_()
    assert "| BROKEN | performance | latency |" in evaluation._repr_markdown_()


def test_only_scenarios_are_evaluated():
    with pytest.raises(InputTypeError, match="scenario must be a Scenario, got 'KeywordSpotting'"):
        evaluate("KeywordSpotting")
