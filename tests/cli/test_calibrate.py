"""`mlsysim calibrate`: your own runs in, entries that every command takes out."""

import json

import pytest

HEADER = "id,source,task,model,hardware,precision,batch,context_len,stack,metric,value"
ROWS = [  # a system somewhat slower than the registry's numbers say
    "1,me,decode,Llama3_8B,H100,fp16,1,1024,vLLM,tpot_s,0.0085",
    "2,me,decode,Llama3_8B,H100,fp16,8,1024,vLLM,tpot_s,0.0090",
    "3,me,decode,Llama3_8B,H100,fp16,32,1024,vLLM,tpot_s,0.0105",
    "4,me,decode,Llama3_8B,H100,fp16,64,1024,vLLM,tpot_s,0.0125",
]


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    return path


def test_the_profile_is_taken_by_other_commands(mine, tmp_path, run):
    profile = tmp_path / "mine.toml"

    told = run("calibrate", str(mine), "-o", str(profile))

    assert told.returncode == 0
    assert "it helped" in told.stdout
    line = ("eval", "Llama3_8B", "H100_calibrated", "--stack", "VLLM_calibrated", "-b", "32")
    answer = run(*line, "-s", "1024", "-o", "json", "--registry", str(profile))
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["latency"]["value"] == pytest.approx(0.0105, rel=0.1)


def test_an_answer_for_programs(mine, invoke):
    found = json.loads(invoke("calibrate", str(mine), "-o", "json").stdout)

    assert (found["hardware"], found["stack"], found["rows"]) == ("H100", "VLLM", 4)
    errors = found["mean_ape"]
    assert errors["after"] <= errors["held_back"] < errors["before"]
    assert found["helped"]
    assert "[stack.VLLM_calibrated]" in found["profile"]


@pytest.mark.parametrize("form", ["table", "csv", "markdown"])
def test_other_forms(mine, form, invoke):
    result = invoke("calibrate", str(mine), "-o", form, "--stack", "VLLM", "--hardware", "h100")

    assert result.exit_code == 0
    assert "stack.bandwidth_fraction" in result.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--hardware", "A100"], "two rows or more"),
        (["--hardware", "H10"], "did you mean"),
        (["--stack", "VLM"], "did you mean"),
        (["--profile", "/no/such/folder/x.toml"], "no folder"),
        (["-o", "tabel"], "did you mean table"),
    ],
)
def test_mistakes_are_one_line_and_status_1(options, message, mine, run):
    result = run("calibrate", str(mine), *options)

    assert (result.returncode, result.stdout) == (1, "")
    assert message in result.stderr
