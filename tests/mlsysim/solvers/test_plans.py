"""Plans: what they predict is what the solvers predict, and mistakes are told with their place."""

from pathlib import Path

import pytest
from mlsysim import Engine
from mlsysim.solvers import (
    DistributedModel,
    EconomicsModel,
    Plan,
    PlanError,
    ServingModel,
    SustainabilityModel,
    load_plans,
    training_run,
)
from mlsysim_core.errors import InputError, MissingValueError

SERVING = """\
model: Llama3_8B
hardware: H100
workload: {kind: serving, batch_size: 32, seq_len: 2048, output_len: 256, precision: fp8}
duration: 30 days
place: {grid: Quebec, operator: Meta}
economics: {cloud_offer: "Lambda class, 2024"}
"""
TRAINING = """\
model: Llama3_70B
system: Research_256
workload: {kind: training, batch_size: 1024, tp_size: 8, pp_size: 4, microbatch_count: 128}
"""


def test_a_pass_is_the_engine():
    expected = Engine.solve("Llama3_8B", "H100", 32, "fp8", seq_len=512, phase="prefill")

    result = Plan.parse(
        "model: Llama3_8B\nhardware: H100\n"
        "workload: {batch_size: 32, precision: FP8, seq_len: 512, phase: prefill}"
    ).evaluate()

    assert result.prediction == expected
    assert result["latency"].m_as("s") == expected.seconds
    assert result["throughput"].m_as("token/s") == expected.items_per_second
    assert result["bottleneck"] == expected.bottleneck
    assert result["mfu"] == expected.mfu


def test_a_pass_on_a_system_is_divided_as_that_of_a_scenario_is():
    result = Plan.parse("model: Llama3_70B\nsystem: Research_256").evaluate()

    assert result["devices"] == 8
    assert result.feasible
    assert any("divided evenly over 8 of 256" in note for note in result.notes)


def test_serving_is_the_solver():
    expected = ServingModel().solve("Llama3_8B", "H100", 2048, 32, "fp8", output_len=256)

    result = Plan.parse(SERVING).evaluate()

    assert result.prediction == expected
    assert result["ttft"].m_as("s") == expected.ttft_seconds
    assert result["itl"].m_as("s") == expected.itl_seconds
    assert result["output_throughput"].m_as("1/s") == expected.output_tokens_per_second


def test_replicas_fill_a_system():
    text = "model: Llama3_70B\nsystem: DGX_H100\nworkload: {kind: serving, tp: 4, batch_size: 8"
    one = Plan.parse(text + ", replicas: 1}").evaluate()

    both = Plan.parse(text + "}").evaluate()

    assert (one["replicas"], both["replicas"], both["devices"]) == (1, 2, 8)
    assert both["throughput"] == 2 * one["throughput"]
    assert both["power"] == 2 * one["power"]
    assert both["latency"] == one["latency"]


def test_a_run_is_the_solvers():
    step = DistributedModel().solve(
        "Llama3_70B", "Research_256", 1024, tp_size=8, pp_size=4, microbatch_count=128
    )
    expected = training_run(step, 15e12, spare_devices=16)

    result = Plan.parse(
        TRAINING.replace("128}", "128, items: 15e12, spare_devices: 16}")
    ).evaluate()

    assert result.prediction == step
    assert result.run == expected
    assert result["run_time"].m_as("s") == expected.seconds
    assert result["goodput"] == expected.goodput
    assert result["devices"] == 256


def test_macro_figures_are_those_of_the_solvers_at_the_power_that_is_predicted():
    served = ServingModel().solve("Llama3_8B", "H100", 2048, 32, "fp8", output_len=256)
    watts = served.joules / served.end_to_end_seconds
    tokens = served.output_tokens_per_second * 30 * 86400
    use = SustainabilityModel().solve(
        "H100", 30, device_power=f"{watts} W", grid="Quebec", operator="Meta", items=tokens
    )
    cost = EconomicsModel().solve(
        *("H100", 30),
        device_power=f"{watts} W",
        grid="Quebec",
        operator="Meta",
        cloud_offer="Lambda class, 2024",
        items=tokens,
    )

    result = Plan.parse(SERVING).evaluate()

    assert result["total_energy"].m_as("J") == pytest.approx(use.joules, rel=1e-12)
    assert result["carbon"].m_as("gCO2e") == pytest.approx(use.operational_grams, rel=1e-12)
    assert result["water"].m_as("liter") == pytest.approx(use.liters, rel=1e-12)
    assert result["cost"].m_as("USD") == pytest.approx(cost.tco_usd, rel=1e-12)
    assert result["rent"].m_as("USD") == pytest.approx(cost.rent_usd, rel=1e-12)
    assert result["energy_per_token"].m_as("J") == pytest.approx(
        use.energy_per_item.m_as("J"), rel=1e-12
    )
    assert result["rent_per_million_tokens"].m_as("USD") == pytest.approx(
        1e6 * cost.rent_per_item.m_as("USD"), rel=1e-12
    )


def test_energy_of_the_macro_figures_is_that_of_the_passes():
    text = "model: Llama3_8B\nhardware: H100\nduration: 1 h\nplace: {pue: 1}"

    result = Plan.parse(text).evaluate()

    passes = 3600.0 / result["latency"].m_as("s")
    expected = passes * result["energy"].m_as("J")
    assert result["total_energy"].m_as("J") == pytest.approx(expected, rel=1e-12)


def test_a_clean_grid_matters():
    texts = [SERVING.replace("Quebec", grid) for grid in ("Quebec", "Poland")]

    clean, dirty = (Plan.parse(text).evaluate()["carbon"] for text in texts)

    assert dirty > 50 * clean


def test_a_whole_system_counts_its_hosts_and_its_network():
    text = TRAINING + "duration: 1 day\nplace: {pue: 1.1, grid: US_Avg}\n"

    without = Plan.parse(text).evaluate()
    with_network = Plan.parse(text + "machines: {network_power: 200 W}\n").evaluate()

    with pytest.raises(MissingValueError, match="give network_power"):
        without["carbon"]
    assert with_network.use.network_joules == pytest.approx(32 * 200.0 * 86400.0)
    assert with_network.use.host_joules > 0.0


def test_load_takes_the_place_of_what_is_predicted():
    text = "model: Llama3_8B\nhardware: H100\nduration: 1 h\nplace: {pue: 1}\nmachines: {load: 1}"

    assert Plan.parse(text).evaluate()["total_energy"].m_as("J") == pytest.approx(700.0 * 3600.0)


def test_a_load_by_the_hour_leaves_open_how_much_comes_out():
    night = "[0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"
    text = "model: Llama3_8B\nhardware: H100\nduration: 1 day\nplace: {pue: 1, grid: Quebec}\n"

    result = Plan.parse(text + f"machines: {{load: {night}}}").evaluate()

    expected = SustainabilityModel().solve("H100", 1.0, load=eval(night), pue=1.0, grid="Quebec")
    assert result["carbon"].m_as("gCO2e") == pytest.approx(expected.operational_grams, rel=1e-12)
    with pytest.raises(MissingValueError, match="does not say how much comes out"):
        result["carbon_per_token"]


def test_verdicts_say_what_holds_and_what_does_not():
    text = SERVING + "assert:\n  - ttft < 2 s\n  - itl < 1 ms and feasible\n"

    result = Plan.parse(text).evaluate()

    assert [one.passed for one in result.verdicts] == [True, False]
    assert [one.line for one in result.verdicts] == [8, 9]
    assert {one.name for one in result.violated[0].values} == {"itl", "feasible"}
    assert not result.passed
    assert "BROKEN  itl < 1 ms and feasible" in result.scorecard()
    assert repr(result) == "<PlanResult plan: failed, 1 of 2 assertions hold>"


def test_what_does_not_fit_has_no_performance_and_no_verdict_on_it():
    text = "model: Llama3_70B\nhardware: H100\nassert: [latency < 9 s, memory > 100 GB]"

    result = Plan.parse(text).evaluate()

    assert (result.feasible, result.passed) == (False, False)
    assert [one.passed for one in result.verdicts] == [None, True]
    with pytest.raises(MissingValueError, match="does not fit"):
        result["latency"]


def test_a_plan_can_be_made_without_a_file():
    plan = Plan(model="Llama3_8B", hardware="H100", assertions=["latency < 1 us"])

    assert plan.evaluate().violated[0].line == 0
    assert plan == Plan.model_validate_json(plan.model_dump_json())
    with pytest.raises(PlanError, match=r"^workload.batch_size: batch_size must be from 1"):
        Plan(model="Llama3_8B", hardware="H100", workload={"batch_size": 0}).evaluate()


def test_what_is_not_reported_is_an_error_with_the_nearest_match():
    result = Plan.parse(SERVING).evaluate()

    with pytest.raises(InputError, match="nothing is called 'tttf'; did you mean ttft"):
        result["tttf"]


def test_explanations_add_up_the_prediction_and_what_it_takes():
    text = Plan.parse(SERVING).evaluate().explain()

    assert "time to the first token" in text
    assert "electricity of Quebec" in text
    assert "owning" in text


DEVICE = "model: Llama3_8B\nhardware: H100\n"
MISTAKES = {
    "model: Llama3_8C\nhardware: H100": (
        "p.yaml:1:8: model: no model named 'Llama3_8C'; did you mean Llama3_8B"
    ),
    "model: Llama3_8B\nhardware: H1000": (
        "p.yaml:2:11: hardware: no hardware named 'H1000'; did you mean H100"
    ),
    "model: Llama3_8B\nhardware: DGX_H100": (
        "p.yaml:2:11: hardware: DGX_H100 is a node: write system: DGX_H100"
    ),
    "model: Llama3_8B\nsystem: H100": (
        "p.yaml:2:9: system: H100 is a device: write hardware: H100"
    ),
    "model: Llama3_8B": "p.yaml:1:1: give hardware or system: neither is given",
    "model: Llama3_8B\nhardware: H100\nsystem: DGX_H100": (
        "p.yaml:1:1: give hardware or system: both are given"
    ),
    "hardware: H100": "p.yaml:1:1: model is missing",
    "model:\nhardware: H100": ("p.yaml:1:1: model: is empty: give a value, or leave out the key"),
    "just text": "p.yaml:1:1: is no plan: a plan has keys, such as model",
    DEVICE + "wrokload: {}": "p.yaml:3:1: wrokload: no such key; did you mean workload?",
    DEVICE + "place.grid: Quebec": "p.yaml:3:1: place.grid: no such key; did you mean place?",
    DEVICE + "2: two": "p.yaml:3:1: 2: no such key",
    DEVICE + "'': two": "p.yaml:3:2: no such key",
    DEVICE + "workload: {3: [4]}": "p.yaml:3:12: workload.3: no such key",
    DEVICE + "? " + "9" * 5000 + "\n: two": "p.yaml:3:3: " + "9" * 5000 + ": no such key",
    DEVICE + "workload: {kind: []}": (
        "p.yaml:3:18: workload.kind: choose pass, serving, training; got []"
    ),
    TRAINING.replace("128}", "128, items: 1e999}"): (
        "p.yaml:3:100: workload.items: items must be a finite number above zero, got inf"
    ),
    DEVICE + "ops: {}": "p.yaml:3:1: ops: no such key: write place and duration",
    DEVICE + "workload:\n  batchsize: 64": (
        "p.yaml:4:3: workload.batchsize: no such key; did you mean batch_size?"
    ),
    DEVICE + "workload:\n  batch_size: 0": (
        "p.yaml:4:15: workload.batch_size: batch_size must be from 1 to"
    ),
    DEVICE + "workload:\n  batch_size: 2.5": (
        "p.yaml:4:15: workload.batch_size: expected a whole number (got 2.5)"
    ),
    DEVICE + "workload:\n  precision: fp61": (
        "p.yaml:4:14: workload.precision: choose fp64, fp32, tf32, bf16, fp16, fp8, int8, fp6, "
        "fp4, int4; got 'fp61'; did you mean fp6?"
    ),
    DEVICE + "workload:\n  kind: trainig": (
        "p.yaml:4:9: workload.kind: choose pass, serving, training; got 'trainig'; "
        "did you mean training?"
    ),
    DEVICE + "workload:\n  stack: VLM": "p.yaml:4:10: workload.stack: no stack named 'VLM'",
    DEVICE + "workload:\n  seq_len: 1000000": (
        "p.yaml:4:12: workload.seq_len: seq_len must be at most 131,072 for Llama3_8B"
    ),
    DEVICE + "workload: {kind: serving, tp: 3}": (
        "p.yaml:3:31: workload.tp: tp (3) must divide the 32 heads of Llama3_8B"
    ),
    DEVICE + "workload:\n  kind: training\n  spare_devices: 2": (
        "p.yaml:5:18: workload.spare_devices: spare_devices is of a whole run: give items, too"
    ),
    "model: Llama3_8B\nsystem: DGX_H100": (
        "p.yaml:1:1: one pass runs on one device, or is divided over a system"
    ),
    "model: Llama3_8B\nsystem: DGX_H100\nworkload: {kind: serving, replicas: 9}": (
        "p.yaml:3:37: workload.replicas: replicas must be at most 8 on the 8 devices of DGX_H100"
    ),
    "model: Llama3_8B\nsystem: {name: own, nodes: 4, node: DGX_H100, fabric: IB_NDRR}": (
        "p.yaml:2:55: system.fabric: no fabric named 'IB_NDRR'"
    ),
    DEVICE + "place:\n  grid: Quebek": (
        "p.yaml:4:9: place.grid: no grid named 'Quebek'; did you mean Quebec?"
    ),
    DEVICE + "place:\n  region: us-east-99": "p.yaml:4:11: place.region: no region named",
    DEVICE + "place:\n  grid: Quebec\n  pue: 0.5": (
        "p.yaml:5:8: place.pue: pue must be at least 1 and finite, got 0.5"
    ),
    DEVICE + "place:\n  wue: 1.8": (
        "p.yaml:4:8: place.wue: expected a quantity in liter/kWh, such as '1 L/kWh', got 1.8: "
        "it has no unit"
    ),
    DEVICE + "place:\n  wue: 1.8 GB": (
        "p.yaml:4:8: place.wue: expected a quantity in liter/kWh, such as '1 L/kWh', got 1.8 GB"
    ),
    DEVICE + "place: {pue: 1.1}\nmachines:\n  load: 2": (
        "p.yaml:5:9: machines.load: load must be from 0 to 1, got 2"
    ),
    DEVICE + "economics:\n  cloud_offer: AWS": (
        "p.yaml:4:16: economics.cloud_offer: cloud_offer: choose from AWS p5"
    ),
    DEVICE + "duration: 30": (
        "p.yaml:3:11: duration: expected a quantity in s, such as '1 s', got 30: it has no unit"
    ),
    TRAINING.replace("128}", "128, items: 1e9}") + "duration: 1 day": (
        "p.yaml:4:11: duration: duration is that of the run: leave it out, or workload.items"
    ),
    DEVICE + "assert: latency < 20 ms": "p.yaml:3:9: assert: expected a list",
    DEVICE + "assert:\n  - latncy < 20 ms": (
        "p.yaml:4:5: assert.0: nothing is called 'latncy'; did you mean latency?"
    ),
    DEVICE + "assert:\n  - performance.latency < 20 ms": (
        "p.yaml:4:5: assert.0: nothing is called 'performance.latency'; did you mean latency?"
    ),
    DEVICE + "assert:\n  - feasible and ttft < 20 ms": (
        "p.yaml:4:18: assert.0: nothing is called 'ttft'; choose from bottleneck, capacity"
    ),
    DEVICE + 'assert:\n  - "latency < 20 msec"': (
        "p.yaml:4:19: assert.0: no unit is called 'msec'"
    ),
    DEVICE + "assert:\n  - latency < 20": (
        "p.yaml:4:15: assert.0: s and a number without a unit do not go together"
    ),
    DEVICE + "assert:\n  - latency < 20 GB": (
        "p.yaml:4:15: assert.0: s and byte do not go together"
    ),
    DEVICE + "assert:\n  - latency =< 20 ms": (
        "p.yaml:4:13: assert.0: '=<' is no operator; did you mean <=?"
    ),
    DEVICE + "assert:\n  - latency": "p.yaml:4:5: assert.0: an assertion must be a comparison",
    DEVICE + "assert:\n  - carbon < 20 kgCO2e": (
        "p.yaml:4:5: assert.0: carbon is not known: the energy of cooling needs the building's "
        "effectiveness: give operator, or pue"
    ),
    "model: GPT2\nhardware: H100\nworkload: {kind: training}\nassert: [goodput > 0.9]": (
        "p.yaml:4:10: assert.0: goodput is not known: it is of a whole run: give workload.items"
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items())
def test_a_mistake_is_told_with_file_line_and_column(text, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("p.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(PlanError) as found:
        Plan.load("p.yaml").evaluate()

    assert str(found.value).startswith(message)


def test_all_mistakes_are_told_at_once():
    text = "modell: x\nhardware: H1000\nworkload:\n  tpp: 2\n  batch_size: x\n"

    with pytest.raises(PlanError) as found:
        Plan.parse(text)

    assert [(one.line, one.key) for one in found.value.problems] == [
        (1, "modell"),
        (1, ""),
        (2, "hardware"),
        (4, "workload.tpp"),
        (5, "workload.batch_size"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.yaml", None, "none.yaml: there is no such file"),
        ("latin.yaml", b"model: caf\xe9\n", "latin.yaml:1: is not text in UTF-8"),
        ("empty.yaml", b"", "empty.yaml:1:1: is empty"),
        ("huge.yaml", b"#" * 2**21, "huge.yaml: has 2,097,152 bytes"),
        ("plan.toml", b"model = 1", "plan.toml: plans are YAML or JSON, not TOML"),
        ("two.yaml", (DEVICE + "---\n" + DEVICE).encode(), "two.yaml: has 2 plans"),
    ],
)
def test_what_is_no_file_of_a_plan_says_so(name, content, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)

    with pytest.raises(PlanError) as found:
        Plan.load(name)

    assert str(found.value).startswith(message)


def test_a_folder_has_the_plans_of_its_files(tmp_path):
    (tmp_path / "b.yaml").write_text(DEVICE, encoding="utf-8")
    (tmp_path / "a.yml").write_text(f"{DEVICE}name: first\n---\n{DEVICE}", encoding="utf-8")
    (tmp_path / "c.json").write_text('{"model": "GPT2", "hardware": "A100"}', encoding="utf-8")
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")

    assert [plan.name for plan in load_plans(tmp_path)] == ["first", "a 2", "b", "c"]


def test_a_folder_without_plans_says_so(tmp_path):
    with pytest.raises(PlanError, match=r"has no plans, which end in .yaml, .yml, .json"):
        load_plans(tmp_path)
