"""`mlsysim validate`: any file in the format, every row accounted for."""

import csv
import gzip
import json
from pathlib import Path

import pytest
from mlsysim_cli.output import _progress
from mlsysim_solvers.validation import COLUMNS, REQUIRED

EVERYTHING = Path(__file__).parents[1] / "solvers" / "validation" / "measurements.csv.gz"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Every tenth measurement of quick tasks, and two rows that cannot be used."""
    path = tmp_path_factory.mktemp("rows") / "small.csv"
    with gzip.open(EVERYTHING, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["task"] in {"gemm", "decode", "other"}]
    chosen = rows[::10]
    chosen.append({**rows[0], "id": "broken-1", "hardware": "NoSuchChip"})
    chosen.append({**rows[0], "id": "broken-2", "value": "fast"})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(chosen)
    return path


def test_a_report_for_people(small, invoke):
    result = invoke("validate", str(small))

    assert result.exit_code == 0
    for word in ("Scores", "gemm", "decode", "Errors by source", "NoSuchChip", "not predicted"):
        assert word in result.stdout


def test_a_report_for_programs(small, invoke):
    found = json.loads(invoke("validate", str(small), "-o", "json").stdout)

    assert set(found) == {"rows", "predicted", "refused", "tasks"}
    assert found["rows"] == found["predicted"] + len(found["refused"])
    assert all(one["reason"] for one in found["refused"])
    task = found["tasks"]["gemm"]
    assert set(task) == {"score", "coverage", "spearman", "bias", "metrics", "sources"}
    assert 0.0 < task["score"] < 1.0


def test_every_row_with_its_prediction_or_the_reason(small, tmp_path, invoke):
    out = tmp_path / "out.csv"

    result = invoke("validate", str(small), "--rows", str(out), "-o", "json")

    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ["id", "task", "source", "metric", "measured", "predicted", "error", "reason"]
    assert list(rows[0]) == columns
    assert len(rows) == json.loads(result.stdout)["rows"]
    assert all(bool(row["predicted"]) != bool(row["reason"]) for row in rows)
    known = [row for row in rows if row["predicted"]]
    for row in known:
        error = float(row["predicted"]) / float(row["measured"]) - 1.0
        assert float(row["error"]) == pytest.approx(error)


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_other_forms(small, form, invoke):
    result = invoke("validate", str(small), "-o", form, "--by", "hardware,stack")

    assert result.exit_code == 0
    assert "hardware" in result.stdout


def test_tasks_are_chosen(small, invoke):
    result = invoke("validate", str(small), "--task", "gemm", "--task", "other", "-o", "json")

    assert set(json.loads(result.stdout)["tasks"]) == {"gemm", "other"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\x00\x01", "NUL"),
        (b"id,source\n", "no column"),
        (",".join(REQUIRED).encode() + b"\n", "no row"),
    ],
)
def test_a_bad_file_is_one_line_and_status_1(content, message, tmp_path, run):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)

    result = run("validate", str(path))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


def test_a_folder_and_no_file_at_all_are_status_1(tmp_path, run):
    assert "is a directory" in run("validate", str(tmp_path)).stderr
    assert run("validate", str(tmp_path / "none.csv")).returncode == 1
    assert run("validate").returncode == 1


def test_nothing_predicted_is_status_1_with_the_report(tmp_path, run):
    path = tmp_path / "file.csv"
    path.write_text(f"{','.join(REQUIRED)}\na,me,gemm,latency_s,1,NoSuchChip\n", encoding="utf-8")

    result = run("validate", str(path), "-o", "json")

    assert result.returncode == 1
    assert json.loads(result.stdout)["predicted"] == 0
    assert "not one row" in result.stderr


def test_rows_that_cannot_be_written_are_told(small, tmp_path, run):
    result = run("validate", str(small), "--task", "gemm", "--rows", str(tmp_path))

    assert result.returncode == 1
    assert "cannot be written" in result.stderr


def test_there_is_no_bar_where_nobody_looks(small, run):
    assert run("validate", str(small)).stderr == ""


class _Terminal:
    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def test_a_bar_is_drawn_on_terminals_and_taken_away(monkeypatch):
    terminal = _Terminal()
    monkeypatch.setattr(_progress.sys, "stderr", terminal)
    monkeypatch.delenv("TERM", raising=False)

    with _progress.Progress("rows") as progress:
        progress(1, 2)

    assert "1 of 2 rows" in terminal.text
    assert terminal.text.endswith("\r\x1b[K")


@pytest.mark.parametrize("kind", ["measurements", "report"])
def test_schemas_of_the_file_and_of_the_report(kind, invoke):
    schema = json.loads(invoke("schema", kind).stdout)

    assert schema["type"] == "object"
    assert schema["description"]
