"""Predictions that a reader can check with a pencil. The arithmetic is in the comments."""

import math
from functools import partial

import pytest
from mlsysim_core import Engine, HardwareSpec, ModelSpec, UnsupportedPrecisionError
from mlsysim_core.operators import Workload, lower

from .examples import (
    B200,
    BARE,
    BAREST,
    BERT_BASE,
    DEEPSEEK_V3,
    ESP32_S3,
    GPT_3_22B,
    H100,
    LITTLE_NETWORK,
    LLAMA_2_70B,
    LLAMA_3_8B,
    MAMBA_2_8B,
    MISTRAL_7B,
    MIXTRAL_8X7B,
    T5_SMALL,
    TOTALS,
)

# Llama-3-8B reads all its weights but the token table for each token: (8,030,261,248 -
# 128,256 x 4,096) x 2 bytes = 15.01e9 bytes. Its cache is 2 x 8 heads x 128 x 32 layers x 2
# bytes = 131,072 bytes a token. The H100 of these tests streams 0.9 x 3.35e12 bytes a second.
LLAMA_READS = (8_030_261_248 - 128_256 * 4096) * 2
LLAMA_KEEPS = 2 * 8 * 128 * 32 * 2
STREAM = 0.9 * 3.35e12
LLAMA_MULTIPLIED = 8_030_261_248 - 2 * 128_256 * 4096
NO_INT8 = H100.model_copy(update={"compute.peak.int8": None})


def read_by(operators, part):
    return sum(one.count * getattr(one, part) for one in operators)


def lowered(model, phase, batch=1.0, length=2048.0, precision="fp16"):
    return lower(model, Workload.of(phase, batch, length, precision))


# Decoding: weights once, the cache by its context.


@pytest.mark.parametrize("batch", [1, 8, 32, 128])
def test_llama_decodes_at_the_speed_of_its_weights_and_cache(batch):
    # Batch 32: (15.01e9 + 32 x 2,048 x 131,072) / 3.015e12 = 7.83 ms, and the kernels.
    profile = Engine.solve(LLAMA_3_8B, H100, batch_size=batch, seq_len=2048)

    expected = (LLAMA_READS + batch * 2048 * LLAMA_KEEPS) / STREAM
    assert profile.seconds == pytest.approx(expected + profile.account.launch, rel=0.05)
    assert profile.bottleneck == "Memory"
    assert profile.feasible is True
    assert profile.items_per_second == pytest.approx(batch / profile.seconds)


def test_kernels_of_a_llama_step_are_counted():
    # A layer starts nine: two products around attention and its two kernels, two around the
    # activation, two norms. Besides 32 x 9: the table, the head, and two to choose.
    operators = lowered(LLAMA_3_8B, "decode").operators

    assert sum(one.count * one.kernels for one in operators) == 32 * 9 + 4


def test_the_batch_does_not_multiply_the_weights():
    # The older package charged a tenth of all weights for each sequence of the batch.
    one = Engine.solve(LLAMA_3_8B, H100, 1).account
    many = Engine.solve(LLAMA_3_8B, H100, 64).account

    assert many.weights == pytest.approx(one.weights, rel=1e-2)
    assert many.cache == pytest.approx(64 * one.cache, rel=1e-9)


def test_a_growing_batch_turns_decoding_to_compute_near_the_ridge():
    # A weight of two bytes takes two operations for each sequence: one operation a byte and
    # sequence. The H100 turns at 0.75 x 989.4e12 / (0.9 x 3.35e12) = 246 operations a byte.
    turns = next(
        batch
        for batch in range(32, 1024, 8)
        if Engine.solve(LLAMA_3_8B, H100, batch, seq_len=16).bottleneck == "Compute"
    )

    assert 0.5 * 246 < turns < 1.5 * 246


def test_a_context_of_128k_costs_what_its_cache_costs():
    # 131,072 tokens x 131,072 bytes = 17.2e9 bytes, more than the weights.
    short = Engine.solve(LLAMA_3_8B, H100, seq_len=1024)
    long = Engine.solve(LLAMA_3_8B, H100, seq_len=131_072)

    assert long.account.cache == pytest.approx(131_072 * LLAMA_KEEPS / STREAM, rel=1e-3)
    assert long.seconds - short.seconds == pytest.approx(130_048 * LLAMA_KEEPS / STREAM, rel=0.02)
    assert long.details.cache == 131_072 * LLAMA_KEEPS


def test_mixtral_reads_its_active_experts_for_one_sequence():
    # 12.9e9 parameters x 2 bytes / 8e12 bytes a second = 3.2 ms; all 46.7e9 take 11.7 ms.
    profile = Engine.solve(MIXTRAL_8X7B, B200, stack="Ideal")

    assert profile.seconds == pytest.approx(12.9e9 * 2 / 8e12, rel=0.05)
    assert profile.details.weights == 46_702_792_704 * 2


def test_many_sequences_read_every_expert():
    # 256 tokens leave an expert of eight out with chance 0.75^256: never.
    profile = Engine.solve(MIXTRAL_8X7B, B200, 256, seq_len=1, stack="Ideal")

    table = 32_000 * 4096 * 2
    assert profile.account.weights == pytest.approx((46_702_792_704 * 2 - table) / 8e12, rel=0.01)


def test_llama_2_70b_keeps_eight_heads_of_keys_and_values():
    # 2 x 8 heads x 128 x 80 layers x 2 bytes x 4,096 tokens = 1.34e9 bytes, not 10.7e9.
    profile = Engine.solve(LLAMA_2_70B, B200, seq_len=4096)

    assert profile.details.cache == 2 * 8 * 128 * 80 * 2 * 4096 == 1_342_177_280


def test_deepseek_keeps_576_elements_a_token_and_layer():
    # Compressed keys and values of rank 512, and 64 of shared rotary keys.
    profile = Engine.solve(DEEPSEEK_V3, B200, batch_size=2, seq_len=1000)

    assert profile.details.cache == 2 * 1000 * 61 * 576 * 2


def test_deepseek_decodes_in_the_compressed_space():
    # A query meets 576 elements of each key and sums 512 of each value, for each of 128 heads.
    (attention,) = (
        one
        for one in lowered(DEEPSEEK_V3, "decode", length=1000.0).operators
        if one.kind == "attention"
    )

    assert attention.flops == 2 * 1000 * 128 * (576 + 512)
    assert attention.cache == 1001 * 576 * 2


def test_a_sliding_window_bounds_the_cache():
    # 4,096 of 32,768 tokens x 131,072 bytes.
    profile = Engine.solve(MISTRAL_7B, H100, seq_len=32_768)

    assert profile.details.cache == 4096 * 131_072
    assert profile.account.cache == pytest.approx(4097 * 131_072 / STREAM, rel=1e-9)


def test_layers_without_the_window_keep_the_whole_context():
    # 24 layers: five of six look back 1,024 tokens, four look back all 8,192.
    hybrid = ModelSpec(
        name="hybrid",
        architecture={
            "kind": "decoder",
            "layers": 24,
            "hidden": 512,
            "heads": 8,
            "ffn": 2048,
            "vocab": 1000,
            "window": {"size": 1024, "local": 5, "period": 6},
        },
    )

    profile = Engine.solve(hybrid, H100, seq_len=8192)

    assert profile.details.cache == (20 * 1024 + 4 * 8192) * 2 * 512 * 2


def test_a_narrow_cache_is_narrow():
    wide = Engine.solve(LLAMA_3_8B, H100, 32)
    narrow = Engine.solve(LLAMA_3_8B, H100, 32, kv_precision="fp8")

    assert narrow.details.cache == wide.details.cache / 2
    assert narrow.account.cache == pytest.approx(wide.account.cache / 2)


def test_four_bit_weights_are_a_quarter():
    # 8.03e9 x 0.5 bytes = 4.02 GB.
    profile = Engine.solve(LLAMA_3_8B, B200, precision="fp4")

    assert profile.details.weights == pytest.approx(4.015e9, rel=1e-3)
    assert profile.details.peak == 9000e12


# Prefill: compute, with the tokens.


def test_prefill_computes_two_operations_a_weight_and_token():
    # 2 x (8.03e9 - both tables' 1.05e9) x 8,192 + causal attention: 32 layers x 2 x 8,192 x
    # 4,096.5 keys x 32 heads x 256 = 0.132e15 + one row of the head.
    profile = Engine.solve(LLAMA_3_8B, H100, phase="prefill", seq_len=8192, efficiency=0.5)

    tables = 2 * 128_256 * 4096
    norms = (2 * 32 + 1) * 4096
    products = 2 * (8_030_261_248 - tables - norms) * 8192 + 2 * 128_256 * 4096
    attention = 32 * 2 * 8192 * 4096.5 * 32 * 256
    assert profile.details.flops == pytest.approx(products + attention, rel=1e-12)
    assert profile.account.compute == pytest.approx(
        (products + attention) / (0.5 * 989.4e12), rel=0.02
    )
    assert profile.bottleneck == "Compute"
    assert profile.mfu == pytest.approx(0.5, rel=0.15)


@pytest.mark.parametrize("batch", [1, 4])
def test_prefill_writes_the_cache_once(batch):
    # 8,192 tokens x 131,072 bytes for each prompt.
    operators = lowered(LLAMA_3_8B, "prefill", batch=float(batch), length=8192.0).operators

    assert read_by(operators, "cache") == batch * 8192 * LLAMA_KEEPS


def test_efficiency_never_touches_the_time_of_memory():
    whole = Engine.solve(LLAMA_3_8B, H100, 1, efficiency=1.0)
    tenth = Engine.solve(LLAMA_3_8B, H100, 1, efficiency=0.1)

    assert tenth.account.weights == whole.account.weights
    assert tenth.seconds == pytest.approx(whole.seconds, rel=0.01)


# Encoders, encoder-decoders, networks of layers.


@pytest.mark.parametrize(("length", "operations"), [(128, 22.35e9), (512, 96.6e9)])
def test_bert_base_computes_what_was_counted(length, operations):
    # 12 layers x (24 x 768^2 x s + 4 x 768 x s^2), and the pooler.
    profile = Engine.solve(BERT_BASE, H100, seq_len=length)

    layers = 12 * (24 * 768**2 * length + 4 * 768 * length**2)
    assert profile.details.flops == layers + 2 * 768**2
    assert profile.details.flops == pytest.approx(operations, rel=1e-3)
    assert profile.details.unit == "sample"


def test_a_decoder_with_a_source_reads_both_caches():
    # 6 layers x 2 x 512 x 2 bytes for each of 512 source and 100 own tokens.
    profile = Engine.solve(T5_SMALL, H100, seq_len=100)

    assert profile.details.cache == 6 * 2 * 512 * 2 * (100 + 100)
    assert profile.details.phase == "decode"


def test_a_network_counts_two_operations_for_each_multiply_accumulate():
    # 7 x 7 x 3 x 64 x 112^2, four of 3 x 3 x 64 x 64 x 56^2, and 64 x 1,000.
    accumulates = 147 * 64 * 112**2 + 4 * 9 * 64 * 64 * 56**2 + 64_000

    profile = Engine.solve(LITTLE_NETWORK, H100, batch_size=3)

    assert profile.details.flops == 3 * 2 * accumulates


def test_a_network_moves_its_activations():
    # Read and written by each layer, two bytes an element, for each sample.
    wide, narrow = 64 * 112**2, 64 * 56**2
    elements = (
        (3 * 224**2 + wide)  # stem
        + (wide + narrow)  # pooling
        + 4 * (narrow + narrow)  # convolutions
        + 2 * narrow  # sums, fused into what makes one of their two terms
        + (64 + 1000)  # classifier
    )

    operators = lowered(LITTLE_NETWORK, "forward", batch=64.0).operators

    assert read_by(operators, "activations") == 64 * 2 * elements
    assert read_by(operators, "weights") == 2 * LITTLE_NETWORK.architecture.parameters


def test_activations_of_a_large_batch_set_the_time_of_a_network():
    profile = Engine.solve(LITTLE_NETWORK, H100, batch_size=256, stack="Ideal")

    operators = lowered(LITTLE_NETWORK, "forward", batch=256.0).operators
    assert profile.bottleneck == "Memory"
    assert profile.account.movement == pytest.approx(
        (read_by(operators, "activations") + read_by(operators, "weights")) / 3.35e12
    )


def test_every_step_of_a_diffusion_reads_the_weights_again():
    # 50 steps x 1.72e9 bytes / 2.04e12 bytes a second = 42 ms; once would be 0.84 ms.
    network = {
        "kind": "network",
        "input": [4, 64, 64],
        "layers": [{"op": "linear", "features": [29_326, 29_326], "bias": False}],
    }
    steps = ModelSpec(name="steps", architecture={**network, "steps": 50})
    a100 = HardwareSpec(
        name="A100",
        compute={"peak": {"fp16": "312 TFLOP/s"}},
        memory={"capacity": "80 GB", "bandwidth": "2.04 TB/s"},
    )

    profile = Engine.solve(steps, a100, stack="Ideal")

    assert profile.seconds == pytest.approx(42.2e-3, rel=0.01)


def test_a_state_space_model_keeps_a_state_and_no_context():
    # 64 layers x 5,120 x 16 = 5.24e6 elements: 21.0 MB at the fp32 of the kernels (10.5 MB at
    # fp16), and 64 x 5,120 x 4 recent inputs at fp16: 2.6 MB.
    short = Engine.solve(MAMBA_2_8B, H100, seq_len=16)
    long = Engine.solve(MAMBA_2_8B, H100, seq_len=65_536)

    assert MAMBA_2_8B.architecture.mixer.state_elements * 64 * 2 == pytest.approx(10.5e6, rel=1e-2)
    assert long.details.cache == 64 * 5120 * 16 * 4 + 64 * 5120 * 4 * 2
    assert long.details.cache == pytest.approx(21.0e6 + 2.6e6, rel=1e-2)
    assert long.seconds == short.seconds


def test_bare_totals_make_a_prediction_that_says_so():
    # 8e9 x 2 bytes + 2,048 x 65,536 elements x 2 bytes, over 3.35e12 bytes a second.
    profile = Engine.solve(TOTALS, H100, stack="Ideal")

    assert profile.seconds == pytest.approx((16e9 + 2049 * 65_536 * 2) / 3.35e12, rel=1e-3)
    assert any("only totals" in note for note in profile.details.notes)


# Precision.


def test_fp32_computes_at_the_fp32_peak():
    # 67e12 operations a second, where the older package used the 989e12 of fp16.
    profile = Engine.solve(BERT_BASE, H100, 64, "fp32", 1.0, seq_len=512)

    assert profile.details.peak == 67e12
    assert profile.account.compute == pytest.approx(64 * 96.6e9 / 67e12, rel=0.02)
    assert profile.details.weights == BERT_BASE.architecture.parameters * 4


def test_a_format_that_is_missing_is_computed_in_the_next_wider_one():
    profile = Engine.solve(LLAMA_3_8B, H100, precision="int4")

    assert (profile.details.precision, profile.details.arithmetic) == ("int4", "int8")
    assert profile.details.peak == 1978.9e12
    assert profile.details.weights == 8_030_261_248 / 2
    assert any("H100 has no int4 arithmetic" in note for note in profile.details.notes)


def test_a_format_that_nothing_wider_replaces_is_refused():
    with pytest.raises(UnsupportedPrecisionError, match=r"bare has no fp32 .*computes in bf16"):
        Engine.solve(LLAMA_3_8B, BARE, precision="fp32")


# Stacks: what their kernels leave undone.


def test_heads_that_share_keys_read_them_once_each_where_kernels_do_not_group_them():
    # 32 query heads on 8 of keys and values: the cache of 2,049 tokens is read four times.
    alone = BAREST.model_copy(update={"grouped": False})
    together = Engine.solve(LLAMA_3_8B, H100, 8, stack=BAREST)
    apart = Engine.solve(LLAMA_3_8B, H100, 8, stack=alone)
    prompts = [
        Engine.solve(LLAMA_3_8B, H100, 8, stack=one, phase="prefill").seconds
        for one in (BAREST, alone)
    ]

    cache = 8 * 2049 * LLAMA_KEEPS / (0.9 * 3.35e12)
    assert together.account.cache == pytest.approx(cache)
    assert apart.account.cache == pytest.approx(4 * cache)
    assert prompts[0] == prompts[1]


def test_scores_beyond_the_longest_fused_context_go_through_memory():
    # 12 layers x 12 heads x 512 x 512 scores of two bytes, four times, beside what moved before.
    fused, unfused = (BAREST.model_copy(update={"fused_keys": most}) for most in (512, 511))
    moved = [
        Engine.solve(BERT_BASE, H100, 8, stack=one, seq_len=512).account.traffic
        for one in (BAREST, fused, unfused)
    ]

    assert moved[0] == moved[1]
    assert moved[2] - moved[1] == pytest.approx(12 * 4 * 8 * 12 * 512 * 512 * 2)


def test_a_softmax_on_its_own_waits_for_the_scores():
    # It reads and writes them: half of what moves, which no multiplication hides.
    fused, unfused = (BAREST.model_copy(update={"fused_keys": most}) for most in (512, 511))
    before, after = (
        Engine.solve(BERT_BASE, H100, 8, stack=one, seq_len=512).account for one in (fused, unfused)
    )
    alone = 12 * 2 * 8 * 12 * 512 * 512 * 2 / (0.9 * 3.35e12)

    assert after.activations - before.activations >= alone
    assert after.latency - before.latency >= alone


def test_weights_that_are_unpacked_apart_are_written_out_for_every_part_of_a_prompt():
    # 2,048 rows at 512 a time: four times each byte of int8 becomes two of fp16.
    packing = BAREST.model_copy(update={"rows_at_once": 512})
    times = {
        (name, rows): Engine.solve(
            LLAMA_3_8B, NO_INT8, precision="int8", stack=stack, phase="prefill", seq_len=rows
        ).seconds
        for name, stack in (("as they go", BAREST), ("apart", packing))
        for rows in (8, 512, 2048)
    }
    written = {rows: times["apart", rows] - times["as they go", rows] for rows in (8, 512, 2048)}
    once = 2 * LLAMA_MULTIPLIED / STREAM

    assert written[8] == 0.0
    # Of the last layer, only the token that goes on is multiplied by the vocabulary.
    assert written[512] == pytest.approx(once, rel=0.08)
    assert written[2048] == pytest.approx(4 * once, rel=0.08)


def test_sums_in_fp16_double_the_rate_of_devices_that_have_them():
    chip = NO_INT8.model_copy(update={"compute.half_sums": 2.0})
    halves = BAREST.model_copy(update={"half_sums": True})
    solve = partial(Engine.solve, LLAMA_3_8B, batch_size=8, phase="prefill")

    usual = solve(chip, stack=BAREST).account.arithmetic
    assert solve(chip, stack=halves).account.arithmetic < 0.6 * usual
    assert solve(NO_INT8, stack=halves).account.arithmetic == usual
    assert (
        solve(chip, stack=halves, precision="bf16").account.arithmetic
        == solve(chip, stack=BAREST, precision="bf16").account.arithmetic
    )


def test_a_stack_may_compute_better_in_one_format_than_in_others():
    halved = BAREST.model_copy(
        update={
            "compute_fraction": 0.5,
            "formats": [{"precision": "fp32", "compute_fraction": 1.0}],
        }
    )
    times = {
        (name, precision): Engine.solve(
            LLAMA_3_8B, H100, 64, precision, stack=stack, phase="prefill"
        ).account.arithmetic
        for name, stack in (("full", BAREST), ("halved", halved))
        for precision in ("fp16", "fp32")
    }

    assert times["halved", "fp32"] == times["full", "fp32"]
    assert times["halved", "fp16"] > 1.5 * times["full", "fp16"]


def test_element_wise_work_streams_no_faster_than_its_kernels_keep_in_flight():
    # 100 units x 1 GHz x 5 bytes a cycle = 0.5e12 bytes a second, of 0.9e12.
    chip = HardwareSpec(
        name="chip",
        compute={"peak": {"fp16": "100 TFLOP/s"}, "units": 100, "clock": "1 GHz"},
        memory={"capacity": "80 GB", "bandwidth": "1 TB/s"},
    )
    adding = ModelSpec(
        name="adding",
        architecture={
            "kind": "network",
            "input": [10**8],
            "layers": [{"op": "elementwise", "elements": 10**8}],
        },
    )
    slow = BAREST.model_copy(update={"vector_bytes_per_cycle": 5.0})
    one, other = (Engine.solve(adding, chip, stack=stack).account for stack in (BAREST, slow))

    assert one.activations == pytest.approx(4e8 / 0.9e12)
    assert other.activations == pytest.approx(4e8 / 0.5e12)


# Memory: what fits, and what crosses the link.


def test_only_the_bytes_that_do_not_fit_cross_the_link():
    # 137.95e9 of weights, 0.67e9 of cache and 1.8e6 of activations: 58.6e9 bytes more than
    # 80e9 cross 64e9 bytes a second; the rest is read at 3.35e12.
    profile = Engine.solve(LLAMA_2_70B, H100, seq_len=2048, stack="Ideal")

    table = 32_000 * 8192 * 2
    weights, cache = 68_976_648_192 * 2, 2048 * 327_680
    spilled = weights + cache + profile.details.activations - 80e9
    part = spilled / (weights + cache)
    link = part * (weights - table + cache) / 64e9
    memory = (1 - part) * (weights - table + cache) / 3.35e12
    assert profile.feasible is False
    assert profile.account.spill == pytest.approx(spilled)
    assert profile.account.host == pytest.approx(link, rel=1e-3)
    assert profile.seconds == pytest.approx(link + memory, rel=1e-2)
    assert link == pytest.approx(0.914, rel=1e-2)


def test_the_cache_of_the_whole_batch_must_fit():
    # Batch 1,024 at 2,048 tokens: 275e9 bytes of cache.
    profile = Engine.solve(LLAMA_3_8B, H100, 1024)

    assert profile.feasible is False
    assert profile.details.cache == 1024 * 2048 * LLAMA_KEEPS


def test_the_reserve_of_the_runtime_counts():
    tight = HardwareSpec(
        name="tight",
        compute={"peak": {"fp16": "100 TFLOP/s"}},
        memory={"capacity": "16.5 GB", "bandwidth": "1 TB/s"},
    )
    greedy = BAREST.model_copy(update={"reserve": 0.1})

    assert Engine.solve(LLAMA_3_8B, tight, stack=BAREST).feasible is True
    assert Engine.solve(LLAMA_3_8B, tight, stack=greedy).feasible is False


def test_a_microcontroller_cannot_hold_eight_billion_weights():
    profile = Engine.solve(LLAMA_3_8B, ESP32_S3, precision="int8")

    assert profile.feasible is False
    assert profile.seconds == math.inf
    assert (profile.items_per_second, profile.mfu) == (0.0, 0.0)
    assert profile.explain().parts["host"] == math.inf


def test_weights_in_flash_leave_the_memory_to_activations():
    # 250,000 weights of a byte: too large beside 200 kB of activations, but not in flash.
    tiny = ModelSpec(
        name="tiny",
        architecture={
            "kind": "network",
            "input": [100_000],
            "layers": [
                {"op": "elementwise", "elements": 100_000},
                {"op": "linear", "features": [500, 500], "bias": False},
            ],
        },
    )
    small = ESP32_S3.model_copy(update={"memory.capacity": "300 kB"})

    stored = Engine.solve(tiny, small, precision="int8")
    unstored = Engine.solve(tiny, small.model_copy(update={"flash": None}), precision="int8")

    assert stored.feasible is True
    assert unstored.feasible is False
    assert stored.account.weights == pytest.approx(250_000 / 40e6)


# Energy.


def test_decoding_draws_well_more_than_an_idle_device():
    profile = Engine.solve(LLAMA_3_8B, H100, 8, stack="Ideal")

    power = profile.joules / profile.seconds
    assert 0.5 * 700 < power < 700


def test_unknown_power_makes_unknown_energy_with_a_reason():
    profile = Engine.solve(LLAMA_3_8B, BARE)

    assert profile.joules is None
    assert math.isnan(profile.energy.magnitude)
    assert any("power" in note for note in profile.details.notes)


# Training.


@pytest.mark.parametrize("length", [128, 2048, 8192])
def test_training_computes_six_operations_a_weight_and_token(length):
    # Forward once and backward twice: 6 x (all weights but the token table and the norms) x
    # tokens, and three times causal attention: 2 x s x (s + 1) / 2 x 32 heads x 256 x 32 layers.
    profile = Engine.solve(LLAMA_3_8B, H100, is_training=True, seq_len=length)

    weights = 8_030_261_248 - 128_256 * 4096 - (2 * 32 + 1) * 4096
    attention = 3 * 32 * 2 * length * (length + 1) / 2 * 32 * 256
    assert profile.details.flops == pytest.approx(6 * weights * length + attention, rel=1e-12)


def test_a_training_step_takes_the_time_of_its_operations():
    # 6 x 8.03e9 x 2,048 / (0.5 x 989e12) = 199.5 ms with the table counted as if multiplied.
    profile = Engine.solve(
        LLAMA_3_8B, H100, is_training=True, seq_len=2048, efficiency=0.5, recompute="none"
    )

    assert profile.account.compute == pytest.approx(199.5e-3, rel=0.05)


@pytest.mark.parametrize("precision", ["fp16", "bf16", "fp32"])
def test_training_keeps_sixteen_bytes_a_parameter(precision):
    # Mixed: 2 weight + 2 gradient + 4 master + 8 Adam. Single: 4 + 4 + 8.
    profile = Engine.solve(BERT_BASE, H100, 1, precision, is_training=True, seq_len=128)

    kept = profile.details.weights + profile.details.optimizer
    assert kept == 16 * BERT_BASE.architecture.parameters


def test_other_optimizers_keep_less():
    # 2 + 2 + 4 bytes, and 4 of momentum.
    def kept(optimizer):
        profile = Engine.solve(BERT_BASE, H100, is_training=True, optimizer=optimizer)
        return (profile.details.weights + profile.details.optimizer) / BERT_BASE.parameters.m

    assert (kept("sgd"), kept("momentum"), kept("adam")) == (8.0, 12.0, 16.0)


@pytest.mark.parametrize(
    ("recompute", "bytes_a_layer"),
    [
        # Korthikanti et al., 2022: s b h (34 + 5 a s / h). Ours has no dropout, and so none of
        # the two masks of a byte beside the attention and the feed-forward.
        ("selective", 2048 * 4 * 6144 * 32),
        ("none", 2048 * 4 * 6144 * 32 + 5 * 64 * 2048**2 * 4),
        ("full", 2048 * 4 * 6144 * 2),
    ],
)
def test_a_layer_leaves_the_activations_of_the_paper(recompute, bytes_a_layer):
    half = GPT_3_22B.model_copy(update={"architecture.layers": 24})

    whole, part = (
        Engine.solve(model, H100, 4, is_training=True, seq_len=2048, recompute=recompute)
        for model in (GPT_3_22B, half)
    )

    assert whole.details.activations - part.details.activations == pytest.approx(
        24 * bytes_a_layer, rel=1e-12
    )


def test_recomputing_costs_time_and_no_mfu():
    none, selective, full = (
        Engine.solve(BERT_BASE, H100, 32, is_training=True, recompute=recompute)
        for recompute in ("none", "selective", "full")
    )

    assert none.seconds < selective.seconds < full.seconds
    assert none.mfu > selective.mfu > full.mfu
    assert none.details.flops == selective.details.flops == full.details.flops
    # One more forward pass of three.
    assert full.account.arithmetic == pytest.approx(none.account.arithmetic * 4 / 3, rel=0.05)


def test_activations_of_a_network_count_in_training():
    # The outputs of every layer, for every sample: they dwarf the weights.
    profile = Engine.solve(LITTLE_NETWORK, H100, 4096, is_training=True)

    assert profile.details.activations > 4096 * 2 * LITTLE_NETWORK.architecture.activation_elements
    assert profile.details.activations > 1000 * profile.details.weights
