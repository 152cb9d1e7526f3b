"""The faults that an audit found in a peer's serving models (C45 to C55): none is ours.

The other cases stand where their solvers are tested.
"""

import pytest
from mlsysim_core import Engine
from mlsysim_solvers import ContinuousBatchingModel, ServingModel, SimulationModel
from mlsysim_solvers.serving._requests import Requests

from .serving_specs import CHIP, DENSE

serving = ServingModel().solve
batching = ContinuousBatchingModel().solve


@pytest.mark.parametrize("batch", [512, 8192, 20_000])
def test_c45_decoding_has_an_arithmetic_limit(batch):
    ceiling = 989e12 / (2.0 * 7.5e9)

    assert serving(DENSE, CHIP, 16, batch).tokens_per_second < ceiling
    open_ended = batching(DENSE, CHIP, 16, batch, output_len=16, concurrency=batch)
    assert open_ended.throughput_tokens_per_sec < ceiling


def test_c46_a_prompt_reads_the_weights_and_starts_the_kernels():
    one = serving(DENSE, CHIP, 1)

    weights = DENSE.architecture.parameters * 2.0
    assert one.ttft_seconds > 0.9 * weights / 3.35e12
    assert one.ttft_seconds == pytest.approx(one.itl_seconds, rel=0.05)


def test_c47_both_models_give_the_same_step_and_one_prompt_waits_for_no_others():
    one = serving(DENSE, CHIP, 2048, 1, output_len=64)
    many = batching(DENSE, CHIP, 2048, 32, output_len=64, concurrency=32)

    alone = batching(DENSE, CHIP, 2048, 1, output_len=64, concurrency=1)
    assert alone.itl_seconds == pytest.approx(one.itl_seconds, rel=2e-3)
    assert many.ttft_seconds < 4.0 * one.ttft_seconds  # and not 32 times


def test_c49_a_free_draft_is_bounded_by_its_acceptance():
    tiny = DENSE.model_copy(
        update={"architecture.layers": 1, "architecture.hidden": 128, "architecture.ffn": 128}
    )
    plain = serving(DENSE, CHIP, 1024, 1)
    ahead = serving(
        DENSE, CHIP, 1024, 1, draft_model=tiny, draft_tokens=4, draft_acceptance_rate=0.7
    )

    # (1 - 0.7^5) / (1 - 0.7) = 2.77 tokens a round, at best.
    assert 1.0 < plain.itl_seconds / ahead.itl_seconds < 2.774


@pytest.mark.parametrize("policy", ["chunked", "continuous", "prefill_first"])
def test_the_simulation_keeps_the_arithmetic_limit(policy):
    asked = Requests.generate(4000, 16, 64, arrival="burst")

    answer = SimulationModel().solve(DENSE, CHIP, asked, policy=policy, max_batch=4000)

    assert answer.tokens_per_second < 989e12 / (2.0 * 7.5e9)


def test_a_batch_of_one_is_the_engine_on_every_stack():
    for stack in ("Optimized", "Ideal"):
        answer = serving(DENSE, CHIP, 2048, stack=stack)
        assert answer.itl == Engine.solve(DENSE, CHIP, seq_len=2048, stack=stack).latency
