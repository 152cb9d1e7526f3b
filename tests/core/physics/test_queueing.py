"""Values of the queueing formulas: worked by hand, at the limits, and against integrals."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mlsysim_core import ureg
from mlsysim_core.physics.queueing import (
    erlang_b,
    erlang_c,
    mean_wait,
    variable_service_wait,
    wait_exceeds,
    wait_quantile,
)
from mlsysim_core.physics.response import response_exceeds as exceeds
from mlsysim_core.physics.response import response_quantile as quantile

servers = st.integers(1, 60).map(float)
parts = st.floats(0.01, 0.99)


def response_exceeds(time, rate, service, count):
    return exceeds(time, service, erlang_c(count, rate * service), count - rate * service)


def response_quantile(part, rate, service, count):
    return quantile(part, service, erlang_c(count, rate * service), count - rate * service)


def test_erlang_worked_by_hand():
    # Two servers, one erlang: B = (1/2) / (1 + 1 + 1/2) = 0.2; C = 2 x 0.2 / (2 - 0.8) = 1/3.
    assert erlang_b(2.0, 1.0) == pytest.approx(0.2)
    assert erlang_c(2.0, 1.0) == pytest.approx(1.0 / 3.0)


def test_where_nobody_comes_nobody_waits():
    assert erlang_b(2.0, 0.0) == 0.0
    assert erlang_c(2.0, 0.0) == 0.0
    assert mean_wait(0.0, 1.0, 2.0) == 0.0


@given(count=servers, exponent=st.floats(-16.0, -0.01))
def test_a_chance_to_wait_is_a_chance_up_to_the_last_digit(count, exponent):
    load = min(count * (1.0 - 10.0**exponent), math.nextafter(count, 0.0))

    assert 0.0 <= erlang_c(count, load) <= 1.0


def test_thousands_of_servers_are_no_trouble():
    assert 0.0 < erlang_c(5000.0, 4900.0) < 1.0


@given(part=parts)
def test_one_server_waits_with_the_chance_that_it_is_busy(part):
    assert erlang_c(1.0, part) == pytest.approx(part)
    assert mean_wait(part, 1.0, 1.0) == pytest.approx(part / (1.0 - part))


def test_quantiles_of_one_server_worked_by_hand():
    # The audit's C50: 50 a second into 100 a second takes 13.9 ms at the median, 92.1 ms at
    # the 99th percentile: ln 2 / 50 s and ln 100 / 50 s. At 1 a second: ln 100 / 99 s.
    assert response_quantile(0.5, 50.0, 0.01, 1.0) == pytest.approx(math.log(2.0) / 50.0)
    assert response_quantile(0.01, 50.0, 0.01, 1.0) == pytest.approx(math.log(100.0) / 50.0)
    assert response_quantile(0.01, 1.0, 0.01, 1.0) == pytest.approx(math.log(100.0) / 99.0)


@given(count=servers, part=parts, exceeding=st.floats(1e-6, 0.9))
def test_quantile_and_chance_are_each_others_inverse(count, part, exceeding):
    time = response_quantile(exceeding, part * count, 1.0, count)

    assert response_exceeds(time, part * count, 1.0, count) == pytest.approx(exceeding)


@settings(deadline=None)  # the first example imports numpy
@given(count=servers, part=parts, time=st.floats(0.0, 20.0))
def test_the_sum_exceeds_as_often_as_its_integral_says(count, part, time):
    np = pytest.importorskip("numpy")
    rate, pieces = part * count, 4000
    width = time / pieces
    places = (np.arange(pieces) + 0.5) * width
    waiting = wait_exceeds(time - places, rate, 1.0, count)
    integral = math.exp(-time) + np.sum(np.exp(-places) * waiting) * width

    assert response_exceeds(time, rate, 1.0, count) == pytest.approx(integral, abs=1e-4)


def test_equal_rates_of_both_parts_are_no_singularity():
    # Two servers, one erlang: the wait's rate equals the service's.
    beside = response_exceeds(3.0, 1.0, 1.0 + 1e-7, 2.0)

    assert response_exceeds(3.0, 1.0, 1.0, 2.0) == pytest.approx(beside, rel=1e-5)


def test_nearly_equal_rates_keep_their_digits():
    # Everybody waits, at the pace of the service: (1 + t) e^-t, less (t^2 / 2) e^-t a unit apart.
    for apart in (1e-4, 1e-6, 1e-9, 1e-12):
        found = exceeds(2.0, 1.0, 1.0, 1.0 + apart)
        assert found == pytest.approx((3.0 - 2.0 * apart) * math.exp(-2.0), rel=2e-8 * apart / 1e-4)


def test_where_nobody_waits_the_response_is_the_service():
    assert exceeds(2.0, 1.0, 0.0, 2.0) == pytest.approx(math.exp(-2.0))
    assert quantile(0.1, 1.0, 0.0, 2.0) == pytest.approx(math.log(10.0))


@pytest.mark.parametrize("free", [0.0, -1.0])
def test_where_no_server_is_ever_free_nothing_ends(free):
    assert exceeds(2.0, 1.0, 0.5, free) == 1.0
    assert exceeds(1e3, 1.0, 0.0, free) == 1.0
    assert quantile(0.1, ureg("2 s"), 0.5, free).to("ms").magnitude == math.inf


@example(time=59 / 64, waiting=1.0, free=1e-18)  # rounds to more than one
@given(time=st.floats(0.0, 50.0), waiting=st.floats(0.0, 1.0), free=st.floats(1e-9, 50.0))
def test_a_chance_to_take_longer_is_a_chance(time, waiting, free):
    assert 0.0 <= exceeds(time, 1.0, waiting, free) <= 1.0


@given(count=servers, over=st.floats(1.0, 5.0))
def test_too_much_load_waits_without_end(count, over):
    assert erlang_c(count, over * count) == 1.0
    assert mean_wait(over * count, 1.0, count) == math.inf
    assert wait_quantile(0.01, over * count, 1.0, count) == math.inf
    assert response_quantile(0.01, over * count, 1.0, count) == math.inf
    assert response_exceeds(5.0, over * count, 1.0, count) == 1.0


def test_quantiles_of_the_wait_worked_by_hand():
    # One server, half busy: half of all wait, and P(W > t) = e^(-t / 2) / 2.
    assert wait_exceeds(3.0, 0.5, 1.0, 1.0) == pytest.approx(math.exp(-1.5) / 2.0)
    assert wait_quantile(0.01, 0.5, 1.0, 1.0) == pytest.approx(2.0 * math.log(50.0))
    assert wait_quantile(0.6, 0.5, 1.0, 1.0) == 0.0
    # The same at ten times the pace.
    assert wait_quantile(0.01, 5.0, 0.1, 1.0) == pytest.approx(0.2 * math.log(50.0))


@given(count=servers, part=parts, exceeding=st.floats(1e-6, 0.9))
def test_quantile_and_chance_of_the_wait_are_each_others_inverse(count, part, exceeding):
    time = wait_quantile(exceeding, part * count, 1.0, count)
    chance = wait_exceeds(time, part * count, 1.0, count)

    assert chance == pytest.approx(min(exceeding, erlang_c(count, part * count)))


def test_near_the_limit_waiting_grows_without_bound():
    waits = [mean_wait(part, 1.0, 1.0) for part in (0.9, 0.99, 0.999)]

    assert waits == pytest.approx([9.0, 99.0, 999.0])


@given(part=parts)
def test_constant_service_halves_the_wait_of_one_server(part):
    # Pollaczek and Khinchine: a^2 / (2 (1 - a)).
    wait = variable_service_wait(part, 1.0, 1.0, 0.0)

    assert wait == pytest.approx(part**2 / (2.0 * (1.0 - part)) / part * 1.0)
    # A deviation of the mean is exponential service; of twice the mean, five times the constant.
    assert variable_service_wait(part, 1.0, 1.0, 1.0) == pytest.approx(mean_wait(part, 1.0, 1.0))
    assert variable_service_wait(part, 1.0, 1.0, 2.0) == pytest.approx(5.0 * wait)
