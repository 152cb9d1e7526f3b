"""Places and hours: sums worked by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlsysim_core import InputError, InputTypeError, MissingValueError, SpecError, UnknownEntryError
from mlsysim_core.specs import GridSpec
from mlsysim_solvers import EconomicsModel, PlacementOptimizer, SustainabilityModel

DAY = [0.6 if 9 <= hour < 16 else 1.2 for hour in range(24)]
"""Solar power at noon; the mean is 1.025."""


def place(regions=("US_Avg", "Quebec"), tax=100.0, **given):
    return PlacementOptimizer().solve(
        "H100", 30.0, list(regions), tax, **{"pue": 1.1, "host_power": "0 W", **given}
    )


def use(days=30.0, **given):
    return SustainabilityModel().solve(
        "H100",
        days,
        **{"pue": 1.1, "host_power": "0 W", "carbon_intensity": "400 gCO2e/kWh", **given},
    )


def test_two_places_by_hand():
    # 0.7 kW * 720 h * 1.1 = 554.4 kWh; US_Avg: 0.081 USD, 369.5 g; 100 USD a tonne
    found = place()
    there = {one.region: one for one in found.choices}

    assert found.best_region == "Quebec"
    assert there["US_Avg"].costs.opex_energy_usd == pytest.approx(554.4 * 0.081)
    assert there["US_Avg"].tax_usd == pytest.approx(554.4 * 369.5e-6 * 100.0)
    assert found.objective_value == there["Quebec"].objective_usd
    assert found.carbon_footprint.m_as("gCO2e") == pytest.approx(there["Quebec"].grams)
    assert found.pue == 1.1


def test_the_costs_are_those_of_the_economics_model():
    alone = EconomicsModel().solve("H100", 30.0, grid="Quebec", pue=1.1, host_power="0 W")

    assert place().best.costs == alone
    assert place().lowest_tco == alone.cost


def test_the_tax_decides():
    # Poland is cheaper than Germany by 0.02 USD/kWh, and dirtier
    assert place(["Germany", "Poland"], 0.0).best_region == "Poland"
    assert place(["Germany", "Poland"], 1000.0).best_region == "Germany"
    assert place(["Germany", "Poland"], "1000 USD").best_region == "Germany"


def test_the_building_does_not_move():
    effectiveness = {one.costs.use.place.effectiveness for one in place().choices}

    assert effectiveness == {1.1}


def test_places_without_a_price_are_named_and_not_guessed():
    found = place(["Virginia", "Quebec"])

    assert [one.region for one in found.choices] == ["Quebec"]
    assert found.refused[0][0] == "Virginia"
    assert "not compared: Virginia" in found.explain()
    with pytest.raises(MissingValueError, match="electricity of Virginia is not published"):
        place(["Virginia"])
    assert place(["Virginia", "Quebec"], electricity_price="0.1 USD/kWh").refused == ()


def test_a_machine_without_a_price_is_placed_all_the_same():
    found = PlacementOptimizer().solve("DGX_H100", 30.0, ["US_Avg", "Quebec"], pue=1.1)

    assert found.best_region == "Quebec"
    with pytest.raises(MissingValueError, match="give node_price"):
        _ = found.lowest_tco


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"regions": []}, InputTypeError),
        ({"regions": ["Quebek"]}, UnknownEntryError),
        ({"tax": -1.0}, InputError),
        ({"tax": "5 W"}, InputError),
        ({"grid": "Quebec"}, InputError),
        ({"pue": None}, MissingValueError),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, error):
    with pytest.raises(error):
        place(**wrong)


def test_one_place_is_no_list():
    with pytest.raises(InputTypeError, match="in a list"):
        PlacementOptimizer().solve("H100", 30.0, "Quebec", pue=1.1)


def test_a_level_shape_changes_nothing():
    assert use(hourly_shape=[3.0] * 24).operational_grams == pytest.approx(use().operational_grams)


def test_whole_days_at_one_power_emit_the_mean():
    assert use(hourly_shape=DAY).operational_grams == pytest.approx(use().operational_grams)


def test_a_load_at_noon_by_hand():
    # 7 h at 700 W, 17 h at 70 + 0.2 * 630 = 196 W: 8.232 kWh a day
    # (4.9 * 0.6 + 3.332 * 1.2) / 8.232 / 1.025 of the mean
    noon = [1.0 if 9 <= hour < 16 else 0.2 for hour in range(24)]
    run = use(hourly_shape=DAY, load=noon)

    assert run.device_joules / 3.6e6 == pytest.approx(30 * 8.232)
    assert run.hourly_factor == pytest.approx((4.9 * 0.6 + 3.332 * 1.2) / 8.232 / 1.025)
    assert run.operational_grams == pytest.approx(
        30 * 8.232 * 1.1 * 400.0 * (4.9 * 0.6 + 3.332 * 1.2) / 8.232 / 1.025
    )
    assert "times its mean in these hours" in run.explain()


@pytest.mark.parametrize(
    ("start", "hours", "mean"),
    [
        (9.0, 7.0, 0.6),
        (8.5, 1.0, 0.9),
        (23.5, 1.0, 1.2),
        (15.0, 2.0, 0.9),
        (33.0, 7.0, 0.6),
        (0.0, 36.0, (26 * 1.2 + 10 * 0.6) / 36),
    ],
)
def test_parts_of_days_by_hand(start, hours, mean):
    # The second morning reaches noon: 7 + 3 hours of sun in 36 from midnight
    run = use(hours / 24.0, hourly_shape=DAY, start_hour=start)

    assert run.hourly_factor == pytest.approx(mean / 1.025)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.floats(0.1, 9.0), min_size=24, max_size=24),
    st.floats(0.0, 200.0),
    st.floats(0.05, 20.0),
)
def test_a_run_in_two_parts_emits_as_much_as_in_one(shape, start, days):
    def emitted(begin, length):
        return use(length, hourly_shape=shape, start_hour=begin).operational_grams

    parts = emitted(start, days / 2.0) + emitted(start + days * 12.0, days / 2.0)
    assert parts == pytest.approx(emitted(start, days))


def test_a_grid_may_have_a_shape_of_its_own():
    grid = GridSpec(name="sunny", carbon_intensity="400 gCO2e/kWh", hourly_shape=DAY)

    by_grid = use(7.0 / 24.0, carbon_intensity=None, grid=grid, start_hour=9.0)
    assert by_grid == use(
        7.0 / 24.0, carbon_intensity=None, grid=grid, hourly_shape=DAY, start_hour=9.0
    )
    assert by_grid.hourly_factor == pytest.approx(0.6 / 1.025)
    assert GridSpec.model_validate_json(grid.model_dump_json()) == grid


@pytest.mark.parametrize("shape", [[1.0, 2.0], [], [0.0] * 24, [-1.0] * 24, [float("nan")] * 24])
def test_shapes_that_make_no_sense_are_refused(shape):
    with pytest.raises(InputError):
        use(hourly_shape=shape)
    with pytest.raises(SpecError):
        GridSpec(name="odd", carbon_intensity="400 gCO2e/kWh", hourly_shape=shape)


@pytest.mark.parametrize(
    "wrong",
    [
        {"load": [2.0] * 24},
        {"load": [0.5] * 7},
        {"load": [0.5] * 24, "device_power": "300 W"},
        {"start_hour": -1.0},
        {"start_hour": float("inf")},
    ],
)
def test_hours_that_make_no_sense_are_refused(wrong):
    with pytest.raises(InputError):
        use(**wrong)
