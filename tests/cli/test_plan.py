"""`mlsysim eval PLAN`: scorecards of plan files, for people, scripts and CI."""

import csv
import io
import json
import subprocess
import sys
from xml.etree import ElementTree as ET

import jsonschema
import pytest

PLAN = """\
name: chat
model: Llama3_8B
hardware: H100
workload: {kind: serving, batch_size: 32, output_len: 256, precision: fp8}
duration: 30 days
place: {grid: Quebec, operator: Meta}
assert:
  - ttft < 2 s
  - itl < 20 ms
"""


@pytest.fixture
def plan(tmp_path):
    """Write a plan, with some of it changed, and return where it is."""

    def write(*change, name="plan.yaml"):
        path = tmp_path / name
        path.write_text(PLAN.replace(*change) if change else PLAN, encoding="utf-8")
        return str(path)

    return write


def test_what_holds_ends_with_zero(invoke, plan):
    result = invoke("eval", plan())

    assert result.exit_code == 0
    assert result.stderr == ""
    for word in ("Plan chat: PASSES", "feasibility", "performance", "macro", "holds  ttft < 2 s"):
        assert word in result.stdout


def test_what_is_violated_ends_with_three(invoke, plan):
    result = invoke("eval", plan("20 ms", "1 ms"))

    assert result.exit_code == 3
    assert "BROKEN  itl < 1 ms" in result.stdout
    assert result.stderr == "mlsysim: chat does not hold: itl < 1 ms\n"


def test_what_does_not_fit_ends_with_two(invoke, plan):
    result = invoke("eval", plan("batch_size: 32", "batch_size: 3200"))

    assert result.exit_code == 2
    assert "?  ttft < 2 s" in result.stdout
    assert "ttft unknown" in result.stdout
    assert result.stderr.startswith("mlsysim: chat does not fit: a device needs ")


def test_a_mistake_ends_with_one_and_every_problem_has_a_line(invoke, plan):
    path = plan("batch_size: 32", "batchsize: 32, tp: x")

    result = invoke("eval", path)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"mlsysim: {path}:4:27: workload.batchsize: no such key; did you mean batch_size?",
        f"mlsysim: {path}:4:46: workload.tp: expected a whole number (got 'x')",
    ]


def test_json_is_one_document_by_level(invoke, plan):
    result = invoke("eval", plan(), "-o", "json")

    found = json.loads(result.stdout)
    assert (found["plan"], found["passed"], found["feasible"]) == ("chat", True, True)
    assert found["performance"]["itl"]["unit"] == "s"
    assert found["macro"]["carbon"]["value"] > 0
    assert found["macro"]["rent"]["value"] is None
    assert "give cloud_offer" in found["macro"]["rent"]["reason"]
    assert [one["passed"] for one in found["assertions"]] == [True, True]
    assert found["assertions"][1]["line"] == 9
    assert found["assertions"][1]["values"]["itl"] == found["performance"]["itl"]


def test_json_of_what_does_not_fit_has_no_performance(invoke, plan):
    result = invoke("eval", plan("batch_size: 32", "batch_size: 3200"), "-o", "json")

    found = json.loads(result.stdout)
    assert found["performance"]["ttft"] == {
        "value": None,
        "unit": "s",
        "reason": "it does not fit in memory",
    }
    assert found["assertions"][0]["passed"] is None


def test_csv_has_a_line_for_each_value_and_each_assertion(invoke, plan):
    rows = list(csv.DictReader(io.StringIO(invoke("eval", plan(), "-o", "csv").stdout)))

    (held,) = (row for row in rows if row["what"] == "itl < 20 ms")
    assert (held["level"], held["passed"]) == ("assertion", "true")
    (ttft,) = (row for row in rows if row["what"] == "ttft")
    assert (ttft["level"], ttft["unit"]) == ("performance", "s")


def test_markdown_has_tables(invoke, plan):
    assert "| holds | itl \\< 20 ms | itl " in invoke("eval", plan(), "-o", "markdown").stdout


def test_junit_has_a_case_for_each_assertion(invoke, plan, tmp_path):
    report = tmp_path / "report.xml"

    result = invoke("eval", plan("20 ms", "1 ms"), "--junit", str(report))

    root = ET.parse(report).getroot()
    cases = root.findall("testsuite/testcase")
    assert result.exit_code == 3
    assert [case.get("name") for case in cases] == ["fits in memory", "ttft < 2 s", "itl < 1 ms"]
    assert [case.get("line") for case in cases[1:]] == ["8", "9"]
    assert cases[2].find("failure").get("message").startswith("itl is ")
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "0")


def test_junit_of_what_does_not_fit_skips_what_cannot_be_told(invoke, plan, tmp_path):
    report = tmp_path / "report.xml"

    invoke("eval", plan("batch_size: 32", "batch_size: 3200"), "--junit", str(report))

    root = ET.parse(report).getroot()
    assert (root.get("failures"), root.get("skipped")) == ("1", "2")
    assert root.find("testsuite/testcase/failure").get("type") == "infeasible"


def test_junit_of_a_mistake_is_an_error(invoke, plan, tmp_path):
    report = tmp_path / "report.xml"

    result = invoke("eval", plan("Llama3_8B", "Llama3_8\x7f"), "--junit", str(report))

    root = ET.parse(report).getroot()
    assert result.exit_code == 1
    assert (root.get("tests"), root.get("errors")) == ("1", "1")


def test_junit_that_cannot_be_written_is_bad_input(invoke, plan, tmp_path):
    result = invoke("eval", plan(), "--junit", str(tmp_path / "none" / "report.xml"))

    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.stderr


def test_junit_is_for_plans(invoke):
    result = invoke("eval", "Llama3_8B", "H100", "--junit", "report.xml")

    assert result.exit_code == 1
    assert result.stderr == "mlsysim: --junit is for plans, and Llama3_8B is none\n"


def test_a_folder_is_evaluated_as_a_whole(invoke, plan, tmp_path):
    plan(name="a.yaml")
    plan("20 ms", "1 ms", name="b.yaml")
    broken = plan("H100", "H1000", name="c.yaml")

    result = invoke("eval", str(tmp_path), "-o", "json")

    assert result.exit_code == 1
    assert [one["passed"] for one in json.loads(result.stdout)] == [True, False]
    assert result.stderr.splitlines()[0].startswith(f"mlsysim: {broken}:3:11: hardware: ")


def test_a_folder_of_one_is_still_a_list(invoke, plan, tmp_path):
    plan()

    assert len(json.loads(invoke("eval", str(tmp_path), "-o", "json").stdout)) == 1


def test_several_plans_of_a_file_are_a_list(invoke, tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text(f"{PLAN}---\n{PLAN}", encoding="utf-8")

    assert len(json.loads(invoke("eval", str(path), "-o", "json").stdout)) == 2


def test_a_plan_may_come_from_standard_input():
    result = subprocess.run(
        [sys.executable, "-m", "mlsysim_cli", "eval", "-", "-o", "json"],
        check=False,
        capture_output=True,
        input=PLAN.replace("20 ms", "20"),
        text=True,
    )

    assert result.returncode == 1
    assert result.stderr.startswith("mlsysim: standard input:9:11: assert.1: s and a number")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.yaml",), "none.yaml: there is no such file"),
        (("{plan}", "H100"), "is a plan, which says what it runs on: leave out H100"),
        (("{plan}", "-b", "3"), "a plan says itself how it is evaluated: leave out --batch-size"),
        (("{plan}", "--max-latency", "3 s"), "leave out --max-latency"),
        (("{plan}", "--explain"), "leave out --explain"),
        (("plan.toml",), "plan.toml: plans are YAML or JSON, not TOML"),
    ],
)
def test_what_cannot_be_asked_of_a_plan_is_refused(arguments, message, invoke, plan):
    path = plan()

    result = invoke("eval", *(one.format(plan=path) for one in arguments))

    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr


def test_entries_of_ones_own_can_be_planned_with(invoke, plan, tmp_path):
    folder = tmp_path / "hardware"
    folder.mkdir()
    (folder / "mychip.toml").write_text(
        "[compute.peak]\nfp16 = '400 TFLOP/s'\nfp8 = '800 TFLOP/s'\n"
        "[memory]\ncapacity = '96 GB'\nbandwidth = '2 TB/s'\n",
        encoding="utf-8",
    )
    text = plan("H100", "mychip")

    result = invoke("eval", text, "--registry", str(folder), "-o", "json")

    found = json.loads(result.stdout)
    assert found["system"] == "mychip"
    assert found["performance"]["power"]["reason"] == "the power of mychip is not published"


def test_the_schema_of_plans_accepts_a_plan(invoke):
    schema = json.loads(invoke("schema", "plan").stdout)
    document = {"model": "Llama3_8B", "hardware": "H100", "assert": ["latency < 20 ms"]}

    jsonschema.validate(document, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document, "batch": 3}, schema)
