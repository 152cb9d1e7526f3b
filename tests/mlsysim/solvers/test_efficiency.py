"""Utilization by kind of kernel: parts of one whole, and the engine's own times."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import DoesNotFitError, Engine, InputError
from mlsysim_solvers import EfficiencyModel, SingleNodeModel

LLAMA = ("Llama3_8B", "H100")


def solve(kind="ffn", fused=True, *, of=LLAMA, **given):
    return EfficiencyModel().solve(*of, kind, fused, **given)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["ffn", "attention", "matmul", "all"]),
    st.booleans(),
    st.sampled_from(["decode", "prefill"]),
    st.integers(1, 64),
    st.integers(1, 8192),
)
def test_parts_make_one_whole(kind, fused, phase, batch, length):
    found = solve(kind, fused, phase=phase, batch_size=batch, seq_len=length)
    lost = found.overhead_breakdown

    assert found.mfu + sum(lost.values()) == pytest.approx(1.0)
    assert min(lost.values()) >= -1e-12
    assert 0.0 < found.mfu <= 1.0


@pytest.mark.parametrize("of", [LLAMA, ("ResNet50", "A100"), ("BERT_Base", "TPUv4")])
def test_all_kernels_together_are_the_pass(of):
    whole = Engine.solve(*of, 8)
    found = solve("all", of=of, batch_size=8)

    # What is left is what a pass takes once.
    assert -1e-12 <= whole.seconds - found.seconds < 1e-3
    assert found.flops == pytest.approx(whole.details.flops)
    assert found.mfu * found.seconds == pytest.approx(whole.mfu * whole.seconds)


def test_the_textbook_roofline_loses_only_to_memory():
    found = solve("ffn", stack="Ideal", phase="prefill", seq_len=4096)

    assert found.overhead_breakdown["launch"] == 0.0


def test_a_given_efficiency_is_reached_where_arithmetic_binds():
    found = solve("matmul", efficiency=0.5, stack="Ideal", phase="prefill", seq_len=4096)

    assert found.mfu == pytest.approx(0.5, rel=0.01)


def test_scores_that_are_written_cost_time():
    # Dao et al. 2022: what fused attention saves is memory traffic, more the longer the prompt
    gains = []
    for length in (1024, 4096, 16384):
        fused, spelt = (
            solve("attention", flag, phase="prefill", seq_len=length) for flag in (True, False)
        )
        gains.append(spelt.seconds / fused.seconds)
        assert spelt.overhead_breakdown["memory_stall"] > fused.overhead_breakdown["memory_stall"]

    assert all(gain > 1.5 for gain in gains)
    assert gains == sorted(gains)


def test_decoding_is_bound_by_memory():
    assert solve("ffn").overhead_breakdown["memory_stall"] > 0.5
    assert solve("ffn", phase="prefill", seq_len=4096).mfu > 0.5


@pytest.mark.parametrize(
    ("kind", "of", "given"),
    [
        ("fnn", LLAMA, {}),
        ("conv", LLAMA, {}),
        ("attention", ("ResNet50", "A100"), {}),
        ("ffn", LLAMA, {"efficiency": 5.0}),
        ("ffn", LLAMA, {"efficiency": -1.0}),
        ("ffn", LLAMA, {"is_training": True}),
    ],
)
def test_what_makes_no_sense_is_refused(kind, of, given):
    with pytest.raises(InputError):
        solve(kind, of=of, **given)


def test_kernels_that_are_there_are_named():
    with pytest.raises(InputError, match="has no conv: choose from ffn, attention, matmul, all"):
        solve("conv")


def test_it_explains_where_the_peak_goes():
    assert "waiting for data" in solve().explain()


def test_one_device_is_the_engine():
    assert SingleNodeModel().solve(*LLAMA, 4, seq_len=512) == Engine.solve(*LLAMA, 4, seq_len=512)


def test_what_does_not_fit_can_be_refused():
    ask = SingleNodeModel().solve

    assert not ask("Llama3_70B", "H100").feasible
    assert ask(*LLAMA, raise_errors=True).feasible
    with pytest.raises(DoesNotFitError, match=r"Llama3_70B needs .* but H100 has"):
        ask("Llama3_70B", "H100", raise_errors=True)
    with pytest.raises(MemoryError):
        ask("Llama3_70B", "H100", raise_errors=True)
