"""Formulas by their old names: values worked by hand, whatever is given has a unit or not."""

import inspect

import pytest
from mlsysim import Q_
from mlsysim._older.formulas import DEPRECATED, REMOVED

FORMULAS = {name: old.resolve() for name, old in DEPRECATED.items()}
COLLECTIVE = (Q_("1 GB"), 8, Q_("50 GB/s"), Q_("0 s"))


def test_a_ring_moves_what_its_ranks_hold_twice():
    # 2 * 7/8 of 1 GB at 50 GB/s.
    assert FORMULAS["calc_ring_allreduce_time"](*COLLECTIVE).m_as("ms") == pytest.approx(35)
    plain = FORMULAS["calc_ring_allreduce_time"](1e9, 8, 50e9, 0)
    assert plain.m_as("ms") == pytest.approx(35)


def test_trees_are_pipelined():
    # Two trees carry 2 GB in all; not log2(8) times as much.
    assert FORMULAS["calc_tree_allreduce_time"](*COLLECTIVE).m_as("ms") == pytest.approx(40)


def test_all_to_all_sends_everything_but_its_own_part():
    assert FORMULAS["calc_all_to_all_time"](*COLLECTIVE).m_as("ms") == pytest.approx(17.5)


def test_two_levels_scatter_sum_and_gather():
    # 16 GB: 2 * 7/8 * 16/450 s in nodes, and 2 * 3/4 * 2/50 s between four of them.
    found = FORMULAS["calc_hierarchical_allreduce_time"](
        message_bytes=Q_("16 GB"), n_nodes=4, gpus_per_node=8,
        intra_node_bw=Q_("450 GB/s"), inter_node_bw=Q_("50 GB/s"),
        intra_node_lat=0, inter_node_lat=Q_("0 us"),
    )  # fmt: skip

    assert found.m_as("ms") == pytest.approx(62.2222 + 60, rel=1e-4)


def test_the_roofline_in_one_dictionary():
    found = FORMULAS["calc_bottleneck"](
        Q_("312 GFLOPs"), Q_("4 GB"), Q_("312 TFLOPs/s"), Q_("2 TB/s")
    )

    assert found == {
        "compute_ms": pytest.approx(1.0),
        "memory_ms": pytest.approx(2.0),
        "bottleneck": "Memory",
        "ratio": pytest.approx(2.0),
        "intensity": pytest.approx(78.0),
    }


def test_times_of_training():
    work = (Q_("1e21 flop"), 100, Q_("500 TFLOPs/s"), 0.5)

    assert FORMULAS["calc_training_time"](*work).m_as("s") == pytest.approx(40_000)
    assert FORMULAS["dTime"](*work) == FORMULAS["calc_training_time"](*work)
    assert FORMULAS["calc_training_time_days"](*work) == pytest.approx(40_000 / 86_400)
    assert FORMULAS["calc_transformer_training_flops"](Q_("1 Bparam"), 20e9).m_as("flop") == 1.2e20


def test_failures():
    # 1/50,000 * 8 and 1/100,000 * 4 an hour together: 0.0002 an hour.
    node = FORMULAS["calc_mtbf_node"](50_000, 8, 100_000, 4, 1e12, 0)

    assert node.m_as("hour") == pytest.approx(5_000)
    assert FORMULAS["calc_mtbf_cluster"](Q_("50000 hour"), 1000).m_as("hour") == pytest.approx(50)
    chance = FORMULAS["calc_failure_probability"](Q_("1 day"), Q_("24 hour"))
    assert chance == pytest.approx(1 - 0.36787944)
    interval = FORMULAS["calc_young_daly_interval"](60, Q_("4 hour"))
    assert interval.m_as("s") == pytest.approx((2 * 60 * 14400) ** 0.5)


def test_shares_and_sizes():
    assert FORMULAS["calc_pipeline_bubble"](4, 8) == pytest.approx(3 / 11)
    assert FORMULAS["calc_pipeline_bubble"](n_stages=4, n_microbatches=8, v_stages=2) < 3 / 11
    assert FORMULAS["calc_checkpoint_size"](70e9).m_as("GB") == pytest.approx(980)


def test_waits_in_a_line():
    # Half busy, one server: half of all wait, and P(wait > t) = 0.5 exp(-50 t).
    busy, median, late = FORMULAS["calc_queue_latency_mmc"](50, 100, 1)

    assert (busy, median.m_as("s")) == (0.5, pytest.approx(0.0, abs=1e-12))
    assert late.m_as("s") == pytest.approx(0.0782405, rel=1e-5)
    full, _, never = FORMULAS["calc_queue_latency_mmc"](200, 100, 1)
    assert (full, never.m_as("s")) == (1.0, float("inf"))


@pytest.mark.parametrize("name", FORMULAS)
def test_arguments_are_checked_like_those_of_any_function(name):
    first = next(iter(inspect.signature(FORMULAS[name]).parameters))

    with pytest.raises(TypeError, match="argument"):
        FORMULAS[name]()
    with pytest.raises(TypeError, match="argument"):
        FORMULAS[name](**{first: 1, "florps": 2})
    assert FORMULAS[name].__name__ == name


def test_a_quantity_of_another_dimension_is_refused():
    with pytest.raises(Exception, match="Cannot convert"):
        FORMULAS["calc_ring_allreduce_time"](Q_("1 s"), 8, 50e9, 0)


@pytest.mark.parametrize("name", REMOVED)
def test_a_formula_without_a_successor_says_what_to_write(name):
    with pytest.raises(ImportError, match=rf"{name} was removed\. Use: \S"):
        exec(f"from mlsysim.core.formulas import {name}", {})
