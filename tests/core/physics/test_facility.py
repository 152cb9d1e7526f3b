"""Energy, carbon and water of a building: values worked by hand."""

import pytest
from mlsysim_core.physics.facility import (
    amortised_share,
    carbon_emitted,
    cooling_energy,
    power_at_load,
    water_consumed,
)


def test_power_grows_from_rest_to_the_limit():
    assert [power_at_load(100.0, 700.0, load) for load in (0.0, 0.5, 1.0)] == [100.0, 400.0, 700.0]


def test_a_day_of_a_megawatt_worked_by_hand():
    # 24 MWh, of which cooling takes a fifth more: 4.8 MWh. 28.8 MWh at 400 g/kWh are 11.52 t;
    # 1.8 liters for each kWh of the computers are 43.2 cubic metres.
    computers, hour = 1e6 * 86400.0, 3.6e6
    cooling = cooling_energy(computers, 1.2)

    assert cooling == pytest.approx(4800.0 * hour)
    assert carbon_emitted(computers + cooling, 400.0 / hour) == pytest.approx(11.52e6)
    assert water_consumed(computers, 1.8 / hour) == pytest.approx(43.2e3)


def test_a_building_without_losses_cools_nothing():
    assert cooling_energy(5.0, 1.0) == 0.0


def test_a_share_of_what_making_it_took():
    # A month of four years is a 48th; if half of that time is idle, a 24th.
    assert amortised_share(1.0, 48.0) == pytest.approx(1 / 48)
    assert amortised_share(1.0, 48.0, 0.5) == pytest.approx(1 / 24)
