"""`mlsysim serve` and `mlsysim fit`."""

import csv
import io
import json

import pytest
from mlsysim_solvers import (
    ContinuousBatchingModel,
    FitModel,
    Requests,
    ServingModel,
    SimulationModel,
)


def document(result):
    return json.loads(result.stdout)


def test_serve_answers_what_the_solver_answers(invoke):
    result = invoke(
        *("serve", "Llama3_70B", "H100", "-b", "8", "--input-len", "1000", "--output-len", "100"),
        *("--tp", "4", "--pp", "2", "-p", "fp8", "--kv-precision", "fp8", "-o", "json"),
    )
    found = document(result)
    alone = ServingModel().solve(
        "Llama3_70B", "H100", 1000, 8, "fp8", output_len=100, tp=4, pp=2, kv_precision="fp8"
    )

    assert result.exit_code == 0
    assert found["devices"] == 8
    assert found["ttft"] == {"value": alone.ttft_seconds, "unit": "s"}
    assert found["itl"] == {"value": alone.itl_seconds, "unit": "s"}
    assert found["end_to_end"] == {"value": alone.end_to_end_seconds, "unit": "s"}
    assert found["throughput"] == {"value": alone.tokens_per_second, "unit": "token/s"}
    assert found["energy"] == {"value": alone.joules, "unit": "J"}
    assert found["memory"]["needed"] == {"value": alone.memory.total, "unit": "byte"}
    assert sum(part["value"] for part in found["prefill"].values()) == pytest.approx(
        alone.ttft_seconds
    )
    assert sum(part["value"] for part in found["decode"].values()) == pytest.approx(
        alone.itl_seconds
    )


def test_serve_shows_people_where_the_time_goes(invoke):
    result = invoke("serve", "Llama3_8B", "H100", "-b", "32")

    assert result.exit_code == 0
    assert result.stdout.startswith("Llama3_8B on 1 x H100\n")
    for heading in (
        "Where the time of the first token goes",
        "Where the time of each later token goes",
        "What the memory of each device holds",
    ):
        assert heading in result.stdout


def test_what_does_not_fit_has_no_times_but_advice_that_holds(invoke):
    line = ("serve", "Llama3_70B", "H100", "-b", "8")
    result = invoke(*line, "-o", "json")
    found = document(result)

    assert result.exit_code == 2
    assert result.stderr.startswith("mlsysim: Llama3_70B does not fit on 1 x H100: ")
    assert found["feasible"] is False
    assert found["ttft"] == {"value": None, "unit": "s", "reason": "does not fit in memory"}
    assert {one["change"] for one in found["advice"]} == {"precision", "tp"}
    for one in found["advice"]:
        assert invoke(*line, f"--{one['change']}", str(one["to"])).exit_code == 0


def test_the_largest_batch_that_is_advised_fits_and_no_larger_one(invoke):
    line = ("serve", "Llama3_8B", "H100", "-b")
    found = document(invoke(*line, "1000", "-o", "json"))
    batch = next(one["to"] for one in found["advice"] if one["change"] == "batch_size")

    assert invoke(*line, str(batch)).exit_code == 0
    assert invoke(*line, str(batch + 1)).exit_code == 2


def test_a_limit_that_is_not_kept_is_a_status_of_its_own(invoke):
    result = invoke(
        *("serve", "Llama3_8B", "H100", "--max-ttft", "10 s", "--max-itl", "1 us"), "-o", "json"
    )
    verdicts = {one["name"]: one["satisfied"] for one in document(result)["constraints"]}

    assert result.exit_code == 3
    assert verdicts == {"max_ttft": True, "max_itl": False}
    assert "violated: itl " in result.stderr


def test_serve_writes_one_line_of_csv(invoke):
    result = invoke("-o", "csv", "serve", "Llama3_8B", "H100")
    (row,) = csv.DictReader(io.StringIO(result.stdout))

    assert float(row["ttft [s]"]) > float(row["itl [s]"]) > 0.0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("Llama3_8B", "H10"), "did you mean H100"),
        (("Llama3_8B", "H100", "--tp", "3"), "must divide the 32 heads"),
        (("Llama3_8B", "H100", "--max-itl", "5"), "--max-itl must be such as '50 ms', got '5'"),
        (("Llama3_8B", "H100", "--output-le", "5"), "no option --output-le; did you mean "),
        (("Llama3_8B", "H100", "--output-len", "many"), "'many' is not a whole number"),
        (("ResNet50", "H100"), "does not write token after token"),
    ],
)
def test_mistakes_are_one_line(words, hint, invoke):
    result = invoke("serve", *words)

    assert result.exit_code == 1
    assert hint in result.stderr
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_fit_tells_how_far(invoke):
    result = invoke("fit", "Llama3_70B", "H100", "--tp", "4", "-s", "4096", "-o", "json")
    found = document(result)
    alone = FitModel().solve("Llama3_70B", "H100", 4096, tp=4)

    assert result.exit_code == 0
    assert found["feasible"] is True
    assert found["max_batch_size"] == alone.max_batch
    assert found["max_seq_len"] == alone.max_context
    assert found["min_devices"] == 2
    assert found["shortage"] == {"value": 0.0, "unit": "byte"}
    assert found["memory"]["weights"] == {"value": alone.memory.weights, "unit": "byte"}


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_fit_tells_people_what_would_fit(form, invoke):
    result = invoke("fit", "Llama3_70B", "H100", "-o", form)

    assert result.exit_code == 2
    assert "DOES NOT FIT" in result.stdout
    assert "fp8, int8, fp6, fp4, int4" in result.stdout
    assert result.stderr.startswith("mlsysim: Llama3_70B does not fit on 1 x H100: ")


def test_as_a_user_runs_it(run):
    done = run("serve", "Llama3_8B", "H100", "-o", "json")

    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["feasible"] is True


PROBE = """
import sys, mlsysim_cli
sys.argv[1:] = {words!r}
try:
    mlsysim_cli.main()
except SystemExit as end:
    assert end.code == 0, end.code
assert "pint" not in sys.modules
"""


@pytest.mark.parametrize(
    "words",
    [
        ["serve", "Llama3_8B", "H100", "--max-itl", "1 s"],
        ["fit", "Llama3_8B", "H100"],
        ["train", "Llama3_8B", "DGX_H100", "-b", "8", "--zero", "3", "--max-memory", "80 GB"],
        ["optimize", "serving", "Llama3_8B", "H100", "--max-ttft", "1 s"],
    ],
)
def test_data_needs_no_pint(words):
    import subprocess
    import sys

    code = PROBE.format(words=[*words, "-o", "json"])
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)


def test_serve_takes_what_the_solver_takes_of_a_batch(invoke):
    result = invoke(
        *("serve", "Llama3_70B", "H100", "-b", "4", "--tp", "4", "-p", "fp8", "-o", "json"),
        *("--draft", "Llama3_8B", "--draft-tokens", "3", "--draft-acceptance", "0.8"),
        *("--prefill-chunk", "512", "--cached-prefix", "100", "--adapters", "2"),
        *("--adapter-rank", "8", "--kv-offload", "0.1"),
    )
    found = document(result)
    alone = ServingModel().solve(
        "Llama3_70B", "H100", 2048, 4, "fp8", output_len=256, tp=4, draft_model="Llama3_8B",
        draft_tokens=3, draft_acceptance_rate=0.8, prefill_chunk=512, cached_prefix_len=100,
        adapters=2, adapter_rank=8, kv_offload=0.1,
    )  # fmt: skip

    assert result.exit_code == 0
    assert found["itl"]["value"] == alone.itl_seconds
    assert found["ttft"]["value"] == alone.ttft_seconds
    assert found["draft_model"] == "Llama3_8B"
    held = {name: one["value"] for name, one in found["memory"].items()}
    parts = ("weights", "cache", "activations", "draft", "adapters", "reserve")
    assert sum(held[name] for name in parts) == pytest.approx(held["needed"])
    assert min(held["draft"], held["adapters"], held["offloaded"]) > 0.0


def test_serve_answers_a_load(invoke):
    line = ("serve", "Llama3_8B", "H100", "--input-len", "1000", "--output-len", "100")
    closed = invoke(*line, "--concurrency", "32", "--max-batch", "16", "-o", "json")
    alone = ContinuousBatchingModel().solve(
        "Llama3_8B", "H100", 1000, 16, output_len=100, concurrency=32
    )

    assert document(closed)["ttft"]["value"] == alone.ttft_seconds
    assert document(closed)["stack"] == "Optimized"
    assert document(closed)["waiting"]["value"] == 16.0
    assert document(closed)["throughput"]["value"] == alone.throughput_tokens_per_sec
    people = invoke(*line, "--concurrency", "32")
    assert "32 clients in a closed loop" in people.stdout
    late = invoke(*line, "--concurrency", "32", "--max-itl", "1 us")
    assert late.exit_code == 3
    crowded = invoke(*line, "--arrival-rate", "1000")
    assert "UNSTABLE" in crowded.stdout
    tight = invoke("serve", "Llama3_70B", "H100", "--concurrency", "4")
    assert tight.exit_code == 2
    assert "not one request fits" in tight.stderr
    assert invoke(*line, "--concurrency", "4", "-o", "csv").stdout.startswith("model,hardware,")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--max-batch", "8"), "--concurrency or --arrival-rate"),
        (("--concurrency", "8", "--draft", "GPT2"), "--draft: of one batch"),
        (("--concurrency", "8", "-b", "4"), "--batch-size: of one batch"),
        (("--concurrency", "8", "--arrival-rate", "4"), "not both"),
        (("--draft-tokens", "3"), "--draft or --prediction-layers"),
        (("--adapter-rank", "3"), "--adapters"),
        (("--kv-offload", "2"), "from 0.0 to 1.0"),
    ],
)
def test_serve_drops_no_option_in_silence(invoke, options, words):
    result = invoke("serve", "Llama3_8B", "H100", *options)

    assert result.exit_code == 1
    assert words in result.stderr


DAY = "arrival_s,prompt_tokens,output_tokens\n0,512,64\n0.1,1024,128\n0.3,300,10\n1.2,4000,200\n"


def test_serve_plays_requests_of_a_file(tmp_path, invoke):
    day, trace = tmp_path / "day.csv", tmp_path / "passes.json"
    day.write_text(DAY)
    line = ("serve", "Llama3_8B", "H100", "--requests", str(day))

    found = document(invoke(*line, "--max-ttft", "50 ms", "--trace", str(trace), "-o", "json"))

    alone = SimulationModel().solve("Llama3_8B", "H100", Requests.read(day))
    assert found["served"] == 4
    assert found["ttft"]["p99"]["value"] == max(alone.ttft_seconds)
    assert found["attainment"] == alone.attainment(ttft=0.05) == 0.75
    assert found["constraints"][0]["satisfied"] is False
    events = json.loads(trace.read_text())["traceEvents"]
    assert sum(one.get("dur", 0.0) for one in events) == pytest.approx(
        1e6 * alone.utilization * alone.seconds
    )
    people = invoke(*line, "--replicas", "2", "--concurrency", "2", "--policy", "static")
    assert "2 replicas of 1 x H100" in people.stdout
    assert "Percentiles" in people.stdout
    none = invoke("serve", "Llama3_70B", "H100", "--requests", str(day))
    assert none.exit_code == 2
    assert "not one request fits" in none.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--requests", "nowhere.csv"), "nowhere.csv: No such file"),
        (("--policy", "static"), "it needs --requests"),
        (("--trace", "passes.json"), "it needs --requests"),
        (("--requests", "day.csv", "--input-len", "5", "-b", "3"), "--input-len and --batch-size"),
        (("--requests", "day.csv", "--arrival-rate", "3"), "--arrival-rate"),
        (("--requests", "day.csv", "--policy", "chunkd"), "did you mean chunked?"),
        (("--requests", "day.csv", "--trace", "no/where.json"), "cannot be written"),
    ],
)
def test_requests_of_a_file_drop_no_option(options, words, tmp_path, invoke, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "day.csv").write_text(DAY)

    result = invoke("serve", "Llama3_8B", "H100", *options)

    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stdout == ""
