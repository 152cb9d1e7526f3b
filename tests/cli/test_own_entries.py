"""`--registry`, `eval SCENARIO`, `zoo ... --sources` and `audit`."""

import csv
import io
import json
import re

import pytest

CHIP = """\
[hardware.mychip]
tdp = "300 W"
compute = { peak = { fp16 = "200 TFLOP/s" } }
memory = { capacity = "48 GB", bandwidth = "1 TB/s" }

[model.mymodel]
config = "config.json"

[scenario.fast]
workload = "mymodel"
system = "mychip"
sla_latency = "1 us"

[scenario.large]
workload = "Llama3_70B"
system = "mychip"

[scenario.fine]
workload = "mymodel"
system = "mychip"
sla_latency = "1 s"
"""
CONFIG = {
    "model_type": "qwen3",
    "hidden_size": 1024,
    "intermediate_size": 3072,
    "num_hidden_layers": 28,
    "num_attention_heads": 16,
    "num_key_value_heads": 8,
    "head_dim": 128,
    "vocab_size": 151936,
    "tie_word_embeddings": True,
}


@pytest.fixture
def mine(tmp_path):
    """Write a file with a chip, and a model that is imported; forget them afterwards."""
    from mlsysim_core import catalog
    from mlsysim_registry import _own

    (tmp_path / "own.toml").write_text(CHIP)
    (tmp_path / "config.json").write_text(json.dumps(CONFIG))
    yield str(tmp_path / "own.toml")
    for path in list(_own.loaded):
        del _own.loaded[path]
        catalog.remove(str(path))


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("command", ["eval", "explain"])
def test_entries_of_ones_own_have_names_like_any_other(command, before, mine, invoke):
    own = ("--registry", mine)
    words = (command, "mymodel", "my-chip", "-o", "json")

    result = invoke(*own, *words) if before else invoke(*words, *own)

    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (found["model"], found["hardware"]) == ("mymodel", "mychip")
    assert found["data_version"].startswith("own.toml ")


def test_they_stand_in_the_zoo_as_well(mine, invoke):
    assert "mychip" in invoke("zoo", "hardware", "--registry", mine).stdout
    assert "0 wrong" not in invoke("zoo", "models", "mymodel", "--registry", mine).stdout
    assert "mychip" in invoke("audit", "hardware", "mychip", "--registry", mine).stdout


def test_the_environment_names_them_too(mine, run):
    result = run("eval", "mymodel", "mychip", "-o", "csv", MLSYSIM_REGISTRY=mine)

    assert result.returncode == 0
    assert "mychip" in result.stdout


def test_a_mistake_in_a_file_is_one_line(tmp_path, run):
    path = tmp_path / "own.toml"
    path.write_text(CHIP.replace("48 GB", "48 GW"))

    result = run("eval", "mymodel", "mychip", "--registry", str(path))

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"mlsysim: {path}:4: hardware.mychip.memory.capacity: expected")
    assert result.stderr.count("\n") == 1


def test_a_path_that_leads_nowhere_is_bad_input(invoke):
    result = invoke("zoo", "--registry", "nowhere")

    assert result.exit_code == 1
    assert "nowhere: there is no such file or folder" in result.stderr


@pytest.mark.parametrize("form", ["table", "json", "markdown", "csv"])
@pytest.mark.parametrize(("name", "status"), [("fine", 0), ("large", 2), ("fast", 3)])
def test_a_scenario_ends_with_its_verdict(name, status, form, mine, invoke):
    result = invoke("eval", name, "--registry", mine, "-o", form)

    assert result.exit_code == status
    assert "latency" in result.stdout
    assert bool(result.stderr) is bool(status)


def test_a_scorecard_as_data(invoke):
    result = invoke("eval", "KeywordSpotting", "-o", "json")

    found = json.loads(result.stdout)
    assert result.exit_code == 3
    assert found["passed"] is False
    assert found["prediction"]["precision"] == "int8"
    power = next(one for one in found["checks"] if one["limit"]["value"] == 1e-3)
    assert (power["level"], power["passed"], power["value"]["unit"]) == ("energy", False, "W")
    assert "KeywordSpotting does not pass: power while it works is 400 times" in result.stderr


def test_options_change_what_is_evaluated(mine, invoke):
    words = ("eval", "fine", "--registry", mine, "-b", "4", "-p", "int8", "-s", "100", "-o", "json")

    found = json.loads(invoke(*words).stdout)["prediction"]

    assert (found["batch_size"], found["precision"], found["seq_len"]) == (4, "int8", 100)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("Llama3_8B",), "Llama3_8B is a model, no scenario: mlsysim eval Llama3_8B HARDWARE"),
        (("H100",), "H100 is a hardware, no scenario: mlsysim eval MODEL H100"),
        (("KeywordSpoting",), "no scenario named 'KeywordSpoting'; did you mean KeywordSpotting"),
        (("TinySensor", "--max-latency", "1 s"), "has limits of its own: leave out --max-latency"),
    ],
)
def test_a_name_that_is_no_scenario(words, complaint, invoke):
    result = invoke("eval", *words)

    assert result.exit_code == 1
    assert complaint in result.stderr


def test_sources_value_by_value(invoke):
    text = invoke("zoo", "hardware", "H100", "--sources")
    found = json.loads(invoke("zoo", "hardware", "H100", "--sources", "-o", "json").stdout)
    lines = csv.DictReader(
        io.StringIO(invoke("zoo", "hardware", "h100", "--sources", "-o", "csv").stdout)
    )

    assert text.exit_code == 0
    values, _, said = text.stdout.partition("Who says it")
    assert "[from memory]" in said
    numbers = re.findall(r"\[\d+\]", values)
    assert set(numbers) == set(re.findall(r"^ *(\[\d+\])", said, re.MULTILINE))
    assert re.search(r"compute\.ceiling +\S+ +\[\d+\]", values)
    ceiling = next(one for one in found["values"] if one["path"] == "compute.ceiling")
    assert "MAMF" in ceiling["sources"][0]["title"]
    assert {"path", "value", "title", "seen"} <= set(next(lines))


def test_entries_without_sources_say_so(mine, invoke):
    result = invoke("zoo", "hardware", "mychip", "--sources", "--registry", mine)

    assert result.exit_code == 1
    assert "own.toml:1 names no sources" in result.stderr


def test_sources_are_those_of_one_entry(invoke):
    result = invoke("zoo", "hardware", "--sources")

    assert result.exit_code == 1
    assert "name an entry to see its sources" in result.stderr


def test_an_audit_counts_lists_and_tells(invoke):
    counts, listed = invoke("audit", "grids"), invoke("audit", "hardware", "--issue", "stale price")
    one = invoke("audit", "hardware", "ESP32-S3", "-o", "json")

    assert counts.exit_code == listed.exit_code == one.exit_code == 0
    assert "single source" in counts.stdout
    assert "H100" in listed.stdout
    findings = json.loads(one.stdout)["findings"]
    assert {"kind", "name", "path", "issue", "text"} == set(findings[0])
    assert {finding["name"] for finding in findings} == {"ESP32_S3"}


def test_an_audit_of_everything_is_a_table_of_counts(invoke):
    result = invoke("audit")

    assert result.exit_code == 0
    assert result.stdout.startswith("values of")
    assert "hardware" in result.stdout


def test_an_unknown_issue_is_refused(invoke):
    result = invoke("audit", "hardware", "--issue", "recaled")

    assert result.exit_code == 1
    assert "did you mean 'recalled'?" in result.stderr
