"""Costs: sums worked by hand, and prices that nobody has published."""

import pytest
from mlsysim_core import InputError, MissingValueError
from mlsysim_solvers import EconomicsModel

YEAR = 365.25
RENT = {"cloud_offer": "Lambda class, 2024"}


def solve(system="H100", days=YEAR, **settings):
    given = {"pue": 1.2, "electricity_price": "0.10 USD/kWh", "host_power": "0 W", **settings}
    return EconomicsModel().solve(system, days, **given)


def test_a_year_of_one_device_by_hand():
    # 30,000 USD over 4 years; 0.7 kW * 8766 h * 1.2 * 0.1 USD; 5 % of 30,000; 2.99 USD * 8766 h
    year = solve(**RENT)

    assert year.capex_usd == pytest.approx(7500.0)
    assert year.opex_energy_usd == pytest.approx(736.344)
    assert year.opex_maintenance_usd == pytest.approx(1500.0)
    assert year.tco_usd == pytest.approx(9736.344)
    assert year.rent_usd == pytest.approx(26210.34)
    assert year.cost.m_as("USD") == year.tco_usd


def test_idle_hours_are_paid_by_the_others():
    always, half = solve(**RENT), solve(utilization=0.5, **RENT)

    assert half.capex_usd == 2.0 * always.capex_usd
    assert half.opex_maintenance_usd == 2.0 * always.opex_maintenance_usd
    assert half.opex_energy_usd == always.opex_energy_usd
    assert half.rent_usd == always.rent_usd


def test_owning_costs_as_much_as_renting_where_it_breaks_even():
    even = solve(utilization=solve(**RENT).break_even_utilization, **RENT)

    assert even.tco_usd == pytest.approx(even.rent_usd)


def test_costs_grow_with_time_and_with_devices():
    assert solve(days=2.0).tco_usd == pytest.approx(2.0 * solve(days=1.0).tco_usd)
    assert solve(devices=16).tco_usd == pytest.approx(16.0 * solve().tco_usd)


def test_costs_of_an_item():
    year = solve(items=1e6, unit="token", **RENT)

    assert year.cost_per_item.m_as("USD") == pytest.approx(year.tco_usd / 1e6)
    assert year.rent_per_item.m_as("USD") == pytest.approx(year.rent_usd / 1e6)


def test_a_node_has_a_price_of_its_own():
    # DGX A100: 199,000 USD
    assert solve("DGX_A100", lifetime_years=1.0, host_power=None).capex_usd == pytest.approx(199e3)


def test_no_price_is_borrowed():
    with pytest.raises(MissingValueError, match="TPUv4 has no published price: give device_price"):
        _ = solve("TPUv4", device_power="200 W").tco_usd
    with pytest.raises(MissingValueError, match="DGX_H100 has no published price: give node_price"):
        _ = solve("DGX_H100").tco_usd
    with pytest.raises(MissingValueError, match="give network_price"):
        _ = solve("Research_256", network_power="0 W", node_price="300000 USD").tco_usd
    with pytest.raises(MissingValueError, match="offered by several: give cloud_offer"):
        _ = solve().rent_usd
    with pytest.raises(MissingValueError, match="give electricity_price"):
        _ = solve(electricity_price=None).tco_usd
    with pytest.raises(MissingValueError, match="give items"):
        _ = solve().cost_per_item


def test_a_price_that_is_missing_leaves_the_rest():
    node = solve("DGX_H100", hourly_price="2 USD/hour")

    assert node.rent_usd == pytest.approx(2.0 * 8 * 8766.0)
    assert node.opex_energy_usd > 0.0
    assert "unknown" in node.explain()
    assert "give node_price" in node.explain()


@pytest.mark.parametrize(
    "wrong",
    [
        {"utilization": 0.0},
        {"maintenance": -0.1},
        {"lifetime_years": float("nan")},
        {"electricity_price": "-1 USD/kWh"},
        {"hourly_price": "3 USD"},
        {"cloud_offer": "AWS p6"},
        {"days": float("inf")},
    ],
)
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(InputError):
        solve(**wrong)
