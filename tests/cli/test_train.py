"""`mlsysim train`."""

import csv
import io
import json

import pytest
from mlsysim_solvers import DistributedModel

LINE = ("train", "Llama3_8B", "DGX_H100", "-b", "64")
FITS = (*LINE, "--zero", "3", "--micro-batches", "4")


def document(result):
    return json.loads(result.stdout)


def test_it_answers_what_the_solver_answers(invoke):
    result = invoke(
        *("train", "Llama3_70B", "Research_256", "-b", "1024", "--tp", "8", "--pp", "4"),
        *("--micro-batches", "128", "--dp", "8", "-o", "json"),
    )
    found = document(result)
    alone = DistributedModel().solve(
        "Llama3_70B", "Research_256", 1024, tp_size=8, pp_size=4, microbatch_count=128
    )

    assert result.exit_code == 0
    assert found["devices"] == 256
    assert found["strategy"]["dp"] == 8
    assert found["latency"] == {"value": alone.seconds, "unit": "s"}
    assert found["throughput"] == {"value": alone.items_per_second, "unit": "token/s"}
    assert found["mfu"] == alone.mfu
    assert found["bubble"] == alone.bubble_fraction > 0.0
    assert found["energy"] == {"value": alone.joules, "unit": "J"}
    assert found["memory"]["needed"] == {"value": alone.footprint, "unit": "byte"}
    assert sum(part["value"] for part in found["breakdown"].values()) == pytest.approx(
        alone.seconds
    )


def test_people_see_where_the_time_and_the_memory_go(invoke):
    result = invoke(*FITS, "--explain")

    assert result.exit_code == 0
    for words in (
        "Where the time goes",
        "gradients reduced and weights gathered, exposed",
        "What computation hides",
        "What the memory of the fullest device holds",
        "MFU",
        "bubble",
    ):
        assert words in result.stdout


def test_what_is_hidden_is_told_to_scripts_that_ask(invoke):
    (data,) = document(invoke(*FITS, "--explain", "-o", "json"))["communication"]

    assert data["name"] == "data"
    assert data["time"]["value"] > data["exposed"]["value"] >= 0.0
    assert "communication" not in document(invoke(*FITS, "-o", "json"))


def test_parts_as_csv_add_up(invoke):
    rows = list(csv.DictReader(io.StringIO(invoke(*FITS, "--explain", "-o", "csv").stdout)))
    found = document(invoke(*FITS, "-o", "json"))

    assert sum(float(row["time [s]"]) for row in rows) == pytest.approx(found["latency"]["value"])


def test_what_does_not_fit_has_no_answer_but_advice_that_holds(invoke):
    result = invoke(*LINE, "--zero", "1", "-o", "json")
    found = document(result)

    assert result.exit_code == 2
    assert result.stderr.startswith("mlsysim: Llama3_8B does not fit on DGX_H100: ")
    assert found["latency"]["value"] is None
    assert found["mfu"] is None
    assert found["if_spilled"]["latency"]["value"] > 0.0
    assert len(found["advice"]) > 1
    for one in found["advice"]:
        flag = f"--{one['change'].replace('_', '-')}"
        assert invoke(*LINE, "--zero", "1", flag, str(one["to"])).exit_code == 0


def test_a_limit_that_is_not_kept_is_a_status_of_its_own(invoke):
    result = invoke(*FITS, "--min-mfu", "0.9", "--max-memory", "80 GB")

    assert result.exit_code == 3
    assert "VIOLATED" in result.stdout
    assert "violated: mfu " in result.stderr


def test_hidden_communication_makes_the_difference(invoke):
    overlapped, not_overlapped = (
        document(invoke(*FITS, *more, "-o", "json"))["latency"]["value"]
        for more in ((), ("--no-overlap",))
    )

    assert overlapped < not_overlapped


def test_a_network_of_images_counts_samples(invoke):
    found = document(invoke("train", "ResNet50", "H100", "-b", "256", "-p", "fp16", "-o", "json"))

    assert found["throughput"]["unit"] == "sample/s"
    assert found["items"] == {"value": 256.0, "unit": "sample"}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("Llama3_8B", "DGX_H10"), "did you mean DGX_H100"),
        (("Llama3_8B", "DGX_H100", "-b", "8", "--dp", "3"), "--dp must be 8 or left out"),
        (("Llama3_8B", "DGX_H100", "-b", "8", "--zero", "5"), "--zero must be from 0 to 3"),
        (
            ("Llama3_8B", "DGX_H100", "-b", "8", "--tp", "3"),
            "does not divide the 8 devices; 4 x 1 x 1 would",
        ),
        (("Llama3_8B", "DGX_H100", "-b", "8", "--recompute", "ful"), "did you mean full?"),
        (("Llama3_8B", "DGX_H100", "--pp", "x"), "'x' is not a whole number"),
        (("Llama3_8B", "DGX_H100", "--micro-batch", "4"), "did you mean --micro-batches?"),
    ],
)
def test_mistakes_are_one_line(words, hint, invoke):
    result = invoke("train", *words)

    assert result.exit_code == 1
    assert hint in result.stderr
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_what_no_single_change_makes_fit_says_which_do_together(invoke):
    # Sixteen bytes of 70.6 B parameters are too many for a device; sixteen sequences that pass at
    # once leave too much, even as no more than what enters each layer.
    asked = ("train", "Llama3_70B", "Research_256", "-b", "4096", "-s", "8192")
    together = invoke(*asked, "-o", "json")
    (advice,) = document(together)["advice"]
    flags = advice["text"].partition(": ")[2].split()

    followed = invoke(*asked, *flags)

    assert together.exit_code == 2
    assert advice["to"]["zero"] == 3
    assert followed.exit_code == 0


def test_what_is_too_large_for_all_devices_says_how_many_hold_it(invoke):
    # 70.6 B parameters at 16 bytes are 1.13 TB; a device has 85.5 GB, and a reserve of 2 %.
    large = invoke("train", "Llama3_70B", "DGX_H100", "-b", "64", "-o", "json")
    found = invoke("optimize", "parallelism", "Llama3_70B", "DGX_H100", "-b", "64")

    assert {name: document(large)["advice"][-1][name] for name in ("change", "to")} == {
        "change": "devices",
        "to": 14,
    }
    assert "weights, gradients and optimizer, 1.129 TB, need 14 devices" in found.stderr


def test_a_trace_is_what_perfetto_opens(invoke, tmp_path):
    pipeline = ("train", "Llama3_70B", "Research_256", "-b", "256", "--tp", "8", "--pp", "4")
    file = tmp_path / "step.json"
    done = invoke(*pipeline, "--trace", str(file), "-o", "json")
    events = json.loads(file.read_text(encoding="utf-8"))["traceEvents"]
    nowhere = invoke(*pipeline, "--trace", str(tmp_path / "none" / "step.json"))

    passes = [one for one in events if one.get("cat") in {"forward", "backward"}]
    assert len(passes) == 2 * 4 * document(done)["strategy"]["micro_batches"]
    assert {one["tid"] for one in events} == {0, 1, 2, 3}
    assert (nowhere.exit_code, nowhere.stdout) == (1, "")
    assert "cannot be written" in nowhere.stderr


def test_as_a_user_runs_it(run):
    done = run("-o", "json", *FITS)

    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["feasible"] is True
