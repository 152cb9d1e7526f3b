"""`mlsysim sweep` of plans, into files and folders."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

pytest.importorskip("numpy")
parquet = pytest.importorskip("pyarrow.parquet")
pytestmark = pytest.mark.slow

PLAN = """
# What to buy for chat.
models: [Llama3_8B, Llama3_70B]
hardware: [A100, H100]
batch-size: 1:60
seq_len: 256:8192:256
where: batch_size * seq_len <= 1e6
objective: maximize throughput
constraint: [latency < 50 ms, memory < 0.9 * capacity]
"""


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN)
    return "plan.yaml"


def test_a_plan_says_what_options_say(invoke, plan):
    told = invoke("sweep", plan, "-o", "json", "--top", "3")
    line = ("--batch-size", "1:60", "--seq-len", "256:8192:256", "--top", "3", "-o", "json")
    typed = invoke(
        *("sweep", "Llama3_8B,Llama3_70B", "A100,H100", *line, "--objective", "max throughput"),
        *("--where", "batch_size * seq_len <= 1e6", "--constraint", "latency < 50 ms"),
        *("--constraint", "memory < 0.9 * capacity"),
    )

    assert told.exit_code == 0
    assert json.loads(told.stdout) == json.loads(typed.stdout)


def test_what_is_said_goes_before_what_the_plan_says(invoke, plan):
    found = json.loads(invoke("sweep", plan, "-b", "4", "-s", "1024", "-o", "json").stdout)

    assert {(one["batch_size"], one["seq_len"]) for one in found["points"]} == {(4, 1024)}


def test_a_plan_may_be_toml_and_train(invoke, tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text(
        'models = "Llama3_8B"\nhardware = "H200"\nbatch-size = "1,2"\ntraining = true\n'
    )
    found = json.loads(invoke("sweep", str(file), "-o", "json").stdout)

    assert [one["phase"] for one in found["points"]] == ["training"] * 2


def test_everything_wrong_with_a_plan_is_told_with_its_place(invoke, plan, tmp_path):
    (tmp_path / plan).write_text(
        "models: [Llama3_8B, Llama3_7B]\n"
        "hardwear: H100\n"
        "batch_size: 1:64:log3\n"
        "constraint: latncy < 4 s\n"
        "workers: two\n"
    )
    result = invoke("sweep", plan)

    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    for place, what in (
        ("1:1", "hardware is missing"),
        ("1:9", "did you mean Llama3_70B"),
        ("2:1", "hardwear: no such key; did you mean hardware?"),
        ("3:13", "did you mean log2"),
        ("4:13", "did you mean latency?"),
        ("5:10", "workers: must be a whole number, got 'two'"),
    ):
        assert any(f"plan.yaml:{place}: " in line and what in line for line in lines), (place, what)
    assert len(lines) == 6


def test_places_in_toml_are_told_as_well(invoke, tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text('models = "Llama3_8B"\nhardware = "H100"\nbatch_size = "0:3"\n')
    broken = tmp_path / "broken.toml"
    broken.write_text('models = "Llama3_8B"\nhardware = \n')

    assert "plan.toml:3:14: batch_size: " in invoke("sweep", str(file)).stderr
    assert "broken.toml:2:12: is not TOML" in invoke("sweep", str(broken)).stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("Llama3_8B",), "Llama3_8B on what?"),
        (("plan.yaml", "H100"), "leave out H100"),
        (("no.yaml",), "no.yaml: there is no such file"),
        (("Llama3_8B", "H100", "--workers", "2"), "name it with --out"),
        (("plan.yaml", "--sample", "5", "--optimize", "5"), "exclude each other"),
        (("Llama3_8B", "H100", "--optimize", "5"), "needs --objective or --pareto"),
        (("plan.yaml", "--sample", "5", "--method", "latn"), "did you mean latin"),
        (("plan.yaml", "--out", "nowhere/points.csv"), "cannot be written"),
        (("Llama3_8B", "H100", "-b", "1:64:log"), "makes no grid"),
    ],
)
def test_what_cannot_be_is_one_line_and_a_status(invoke, plan, words, message):
    result = invoke("sweep", *words)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["points.csv", "points.json", "points.md", "points.arrow"])
def test_points_go_to_a_file_of_the_kind_that_its_name_says(invoke, plan, tmp_path, name):
    result = invoke("sweep", plan, "-b", "1,2", "-s", "512", "--out", name)

    assert (result.exit_code, result.stdout) == (0, "")
    assert f"8 points are in {name}" in result.stderr
    assert (tmp_path / name).stat().st_size > 500


def test_a_parquet_file_has_the_points(invoke, plan):
    invoke("sweep", plan, "--out", "points.parquet")
    found = parquet.read_table("points.parquet").to_pylist()

    assert len(found) > 5000
    assert found[0]["model"] == "Llama3_8B"


def test_a_folder_is_filled_and_found_again(invoke, plan):
    result = invoke("sweep", plan, "--out", "points", "-o", "json")
    again = invoke("sweep", plan, "--out", "points", "-o", "json")
    told = json.loads(result.stdout)

    assert result.exit_code == 0
    assert again.stdout == result.stdout
    assert told["points"] == parquet.read_table("points").num_rows
    assert told["refusals"]["does not fit in memory"] == told["points"] - told["feasible"]
    other = invoke("sweep", plan, "--out", "points", "-b", "1:61")
    assert other.exit_code == 1
    assert "holds another sweep (points was" in other.stderr


def test_samples_and_optimizers_choose_points(invoke, plan):
    pytest.importorskip("optuna")
    drawn = json.loads(invoke("sweep", plan, "--sample", "7", "--seed", "3", "-o", "json").stdout)
    line = ("sweep", plan, "-b", "1:4096:log", "--optimize", "100", "--seed", "3", "-o", "json")
    found = json.loads(invoke(*line).stdout)

    assert len(drawn["points"]) <= 7
    assert len(found["points"]) == 10
    assert json.loads(invoke(*line).stdout) == found


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_killed_the_command_goes_on_where_it_stood(plan, tmp_path):
    line = [sys.executable, "-m", "mlsysim_cli", "sweep", plan, "--workers", "2", "-b", "1:3000"]
    line += ["-s", "16:8192:16", "--where", "batch_size > 0", "-o", "json"]
    folder = tmp_path / "plan-points"
    process = subprocess.Popen(line, stdout=subprocess.PIPE)
    end = time.monotonic() + 120
    while not list(folder.glob("part-*")) and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    first = {one.name: one.stat().st_mtime_ns for one in folder.glob("part-*")}
    assert first
    assert process.returncode == -signal.SIGKILL

    told = json.loads(subprocess.run(line, check=True, stdout=subprocess.PIPE).stdout)
    assert told["points"] == 4 * 3000 * 512
    files = parquet.ParquetDataset(folder).fragments
    assert sum(one.metadata.num_rows for one in files) == told["points"]
    assert all((folder / name).stat().st_mtime_ns == then for name, then in first.items())
