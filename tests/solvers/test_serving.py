"""One batch of requests: the engine at its limits, and sums that add up."""

import pickle

import pytest
from mlsysim_core import Engine, InputError
from mlsysim_solvers import ServingModel

from .serving_specs import CHIP, DENSE, HYBRID, LATENT, SERVER

models = pytest.mark.parametrize("model", [DENSE, HYBRID, LATENT], ids=lambda model: model.name)
solve = ServingModel().solve


@models
@pytest.mark.parametrize("batch", [1, 7, 64])
@pytest.mark.parametrize("length", [1, 128, 4000])
def test_agrees_exactly_with_the_engine(model, batch, length):
    answer = solve(model, CHIP, length, batch)

    prefill = Engine.solve(model, CHIP, batch, phase="prefill", seq_len=length)
    decode = Engine.solve(model, CHIP, batch, phase="decode", seq_len=length)
    assert answer.ttft_seconds == prefill.seconds
    assert answer.itl_seconds == decode.seconds
    assert answer.ttft == prefill.latency
    assert answer.memory.cache == decode.details.cache
    assert answer.memory.weights == decode.details.weights


@models
def test_parts_add_up(model):
    answer = solve(model, CHIP, 2048, 16, output_len=300)

    assert sum(dict(answer.prefill_parts).values()) == pytest.approx(answer.ttft_seconds)
    assert sum(dict(answer.decode_parts).values()) == pytest.approx(answer.itl_seconds)
    total = answer.ttft_seconds + 299 * answer.itl_seconds
    assert answer.end_to_end_seconds == pytest.approx(total)
    assert sum(answer.memory.parts.values()) == pytest.approx(answer.memory.total)


def test_a_server_adds_its_front_end_and_its_loop():
    answer = solve(DENSE, CHIP, 1024, 8, stack=SERVER)

    prefill, decode = (
        Engine.solve(DENSE, CHIP, 8, phase=phase, seq_len=1024, stack=SERVER).seconds
        for phase in ("prefill", "decode")
    )
    assert answer.ttft_seconds == pytest.approx(prefill + 0.050)
    assert answer.itl_seconds == pytest.approx(decode + 0.001 + 8 * 20e-6)
    assert dict(answer.prefill_parts)["front_end"] == 0.050
    assert dict(answer.decode_parts)["overhead"] == pytest.approx(0.00116)
    small = DENSE.model_copy(update={"architecture.layers": 2})
    drafted = solve(DENSE, CHIP, 1024, 8, stack=SERVER, draft_model=small, draft_tokens=3)
    # One round of the loop for 1 + 0.7 + 0.49 + 0.343 tokens.
    assert dict(drafted.decode_parts)["overhead"] == pytest.approx(0.00116 / 2.533)


def test_the_mean_over_a_growing_context_is_that_of_every_step():
    steps = [Engine.solve(DENSE, CHIP, 8, seq_len=1024 + index).seconds for index in range(499)]

    answer = solve(DENSE, CHIP, 1024, 8, output_len=500)

    assert answer.itl_seconds == pytest.approx(sum(steps) / 499, rel=1e-4)


@models
def test_a_cached_prefix_never_costs_more_and_approaches_the_whole(model):
    whole = solve(model, CHIP, 4096, 2).ttft_seconds
    times = [
        solve(model, CHIP, 4096, 2, cached_prefix_len=cached).ttft_seconds
        for cached in (0, 1, 1024, 4095)
    ]

    assert times[0] == whole
    assert times[1] == pytest.approx(whole, rel=0.02)
    assert times[2] < times[1]
    assert times[3] < 0.3 * whole


def test_memory_of_the_longest_context_decides():
    fits = solve(DENSE, CHIP, 8192, 32, output_len=128)
    not_so = solve(DENSE, CHIP, 8192, 100, output_len=128)

    assert fits.feasible
    assert not not_so.feasible
    assert not_so.goodput() == 0.0
    assert "do not fit" in not_so.explain()


def test_prompts_and_outputs_must_be_possible():
    with pytest.raises(InputError, match="cached_prefix_len must be below"):
        solve(DENSE, CHIP, 100, cached_prefix_len=100)
    with pytest.raises(InputError, match="output_len"):
        solve(DENSE, CHIP, 100, output_len=0)
    short = DENSE.model_copy(update={"architecture.max_context": 1000})
    with pytest.raises(InputError, match="at most 1,001"):
        solve(short, CHIP, 900, output_len=102)


def test_results_are_values():
    answer = solve(DENSE, CHIP, 128, output_len=4)

    assert answer == solve(DENSE, CHIP, 128, output_len=4)
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert hash(answer) == hash(solve(DENSE, CHIP, 128, output_len=4))
    assert answer.throughput.check("1/[time]")
    assert "weights" in answer.explain()


def test_energy_is_shared_by_the_tokens():
    answer = solve(DENSE, CHIP, 1024, 8, output_len=10)

    assert answer.energy.m_as("J") == pytest.approx(80 * answer.energy_per_token.m_as("J"))
    unknown = CHIP.model_copy(update={"tdp": None})
    assert solve(DENSE, unknown, 128).joules is None


@pytest.mark.parametrize("ranks", [2, 4, 8])
def test_sharing_layers_speeds_up_less_than_it_costs(ranks):
    alone = solve(DENSE, CHIP, 1024, 16)
    shared = solve(DENSE, CHIP, 1024, 16, tp=ranks)

    assert 1.0 < alone.itl_seconds / shared.itl_seconds < ranks
    assert shared.memory.weights == pytest.approx(alone.memory.weights / ranks)
    assert dict(shared.decode_parts)["exchange"] > 0.0
    assert shared.settings.devices == ranks


def test_a_compressed_cache_is_kept_by_every_rank():
    alone, shared = (solve(LATENT, CHIP, 4096, 8, tp=ranks) for ranks in (1, 4))

    assert shared.memory.cache == pytest.approx(alone.memory.cache)
    spread = solve(LATENT, CHIP, 4096, 8, tp=1, dp_attention=4, ep=4)
    assert spread.memory.cache == pytest.approx(alone.memory.cache / 4)


def test_stages_share_the_memory_but_not_the_latency_of_one():
    alone, staged = (solve(DENSE, CHIP, 1024, 1, pp=stages) for stages in (1, 4))

    assert staged.memory.weights == pytest.approx(alone.memory.weights / 4)
    assert staged.itl_seconds >= alone.itl_seconds


def test_layouts_must_be_possible():
    with pytest.raises(InputError, match="must divide the 32 heads"):
        solve(DENSE, CHIP, 128, tp=3)
    with pytest.raises(InputError, match="no experts"):
        solve(DENSE, CHIP, 128, tp=2, ep=2)
    with pytest.raises(InputError, match="exceeds the 32 layers"):
        solve(DENSE, CHIP, 128, pp=33)


@pytest.mark.parametrize("batch", [1, 256, 8192, 10**6])
def test_decoding_never_exceeds_the_arithmetic(batch):
    answer = solve(DENSE, CHIP, 16, batch)

    # Peer's audit, C45: 989e12 / (2 x 8.03e9) = 61,582 token/s.
    assert answer.tokens_per_second < 989e12 / (2.0 * 7.5e9)


def test_nothing_accepted_is_no_speed_up():
    plain = solve(DENSE, CHIP, 1024, 4)
    small = DENSE.model_copy(update={"architecture.layers": 2})

    times = [
        solve(DENSE, CHIP, 1024, 4, draft_model=small, draft_acceptance_rate=rate).itl_seconds
        for rate in (0.0, 0.4, 0.8, 1.0)
    ]

    assert times[0] > plain.itl_seconds
    assert times == sorted(times, reverse=True)
    assert times[-1] < plain.itl_seconds


def test_a_draft_takes_memory_and_its_rate_is_a_chance():
    small = DENSE.model_copy(update={"architecture.layers": 2})
    answer = solve(DENSE, CHIP, 1024, 4, draft_model=small)

    assert answer.memory.draft > 0.0
    for rate in (1.5, -0.1, float("nan"), True):
        with pytest.raises(InputError, match="draft_acceptance_rate"):
            solve(DENSE, CHIP, 1024, draft_model=small, draft_acceptance_rate=rate)


def test_a_model_can_predict_tokens_itself():
    plain = solve(LATENT, CHIP, 1024, 1)
    ahead = solve(LATENT, CHIP, 1024, 1, prediction_layers=1, draft_tokens=1)

    assert ahead.itl_seconds < plain.itl_seconds


@models
@pytest.mark.parametrize("chunk", [256, 1000])
def test_chunks_cost_a_little_more_than_the_whole(model, chunk):
    whole = solve(model, CHIP, 4096).ttft_seconds
    chunked = solve(model, CHIP, 4096, prefill_chunk=chunk).ttft_seconds

    # Every chunk reads every expert again.
    assert whole < chunked < (20.0 if model is LATENT else 2.0) * whole


def test_adapters_cost_memory_and_a_little_time():
    plain, many = (solve(DENSE, CHIP, 1024, 16, adapters=count) for count in (0, 100))

    assert plain.itl_seconds < many.itl_seconds < 2.0 * plain.itl_seconds
    # 32 layers x 16 x (4096+6144 + 4096+4096 + 4096+28672 + 14336+4096) x 2 bytes = 68.2 MB
    assert many.memory.adapters == pytest.approx(100 * 32 * 16 * 69_632 * 2)


def test_a_cache_in_the_hosts_memory_crosses_the_link():
    near, far = (solve(DENSE, CHIP, 8192, 16, kv_offload=part) for part in (0.0, 0.5))

    assert far.memory.cache == pytest.approx(near.memory.cache / 2)
    moved = near.memory.cache / 2 / 64e9
    assert far.itl_seconds == pytest.approx(near.itl_seconds + moved)
