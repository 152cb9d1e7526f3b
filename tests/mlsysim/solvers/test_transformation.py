"""Samples that hosts prepare: times worked by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import InputError, InputTypeError, MissingValueError
from mlsysim_solvers import DataModel, TransformationModel


def solve(step="100 ms", rate="150 MB/s", **given):
    return TransformationModel().solve(256, "110 kB", rate, step, **given)


def test_a_batch_by_hand():
    # 256 * 110 kB / 150 MB/s = 187.73 ms; one worker of two halves it
    one, two = solve(), solve(workers=2)

    assert one.transform_time.m_as("ms") == pytest.approx(256 * 110e3 / 150e6 * 1e3)
    assert (one.is_bottleneck, two.is_bottleneck) == (True, False)
    assert one.accelerator_utilization == pytest.approx(100.0 / 187.733, rel=1e-4)
    assert one.slowdown_factor == pytest.approx(1.87733, rel=1e-4)
    assert one.workers_needed == 2
    assert two.slowdown_factor == 1.0


def test_samples_in_a_second_are_a_rate_too():
    # 150 MB/s of 110 kB each
    assert solve(rate=f"{150e6 / 110e3} sample/s").transform_seconds == pytest.approx(
        solve().transform_seconds
    )


def test_without_overlap_times_add_up():
    apart = solve(overlapped=False, workers=2, hardware="A100")

    assert apart.seconds == pytest.approx(
        apart.transform_seconds + apart.transfer_seconds + apart.step_seconds
    )
    assert apart.is_bottleneck


def test_the_link_is_that_of_the_data_model():
    feed = DataModel().solve("1 GB/s", "A100", storage_bandwidth="1 TB/s")
    link = dict(feed.stages)["link"]

    assert solve(hardware="A100", expansion=5.0).transfer_seconds == pytest.approx(
        256 * 110e3 * 5.0 / link
    )


@settings(deadline=None)
@given(st.floats(1.0, 1e4), st.integers(1, 512))
def test_workers_that_are_needed_suffice(step, workers):
    asked = solve(f"{step} ms", workers=workers)

    assert not solve(f"{step} ms", workers=asked.workers_needed).is_bottleneck
    if asked.workers_needed > 1:
        assert solve(f"{step} ms", workers=asked.workers_needed - 1).is_bottleneck


def test_an_unknown_link_is_unknown():
    with pytest.raises(MissingValueError, match="ESP32_S3 has no published host_link"):
        solve(hardware="ESP32_S3")


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": "0 ms"},
        {"rate": "-1 MB/s"},
        {"rate": "5 W"},
        {"rate": "0 sample/s"},
        {"workers": 0},
        {"expansion": -1.0},
    ],
)
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(InputError):
        solve(**wrong)


def test_bare_numbers_are_refused():
    with pytest.raises(InputTypeError, match="has no unit"):
        solve(rate=150e6)


def test_it_explains_what_would_keep_up():
    assert "2 workers would keep up" in solve().explain()
