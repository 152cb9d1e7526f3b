"""Tail latency and continuous batching: the audit's cases, limits, and the simulation."""

import math

import pytest
from mlsysim_core import InputError
from mlsysim_solvers import (
    ContinuousBatchingModel,
    Requests,
    ServingModel,
    SimulationModel,
    TailLatencyModel,
)
from mlsysim_solvers.serving._batching import steady_state
from mlsysim_solvers.serving._steady_state import occupancy

from .serving_specs import CHIP, DENSE, SERVER

tail = TailLatencyModel().solve
batching = ContinuousBatchingModel().solve


def mean(values):
    return sum(values) / len(values)


def test_percentiles_are_those_of_the_sum():
    # The audit's C50: 13.9 and 92.1 ms, and 46.5 ms at one request a second.
    answer = tail(50.0, 10.0)

    assert answer.p50_latency.m_as("ms") == pytest.approx(13.863, abs=1e-3)
    assert answer.p99_latency.m_as("ms") == pytest.approx(92.103, abs=1e-3)
    assert tail(1.0, 10.0).p99_latency.m_as("ms") == pytest.approx(46.517, abs=1e-3)


@pytest.mark.parametrize("variation", [0.0, 0.5, 1.0, 2.0])
def test_the_chance_to_miss_a_limit_is_a_chance(variation):
    # The audit's C51: never above one, and one when unstable.
    for rate in (1.0, 50.0, 99.0, 150.0):
        answer = tail(rate, 10.0, 1, variation, slo_latency_ms=30.0)
        assert 0.0 <= answer.slo_violation_probability <= 1.0
    assert answer.slo_violation_probability == 1.0
    assert not answer.is_stable


def test_constant_service_does_not_halve_the_percentile():
    # The audit's C52: the wait of M/D/1 at half load has mean 5 ms.
    answer = tail(50.0, 10.0, 1, 0.0)

    assert answer.mean_wait_seconds == pytest.approx(5e-3)
    assert answer.p50_latency.m_as("ms") == pytest.approx(10.0, abs=0.01)
    assert 1.5 * 10.0 < answer.p99_latency.m_as("ms") < 92.1


def test_arguments_must_make_sense():
    for arguments in ((-1.0, 10.0), (1.0, 0.0), (math.nan, 1.0), (1.0, math.inf)):
        with pytest.raises(InputError):
            tail(*arguments)
    with pytest.raises(InputError):
        tail(1.0, 1.0, 1, -0.5)
    with pytest.raises(InputError):
        tail(1.0, 1.0).latency(100.0)


@pytest.mark.parametrize("clients", [1, 4, 16, 64, 200])
def test_a_closed_loop_agrees_with_the_simulation(clients):
    # Long enough that filling and draining the loop do not count.
    requests = Requests.generate(max(50 * clients, 200), (462, 562), (100, 156))

    answer = batching(DENSE, CHIP, 512, output_len=128, concurrency=clients)
    seen = SimulationModel().solve(DENSE, CHIP, requests, concurrency=clients)

    assert answer.requests_per_second == pytest.approx(seen.requests_per_second, rel=0.05)
    assert answer.itl_seconds == pytest.approx(mean(seen.tpot_seconds), rel=0.05)
    assert answer.end_to_end_seconds == pytest.approx(mean(seen.end_to_end_seconds), rel=0.05)


@pytest.mark.parametrize("clients", [1, 4, 16, 64, 400])
def test_a_server_s_closed_loop_agrees_with_the_simulation(clients):
    requests = Requests.generate(max(50 * clients, 200), (462, 562), (100, 156))
    common = {"concurrency": clients, "stack": SERVER}

    answer = batching(DENSE, CHIP, 512, output_len=128, **common)
    seen = SimulationModel().solve(DENSE, CHIP, requests, **common)

    assert answer.requests_per_second == pytest.approx(seen.requests_per_second, rel=0.05)
    assert answer.itl_seconds == pytest.approx(mean(seen.tpot_seconds), rel=0.05)
    under_way = answer.requests_per_second * answer.end_to_end_seconds
    assert under_way == pytest.approx(clients, rel=0.01)


@pytest.mark.parametrize("rate", [1.0, 10.0, 20.0, 30.0])
def test_open_arrivals_agree_with_the_simulation(rate):
    requests = Requests.generate(4000, (462, 562), (100, 156), rate=rate)

    answer = batching(DENSE, CHIP, 512, output_len=128, arrival_rate=rate)
    seen = SimulationModel().solve(DENSE, CHIP, requests)

    assert answer.mean_active == pytest.approx(seen.mean_batch, rel=0.05)
    assert answer.end_to_end_seconds == pytest.approx(mean(seen.end_to_end_seconds), rel=0.05)
    assert answer.ttft_seconds == pytest.approx(mean(seen.ttft_seconds), rel=0.25)


@pytest.mark.parametrize("rate", [5.0, 15.0, 25.0])
def test_requests_in_the_engine_are_distributed_as_in_the_simulation(rate):
    state = steady_state(DENSE, CHIP, 512, 128, "fp16", None)
    requests = Requests.generate(20000, (462, 562), (100, 156), rate=rate, seed=4)

    chances = occupancy(state, rate)
    seen = SimulationModel().solve(DENSE, CHIP, requests, record=True)

    assert sum(chances) == pytest.approx(1.0)
    times = [0.0] * len(chances)
    for _, _, _, seconds, together in seen.passes:
        times[together] += seconds / seen.seconds
    times[0] += 1.0 - sum(times)
    # Total variation: how much of the time the two disagree on the number of requests.
    assert sum(map(abs, map(float.__sub__, chances, times))) / 2.0 < 0.1


def test_one_client_is_the_model_of_one_batch():
    alone = ServingModel().solve(DENSE, CHIP, 512, 1, output_len=128)

    answer = batching(DENSE, CHIP, 512, output_len=128, concurrency=1)

    assert answer.ttft_seconds == pytest.approx(alone.ttft_seconds, rel=1e-6)
    assert answer.itl_seconds == pytest.approx(alone.itl_seconds, rel=2e-3)
    assert answer.speedup_vs_static == pytest.approx(1.0)


def test_littles_law():
    answer = batching(DENSE, CHIP, 512, output_len=128, arrival_rate=25.0)

    inside = answer.mean_active + answer.mean_waiting
    assert inside == pytest.approx(25.0 * answer.end_to_end_seconds, rel=0.01)


def test_near_capacity_requests_wait_without_end():
    peak = batching(DENSE, CHIP, 512, output_len=128).peak_requests_per_second
    waits = [
        batching(DENSE, CHIP, 512, output_len=128, arrival_rate=part * peak).mean_waiting
        for part in (0.9, 0.99, 0.999)
    ]
    beyond = batching(DENSE, CHIP, 512, output_len=128, arrival_rate=1.01 * peak)

    assert waits[0] < waits[1] < waits[2]
    assert waits[2] > 100.0
    assert not beyond.stable
    assert beyond.end_to_end_seconds == math.inf
    assert "unstable" in beyond.notes[0]


def test_places_are_bounded_by_memory_and_arithmetic():
    answer = batching(DENSE, CHIP, 16, 20_000, output_len=16, concurrency=20_000)

    # The audit's C45: 61,582 token/s is all that the arithmetic allows.
    assert answer.throughput_tokens_per_sec < 61_582
    assert batching(DENSE, CHIP, 8192, 10**6, output_len=128).max_active_requests < 60


def test_blocks_waste_less_than_one_of_them():
    answer = batching(DENSE, CHIP, 500, 8, page_size=64, output_len=1)

    assert answer.memory_fragmentation == pytest.approx(12 / 512)


def test_batching_as_requests_come_beats_static_batches_where_outputs_differ():
    # The audit's C48: computed, not a constant.
    even = batching(DENSE, CHIP, 128, output_len=256, concurrency=32)
    uneven = batching(DENSE, CHIP, 128, output_len=256, concurrency=32, output_variation=1.0)

    assert even.speedup_vs_static == pytest.approx(1.0, abs=0.1)
    assert uneven.speedup_vs_static > 2.0


def test_a_model_that_does_not_fit_is_told():
    small = CHIP.model_copy(update={"memory.capacity": "10 GB"})

    answer = batching(DENSE, small, 512)

    assert not answer.feasible
    assert answer.throughput_tokens_per_sec == 0.0
