"""Values of the formula of expert coverage: worked by hand, and at the limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.experts import experts_met


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
