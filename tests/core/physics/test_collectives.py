"""Exchanges of data, and waiting stages: values by hand, and limits."""

import math

import pytest
from mlsysim_core.physics import collectives, messages, pipeline, topology


def test_rings_send_what_is_left_to_send():
    # Two passes over seven eighths of 8 bytes.
    assert collectives.ring_traffic(8.0, 8.0) == 14.0
    assert collectives.ring_traffic(8.0, 8.0, passes=1.0) == 7.0
    assert collectives.ring_traffic(8.0, 1.0) == 0.0


def test_what_one_keeps_for_itself_is_not_sent():
    # 8 bytes for eight ranks, one of them at home.
    assert collectives.all_to_all_traffic(8.0, 8.0) == 7.0


def test_a_message_takes_its_latency_and_its_bytes():
    assert collectives.point_to_point_time(1e9, 1e11, 0.5) == pytest.approx(0.51)


def test_an_all_reduce_is_a_reduce_scatter_and_an_all_gather():
    whole = collectives.ring_allreduce_time(1e9, 8.0, 5e10, 1e-6)
    half = collectives.ring_gather_time(1e9, 8.0, 5e10, 1e-6)

    assert whole == pytest.approx(2 * half)


def test_switches_that_add_nearly_halve_the_traffic():
    ring = collectives.ring_traffic(1.0, 1024.0)

    # Eight ranks: each sends up its 8 bytes, and down again the eighth that it is given to add.
    assert collectives.in_network_traffic(8.0, 8.0) == 9.0

    assert collectives.in_network_traffic(1.0, 1024.0) == pytest.approx(ring / 2, rel=2e-3)


def test_small_tori_lose_nothing():
    assert topology.torus_fraction(2.0, 1.0) == 1.0
    assert topology.torus_fraction(4.0, 1.0) == 1.0
    assert topology.torus_fraction(4096.0, 3.0) == pytest.approx(4 / 3 / 16)


def test_trees_wait_less_and_rings_send_less():
    small = collectives.tree_allreduce_time(1.0, 6.0, 1e10, 1e-6)
    large = collectives.tree_allreduce_time(1e9, 6.0, 1e10, 1e-6)
    # Up and down six levels of a microsecond, and a gigabyte twice.
    assert large == pytest.approx(12e-6 + 0.2)

    assert small < collectives.ring_allreduce_time(1.0, 64.0, 1e10, 1e-6)
    assert large > collectives.ring_allreduce_time(1e9, 64.0, 1e10, 1e-6)


def test_short_messages_take_the_quick_protocol():
    # 10 us + 1 kB / 20 GB/s, against 50 us and more.
    short = messages.exchange_time(1e3, 1e11, 5e-5, 1e-5, math.inf)

    assert short == pytest.approx(1e-5 + 1e3 / 2e10)
    assert messages.exchange_time(1e9, 1e11, 5e-5, 1e-5, 3e-5) == pytest.approx(5e-5 + 1e-2)


def test_messages_of_middling_size_take_the_protocol_between():
    # 30 us + 2 MB / 60 GB/s = 63 us, against 10 + 100 us and 80 + 20 us.
    between, without = (
        messages.exchange_time(2e6, 1e11, 8e-5, 1e-5, middle) for middle in (3e-5, math.inf)
    )

    assert between == pytest.approx(3e-5 + 2e6 / 6e10)
    assert without == pytest.approx(8e-5 + 2e6 / 1e11)


def test_protocols_reach_the_part_of_the_bandwidth_that_they_are_given():
    # 1 MB at a quarter and at a half of 1 GB/s: 4 ms and 2 ms, after 1 s and 1.001 s.
    def time(traffic):
        return messages.exchange_time(traffic, 1e9, 9.0, 1.0, 1.001, 0.25, 0.5)

    assert time(0.0) == 1.0
    assert time(2.5e5) == pytest.approx(1.001)
    assert time(1e6) == pytest.approx(1.003)


def test_bubbles():
    assert pipeline.bubble_fraction(4.0, 1.0) == 0.75
    assert pipeline.bubble_fraction(8.0, 32.0) == pytest.approx(7 / 39)
    assert pipeline.bubble_time(7.0, 1.0) == 7.0
    assert pipeline.bubble_time(7.0, 7.0) == 1.0
    # A third of the waiting is filled.
    assert pipeline.bubble_time(9.0, 1.0, deferred=1 / 3) == pytest.approx(6.0)
    # Of (p/2 - 1)(F + B + B - 3W), with F, B, W of 1, 2, 1 in each of eight stages.
    assert pipeline.dual_bubble_time(21.0, 14.0, 7.0, 8.0) == 6.0
    assert pipeline.dual_bubble_time(3.0, 2.0, 1.0, 2.0) == 0.0
    assert pipeline.bubble_fraction(4.0, 3.0, chunks=2.0) == pytest.approx(3 / 9)
    assert pipeline.stashed_microbatches(4.0) == 4.0
    assert pipeline.stashed_microbatches(4.0, 2.0) == 5.5
