"""The timeline of a pipeline: played step by step, it is as long as the formula says."""

import json
from itertools import pairwise

import pytest
from mlsysim_core import InputError
from mlsysim_core.physics.pipeline import bubble_time
from mlsysim_solvers import chrome_trace
from mlsysim_solvers.training._trace import pipeline_events

from .test_distributed import solve, system


@pytest.mark.parametrize(
    ("stages", "microbatches", "chunks"),
    [(1, 4, 1), (4, 2, 1), (4, 4, 1), (4, 12, 1), (4, 8, 2), (8, 16, 3), (2, 6, 4)],
)
def test_played_step_by_step_it_is_as_long_as_the_formula_says(stages, microbatches, chunks):
    events = pipeline_events(stages, microbatches, chunks, 1.0, 2.0)
    wait = bubble_time(3.0 * (stages - 1), chunks)

    assert max(one.end for one in events) == pytest.approx(3.0 * microbatches + wait)


def test_nobody_does_two_things_at_once():
    events = pipeline_events(4, 8, 2, 1.0, 2.0)

    assert len(events) == 2 * 4 * 8 * 2
    for stage in range(4):
        mine = [one for one in events if one.stage == stage]
        assert all(one.end <= two.start + 1e-12 for one, two in pairwise(mine))


def test_a_trace_is_json_with_a_lane_for_each_stage():
    trace = chrome_trace(solve(system(), 64, pp_size=4, microbatch_count=8))

    assert json.loads(json.dumps(trace)) == trace
    assert {event["tid"] for event in trace["traceEvents"]} == {0, 1, 2, 3}


@pytest.mark.parametrize("schedule", ["zero_bubble", "dualpipe"])
def test_another_schedule_is_not_drawn_as_one_forward_one_backward(schedule):
    other = solve(system(), 64, pp_size=4, microbatch_count=8, schedule=schedule)

    with pytest.raises(InputError, match=f"not {schedule}"):
        chrome_trace(other)


def test_what_cannot_be_interleaved_is_refused():
    with pytest.raises(InputError, match="no multiple of 4"):
        pipeline_events(4, 6, 2, 1.0, 2.0)
