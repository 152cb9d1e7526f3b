"""Calibration: numbers that made the rows are found again, and held-back rows tell."""

import math
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core import HardwareSpec, StackSpec, catalog
from mlsysim_core.errors import InputError
from mlsysim_solvers.validation import calibrate
from mlsysim_solvers.validation._descent import descend
from mlsysim_solvers.validation._profile import toml
from mlsysim_solvers.validation._rows import read_row
from mlsysim_solvers.validation._trial import NUMBERS, changed, trial

from .examples import CHIP, STACK, decoding, multiplication


def as_on(stack, rows, noise=(0.0,)):
    """Rows whose values are what another stack would have taken."""
    plain = [read_row(row) for row in rows]
    with trial() as tried:
        logs = tried.log_errors(plain, CHIP, stack)
    return [
        dict(row) | {"value": repr(row.value * math.exp(log + noise[place % len(noise)]))}
        for place, (row, log) in enumerate(zip(plain, logs, strict=True))
    ]


ROWS = [
    *(multiplication(size, size=size) for size in (512, 2048, 4096, 8192)),
    *(decoding(batch, batch=batch) for batch in (1, 8, 64)),
]


def test_numbers_that_made_the_rows_are_found_again():
    slower = STACK.model_copy(update={"compute_fraction": 0.6, "bandwidth_fraction": 0.75})

    found = calibrate(as_on(slower, ROWS))

    products = (
        found.stack.compute_fraction * found.hardware.compute.ceiling,
        found.stack.bandwidth_fraction * found.hardware.memory.sustained,
    )
    assert products == (pytest.approx(0.6 * 0.8, rel=0.08), pytest.approx(0.75 * 0.9, rel=0.08))
    assert found.rows == len(ROWS)
    assert found.after < 0.03 < found.held_back < found.before or found.held_back < 0.03
    assert found.helped


def test_the_profile_is_read_as_entries_of_a_registry():
    slower = STACK.model_copy(update={"compute_fraction": 0.6, "per_pass": "3 ms"})

    found = calibrate(as_on(slower, ROWS), suffix="mine")

    tables = tomllib.loads(found.profile)
    entry = tables["stack"]["TestEngine_mine"]
    about = {key: entry.pop(key) for key in ("source", "confidence")}
    stack = StackSpec.model_validate({"name": "TestEngine_mine", **entry})
    assert stack.compute_fraction == pytest.approx(found.stack.compute_fraction, rel=0.01)
    assert stack.keywords == ("testengine_mine",)
    assert {"compute_fraction", "per_pass"} <= set(about["source"][0]["covers"])
    for name, written in tables.get("hardware", {}).items():
        values = {key: value for key, value in written.items() if key not in about}
        assert HardwareSpec.model_validate({"name": name, **values}).tdp == CHIP.tdp


def test_noise_alone_moves_little_and_is_told_not_to_help():
    noise = (0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1)

    found = calibrate(as_on(STACK, ROWS, noise))

    assert found.stack.compute_fraction > 0.8
    assert not found.helped or found.before - found.held_back < 0.03


def test_two_rows_are_enough_and_one_is_not():
    rows = as_on(STACK.model_copy(update={"bandwidth_fraction": 0.5}), ROWS[-2:])

    assert calibrate(rows).folds == 2
    with pytest.raises(InputError, match="two rows or more"):
        calibrate(rows[:1])


def test_rows_of_other_devices_and_stacks_are_counted_and_left_out():
    rows = [*ROWS, multiplication(9, hardware="Other"), multiplication(10, stack="testengin")]
    rows += [multiplication(11, notes="FLAG"), multiplication(12, value="x")]

    with pytest.raises(InputError, match=r"several devices: choose one of TestChip \(8 rows\)"):
        calibrate(rows)
    with pytest.raises(InputError, match="several stacks"):
        calibrate(rows, hardware="TestChip")
    found = calibrate(rows, hardware="TestChip", stack="TestEngine")

    assert found.ignored["of other devices"] == 1
    assert found.ignored["marked FLAG"] == 1
    assert found.rows == len(ROWS) + 1  # software that nobody knows is taken at your word


def test_the_registries_are_as_before_even_after_an_error():
    before = (catalog.names("hardware"), catalog.names("stack"))

    calibrate(ROWS)
    with pytest.raises(InputError):
        calibrate(ROWS[:1])

    assert (catalog.names("hardware"), catalog.names("stack")) == before
    assert catalog.find("stack", "TestEngine") == STACK


def test_nothing_of_one_trial_is_left_to_the_next():
    row = [read_row(decoding())]
    faster = CHIP.model_copy(update={"memory.bandwidth": "2 TB/s"})
    with trial() as tried:
        first = tried.log_errors(row, CHIP, STACK)
    with trial() as tried:
        second = tried.log_errors(row, faster, STACK)
        third = [tried.log_errors(row, CHIP, STACK) for _ in range(1025)]

    assert second < first
    assert third == [first] * 1025


@given(st.lists(st.floats(-3.0, 3.0), min_size=1, max_size=3))
def test_the_search_finds_the_bottom_of_a_bowl_within_its_bounds(bottom):
    def bowl(point):
        return sum((one - low) ** 2 for one, low in zip(point, bottom, strict=True))

    found = descend(bowl, [0.0] * len(bottom), [(-2.0, 2.0)] * len(bottom), least=0.001)

    assert found == pytest.approx([min(max(one, -2.0), 2.0) for one in bottom], abs=0.01)


keys = st.text(min_size=1, max_size=8).filter(lambda text: "\x00" not in text)
plain = st.one_of(st.booleans(), st.integers(-9, 9), st.floats(0.001, 1e6), st.text(max_size=8))
tables = st.dictionaries(
    keys,
    st.one_of(
        plain,
        st.lists(st.text(max_size=4), max_size=3),
        st.dictionaries(keys, plain, max_size=3),
        st.lists(st.dictionaries(keys, plain, min_size=1, max_size=2), min_size=1, max_size=2),
    ),
    max_size=5,
)


@given(st.dictionaries(keys, tables, max_size=2))
def test_what_is_written_is_read_back(document):
    surrogates = any("\ud800" <= character <= "\udfff" for character in repr(document))
    if not surrogates:
        assert tomllib.loads("\n".join(toml(document))) == document


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.label)
def test_every_number_can_be_changed_and_read_again(number):
    spec = CHIP if number.kind == "hardware" else STACK

    other = changed(spec, number.kind, [number], [number.high / 2.0])

    assert number.of(other) == pytest.approx(number.high / 2.0)
    assert number.of(spec) != number.of(other)


def test_a_busy_host_is_told_in_what_is_fitted():
    row = read_row(decoding(task="generate", input_len="256", output_len="128", metric="latency_s"))
    busy = STACK.model_copy(update={"serving.per_step": "4 ms"})

    with trial() as tried:
        (before,), (after,) = (tried.log_errors([row], CHIP, one) for one in (STACK, busy))

    assert row.value * (math.exp(after) - math.exp(before)) == pytest.approx(0.004 * 127)
