"""Checkpoints: sizes that were published, intervals, levels."""

import pytest
from mlsysim_core import InputError, InputTypeError, MissingValueError
from mlsysim_core.physics.checkpoints import higher_order_interval
from mlsysim_core.physics.reliability import checkpoint_interval, useful_fraction
from mlsysim_solvers import CheckpointModel

RATE = {"device_mtbf_hours": 50_000.0}


def solve(model="Llama3_1_405B", **settings):
    given = {"devices": 16_384, "storage_bandwidth": "2 TB/s", **settings}
    return CheckpointModel().solve(model, "H100", **given)


def test_bloom_s_checkpoints():
    # BigScience: 2.3 TB in full, 329 GB of bf16 weights.
    assert solve("BLOOM_176B").checkpoint_size.m_as("TB") == pytest.approx(2.3, rel=0.08)
    weights = solve("BLOOM_176B", bytes_per_parameter=2.0)
    assert weights.checkpoint_size.m_as("GB") == pytest.approx(329.0, rel=0.08)


def test_llama_s_shards_are_as_large_as_published():
    # Llama Team 2024, sec. 3.3.1: 1 MB to 4 GB of each device.
    assert 1e6 < solve().bytes / 16_384 < 4e9


def test_writers_share_the_work_until_the_store_is_full():
    # 5.68 TB by 1,000 writers at 1 GB/s, then by all to a store of 2 TB/s
    few = solve(writers=1000, writer_bandwidth="1 GB/s")
    many = solve(writer_bandwidth="1 GB/s")

    assert few.write_time_seconds == pytest.approx(few.bytes / 1e12)
    assert many.write_time_seconds == pytest.approx(many.bytes / 2e12)
    assert (few.storage_bottleneck, many.storage_bottleneck) == (False, True)


def test_young_s_interval():
    # A checkpoint of 50 s, a failure every 10,000 s: 1,000 s
    run = solve(
        storage_bandwidth=f"{solve().bytes / 50.0} B/s",
        device_mtbf_hours=16_384 * 10_000.0 / 3600.0,
        restart_seconds=0.0,
    )

    assert run.interval_seconds == pytest.approx(1000.0)
    assert run.goodput == pytest.approx(useful_fraction(1000.0, 50.0, 0.0, 10_000.0))


@pytest.mark.parametrize("pause", [1.0, 30.0, 300.0, 2000.0])
def test_daly_s_interval_is_the_best(pause):
    mtbf = 3600.0
    best = max(useful_fraction(mtbf * step / 500.0, pause, 0.0, mtbf) for step in range(1, 1000))

    daly, young = higher_order_interval(pause, mtbf), checkpoint_interval(pause, mtbf)

    assert useful_fraction(daly, pause, 0.0, mtbf) == pytest.approx(best, rel=2e-3)
    assert useful_fraction(daly, pause, 0.0, mtbf) >= useful_fraction(young, pause, 0.0, mtbf)


def test_checkpoints_take_a_part_of_the_time_and_never_more():
    often = solve(interval_seconds=1e-3)

    assert 0.99 < often.overhead < 1.0
    assert often.levels[-1].keeps_up
    assert not solve(interval_seconds=1.0, asynchronous=True).levels[-1].keeps_up


def test_asynchronous_checkpoints_stop_the_run_while_they_are_copied():
    # 5.68 TB / 16,384 over 63.008 GB/s of PCIe
    plain, quick = (solve(asynchronous=choice, **RATE) for choice in (False, True))

    assert quick.pause_seconds == pytest.approx(quick.bytes / 16_384 / 63.008e9)
    assert quick.interval_seconds >= quick.write_time_seconds
    assert quick.goodput > plain.goodput


def test_a_near_level_helps_where_the_store_is_slow():
    slow = {"storage_bandwidth": "20 GB/s", **RATE}
    one, two = solve(**slow), solve(local_bandwidth="5 GB/s", local_recoveries=0.8, **slow)

    assert two.goodput > one.goodput
    assert [level.name for level in two.levels] == ["near by", "store"]
    assert two.interval_seconds > one.interval_seconds


@pytest.mark.parametrize("levels", [{}, {"local_bandwidth": "5 GB/s", "local_recoveries": 0.5}])
def test_parts_of_the_time_add_up(levels):
    run = solve(**RATE, **levels)

    assert sum(run.parts.values()) == pytest.approx(1.0)
    assert min(run.parts.values()) >= 0.0


def test_the_bandwidth_that_is_required_is_enough():
    wanted = solve().required_bandwidth(0.01, 1800.0)

    assert solve(storage_bandwidth=wanted, interval_seconds=1800.0).overhead == pytest.approx(0.01)


def test_rates_of_writing_are_never_taken_from_reading():
    with pytest.raises(MissingValueError, match="Lustre has no published rate of writing"):
        solve(storage_bandwidth=None, storage="Lustre")
    with pytest.raises(MissingValueError, match="give storage, storage_bandwidth"):
        solve(storage_bandwidth=None)
    with pytest.raises(MissingValueError, match="how often anything fails is not known"):
        _ = solve().goodput
    assert solve(storage_bandwidth=None, storage="NVMe_Gen4").write_time_seconds > 0.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"writers": 0},
        {"bytes_per_parameter": -1.0},
        {"storage_bandwidth": "2 TB"},
        {"optimizer": "lion"},
        {"interval_seconds": 0.0},
        {"local_bandwidth": "5 GB/s"},
        {"local_bandwidth": "5 GB/s", "local_recoveries": 1.0},
        {"local_recoveries": 1.5},
        {"restart_seconds": float("nan")},
    ],
)
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(InputError):
        solve(**wrong)


def test_narrow_formats_are_formats_of_multiplications():
    assert solve(precision="fp8").bytes_per_parameter == solve().bytes_per_parameter == 14.0
    assert solve(precision="fp32").bytes_per_parameter == 12.0
    with pytest.raises(InputError, match="cannot be trained in"):
        solve(precision="int8")


def test_kinds_are_checked():
    with pytest.raises(InputTypeError):
        solve(asynchronous=1)
    with pytest.raises(InputTypeError):
        solve(storage_bandwidth=None, storage=5)
    with pytest.raises(InputError):
        solve().required_bandwidth(0.0, 60.0)


def test_results_explain_themselves():
    text = solve(asynchronous=True, **RATE).explain()

    assert "limited by the store" in text
    assert "work done again" in text
