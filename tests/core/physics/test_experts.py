"""Values of the formula of expert coverage: worked by hand, and at the limits."""

import math
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.experts import busiest_share, experts_met


def test_one_token_meets_the_experts_that_it_chooses():
    assert experts_met(1.0, experts=8.0, chosen=2.0) == pytest.approx(2.0, rel=1e-15)
    assert experts_met(1.0, experts=256.0, chosen=8.0) == pytest.approx(8.0, rel=1e-12)


def test_two_tokens_worked_by_hand():
    # Mixtral: each of 8 experts is left out by both tokens with chance (6/8)^2 = 0.5625.
    assert experts_met(2.0, experts=8.0, chosen=2.0) == pytest.approx(8 * 0.4375)


def test_many_tokens_meet_every_expert():
    assert experts_met(1e6, experts=8.0, chosen=2.0) == 8.0
    assert experts_met(1.0, experts=8.0, chosen=8.0) == 8.0


@given(st.integers(1, 4096), st.integers(1, 512), st.data())
def test_coverage_grows_and_never_exceeds_what_is_there(tokens, experts, data):
    chosen = data.draw(st.integers(1, experts))

    met = experts_met(float(tokens), float(experts), float(chosen))

    assert met <= experts_met(float(tokens + 1), float(experts), float(chosen))
    assert chosen * (1 - 1e-9) <= met <= min(experts, tokens * chosen) * (1 + 1e-9)


def test_the_busiest_rank_worked_by_hand():
    # Where n ln n = e and 2 e choices are spread, the busiest lies one mean above the mean.
    assert busiest_share(2.0 * math.e, math.e) == pytest.approx(2.0)
    # 16 times as many: a quarter of that.
    assert busiest_share(32.0 * math.e, math.e) == pytest.approx(1.25)
    assert busiest_share(48.0 * math.log(1.5), 1.5) == pytest.approx(1.25)


def test_one_rank_is_its_own_mean_and_none_does_more_than_everything():
    assert busiest_share(5.0, 1.0) == 1.0
    assert busiest_share(5.0, 0.25) == 1.0
    assert busiest_share(1.0, 4.0) == 4.0


@pytest.mark.parametrize("ranks", [4, 16])
def test_the_busiest_rank_is_about_what_drawing_gives(ranks):
    draw = random.Random(0)
    choices, turns = 400 * ranks, 60
    loads = [Counter(draw.choices(range(ranks), k=choices)) for _ in range(turns)]
    drawn = sum(max(load.values()) for load in loads) / turns / (choices / ranks)

    # The leading term bounds the mean from above; at these sizes by less than half.
    assert drawn < busiest_share(float(choices), float(ranks)) < 1.0 + 2.0 * (drawn - 1.0)
