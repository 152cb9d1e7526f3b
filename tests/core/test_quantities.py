"""Physical values as text and back: the fast way agrees with pint, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core import HardwareSpec, InputError, SpecError, quantities, ureg
from mlsysim_core.quantities import parse, quantity, spell
from mlsysim_core.specs import Link, Memory

UNITS = sorted(quantities._SPELLINGS)
VOCABULARY = [(unit, spelling) for unit in UNITS for spelling in quantities._VOCABULARIES[unit]]


@pytest.mark.parametrize(("unit", "spelling"), VOCABULARY)
def test_the_fast_way_reads_what_pint_reads(unit, spelling):
    assert parse(f"3 {spelling}", unit) == pytest.approx(
        ureg.Quantity(3.0, spelling).m_as(unit), rel=1e-12
    )


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("3.35 TB/s", "byte/s", 3.35e12),
        ("80GB", "byte", 80e9),
        ("  96 GiB ", "byte", 96 * 2**30),
        ("400 Gbit/s", "byte/s", 5e10),
        ("1_000 W", "W", 1000.0),
        ("1.5e3 W", "W", 1500.0),
        (".5 us", "s", 5e-7),
        ("24 TOPS", "operation/s", 24e12),
        ("99.8 Wh", "J", 359280.0),
        ("2.5 minutes", "s", 150.0),
        ("1 Btu/hour", "W", 0.2930711111111111),
        ("350 g/kWh * gCO2e/g", "gCO2e/kWh", 350.0),
    ],
)
def test_text_is_read(text, unit, number):
    assert parse(text, unit) == pytest.approx(number, rel=1e-7)


@given(
    number=st.decimals(1, 10_000, places=3),
    prefix=st.sampled_from([("p", -12), ("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3)]),
)
def test_a_decimal_prefix_costs_no_digit(number, prefix):
    letter, power = prefix

    assert parse(f"{number} {letter}s", "s") == float(number.scaleb(power))


@given(
    unit=st.sampled_from(UNITS),
    number=st.floats(1e-30, 1e30, allow_nan=False, allow_infinity=False) | st.just(0.0),
)
def test_what_is_spelt_reads_as_exactly_the_same(unit, number):
    assert parse(spell(number, unit), unit) == number


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (3.35e12, "byte/s", "3.35 TB/s"),
        (989.4e12, "operation/s", "989.4 TFLOP/s"),
        (5e-7, "s", "500 ns"),
        (2e-6, "s", "2 us"),
        (0.0, "s", "0 s"),
        (700.0, "W", "700 W"),
        (2.49, "USD/hour", "2.49 USD/hour"),
    ],
)
def test_people_read_a_prefix_that_suits_the_number(number, unit, text):
    assert spell(number, unit) == text


@given(unit=st.sampled_from(UNITS), number=st.floats(1e-12, 1e24))
def test_a_quantity_is_the_number_with_its_unit(unit, number):
    assert quantity(number, unit).m_as(unit) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("given_value", "why"),
    [
        ("5 kg", r"got 5 kg: 'kilogram' \(\[mass\]\) to 'byte'"),
        ("3 s", r"got 3 s: 'second'"),
        ("80", "got 80: 'dimensionless'"),
        ("80 florps", "'florps' is not defined"),
        ("", "got : "),
        ("plenty", "'plenty' is not defined"),
        ("1__0 GB", "could not convert"),
        ("nan GB", "must be finite and positive"),
        ("inf GB", "must be finite and positive"),
        ("1e400 GB", "must be finite and positive"),
        ("-80 GB", "must be finite and positive"),
        ("0 GB", "must be finite and positive"),
        (80e9, "got 80000000000.0: it has no unit"),
        (80, "got 80: it has no unit"),
        (True, "got True: it has no unit"),
        (None, "got None: it has no unit"),
        (ureg("5 kg"), "got 5 kilogram: it has another dimension"),
        (ureg("-1 GB"), "must be finite and positive"),
        (ureg("80"), "has (another dimension|no unit)"),
        (["80 GB"], "it has no unit"),
    ],
)
def test_what_is_no_size_of_memory_is_refused_by_name_value_and_unit(given_value, why):
    with pytest.raises(SpecError, match=rf"^Memory: capacity: expected a quantity in byte.*{why}"):
        Memory(capacity=given_value, bandwidth="1 TB/s")


@pytest.mark.parametrize("rate", ["16 GFLOP", "16 GFLOPs", "1 TB/s", "1 TFLOPS/s", "100 W"])
def test_an_amount_is_no_rate(rate):
    with pytest.raises(InputError, match=r"compute\.peak\.fp16: expected a quantity in operation"):
        HardwareSpec(
            name="chip",
            compute={"peak": {"fp16": rate}},
            memory={"capacity": "1 GB", "bandwidth": "1 GB/s"},
        )


def test_quantities_of_pint_are_taken_as_they_are():
    memory = Memory(capacity=ureg("80 GB"), bandwidth=3350 * ureg.GB / ureg.s)

    assert memory == Memory(capacity="80 GB", bandwidth="3.35 TB/s")
    assert memory.bandwidth.m_as("TB/s") == pytest.approx(3.35)


def test_a_time_may_be_zero_and_a_bandwidth_may_not():
    assert Link(bandwidth="1 GB/s", latency="0 s").number("latency") == 0.0
    with pytest.raises(SpecError, match="bandwidth"):
        Link(bandwidth="0 GB/s")
