"""Values of the formulas of tiles and waves: worked by hand, and at the limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core.physics.matmul import operand_fraction, padded_fraction, wave_fraction

sides = st.integers(1, 20_000).map(float)
units = st.sampled_from([1.0, 20.0, 80.0, 104.0, 108.0, 132.0, 144.0, 148.0, 256.0])


def test_padding_worked_by_hand():
    # 129 rows need two tiles of 128; 130 columns likewise: (129 / 256) (130 / 256).
    assert padded_fraction(129.0, 130.0, 128.0, 16.0) == pytest.approx(129 * 130 / 256**2)


def test_thin_matrices_get_thin_tiles():
    # 100 rows take one tile of 7 x 16 = 112, and 20 columns one of 32.
    assert padded_fraction(100.0, 20.0, 128.0, 16.0) == pytest.approx(100 / 112 * 20 / 32)
    # In tiles of 64 they take two.
    assert padded_fraction(100.0, 64.0, 64.0, 16.0) == pytest.approx(100 / 128)


def test_operands_worked_by_hand():
    # Blocks of 4 x 4 load two operands for every four products; where two rows and one column
    # are all there is, three for every two: 1/2 over 3/2.
    assert operand_fraction(100.0, 100.0, reuse=4.0) == 1.0
    assert operand_fraction(2.0, 1.0, reuse=4.0) == pytest.approx(1 / 3)
    assert operand_fraction(1.0, 2.0, reuse=4.0) == pytest.approx(1 / 3)


def test_a_single_row_uses_a_sixteenth_of_the_smallest_matrix():
    assert padded_fraction(1.0, 4096.0, 128.0, 16.0) == pytest.approx(1 / 16)


def test_waves_worked_by_hand():
    # 11 x 10 tiles on 100 units: one full wave and a tenth, which costs a quarter of one.
    assert wave_fraction(1408.0, 1280.0, 512.0, 1.0, 100.0, 128.0, 512.0) == pytest.approx(
        110 / 125
    )


def test_few_tiles_with_short_sums_leave_units_idle():
    # 4 tiles of 8 units, and sums too short to be shared.
    assert wave_fraction(256.0, 256.0, 512.0, 1.0, 8.0, 128.0, 512.0) == pytest.approx(0.5)


def test_sums_are_shared_as_far_as_they_are_long():
    # 5 groups of 3 x 2 tiles on 100 units; sums of half, of one and a half, and of ten depths.
    found = [
        wave_fraction(300.0, 200.0, inner, 5.0, 100.0, 128.0, 512.0)
        for inner in (256.0, 768.0, 5120.0)
    ]

    assert found == pytest.approx([0.3, 0.45, 1.0])


@pytest.mark.parametrize("tiles", [13.0, 21.0, 23.0, 26.0, 42.0])
def test_sums_shared_by_all_units_keep_all_of_them_busy(tiles):
    # 108 / 13 * 13 is more than 108 to a float: one wave must not become one and a quarter.
    assert wave_fraction(128.0 * tiles, 128.0, 512e3, 1.0, 108.0, 128.0, 512.0) == 1.0


@given(sides, sides, sides, units)
def test_fractions_are_parts_of_one(rows, columns, inner, count):
    assert 0.0 < padded_fraction(rows, columns, 128.0, 16.0) <= 1.0 + 1e-12
    assert 0.0 < wave_fraction(rows, columns, inner, 1.0, count, 128.0, 512.0) <= 1.0 + 1e-12


@given(sides, sides, sides, units)
def test_more_rows_never_take_less_time(rows, columns, inner, count):
    def time(rows):
        return rows / (
            padded_fraction(rows, columns, 128.0, 16.0)
            * wave_fraction(rows, columns, inner, 1.0, count, 128.0, 512.0)
        )

    assert time(rows) <= time(rows + 1.0) * (1 + 1e-12)


def test_registers_hold_as_many_results_of_a_thin_block_as_of_a_square_one():
    # Four results each: 2 x 2 loads 4 operands for them, 1 x 4 loads 5.
    assert operand_fraction(64.0, 64.0, reuse=2.0) == 1.0
    assert operand_fraction(1.0, 64.0, reuse=2.0) == operand_fraction(64.0, 1.0, reuse=2.0) == 0.8
    assert operand_fraction(1.0, 1.0, reuse=2.0) == 0.5
