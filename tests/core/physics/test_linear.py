"""Arrays as four numbers: what they give must be what arrays give."""

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics._linear import Linear, linear, plain
from mlsysim_core.physics._numeric import ceil, maximum, minimum, remembered, where

np = pytest.importorskip("numpy")

BATCH = np.array([1.0, 2.0, 7.0])[:, None]
LENGTH = np.array([1.0, 5.0, 64.0, 4096.0])[None, :]

numbers = st.integers(-1000, 1000)


def both():
    """Batch and length as four numbers each, and as arrays."""
    return linear(BATCH, LENGTH), (BATCH, LENGTH)


def same(found, expected):
    shape = np.broadcast_shapes(BATCH.shape, LENGTH.shape)
    np.testing.assert_allclose(
        np.broadcast_to(plain(found), shape), np.broadcast_to(expected, shape), rtol=1e-14
    )


@given(a=numbers, b=st.sampled_from([0.25, 2, 64.0]), c=numbers)  # so that nothing is rounded
def test_sums_and_products_are_taken_on_the_numbers(a, b, c):
    def formula(batch, length):
        tokens = batch * length
        part = (tokens + batch - length + 1.0) / b
        return (a * tokens + part + 2) * c - length * 3 + (-tokens) + 1.5

    ours, theirs = both()
    found = formula(*ours)

    assert isinstance(found, Linear)
    same(found, formula(*theirs))


@pytest.mark.parametrize(
    "formula",
    [
        lambda batch, length: batch * batch,
        lambda batch, length: batch * length * length,
        lambda batch, length: length * length,
        lambda batch, length: (batch + 3.0 * length + 2.0) ** 2 - length * (length + 1.0),
        lambda batch, length: (batch + length) * (batch + 1.0),
        lambda batch, length: length / batch,
        lambda batch, length: 7.0 / length,
        lambda batch, length: 1.0 - 0.5**batch,
        lambda batch, length: (batch + 1.0) ** 2,
        lambda batch, length: maximum(batch * 3.0, length),
        lambda batch, length: minimum(length, 64.0) - batch,
        lambda batch, length: ceil(length / 3.0) * batch,
        lambda batch, length: where(batch * 9.0 > length, batch, 0.0),
        lambda batch, length: batch * np.array([1.0, 2.0, 3.0, 4.0]),
        lambda batch, length: np.array([1.0, 2.0, 3.0, 4.0]) - length,
        lambda batch, length: length - np.array([1.0, 2.0, 3.0, 4.0]),
        lambda batch, length: length + np.array([1.0, 2.0, 3.0, 4.0]),
        lambda batch, length: length / np.array([1.0, 2.0, 3.0, 4.0]),
        lambda batch, length: np.add.reduce(length, axis=1, initial=5.0),
        lambda batch, length: np.sqrt(batch),
        lambda batch, length: 5.0 - batch,
        lambda batch, length: batch == 2.0,
        lambda batch, length: length % 3.0 + 100.0 % batch,
        lambda batch, length: length // 3.0 - 100.0 // batch,
        lambda batch, length: batch / 0.25 + np.float64(2.0) * length,
    ],
)
def test_whatever_else_is_asked_gives_the_array(formula):
    ours, theirs = both()

    same(formula(*ours), formula(*theirs))


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_a_comparison_that_holds_everywhere_is_one_truth_value(compare):
    (batch, length), (some, more) = both()
    tokens, elements = batch * length, some * more

    assert compare(2.0 * tokens, tokens) is bool(compare(2.0, 1.0))
    assert compare(tokens, 2.0 * tokens + batch) is bool(compare(1.0, 2.0))
    assert compare(tokens, tokens) is bool(compare(1.0, 1.0))
    np.testing.assert_array_equal(compare(tokens, 3.0 * batch), compare(elements, 3.0 * some))
    np.testing.assert_array_equal(compare(length, 64.0), compare(more, 64.0))
    halves = compare(batch * 0.5, length * 0.5)
    np.testing.assert_array_equal(halves, compare(some * 0.5, more * 0.5))


def test_what_is_from_another_pass_is_an_array():
    (batch, _), _ = both()
    (other, _), _ = both()

    for combine in (operator.add, operator.sub, operator.mul):
        found = combine(batch, other * 3.0)
        assert isinstance(found, np.ndarray)
        same(found, combine(BATCH, BATCH * 3.0))


def test_products_with_what_is_the_same_everywhere_are_taken_on_the_numbers():
    (batch, length), (some, more) = both()
    three = batch * 0.0 + 3.0
    ours = batch * length * 7.0 + batch * 5.0 + length * 2.0 + 1.0
    theirs = some * more * 7.0 + some * 5.0 + more * 2.0 + 1.0

    for product in (three * ours, ours * three):
        assert isinstance(product, Linear)
        same(product, 3.0 * theirs)


def test_elements_are_worked_out_once_and_only_where_they_must_be():
    batch, length = linear(BATCH, LENGTH)

    assert batch.array is BATCH
    assert (length * batch).array is (batch * length).array


def test_elements_can_be_asked_for_in_another_kind():
    batch, _ = linear(np.array([1, 2, 3]), 4.0)

    assert np.asarray(batch).dtype.kind == "i"
    assert np.asarray(batch, dtype="float32").tolist() == [1.0, 2.0, 3.0]
    assert batch.__array__("float32").dtype == np.float32


def test_a_function_of_equal_arrays_is_called_once():
    calls = []

    def function(side, tile):
        calls.append(tile)
        return ceil(side / tile)

    (batch, length), _ = both()

    first = remembered(function, batch * length, 16.0)
    assert remembered(function, length * batch, 16.0) is first
    remembered(function, batch * length, 32.0)
    remembered(function, batch, 16.0)
    remembered(function, 5.0, 16.0)
    remembered(function, 5, 16)
    assert calls == [16.0, 32.0, 16.0, 16.0, 16]


def test_a_length_that_is_a_number_stays_one():
    batch, length = linear(BATCH, 2048.0)

    assert length == 2048.0
    assert (batch * length).coefficients == (0.0, 2048.0, 0.0, 0.0)
    same(batch * 0.0 + 3.0, np.full_like(BATCH, 3.0))
    assert (batch * 0.0 + 3.0).shape == BATCH.shape
