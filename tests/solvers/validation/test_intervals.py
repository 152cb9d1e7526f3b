"""Intervals: they hold as often as they say, and lean as the errors do."""

import math
import random
from itertools import pairwise

import pytest
from mlsysim_core.errors import InputError
from mlsysim_solvers.validation import Scored, interval
from mlsysim_solvers.validation._intervals import _tables
from mlsysim_solvers.validation._residuals import (
    GRID,
    Residual,
    at,
    coverage,
    is_rate,
    residuals_of,
    table,
)


def drawn(sources=12, rows=60, seed=1):
    """Errors with a spread of each source's own and a lean of its own."""
    source = random.Random(seed)
    found = []
    for number in range(sources):
        lean, spread = source.gauss(0.0, 0.05), source.uniform(0.05, 0.2)
        name = f"s{number}"
        found += [Residual("decode", name, name, source.gauss(lean, spread)) for _ in range(rows)]
    return found


@pytest.mark.parametrize("seed", range(5))
def test_most_rows_of_sources_left_out_lie_inside(seed):
    inside, every = coverage(drawn(seed=seed))["decode"]

    assert 0.75 <= inside / every <= 0.88


def test_one_source_alone_is_parted_by_its_stacks():
    rows = [one._replace(source="only") for one in drawn()]

    inside, every = coverage(rows)["decode"]

    assert every == len(rows)
    assert inside / every > 0.75


@pytest.mark.parametrize("task", sorted(_tables()))
def test_shipped_quantiles_rise(task):
    for quantiles in _tables()[task]["quantiles"].values():
        assert list(quantiles) == sorted(quantiles)
        assert len(quantiles) == len(GRID)


@pytest.mark.parametrize("task", sorted(_tables()))
@pytest.mark.parametrize("stack", ["", "vLLM 0.6.3", "something that nobody knows"])
def test_wider_levels_hold_narrower_ones(task, stack):
    bounds = [interval(task, stack, 2.0, level) for level in (0.5, 0.8, 0.9, 0.98)]

    assert all(low < high for low, high in bounds)
    for (low, high), (lower, higher) in pairwise(bounds):
        assert lower <= low
        assert high <= higher


def test_a_rate_leans_to_the_other_side():
    low, high = interval("decode", None, 1.0)
    slow, fast = interval("decode", None, 1.0, metric="tokens_per_s")

    assert (slow, fast) == (pytest.approx(1.0 / high), pytest.approx(1.0 / low))


def test_bounds_are_in_the_unit_of_the_value():
    one, thousand = interval("train", None, 1.0), interval("train", None, 1000.0)

    assert thousand == pytest.approx([1000.0 * bound for bound in one])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("decoed", None, 1.0), "did you mean decode"),
        (("decode", None, 0.0), "positive"),
        (("decode", None, math.inf), "positive"),
        (("decode", None, 1.0, 0.0), "level"),
        (("decode", None, 1.0, 0.999), "level"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        interval(*arguments)


@pytest.mark.parametrize(
    ("metric", "rate"),
    [("latency_s", False), ("tokens_per_s", True), ("mfu_percent", True), ("device_hours", False)],
)
def test_rates_are_known_by_their_metric(metric, rate):
    assert is_rate(metric) is rate


def test_errors_are_those_of_time():
    values = {"id": "x", "task": "gemm", "source": "a", "hardware": "h", "stack": ""}
    rows = [
        Scored(**values, metric="latency_s", measured=2.0, predicted=1.0),
        Scored(**values, metric="tflops", measured=2.0, predicted=1.0),
        Scored(**values, metric="tflops", measured=2.0, predicted=None, reason="why"),
        Scored(**values, metric="tflops", measured=2.0, predicted=1.0, scored=False),
    ]

    assert [one.error for one in residuals_of(rows)] == pytest.approx([math.log(2), -math.log(2)])


def test_a_stack_with_few_rows_has_no_distribution_of_its_own():
    rows = [*drawn(), *(Residual("decode", "z", "rare", 1.0) for _ in range(5))]

    found = table(rows)["decode"]

    assert "rare" not in found["quantiles"]
    assert {"", "s0"} <= set(found["quantiles"])


def test_quantiles_are_interpolated():
    values = [10.0 * part for part in GRID]

    assert at(values, 0.5) == pytest.approx(5.0)
    assert at(values, 0.12) == pytest.approx(1.2)
    assert at(values, 0.001) == values[0]
