"""What guessing ahead yields: against its sum, and at both ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.speculation import accepted_tokens


@given(acceptance=st.floats(0.0, 0.999), proposed=st.integers(0, 30))
def test_the_model_adds_one_token_to_those_that_it_accepts(acceptance, proposed):
    # The i-th guess counts if it and those before it were accepted.
    counted = 1.0 + sum(acceptance**place for place in range(1, proposed + 1))

    assert accepted_tokens(acceptance, float(proposed)) == pytest.approx(counted)


@pytest.mark.parametrize("acceptance", [1.0, 1.0 - 1e-12])
def test_where_every_guess_is_right_all_of_them_count(acceptance):
    assert accepted_tokens(acceptance, 4.0) == pytest.approx(5.0)


def test_guesses_that_are_nearly_always_right_count_nearly_all():
    # Four guesses: 5 - 10 doubt + O(doubt^2), of which a float keeps nine digits.
    assert accepted_tokens(1.0 - 1e-6, 4.0) == pytest.approx(5.0 - 1e-5, abs=1e-9)
