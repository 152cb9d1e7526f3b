"""The gate: small changes pass, worse scores and lost rows do not."""

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "packages" / "mlsysim-solvers" / "tools" / "_gate.py"


@pytest.fixture(scope="module")
def gate():
    spec = importlib.util.spec_from_file_location("_gate", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(score=0.1, refused=("a",)):
    task = {"score": score, "coverage": 0.9, "spearman": 0.99}
    return {"tasks": {"decode": task}, "refused": list(refused)}


@pytest.mark.parametrize("score", [0.01, 0.1, 0.1049])
def test_a_better_score_and_a_little_worse_one_pass(gate, score):
    assert gate.complaints(scores(), scores(score)) == []


def test_a_worse_score_is_told(gate):
    (complaint,) = gate.complaints(scores(), scores(0.106))

    assert "decode was 10.00% and would be 10.60%" in complaint


def test_a_row_that_is_lost_is_told_and_a_won_one_passes(gate):
    (complaint,) = gate.complaints(scores(), scores(refused=("a", "b")))

    assert "1 rows are not predicted any more: b" in complaint
    assert gate.complaints(scores(), scores(refused=())) == []


def test_a_task_that_is_not_scored_any_more_is_told(gate):
    assert gate.complaints(scores(), {"tasks": {}, "refused": ["a"]}) == [
        "decode is not scored any more"
    ]
