"""Comparing: scores worked out by hand, and rows that stop nobody but themselves."""

import json

import pytest
from mlsysim_core.errors import InputError
from mlsysim_solvers.validation import Scored, predict, read_row, report, report_schema, validate
from mlsysim_solvers.validation.tasks import _operators as _operator_rows

from .examples import decoding, multiplication


def scored(source, measured, predicted, **settings):
    values = {"id": "x", "task": "gemm", "hardware": "h", "stack": "s", "metric": "latency_s"}
    return Scored(
        **values | {"source": source, "measured": measured, "predicted": predicted}, **settings
    )


def test_a_score_is_the_mean_over_sources_of_the_median():
    rows = [scored("a", 1.0, value) for value in (1.1, 1.2, 0.5)]  # errors 10, 20, 50 %
    rows += [scored("b", 2.0, 3.0)]  # 50 %

    task = report(rows)["tasks"]["gemm"]

    assert task["score"] == pytest.approx((0.2 + 0.5) / 2)
    assert task["coverage"] == 1.0
    assert task["bias"] == pytest.approx(0.15)  # between 10 and 20 %
    assert task["sources"]["a"]["mean_ape"] == pytest.approx(0.8 / 3)
    assert task["sources"]["a"]["p90_ape"] == pytest.approx(0.2 + 0.8 * 0.3)
    assert task["sources"]["b"]["spearman"] is None


def test_what_is_refused_or_doubted_counts_for_coverage_alone():
    rows = [
        scored("a", 1.0, 1.1),
        scored("a", 1.0, None, reason="why"),
        scored("a", 1.0, 9.0, scored=False),
    ]

    found = report(rows)

    assert (found["rows"], found["predicted"]) == (3, 2)
    assert found["refused"] == [{"id": "x", "reason": "why"}]
    assert found["tasks"]["gemm"]["score"] == pytest.approx(0.1)
    assert found["tasks"]["gemm"]["coverage"] == pytest.approx(2 / 3)


def keys(schema):
    return set(schema["properties"]), set(schema["required"])


def test_the_report_has_exactly_the_keys_of_its_schema():
    found = report([scored("a", 1.0, 1.1), scored("a", 1.0, None, reason="why")])
    schema = report_schema()
    task = schema["properties"]["tasks"]["additionalProperties"]

    assert set(found) == keys(schema)[0] == keys(schema)[1]
    assert set(found["tasks"]["gemm"]) == keys(task)[1] == keys(task)[0] - {"hardware", "stack"}
    for part in ("sources", "metrics"):
        inner = task["properties"][part]["additionalProperties"]
        assert all(set(one) == keys(inner)[1] for one in found["tasks"]["gemm"][part].values())
    assert set(found["refused"][0]) == {"id", "reason"}
    json.dumps(found, allow_nan=False)


def test_errors_are_told_by_hardware_and_stack_if_asked():
    found = report([scored("a", 1.0, 1.1)], by=("hardware", "stack"))

    assert found["tasks"]["gemm"]["hardware"]["h"]["median_ape"] == pytest.approx(0.1)
    assert found["tasks"]["gemm"]["stack"]["s"]["rows"] == 1
    with pytest.raises(InputError, match="hardware or stack"):
        report([], by=("model",))


def test_rows_are_predicted_and_refused_one_by_one():
    rows = [
        multiplication(1),
        multiplication(2, hardware="NoSuchChip"),
        multiplication(3, value="none"),
        multiplication(4, shape="{"),
        decoding(5),
    ]

    found, every = validate(rows)

    assert found["predicted"] == 2
    assert [row.id for row in every] == [f"row-{number}" for number in range(1, 6)]
    reasons = {one["id"]: one["reason"] for one in found["refused"]}
    assert "NoSuchChip" in reasons["row-2"]
    assert "number" in reasons["row-3"]
    assert "JSON" in reasons["row-4"]


def test_a_crash_is_one_refused_row(monkeypatch):
    def crash(row):
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr(_operator_rows, "predict", crash)

    found, every = validate([multiplication(1), decoding(2)])

    assert found["refused"] == [
        {"id": "row-1", "reason": "internal error: ZeroDivisionError: by hand"}
    ]
    assert [row.mistaken for row in every] == [True, False]


def test_an_unknown_task_does_not_become_one_of_the_report():
    found, _ = validate([multiplication(1, task="gem"), multiplication(2)])

    assert set(found["tasks"]) == {"unknown", "gemm"}


def test_tasks_are_chosen_and_misspelt_ones_refused():
    found, _ = validate([multiplication(1), decoding(2)], tasks=["decode"])

    assert set(found["tasks"]) == {"decode"}
    with pytest.raises(InputError, match="did you mean decode"):
        validate([multiplication(1)], tasks=["decoed"])
    with pytest.raises(InputError, match="no row of task train"):
        validate([multiplication(1)], tasks=["train"])


def test_progress_is_told_after_each_row():
    told = []

    validate(
        [multiplication(1), decoding(2)], progress=lambda done, total: told.append((done, total))
    )

    assert told == [(1, 2), (2, 2)]


def test_a_stack_is_found_by_its_exact_name():
    by_name = predict(read_row(decoding(stack="TestEngine")))

    assert by_name == predict(read_row(decoding(stack="testengine 2.1, nightly")))


def test_the_same_rows_give_the_same_report():
    rows = [multiplication(size, size=size) for size in (128, 1024, 8192)]

    assert validate(rows) == validate(rows)
