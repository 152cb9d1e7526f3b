"""`mlsysim sweep`."""

import csv
import io
import json

import pytest
from mlsysim_core import Engine

pytest.importorskip("numpy")


def points(result):
    return json.loads(result.stdout)["points"]


def test_every_point_is_what_the_engine_answers(invoke):
    found = points(
        invoke("sweep", "Llama3_8B", "A100,H100", "-b", "1:4:log2", "-p", "fp16,int8", "-o", "json")
    )

    assert [(one["hardware"], one["precision"], one["batch_size"]) for one in found] == [
        (device, precision, batch)
        for device in ("A100", "H100")
        for precision in ("fp16", "int8")
        for batch in (1, 2, 4)
    ]
    for one in found:
        alone = Engine.solve("Llama3_8B", one["hardware"], one["batch_size"], one["precision"])
        assert one["latency"] == {"value": pytest.approx(alone.seconds, rel=1e-12), "unit": "s"}


def test_the_table_says_what_is_the_same_everywhere_once(invoke):
    result = invoke("sweep", "Llama3_8B", "H100", "--batch-size", "1:64:log2")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 8 + 1 + 6
    assert "precision: fp16" in result.stdout
    assert "7 points, 7 feasible, 7 accepted" in result.stdout


def test_the_best_come_first_and_keep_the_constraints(invoke):
    found = points(
        invoke(
            *("sweep", "Llama3_8B", "H100", "-b", "1:512", "--objective", "max throughput"),
            *("--constraint", "latency < 20 ms", "--top", "2", "-o", "json"),
        )
    )

    assert [one["batch_size"] for one in found] == [147, 146]
    assert all(one["latency"]["value"] < 0.02 for one in found)


def test_a_front_is_of_goals_separated_by_commas(invoke):
    result = invoke(
        *("sweep", "Llama3_8B", "H100,A100", "-b", "1:64:log2", "-o", "csv"),
        *("--pareto", "min latency, max throughput"),
    )
    rows = list(csv.DictReader(io.StringIO(result.stdout)))

    assert [(row["hardware"], row["batch_size"]) for row in rows] == [
        ("H100", str(2**power)) for power in range(7)
    ]


def test_what_does_not_fit_is_listed_without_an_answer(invoke):
    result = invoke("sweep", "Llama3_70B", "H100", "-b", "1,2", "-o", "json")

    assert result.exit_code == 2
    assert result.stderr == "mlsysim: no point is feasible\n"
    for one in points(result):
        assert one["feasible"] is False
        assert one["latency"] == {"value": None, "unit": "s", "reason": "does not fit in memory"}
        assert one["memory"]["value"] > one["capacity"]["value"]


def test_a_broken_constraint_is_a_status_of_its_own(invoke):
    line = ("sweep", "Llama3_8B", "H100", "--constraint", "latency < 1 ms")

    assert invoke(*line).exit_code == 3
    result = invoke(*line, "--objective", "min latency", "--top", "1")
    assert result.exit_code == 3
    assert "1 points: violates latency < 1 ms" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--constraint", "latncy < 1 ms"), "did you mean latency? (at position 1 of"),
        (("--constraint", "latency =< 1 ms"), "did you mean <=?"),
        (("--where", "latency < 1"), "nothing is called 'latency'"),
        (("--objective", "latency"), "begins with minimize or maximize"),
        (("-b", "1:8:log3"), "did you mean log2"),
        (("-b", "0"), "batch_size must be from 1"),
        (("--top", "3"), "--top needs --objective"),
        (("--objective", "min latency", "--top", "3", "--pareto", "min latency"), "exclude"),
        (("-b", "1:100000", "-s", "1:8000"), "too many to keep"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_a_status(invoke, words, message):
    result = invoke("sweep", "Llama3_8B", "H100", *words)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("goals", "words"),
    [
        (("--objective", "max throughput", "--top", "2"), "the best 2 of 7 points"),
        (
            ("--objective", "max throughput", "--top", "2", "--sample", "4"),
            "the best 2 of 4 points",
        ),
        (("--pareto", "min latency, max throughput"), "the best 7 of 7 points"),
    ],
)
def test_the_best_say_of_how_many_points(goals, words, invoke):
    result = invoke("sweep", "Llama3_8B", "H100", "-b", "1:64:log2", *goals)

    assert (result.exit_code, words in result.stdout) == (0, True)


def test_a_folder_is_not_made_of_a_misspelt_file(invoke, tmp_path):
    line = ("sweep", "Llama3_8B", "H100", "-b", "1:4", "--out")

    refused = invoke(*line, str(tmp_path / "points.parqet"))

    assert refused.exit_code == 1
    assert "did you mean .parquet?" in refused.stderr
    assert list(tmp_path.iterdir()) == []
    assert invoke(*line, f"{tmp_path}/my.points/").exit_code == 0
    assert invoke(*line, str(tmp_path / "my.points")).exit_code == 0
