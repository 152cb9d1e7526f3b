"""Data on their way to devices, and jobs in line for them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import InputError, InputTypeError, MissingValueError
from mlsysim_core.specs import StorageSpec
from mlsysim_solvers import DataModel, OrchestrationModel, TailLatencyModel


def feed(rate="1 GB/s", **given):
    return DataModel().solve(rate, "H100", **{"storage": "NVMe_Gen4", **given})


def wait(arrivals, servers, days=1.0, **given):
    return OrchestrationModel().solve("H100", arrivals, days, devices=servers, **given)


def test_the_slowest_stage_limits():
    # NVMe: 7 GB/s; eight devices take 8 GB/s
    one, eight = feed(), feed(devices=8)

    assert (one.bottleneck, one.is_stalled) == ("store", False)
    assert one.utilization == pytest.approx(1.0 / 7.0)
    assert eight.is_stalled
    assert eight.device_utilization == pytest.approx(7.0 / 8.0)
    assert feed(devices=8, stores=2).is_stalled is False
    assert feed(host_rate="0.5 GB/s").bottleneck == "host"
    assert feed("70 GB/s", storage_bandwidth="1 TB/s").bottleneck == "link"


def test_small_reads_are_limited_by_their_number():
    # A million reads of 4 kB in a second
    assert feed(sample_size="4 kB").supply_bw.m_as("GB/s") == pytest.approx(4.0)
    assert feed(sample_size="1 MB").supply_bw.m_as("GB/s") == pytest.approx(7.0)


def test_an_unknown_store_is_unknown_and_no_stall():
    with pytest.raises(MissingValueError, match="give storage, or storage_bandwidth"):
        DataModel().solve("1 GB/s", "A100")
    with pytest.raises(MissingValueError, match="mine has no published rate of reading"):
        feed(storage=StorageSpec(name="mine"))
    with pytest.raises(MissingValueError, match="no published reads_per_second"):
        feed(storage="HDD_7200", sample_size="4 kB")


@pytest.mark.parametrize("wrong", [{"rate": "-1 GB/s"}, {"devices": 0}, {"stores": 0}])
def test_data_that_make_no_sense_are_refused(wrong):
    with pytest.raises(InputError):
        feed(**wrong)
    with pytest.raises(InputTypeError):
        feed(1e9)


def test_data_explain_themselves():
    assert "store, the bottleneck" in feed().explain()


@pytest.mark.parametrize(
    ("servers", "erlang", "chance"),
    # Tables of Erlang's C formula
    [(1, 0.5, 0.5), (2, 1.0, 0.3333), (3, 2.0, 0.4444), (5, 4.0, 0.5541), (10, 8.0, 0.4092)],
)
def test_tables_of_erlang(servers, erlang, chance):
    assert wait(erlang, servers).waiting_probability == pytest.approx(chance, abs=5e-5)


def test_many_servers_wait_less_than_one_fast_one():
    # The whole cluster as one server would wait C(1)/(1 - 0.8) services of a tenth
    many = wait(8.0, 10)

    assert many.avg_wait_time_days == pytest.approx(0.4092 / 2.0, rel=1e-3)
    assert many.avg_queue_length == pytest.approx(8.0 * many.avg_wait_time_days)
    assert many.cluster_utilization == pytest.approx(0.8)


def test_the_line_is_that_of_the_tail_latency_model():
    line = TailLatencyModel().solve(8.0 / 86400.0, 86400e3, 10)

    assert wait(8.0, 10).avg_wait.m_as("s") == pytest.approx(line.mean_wait_seconds)


def test_equal_jobs_wait_half_as_long():
    assert wait(0.5, 1, duration_cv=0.0).avg_wait_time_days == pytest.approx(0.5)
    assert wait(0.5, 1).avg_wait_time_days == pytest.approx(1.0)


def test_a_cluster_that_is_asked_for_too_much_never_catches_up():
    over = wait(11.0, 10)

    assert not over.is_stable
    assert math.isinf(over.avg_wait_time_days)
    assert "without end" in over.explain()


def test_jobs_take_whole_parts_of_the_cluster():
    jobs = wait(2.0, 100, devices_per_job=32)

    assert (jobs.slots, jobs.idle_devices) == (3, 4)
    with pytest.raises(InputError, match="has 100 devices"):
        wait(2.0, 100, devices_per_job=128)


@settings(deadline=None)
@given(st.floats(0.1, 9.9), st.integers(10, 40))
def test_more_devices_never_wait_longer(arrivals, servers):
    assert (
        wait(arrivals, servers + 1).avg_wait_time_days <= wait(arrivals, servers).avg_wait_time_days
    )


@pytest.mark.parametrize("wrong", [{"days": 0.0}, {"arrivals": -1.0}, {"duration_cv": math.nan}])
def test_lines_that_make_no_sense_are_refused(wrong):
    with pytest.raises(InputError):
        wait(**{"arrivals": 1.0, "servers": 10, **wrong})
