"""`mlsysim eval` and `mlsysim explain`."""

import csv
import io
import json

import pytest
from mlsysim_core import Engine

DOCUMENTED = [
    *("model", "hardware", "phase", "batch_size", "seq_len", "precision", "arithmetic"),
    *("efficiency", "stack", "data_version", "feasible", "latency", "throughput"),
    *("bottleneck", "mfu"),
    *("energy", "memory", "breakdown", "notes"),
]


def answer(result):
    return json.loads(result.stdout)


def test_table_shows_what_people_ask_for(invoke):
    result = invoke("eval", "Llama3_8B", "H100", "--batch-size", "32")

    assert result.exit_code == 0
    for word in ("latency", "throughput", "bottleneck", "MFU", "memory", "energy", "batch 32"):
        assert word in result.stdout
    assert "2,048 tokens" in result.stdout
    assert result.stderr == ""


def test_json_is_the_engine_with_a_unit_beside_every_quantity(invoke):
    profile = Engine.solve("Llama3_8B", "H100", batch_size=32)

    found = answer(invoke("eval", "Llama3_8B", "H100", "-b", "32", "-o", "json"))

    assert list(found) == DOCUMENTED
    assert found["latency"] == {"value": profile.seconds, "unit": "s"}
    assert found["throughput"] == {"value": profile.items_per_second, "unit": "token/s"}
    assert found["energy"] == {"value": profile.joules, "unit": "J"}
    assert found["mfu"] == profile.mfu
    assert found["bottleneck"] == profile.bottleneck


def test_breakdown_adds_up(invoke):
    found = answer(invoke("eval", "Mixtral_8x7B", "H100", "-p", "int8", "-o", "json"))

    parts = [part["value"] for part in found["breakdown"].values()]

    assert sum(parts) == pytest.approx(found["latency"]["value"], rel=1e-12)


@pytest.mark.parametrize(
    "line",
    [
        "-o json eval Llama3_8B H100",
        "--output=json eval Llama3_8B H100",
        "eval -o json Llama3_8B H100",
        "eval Llama3_8B -ojson H100",
        "eval Llama3_8B H100 --output JSON",
        "-o csv eval Llama3_8B H100 -o json",
    ],
)
def test_output_is_taken_anywhere_on_the_line(line, run):
    assert answer(run(*line.split()))["model"] == "Llama3_8B"


def test_csv_is_one_line_under_names_with_units(invoke):
    result = invoke("-o", "csv", "eval", "Llama3_8B", "H100")

    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert float(row["latency [s]"]) == Engine.solve("Llama3_8B", "H100").seconds
    assert row["feasible"] == "true"


def test_csv_has_the_same_columns_whether_it_fits_or_not(invoke):
    fits, not_ = (
        invoke("eval", model, "H100", "-o", "csv").stdout.splitlines()[0]
        for model in ("Llama3_8B", "Llama3_70B")
    )

    assert fits == not_


def test_markdown_has_tables(invoke):
    result = invoke("eval", "Llama3_8B", "H100", "-o", "markdown")

    assert "| bottleneck | Memory |" in result.stdout


def test_every_option_reaches_the_engine(invoke):
    expected = Engine.solve(
        "Llama3_8B",
        "H100",
        4,
        "fp8",
        0.5,
        seq_len=512,
        phase="prefill",
        kv_precision="int8",
        stack="Ideal",
    )

    line = "eval Llama3_8B H100 -b 4 -p fp8 -e 0.5 -s 512 --phase prefill --kv-precision int8"
    found = answer(invoke(*line.split(), "--stack", "ideal", "-o", "json"))

    assert found["latency"]["value"] == expected.seconds
    assert found["phase"] == "prefill"


def test_training_options_reach_the_engine(invoke):
    expected = Engine.solve("GPT2", "A100", 8, is_training=True, recompute="full", optimizer="sgd")

    line = "eval GPT2 A100 -b 8 --training --recompute full --optimizer sgd -o json"

    assert answer(invoke(*line.split()))["latency"]["value"] == expected.seconds


def test_infinity_is_null_with_a_reason(invoke):
    result = invoke("eval", "Llama3_8B", "H100", "-e", "0", "-o", "json")

    assert answer(result)["latency"] == {"value": None, "unit": "s", "reason": "infinite"}
    assert "Infinity" not in result.stdout
    assert "NaN" not in result.stdout


def test_infeasible_has_no_normal_answer_and_names_what_fits(invoke):
    result = invoke("eval", "Llama3_70B", "H100", "-o", "json")
    found = answer(result)

    assert result.exit_code == 2
    assert found["feasible"] is False
    for name in ("latency", "throughput", "energy"):
        assert found[name]["value"] is None
        assert found[name]["reason"]
    assert found["mfu"] is None
    assert found["if_spilled"]["latency"]["value"] > 0
    assert {"precision", "devices"} <= {one["change"] for one in found["advice"]}


def test_infeasible_table_says_so_and_by_how_much(invoke):
    result = invoke("eval", "Llama3_70B", "H100")

    assert result.exit_code == 2
    assert "DOES NOT FIT" in result.stdout
    assert "too much" in result.stdout
    assert "throughput" not in result.stdout
    assert result.stderr.count("\n") == 1


def test_advice_is_true_and_cannot_be_bettered(invoke):
    asked = {"batch_size": 500, "seq_len": 8192}

    found = answer(invoke("eval", "Llama3_8B", "H100", "-b", "500", "-s", "8192", "-o", "json"))

    best = {one["change"]: one["to"] for one in found["advice"]}
    for name in ("batch_size", "seq_len"):
        assert Engine.solve("Llama3_8B", "H100", **{**asked, name: best[name]}).feasible
        assert not Engine.solve("Llama3_8B", "H100", **{**asked, name: best[name] + 1}).feasible


def test_where_there_is_no_host_link_there_is_no_number_at_all(invoke):
    found = answer(invoke("eval", "Llama3_8B", "ESP32_S3", "-o", "json"))

    assert found["if_spilled"]["latency"]["value"] is None


def test_kept_constraints_leave_status_0(invoke):
    result = invoke("eval", "Llama3_8B", "H100", "--max-latency", "1 s", "--min-mfu", "0")

    assert result.exit_code == 0
    assert "VIOLATED" not in result.stdout


@pytest.mark.parametrize(
    ("option", "limit"),
    [
        ("--max-latency", "1 ms"),
        ("--min-throughput", "1 Mtoken/s"),
        ("--max-memory", "1 GiB"),
        ("--max-power", "1 W"),
        ("--max-energy", "1 mJ"),
        ("--min-mfu", "0.9"),
    ],
)
def test_violated_constraint_is_status_3_in_one_document(option, limit, invoke):
    result = invoke("eval", "Llama3_8B", "H100", option, limit, "-o", "json")

    assert result.exit_code == 3
    (constraint,) = answer(result)["constraints"]
    assert constraint["satisfied"] is False
    assert result.stderr.startswith("mlsysim: violated: ")


@pytest.mark.parametrize("limit", ["5", "5 kg", "fast", "-1 ms", "nan ms", "inf s", ""])
def test_constraint_that_is_no_quantity_is_refused(limit, invoke):
    result = invoke("eval", "Llama3_8B", "H100", f"--max-latency={limit}")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "'50 ms'" in result.stderr


def test_explain_lists_every_operator(invoke):
    table = invoke("explain", "Llama3_8B", "H100")
    found = answer(invoke("explain", "Llama3_8B", "H100", "-o", "json"))

    rows = Engine.solve("Llama3_8B", "H100").explain().operators
    assert [one["name"] for one in found["operators"]] == [row["name"] for row in rows]
    assert all(str(row["name"]) in table.stdout for row in rows)


def test_eval_with_explain_is_explain(invoke):
    assert (
        invoke("eval", "Llama3_8B", "H100", "--explain").stdout
        == invoke("explain", "Llama3_8B", "H100").stdout
    )


def test_explain_as_csv_is_a_line_for_each_operator(invoke):
    lines = invoke("explain", "Llama3_8B", "H100", "-o", "csv").stdout.splitlines()

    assert lines[0].startswith("name,count,compute [s]")
    assert len(lines) == 1 + len(Engine.solve("Llama3_8B", "H100").explain().operators)
