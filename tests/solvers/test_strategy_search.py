"""The search over strategies: the best that it finds is the best that there is."""

from itertools import pairwise, product

import pytest
from mlsysim_core import InputError
from mlsysim_solvers import DistributedModel, search

from .test_distributed import EXPERTS, MODEL, solve, system

np = pytest.importorskip("numpy")


def brute_force(model, on, batch, **settings):
    """Solve every combination one by one; what is refused is no strategy."""
    found = []
    sizes = [1, 2, 4, 8, 16, 32]
    for tp, pp, chunks, count, zero, sequence, recompute in product(
        sizes[:5], [1, 2, 4, 5, 8], [1, 2, 4], sizes, range(4), [False, True],
        ["none", "selective", "full"],
    ):  # fmt: skip
        try:
            result = DistributedModel().solve(
                model, on, batch, "bf16", seq_len=512, tp_size=tp, pp_size=pp, v_stages=chunks,
                microbatch_count=count, zero_stage=zero, sequence_parallel=sequence,
                recompute=recompute, **settings,
            )  # fmt: skip
        except InputError:
            continue
        if result.feasible:
            found.append(result)
    return found


def test_nothing_beats_the_best_found():
    on = system(nodes=1)
    known = brute_force(MODEL, on, 32)
    result = search(
        MODEL, on, 32, "bf16", seq_len=512, recompute=("none", "selective", "full"), keep=3
    )

    assert result.best.seconds == pytest.approx(min(one.seconds for one in known), rel=1e-12)
    assert result.ranked[0] == result.best
    assert result.best.seconds <= result.ranked[1].seconds


def test_arrays_and_single_answers_agree():
    result = search(MODEL, system(), 64, "bf16", seq_len=1024, keep=40)

    assert [one.seconds for one in result.ranked] == sorted(one.seconds for one in result.ranked)
    plan = result.best.layout
    again = solve(
        system(),
        batch_size=64,
        tp_size=plan.tp,
        pp_size=plan.pp,
        v_stages=plan.chunks,
        microbatch_count=plan.microbatches,
        zero_stage=plan.zero,
        sequence_parallel=plan.sequence,
        recompute=plan.recompute,
    )
    assert again == result.best


def test_the_front_trades_time_for_memory():
    front = search(MODEL, system(), 64, seq_len=1024).pareto

    assert len(front) > 1
    assert all(
        one.seconds <= two.seconds and one.footprint > two.footprint for one, two in pairwise(front)
    )


def test_objectives_and_constraints_are_kept():
    lean = search(MODEL, system(), 64, seq_len=1024, objective="memory").best
    fast = search(MODEL, system(), 64, seq_len=1024).best
    bound = search(MODEL, system(), 64, seq_len=1024, max_memory=0.7 * fast.footprint).best
    narrow = search(MODEL, system(), 64, seq_len=1024, where=lambda at: at["tp"] == 2)

    assert lean.footprint <= bound.footprint <= 0.7 * fast.footprint
    assert {one.layout.tp for one in narrow.ranked} == {2}
    assert "runner-up" in narrow.why()


def test_experts_are_searched_too():
    result = search(EXPERTS, system(), 64, seq_len=1024, ep_sizes=(1, 8), keep=1000)

    assert {one.layout.ep for one in result.ranked} == {1, 8}


def test_what_cannot_fit_says_what_would_help():
    with pytest.raises(InputError, match="the leanest holds"):
        search(MODEL, system(), 64, seq_len=1024, max_memory=1e6)
