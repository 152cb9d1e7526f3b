"""Pictures of steps, served batches, design spaces and measurements."""

from itertools import pairwise

import pytest
from mlsysim_core.errors import InputError, InputTypeError
from mlsysim_solvers import DSE, ServingModel, Space
from mlsysim_solvers.pictures import breakdown, measured, memory, pareto, timeline
from mlsysim_solvers.validation import Scored

from ..pictures import check, words
from .serving_specs import CHIP, DENSE
from .test_distributed import solve, system

STEP = solve(system(), 64, pp_size=4, microbatch_count=8)
BATCH = ServingModel().solve(DENSE, CHIP, seq_len=512, output_len=64, batch_size=8)


def row(measured, predicted, source="somebody", task="decode"):
    return Scored("id", task, source, "chip", "stack", "latency_s", measured, predicted)


@pytest.mark.parametrize("kind", ["breakdown", "memory", "timeline"])
def test_a_step_draws_itself(kind):
    check(STEP.plot(kind).svg())


@pytest.mark.parametrize("kind", ["breakdown", "memory"])
def test_a_batch_draws_itself(kind):
    tree = check(BATCH.plot(kind).svg())

    if kind == "breakdown":
        assert {"First token", "Each later token"} <= set(words(tree))


def test_a_timeline_is_as_long_as_the_step_and_nobody_does_two_things_at_once():
    (panel,) = timeline(STEP).panels

    assert len(panel.rows) == 4
    assert panel.x.high == pytest.approx(STEP.seconds)
    for stage in panel.rows:
        assert all(one.end <= two.start + 1e-12 for one, two in pairwise(stage.segments))
        passes = [one for one in stage.segments if one.part in {"forward", "backward"}]
        assert len(passes) == 2 * 8


def test_the_front_is_the_tables_own():
    pytest.importorskip("numpy")
    space = Space(models=DENSE, hardware=CHIP, batch_size=[1, 2, 4, 8, 16, 32])
    table = DSE(space).solve()
    (panel,) = pareto(table, "min latency", "max throughput").panels
    every, *front = panel.dots

    assert len(every.points) == len(table.accepted())
    best = table.pareto("min latency", "max throughput")
    assert sum(len(one.points) for one in front) == len(best)
    check(table.plot().svg())


def test_measurements_are_drawn_by_source():
    rows = [row(1.0 * size, 1.1 * size, f"source {size % 3}") for size in range(1, 30)]
    tree = check(measured([*rows, row(1.0, None)]).svg())

    assert "source 1 (10)" in words(tree)
    assert any("29 rows" in word for word in words(tree))


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(InputError, match="choose one of decode, gemm"):
        measured([row(1.0, 1.0), row(1.0, 1.0, task="gemm")])
    with pytest.raises(InputError, match="not one row could be predicted"):
        measured([row(1.0, None)])
    with pytest.raises(InputTypeError, match="got DistributedResult and ServingResult"):
        memory(STEP, BATCH)
    with pytest.raises(InputError, match="nothing to draw"):
        breakdown()
    with pytest.raises(InputError, match=r"did you mean timeline\?"):
        STEP.plot("timelime")


@pytest.mark.parametrize("result", [STEP, BATCH], ids=["step", "batch"])
def test_results_show_themselves_in_notebooks(result):
    from xml.etree import ElementTree as ET

    assert ET.fromstring(result._repr_html_()).tag == "div"
    assert "| sum |" in result._repr_markdown_()


def test_tables_show_their_first_points():
    pytest.importorskip("numpy")
    table = DSE(Space(models=DENSE, hardware=CHIP, batch_size=list(range(1, 41)))).solve()

    assert table._repr_html_().count("<tr>") == 1 + 20
    assert "the first 20 points" in table._repr_markdown_()
