"""`mlsysim optimize parallelism` and `mlsysim optimize serving`."""

import csv
import io
import json

import pytest
from mlsysim_solvers import ServingOptimizer, search

TRAIN = ("optimize", "parallelism", "Llama3_8B", "DGX_H100", "-b", "64")
SERVE = ("optimize", "serving", "Llama3_8B", "H100,A100")


def document(result):
    return json.loads(result.stdout)


@pytest.fixture
def arrays():
    pytest.importorskip("numpy")


@pytest.mark.usefixtures("arrays")
class TestParallelism:
    def test_it_lists_what_the_search_finds(self, invoke):
        result = invoke(*TRAIN, "--top", "3", "-o", "json")
        found = document(result)
        alone = search("Llama3_8B", "DGX_H100", 64)

        assert result.exit_code == 0
        assert [one["latency"]["value"] for one in found["strategies"]] == [
            one.seconds for one in alone.ranked[:3]
        ]
        assert (found["tried"], found["within_limits"]) == (alone.tried, alone.feasible)
        assert found["why"] == alone.why()

    def test_the_best_can_be_given_to_train(self, invoke):
        (best,) = document(invoke(*TRAIN, "--top", "1", "-o", "json"))["strategies"]
        plan = best["strategy"]
        again = invoke(
            *("train", "Llama3_8B", "DGX_H100", "-b", "64", "--zero", str(plan["zero"])),
            *("--tp", str(plan["tp"]), "--pp", str(plan["pp"]), "--dp", str(plan["dp"])),
            *("--micro-batches", str(plan["micro_batches"]), "-o", "json"),
        )

        assert document(again)["latency"] == best["latency"]

    def test_people_see_a_table_and_why(self, invoke):
        result = invoke(*TRAIN, "--top", "1")

        assert result.exit_code == 0
        assert "strategies that are best in time" in result.stdout
        assert "the runner-up" in result.stdout

    def test_a_front_trades_time_for_memory(self, invoke):
        rows = list(csv.DictReader(io.StringIO(invoke(*TRAIN, "--pareto", "-o", "csv").stdout)))
        times = [float(row["latency [s]"]) for row in rows]
        memory = [float(row["memory.needed [byte]"]) for row in rows]

        assert len(rows) > 2
        assert times == sorted(times)
        assert memory == sorted(memory, reverse=True)

    def test_only_what_is_asked_for_is_tried(self, invoke):
        found = document(invoke(*TRAIN, "--tp", "2,4", "--pp", "1", "--zero", "1", "-o", "json"))

        for one in found["strategies"]:
            assert one["strategy"]["tp"] in {2, 4}
            assert (one["strategy"]["pp"], one["strategy"]["zero"]) == (1, 1)

    def test_more_memory_than_a_device_has_helps_nothing(self, invoke):
        assert invoke(*TRAIN, "--max-memory", "900 GB").stdout == invoke(*TRAIN).stdout

    def test_what_cannot_fit_is_told_from_what_breaks_a_limit(self, invoke):
        large = ("optimize", "parallelism", "Llama3_70B", "DGX_H100", "-b", "8")
        too_large = invoke(*large, "-o", "json")
        too_slow = invoke(*TRAIN, "--max-latency", "1 s", "-o", "json")

        assert (too_large.exit_code, too_slow.exit_code) == (2, 3)
        assert document(too_large)["feasible"] is False
        assert document(too_slow)["feasible"] is True
        assert "the leanest needs " in too_large.stderr
        assert "no strategy that fits stays within 1 s a step" in too_slow.stderr

    @pytest.mark.parametrize(
        ("words", "hint"),
        [
            (("--objective", "tim"), "did you mean time?"),
            (("--tp", "3"), "--tp: none of 3 divides what it shares; these would: 1, 2, 4, 8"),
            (("--tp", "4,x"), "--tp must be such as 8 or 1,2,4, got '4,x'"),
            (("--top", "2", "--pareto"), "--top and --pareto exclude each other"),
        ],
    )
    def test_mistakes_are_one_line(self, words, hint, invoke):
        result = invoke(*TRAIN, *words)

        assert result.exit_code == 1
        assert hint in result.stderr
        assert result.stderr.count("\n") == 1


class TestServing:
    def test_it_lists_what_the_solver_finds(self, invoke):
        result = invoke(*SERVE, "--max-itl", "20 ms", "--top", "3", "-o", "json")
        found = document(result)
        alone = ServingOptimizer().solve("Llama3_8B", ["H100", "A100"], tpot_ms=20.0)

        assert result.exit_code == 0
        assert found["within_limits"] == len(alone.choices)
        assert len(found["choices"]) == 3
        assert found["choices"][0]["itl"] == {"value": alone.best.itl_seconds, "unit": "s"}
        assert found["cheapest"]["cost_per_million_tokens"]["unit"] == "USD"

    def test_a_front_trades_users_for_devices(self, invoke):
        rows = list(csv.DictReader(io.StringIO(invoke(*SERVE, "--pareto", "-o", "csv").stdout)))
        users = [float(row["throughput_per_user [token/s]"]) for row in rows]
        devices = [float(row["throughput_per_device [token/s]"]) for row in rows]

        assert len(rows) > 2
        assert users == sorted(users)
        assert devices == sorted(devices, reverse=True)

    def test_people_see_a_table(self, invoke):
        result = invoke(*SERVE)

        assert result.exit_code == 0
        assert "Llama3_8B: choices with the most tokens" in result.stdout
        assert "cheapest: " in result.stdout

    def test_what_cannot_fit_is_told_from_what_breaks_a_limit(self, invoke):
        too_large = invoke("optimize", "serving", "Llama3_405B", "T4")
        too_slow = invoke(*SERVE, "--max-itl", "1 us")

        assert (too_large.exit_code, too_slow.exit_code) == (2, 3)
        assert "does not fit" in too_large.stderr
        assert "violated: " in too_slow.stderr

    @pytest.mark.parametrize(
        ("words", "hint"),
        [
            (("Llama3_8B", "H10"), "did you mean H100"),
            (("Llama3_8B", "H100", "--stack", "nope"), "no stack named 'nope'"),
            (("Llama3_8B", "H100", "--concurrency", "few"), "--concurrency must be such as"),
        ],
    )
    def test_mistakes_are_one_line(self, words, hint, invoke):
        result = invoke("optimize", "serving", *words)

        assert result.exit_code == 1
        assert hint in result.stderr
        assert result.stderr.count("\n") == 1


def test_the_form_may_be_said_anywhere(invoke):
    rest = ("serving", "Llama3_8B", "H100", "--top", "1")
    lines = (
        ("-o", "json", "optimize", *rest),
        ("optimize", "-o", "json", *rest),
        ("optimize", *rest, "-o", "json"),
    )

    assert len({invoke(*line).stdout for line in lines}) == 1


def test_alone_it_lists_its_commands(invoke):
    result = invoke("optimize")

    assert result.exit_code == 0
    assert "parallelism" in result.stdout
    assert "serving" in result.stdout


def test_a_command_that_there_is_not_is_corrected(invoke):
    result = invoke("optimize", "paralelism")

    assert result.exit_code == 1
    assert "did you mean parallelism?" in result.stderr


def test_as_a_user_runs_it(run):
    done = run("optimize", "serving", "Llama3_8B", "H100", "-o", "json")

    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["feasible"] is True
