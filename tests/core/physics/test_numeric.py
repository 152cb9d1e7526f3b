"""The few functions under the formulas: floats, arrays and quantities alike."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core import ureg
from mlsysim_core.physics._numeric import (
    ceil,
    exp,
    expm1,
    log,
    maximum,
    minimum,
    times,
    uniform,
    where,
)

numbers = st.floats(-1e18, 1e18)


@given(left=numbers, right=numbers)
def test_floats_are_compared_as_python_does(left, right):
    assert maximum(left, right) == max(left, right)
    assert minimum(left, right) == min(left, right)


@pytest.mark.parametrize("value", [0.0, 0.2, 1.0, -0.5, 1e15 + 0.5])
def test_rounding_up_gives_a_float(value):
    assert ceil(value) == math.ceil(value)
    assert type(ceil(value)) is float


def test_infinity_is_rounded_to_itself():
    assert ceil(math.inf) == math.inf


def test_quantities_are_compared_by_size_and_not_by_number():
    short, long = ureg("999 ms"), ureg("1 s")

    assert maximum(short, long) is long
    assert minimum(short, long) is short


def test_whole_numbers_stay_whole():
    assert [type(larger(2, 3)) for larger in (maximum, minimum)] == [int, int]
    assert [type(larger(3, 2)) for larger in (maximum, minimum)] == [int, int]


def test_of_equals_the_first_is_taken_as_python_does():
    assert [str(larger(0.0, -0.0)) for larger in (maximum, minimum)] == ["0.0", "0.0"]
    assert [str(larger(-0.0, 0.0)) for larger in (maximum, minimum)] == ["-0.0", "-0.0"]
    one, same = ureg("1 s"), ureg("1000 ms")

    assert maximum(one, same) is one
    assert minimum(one, same) is one


def test_a_quantity_with_a_dimension_is_not_rounded():
    assert ceil(ureg("1200 ms / s")) == 2.0
    with pytest.raises(Exception, match="Cannot convert"):
        ceil(ureg("1.2 s"))


def test_arrays_are_treated_element_by_element():
    np = pytest.importorskip("numpy")
    left, right = np.array([1.0, 5.0]), np.array([2.0, 2.5])

    assert maximum(left, right).tolist() == [2.0, 5.0]
    assert minimum(left, 2.0).tolist() == [1.0, 2.0]
    assert where(left > right, left, 0.0).tolist() == [0.0, 5.0]
    assert ceil(right).tolist() == [2.0, 3.0]


def test_a_factor_of_one_leaves_the_very_value():
    value = ureg("3 m")

    assert times(1.0, value) is value
    assert times(2.0, value) == ureg("6 m")


def test_an_array_of_one_truth_is_that_truth():
    np = pytest.importorskip("numpy")
    mixed = np.array([True, False])

    assert uniform(np.array([True, True])) is True
    assert uniform(np.array([False, False])) is False
    assert uniform(mixed) is mixed


def test_a_plain_condition_chooses_without_arrays():
    assert where(True, 1.0, 2.0) == 1.0
    assert where(False, 1.0, 2.0) == 2.0


def test_exponentials_and_logarithms_of_numbers():
    assert exp(2.0) == math.exp(2.0)
    assert expm1(1e-20) == 1e-20
    assert log(2.0) == math.log(2.0)
    assert log(0.0) == -math.inf
    assert exp(ureg("2000 ms / s")) == math.exp(2.0)
    assert log(ureg("2000 ms / s")) == math.log(2.0)


def test_exponentials_and_logarithms_of_arrays():
    np = pytest.importorskip("numpy")
    values = np.array([1.0, 4.0])

    assert exp(values) == pytest.approx([math.exp(1.0), math.exp(4.0)])
    assert expm1(values * 1e-20).tolist() == [1e-20, 4e-20]
    assert log(values) == pytest.approx([0.0, math.log(4.0)])
