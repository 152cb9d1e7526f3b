"""Failures of long runs: published studies, and laws of random failures."""

import math
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import InputError, InputTypeError, MissingValueError
from mlsysim_core.physics.reliability import useful_fraction
from mlsysim_solvers import ReliabilityModel


def solve(days=54.0, devices=16_384, **settings):
    if not {"failure", "device_mtbf_hours", "components"} & set(settings):
        settings["failure"] = "Llama3_405B_Run"
    return ReliabilityModel().solve("H100", days, devices=devices, **settings)


def test_llama_3_was_interrupted_every_three_hours():
    # Llama Team 2024, table 5: 419 unexpected interruptions in 54 days of 16,384 devices.
    run = solve()

    assert run.expected_failures == pytest.approx(419.0)
    assert run.fleet_mtbf.m_as("hour") == pytest.approx(3.09, abs=0.005)
    assert run.failure_probability > 1.0 - 1e-12


def test_llama_3_kept_more_than_nine_tenths_of_its_time():
    # Its section 3.3.4: more than 90 % effective training time, restarts automated.
    run = solve(checkpoint_seconds=10.0, recovery_seconds=300.0)

    assert 0.90 < run.goodput_ratio < 0.97


@pytest.mark.parametrize(("devices", "hours"), [(16_384, 1.8), (131_072, 0.23)])
def test_projections_of_the_research_clusters(devices, hours):
    # Kokolis et al. 2025: 6.5 failures in 1,000 node-days; its projected times to failure.
    run = solve(devices=devices, failure="Meta_RSC_1")

    assert run.fleet_mtbf.m_as("hour") == pytest.approx(hours, rel=0.03)


@pytest.mark.parametrize("name", ["OPT_175B_Run", "BLOOM_Run", "Meta_RSC_2"])
def test_every_study_gives_its_own_count_back(name):
    from mlsysim_core import catalog

    study = catalog.find("failure", name)

    run = solve(days=float(study.days), devices=study.devices, failure=study)

    assert run.expected_failures == pytest.approx(study.interruptions)


def test_goodput_counts_the_work_done_again():
    # 1 - 60/1344 - 1344/(2*15048) - 300/15048 = 0.891 to first order, failures every 4.18 h
    run = solve(
        devices=8192,
        device_mtbf_hours=4.18 * 8192,
        checkpoint_seconds=60.0,
        recovery_seconds=300.0,
    )

    assert run.interval_seconds == pytest.approx(math.sqrt(2.0 * 60.0 * 15_048.0))
    assert run.goodput_ratio == pytest.approx(0.891, abs=0.006)
    assert run.parts["work done again"] == pytest.approx(1344.0 / 2.0 / 15_048.0, rel=0.05)


@settings(deadline=None)
@given(
    hours=st.floats(1e4, 1e7),
    pause=st.floats(1.0, 600.0),
    restart=st.floats(0.0, 3600.0),
)
def test_parts_of_the_time_add_up(hours, pause, restart):
    run = solve(device_mtbf_hours=hours, checkpoint_seconds=pause, recovery_seconds=restart)

    assert sum(run.parts.values()) == pytest.approx(1.0)
    assert all(part >= -1e-12 for part in run.parts.values())


def test_goodput_is_what_the_training_run_has():
    run = solve(checkpoint_seconds=30.0, checkpoint_interval_seconds=900.0)

    assert run.goodput_ratio == useful_fraction(900.0, 30.0, 600.0, run.mtbf_seconds)


def test_parts_of_a_system_fail_on_top_of_its_devices():
    # 1/2 + 1/4 + 1/4 of a failure in an hour
    run = solve(
        devices=10,
        device_mtbf_hours=20.0,
        components={"switches": (5, 20.0)},
        shared_failures_per_day=6.0,
    )

    assert run.fleet_mtbf.m_as("hour") == pytest.approx(1.0)
    assert len(run.causes) == 3


def test_failures_that_are_shared_do_not_grow_with_the_system():
    rates = [
        1.0 / solve(devices=n, components={}, device_mtbf_hours=1e12, shared_failures_per_day=2.0)
        .mtbf_seconds
        for n in (1, 1000)
    ]  # fmt: skip

    assert rates[1] == pytest.approx(rates[0], rel=1e-4)


def test_counts_scatter_around_their_mean():
    run = solve()

    assert 380 < run.most_failures(0.1) < 419 < run.most_failures(0.9) < 460
    # Poisson with mean 2: 0.135, 0.406, 0.677, 0.857, 0.947
    few = solve(days=2.0 * run.mtbf_seconds / 86400.0)
    assert [few.most_failures(chance) for chance in (0.1, 0.5, 0.85, 0.9)] == [0, 2, 3, 4]


def test_spares_stand_in_for_whole_nodes():
    run = solve(devices_per_failure=8, repair_hours=24.0)

    assert run.spares(0.99) % 8 == 0
    assert run.spares(0.99) > 8 * 24.0 / 3.1


def test_a_run_that_never_gets_anywhere_has_no_goodput():
    run = solve(device_mtbf_hours=1.0, checkpoint_seconds=60.0, recovery_seconds=3600.0)

    assert run.goodput_ratio == 0.0
    assert sum(run.parts.values()) == pytest.approx(1.0)


def test_what_is_not_known_is_named():
    with pytest.raises(MissingValueError, match="nothing says how often devices fail"):
        ReliabilityModel().solve("H100", 54.0)
    with pytest.raises(
        MissingValueError, match="MegaScale_Run does not say how many interruptions"
    ):
        solve(failure="MegaScale")
    with pytest.raises(MissingValueError, match="give checkpoint_seconds"):
        _ = solve().goodput_ratio
    with pytest.raises(MissingValueError, match="give repair_hours"):
        solve().spares()


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0.0},
        {"days": 1e308},
        {"devices": -8},
        {"device_mtbf_hours": float("nan")},
        {"device_mtbf_hours": 1e5, "failure": "Llama3_405B_Run"},
        {"components": {"switches": (0, 20.0)}},
        {"shared_failures_per_day": -1.0},
        {"recovery_seconds": -1.0},
        {"checkpoint_seconds": 0.0},
        {"repair_hours": float("inf")},
    ],
)
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(InputError):
        solve(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [{"components": 5}, {"components": {"switches": 5}}, {"failure": 5}, {"recovery_seconds": "5"}],
)
def test_kinds_are_checked(wrong):
    with pytest.raises(InputTypeError):
        solve(**wrong)


@pytest.mark.parametrize("chance", [0.0, 1.0, 2.0, float("nan")])
def test_chances_lie_between_never_and_always(chance):
    with pytest.raises(InputError):
        solve().most_failures(chance)


def test_results_explain_themselves_and_travel():
    run = solve(checkpoint_seconds=30.0)

    assert pickle.loads(pickle.dumps(run)) == run
    assert "work done again" in run.explain()
    assert "as in Llama3_405B_Run: every 3.093 h" in run.explain()
