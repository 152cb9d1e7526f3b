"""Values of the attention formulas: worked by hand, and against counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.attention import (
    UNLIMITED,
    attended_keys,
    causal_keys,
    score_flops,
    score_traffic,
)


def test_a_new_token_sees_its_context_up_to_the_window():
    assert attended_keys(2048.0, UNLIMITED) == 2048.0
    assert attended_keys(131072.0, 4096.0) == 4096.0


@given(length=st.integers(1, 300), window=st.integers(1, 400))
def test_mean_of_causal_keys_is_what_counting_gives(length, window):
    counted = sum(min(place, window) for place in range(1, length + 1)) / length

    assert causal_keys(float(length), float(window)) == pytest.approx(counted, rel=1e-13)


def test_a_long_causal_sequence_sees_half_of_itself():
    # (1 + 2 + ... + 4096) / 4096 = 4097 / 2
    assert causal_keys(4096.0, UNLIMITED) == 2048.5


def test_scores_of_one_llama_layer_worked_by_hand():
    # 2 operations x 2,048 keys x 32 heads x (128 + 128) = 33.55e6.
    assert score_flops(1.0, 2048.0, 32.0, 128.0, 128.0) == 2 * 2048 * 32 * 256
    # Three queries, and values half as wide as keys: 2 x 3 x 2,048 x 32 x 192.
    assert score_flops(3.0, 2048.0, 32.0, 128.0, 64.0) == 6 * 2048 * 32 * 192


def test_scores_that_nothing_fuses_cross_the_memory_four_times():
    # 12 heads x 384 queries x 384 keys of two bytes: written, read, written, read.
    assert score_traffic(12 * 384.0, 384.0, 2.0) == 4 * 12 * 384 * 384 * 2
