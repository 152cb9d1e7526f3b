"""`mlsysim compare`: why predictions differ, from the command line."""

import csv
import io
import json
import math

import pytest


def test_two_devices_are_explained_as_a_sum(run):
    done = run("compare", "Llama3_8B", "H100", "B200", "-b", "32")

    assert done.returncode == 0
    assert done.stdout.startswith("H100 and B200: Llama3_8B, fp16, decode, batch 32")
    assert "From H100 to B200: -" in done.stdout
    assert "100.0%" in done.stdout
    assert done.stderr == ""


def test_the_document_adds_up(run):
    document = json.loads(run("compare", "Llama3_8B", "H100,A100", "B200", "-o", "json").stdout)

    assert [side["label"] for side in document["sides"]] == ["H100", "A100", "B200"]
    for pair in document["differences"]:
        change = pair["latency"]["value"]
        for parts in (
            [one["value"] for one in pair["parts"].values()],
            [one["change"]["value"] for one in pair["groups"]],
            [one["change"]["value"] for one in pair["operators"]],
        ):
            assert math.fsum(parts) == pytest.approx(change, rel=1e-9)


def test_csv_has_a_line_for_each_operator(run):
    rows = list(
        csv.DictReader(
            io.StringIO(run("compare", "Llama3_8B", "H100", "-p", "fp16,fp8", "-o", "csv").stdout)
        )
    )

    assert {(row["from"], row["to"]) for row in rows} == {("fp16", "fp8")}
    assert "mlp.up" in {row["name"] for row in rows}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("Llama3_8B", "H100"), "there is one side only"),
        (("Llama3_8B", "H100,A100", "-p", "fp16,fp8,int8"), "2 of hardware, 3 of precision"),
        (("Llama3_8B", "H100", "B2000"), "did you mean B200"),
        (("Llama3_8B", "H100", "-b", "1,x"), "'x' is not a whole number"),
        (("Llama3_8B", "H100", "-b", ","), "--batch-size has nothing in it"),
        ((",", "H100"), "MODEL has nothing in it"),
    ],
)
def test_what_makes_no_sense_is_refused(line, said, run):
    done = run("compare", *line)

    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_a_side_that_does_not_fit_has_no_difference(run):
    done = run("compare", "Llama3_8B", "H100", "T4", "-o", "json")

    assert done.returncode == 2
    assert "Llama3_8B on T4 (decode, batch 1, 2,048 tokens) does not fit in memory" in done.stderr
    (pair,) = json.loads(done.stdout)["differences"]
    assert pair["latency"] == {
        "value": None,
        "unit": "s",
        "reason": "a side does not fit in memory",
    }
    assert pair["parts"] == {}


def test_lines_of_a_narrow_terminal_are_kept(run):
    done = run("compare", "Llama3_8B", "H100", "B200", COLUMNS="60")

    assert max(map(len, done.stdout.splitlines())) <= 60
