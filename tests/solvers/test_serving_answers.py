"""What fits, how many replicas, which batch, where: answers and their limits."""

import math

import pytest
from mlsysim_core import Engine, InputError, MissingValueError
from mlsysim_solvers import (
    BatchingOptimizer,
    DisaggregatedModel,
    FitModel,
    InferenceScalingModel,
    Requests,
    ServingCapacityModel,
    ServingModel,
    ServingOptimizer,
    SimulationModel,
    WeightStreamingModel,
)

from .serving_specs import CHIP, DENSE, LATENT

fit = FitModel().solve
capacity = ServingCapacityModel().solve
best_batch = BatchingOptimizer().solve
stream = WeightStreamingModel().solve
apart = DisaggregatedModel().solve


def test_limits_of_what_fits_are_sharp():
    answer = fit(DENSE, CHIP, 8192, 16)

    assert answer.feasible
    assert fit(DENSE, CHIP, 8192, answer.max_batch).feasible
    assert not fit(DENSE, CHIP, 8192, answer.max_batch + 1).feasible
    assert fit(DENSE, CHIP, answer.max_context, 16).feasible
    assert not fit(DENSE, CHIP, answer.max_context + 1, 16).feasible


@pytest.mark.parametrize("batch", [1, 50, 100])
def test_what_fits_is_what_the_engine_says(batch):
    assert (
        fit(DENSE, CHIP, 4096, batch).feasible
        == Engine.solve(DENSE, CHIP, batch, seq_len=4096).feasible
    )


def test_what_would_fit_is_named():
    small = CHIP.model_copy(update={"memory.capacity": "12 GB"})

    answer = fit(DENSE, small, 2048)

    assert not answer.feasible
    assert answer.shortage > 0.0
    assert answer.min_devices == 2
    assert "fp8" in answer.precisions
    assert "fp16" not in answer.precisions
    assert fit(DENSE, small, 2048, tp=answer.min_devices).feasible
    assert "does not fit" in answer.explain()


def test_devices_without_links_cannot_share():
    alone = CHIP.model_copy(update={"memory.capacity": "12 GB", "link": None, "host_link": None})

    answer = fit(DENSE, alone, 2048)

    assert answer.min_devices is None
    assert "link" in answer.reason


def test_replicas_keep_the_limits_and_one_fewer_does_not():
    limits = {"tpot_ms": 10.0, "hourly_price": 3.0}

    answer = capacity(DENSE, CHIP, 100.0, 512, 128, **limits)

    assert answer.replicas > 1
    assert answer.tpot.m_as("ms") <= 10.0
    fewer = 100.0 / (answer.replicas - 1)
    seen = SimulationModel().solve(
        DENSE, CHIP, Requests.generate(2000, 512, 128, rate=fewer), reserve=True
    )
    assert not seen.stable or seen.tpot(99.0).m_as("ms") > 10.0
    tokens = 100.0 * 128 * 3600
    cost = answer.cost_per_million_tokens.magnitude
    assert cost == pytest.approx(answer.replicas * 3.0 / tokens * 1e6)


def test_impossible_limits_and_unknown_prices_are_told():
    answer = capacity(DENSE, CHIP, 10.0, 512, 128, latency_ms=1.0)

    assert answer.replicas is None
    assert "one request alone" in answer.notes[-1]
    assert math.isnan(answer.cost_per_million_tokens.magnitude)
    assert any("lists no price" in note for note in answer.notes)


def test_more_load_needs_more_replicas():
    counts = [capacity(DENSE, CHIP, rate, 512, 128).replicas for rate in (10.0, 100.0, 400.0)]

    assert counts[0] <= counts[1] < counts[2]


def test_the_largest_batch_ends_in_time_when_it_is_full():
    answer = best_batch(DENSE, CHIP, 512, 1500.0, 20.0)

    assert 1 < answer.best_batch_size < 256
    assert answer.is_feasible
    assert answer.p99_latency.m_as("ms") <= 1500.0
    assert 0.0 <= answer.slo_violation_probability <= 0.01


def test_a_trickle_forms_no_batch():
    # The audit's C53: at 0.1 requests a second nobody waits for 256 of them.
    answer = best_batch(DENSE, CHIP, 512, 5000.0, 0.1)

    assert answer.mean_batch_size < 1.0
    assert answer.p99_latency.m_as("ms") < 1000.0


def test_a_flood_misses_its_limit():
    answer = best_batch(DENSE, CHIP, 512, 5000.0, 500.0)

    assert not answer.is_feasible
    assert 0.5 < answer.slo_violation_probability <= 1.0
    assert best_batch(DENSE, CHIP, 512, 1.0, 1.0).best_batch_size == 0


def test_thinking_longer_costs_more_for_each_token():
    # The audit's C55: the context grows with the chain.
    short, long = (InferenceScalingModel().solve(DENSE, CHIP, steps, 2048) for steps in (8, 2000))

    assert short.tokens_generated == 400
    assert long.itl > short.itl
    first = Engine.solve(DENSE, CHIP, seq_len=2048).seconds
    last = Engine.solve(DENSE, CHIP, seq_len=2048 + 100_000).seconds
    assert long.itl.m_as("s") == pytest.approx((first + last) / 2.0, rel=0.01)


def test_streamed_weights_arrive_while_layers_compute():
    answer = stream(DENSE, CHIP, 2048, 4)

    assert answer.bottleneck == "Injection"
    assert answer.seconds == pytest.approx(
        32 * answer.layer_injection_seconds + answer.layer_compute_seconds
    )
    # All but the token table: (8.03e9 - 128256 x 4096) x 2 bytes over 64 GB/s.
    weights = (DENSE.architecture.parameters - 128256 * 4096) * 2.0
    assert 32 * answer.layer_injection_seconds == pytest.approx(weights / 64e9, rel=1e-3)


def test_the_batch_that_balances_a_stream_computes_as_long_as_weights_take():
    answer = stream(DENSE, CHIP, 512, 1, phase="prefill")
    batch = answer.optimal_batch_size
    balanced = stream(DENSE, CHIP, 512, batch, phase="prefill")
    fewer = stream(DENSE, CHIP, 512, batch - 1, phase="prefill")

    assert balanced.layer_compute_seconds >= balanced.layer_injection_seconds
    assert fewer.layer_compute_seconds < fewer.layer_injection_seconds
    # The audit's C54: utilisation is a ratio of bytes.
    assert 0.0 < balanced.wafer_memory_utilization < 1.0
    with pytest.raises(MissingValueError, match="no published link"):
        stream(DENSE, CHIP.model_copy(update={"host_link": None}), 512)


def test_disaggregation_conserves_tokens_and_protects_them_from_prompts():
    asked = Requests.generate(600, 4000, 200, rate=3.0)

    split = apart(DENSE, CHIP, CHIP, asked, record=True)
    together = SimulationModel().solve(DENSE, CHIP, asked, replicas=2)

    assert split.served == together.served == 600
    assert split.tokens_written == together.tokens_written
    assert split.tokens_read == together.tokens_read
    assert split.itl(99) < together.itl(99)
    assert {one[1] for one in split.passes} == {"prefill", "decode"}


def test_a_slow_network_delays_the_second_token():
    asked = Requests.generate(50, 4000, 100, rate=0.5)

    fast, slow = (apart(DENSE, CHIP, CHIP, asked, network_bandwidth=rate) for rate in (1e12, 1e9))

    # 4,000 tokens x 131,072 bytes over 1 GB/s.
    delay = slow.end_to_end_seconds[0] - fast.end_to_end_seconds[0]
    assert delay == pytest.approx(4000 * 131_072 / 1e9, rel=0.01)
    assert slow.ttft_seconds == fast.ttft_seconds
    with pytest.raises(InputError, match="open arrivals"):
        apart(DENSE, CHIP, CHIP, Requests.generate(5, 10, 10))


def test_the_search_returns_a_front_within_the_limits():
    answer = ServingOptimizer().solve(LATENT, [CHIP], 1024, 128, ("fp16", "fp8"), tpot_ms=20.0)

    front = answer.pareto
    assert front
    assert all(one.itl_seconds <= 0.02 for one in answer.choices)
    speeds = [one.tokens_per_second_per_user for one in front]
    loads = [one.tokens_per_second_per_device for one in front]
    assert speeds == sorted(speeds)
    assert loads == sorted(loads, reverse=True)
    assert {one.disaggregated for one in answer.choices} == {True, False}
    assert answer.cheapest is None  # the device lists no price


SLOW = CHIP.model_copy(
    update={
        "name": "slow",
        "compute.peak.fp16": "300 TFLOP/s",
        "host_link": {"bandwidth": "4 GB/s"},
    }
)


def test_a_cache_travels_at_the_pace_of_the_slower_side():
    asked = Requests.generate(20, 4000, 50, rate=0.2)

    ends = [apart(DENSE, CHIP, writer, asked).end_to_end_seconds[0] for writer in (CHIP, SLOW)]

    # 4,000 tokens x 131,072 bytes: through a port of 50 GB/s, or a host link of 4 GB/s.
    assert ends[1] - ends[0] == pytest.approx(4000 * 131_072 * (1 / 4e9 - 1 / 50e9), rel=0.02)


def test_prompts_may_be_read_on_other_devices():
    search = ServingOptimizer().solve

    mixed = search(DENSE, [CHIP, SLOW], 1024, 128, ("fp16",)).choices
    pairs = {(one.hardware, one.prefill_hardware) for one in mixed if one.disaggregated}
    slow, fast = (
        search(DENSE, CHIP, 1024, 128, ("fp16",), prefill_hardware=readers, batches=[32])
        for readers in (SLOW, CHIP)
    )

    names = {CHIP.name, SLOW.name}
    assert pairs == {(writer, reader) for writer in names for reader in names}
    assert {one.prefill_hardware for one in slow.choices if one.disaggregated} == {SLOW.name}
    for some in (slow, fast):
        for one in some.choices:
            assert one.devices == one.tp + one.prefill_devices
            assert (one.prefill_devices > 0) == (one.prefill_tp > 0) == one.disaggregated
    work = [
        max(one.prefill_devices for one in some.choices if one.tp == 1) for some in (slow, fast)
    ]
    assert work[0] > 2 * work[1]
    # A reader that needs fewer devices may be too slow: within a limit, another is taken.
    loose = max(one.ttft_seconds for one in slow.choices)
    tight = search(
        DENSE, CHIP, 1024, 128, ("fp16",), prefill_hardware=SLOW, ttft_ms=0.6e3 * loose
    ).choices
    assert {one.prefill_tp for one in tight if one.disaggregated} == {2}


def test_a_choice_is_what_a_simulation_of_both_pools_sees():
    chosen = next(
        one
        for one in ServingOptimizer()
        .solve(DENSE, CHIP, 1024, 128, ("fp16",), prefill_hardware=SLOW, max_devices=1)
        .choices
        if one.disaggregated and one.batch == 32
    )
    rate = chosen.tokens_per_second_per_device * chosen.devices / 128
    readers = math.ceil(chosen.prefill_devices)
    asked = Requests.generate(2000, 1024, 128, rate=rate, arrival="uniform")

    seen = apart(DENSE, SLOW, CHIP, asked, prefill_replicas=readers)

    assert seen.stable
    assert seen.mean_batch == pytest.approx(32, rel=0.05)
    assert seen.tpot(50).m_as("s") == pytest.approx(chosen.itl_seconds, rel=0.05)


def test_every_solver_says_what_it_takes():
    for solver in (FitModel, ServingModel, ServingCapacityModel, BatchingOptimizer):
        assert solver.assumptions
        assert {"model", "hardware"} <= set(solver.inputs())
