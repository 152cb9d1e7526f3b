"""Where the time goes, as a sum and as text."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core import Engine
from mlsysim_core.explanation import brief_bytes, brief_time

from .examples import (
    BARE,
    BERT_BASE,
    ESP32_S3,
    H100,
    LITTLE_NETWORK,
    LLAMA_2_70B,
    LLAMA_3_8B,
    MAMBA_2_8B,
)


def explain(*question, **rest):
    return Engine.solve(*question, **rest).explain()


def test_parts_come_in_the_order_of_the_sum_without_zeros():
    parts = explain(LLAMA_2_70B, H100, seq_len=100).parts

    order = ["compute", "weights", "cache", "activations", "launch", "host"]
    assert [name for name in order if name in parts] == list(parts)
    assert {"weights", "cache", "launch", "host"} <= set(parts)
    assert 0.0 not in parts.values()


def test_a_model_without_a_cache_has_none_in_its_sum():
    assert "cache" not in explain(BERT_BASE, H100).parts
    assert "cache" in explain(MAMBA_2_8B, H100).parts


def test_the_text_says_what_was_asked_and_where_the_time_goes():
    text = str(explain(LLAMA_3_8B, H100, 32))

    assert text.startswith("Llama-3-8B on H100, fp16, decode, batch 32, 2,048 tokens")
    assert "weights: weights read" in text
    assert "100.0%  latency" in text
    assert "cache 8.59 GB" in text  # 32 x 2,048 x 131,072 bytes
    assert "note: sequences of 2,048 tokens (seq_len was not given)" in text


def test_shares_of_the_text_add_up_to_the_whole():
    lines = str(explain(LLAMA_3_8B, H100, 32)).splitlines()

    shares = [float(line.split("%")[0].split()[-1]) for line in lines if "%" in line]
    assert sum(shares[:-1]) == pytest.approx(100.0, abs=0.3)
    assert shares[-1] == 100.0


def test_the_text_tells_what_does_not_fit():
    assert "do not fit in 80 GB" in str(explain(LLAMA_2_70B, H100))
    assert " of 80 GB" in str(explain(LLAMA_3_8B, H100))


@pytest.mark.parametrize(
    "question",
    [
        {"model": LLAMA_3_8B, "hardware": ESP32_S3, "precision": "int8"},
        {"model": LLAMA_3_8B, "hardware": H100, "efficiency": 0.0},
        {"model": LITTLE_NETWORK, "hardware": BARE},
        {"model": BERT_BASE, "hardware": H100, "is_training": True},
    ],
    ids=["infinite link", "infinite arithmetic", "no power", "training"],
)
def test_any_answer_can_be_printed(question):
    explanation = explain(**question)

    assert repr(explanation) == str(explanation)
    assert "nan" not in str(explanation)


def test_a_training_step_tells_its_optimizer_state():
    explanation = explain(BERT_BASE, H100, is_training=True)

    assert explanation.memory["optimizer"] == 14 * BERT_BASE.architecture.parameters
    assert "optimizer" in str(explanation)


def test_operators_are_listed_with_their_times():
    operators = {one["name"]: one for one in explain(LLAMA_3_8B, H100, 32).operators}

    up = operators["mlp.up"]
    assert up["count"] == 32
    assert up["time"] == max(up["compute"], up["memory"]) + up["launch"]
    # 32 layers x 2 x 14,336 x 4,096 x 2 bytes over 0.9 x 3.35e12 bytes a second, and a little.
    assert up["memory"] == pytest.approx(32 * 2 * 14336 * 4096 * 2 / 3.015e12, rel=0.02)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 ns"),
        (1.5e-9, "1.5 ns"),
        (12.34567e-6, "12.35 us"),
        (5.363e-3, "5.363 ms"),
        (1.0, "1 s"),
        (7200.0, "2 h"),
        (math.inf, "infinite"),
    ],
)
def test_times_are_written_for_people(seconds, text):
    assert brief_time(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0.0, "0 B"), (80e9, "80 GB"), (512.0, "512 B"), (1.34e12, "1.34 TB")]
)
def test_bytes_are_written_for_people(count, text):
    assert brief_bytes(count) == text


@given(st.floats(1e-12, 1e9))
def test_what_people_read_is_right_to_four_digits(seconds):
    number, unit = brief_time(seconds).split()

    scale = {"h": 3600.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}[unit]
    assert float(number) * scale == pytest.approx(seconds, rel=5.1e-4)
