"""Energy, carbon, water: published accounts from their stated inputs, and sums that add up."""

import pickle

import pytest
from mlsysim_core import InputError, InputTypeError, MissingValueError, UnknownEntryError, catalog
from mlsysim_solvers import SustainabilityModel

A_GPU = {"host_power": "0 W"}  # the published accounts leave hosts out, or measure them along

# name, device, devices, days, mean power, PUE, gCO2e/kWh, published MWh, published tCO2e
PATTERSON = [  # Patterson et al. 2021 (arXiv:2104.10350), table 4; gross emissions
    ("T5", "TPUv3", 512, 20.0, "310 W", 1.12, 545, 85.7, 46.7),
    ("Meena", "TPUv3", 1024, 30.0, "289 W", 1.09, 415, 232, 96.4),
    ("Switch", "TPUv3", 1024, 27.0, "245 W", 1.10, 403, 179, 72.2),
    ("GPT-3", "V100", 10_000, 14.8, "330 W", 1.10, 429, 1287, 552),
]
LLAMA = [  # Touvron et al. 2023 (arXiv:2302.13971), table 15: 400 W, PUE 1.1, 385 gCO2e/kWh
    ("OPT-175B", 809_472, 356, 137),
    ("BLOOM-175B", 1_082_880, 475, 183),
    ("LLaMA-7B", 82_432, 36, 14),
    ("LLaMA-13B", 135_168, 59, 23),
    ("LLaMA-33B", 530_432, 233, 90),
    ("LLaMA-65B", 1_022_362, 449, 173),
]


def solve(system="H100", days=30.0, **settings):
    return SustainabilityModel().solve(system, days, **{"pue": 1.1, **settings})


@pytest.mark.parametrize("row", PATTERSON, ids=lambda row: row[0])
def test_accounts_of_patterson(row):
    _, device, count, days, power, pue, intensity, megawatt_hours, tonnes = row

    run = solve(
        device,
        days,
        devices=count,
        device_power=power,
        pue=pue,
        carbon_intensity=f"{intensity} gCO2e/kWh",
        **A_GPU,
    )

    assert run.energy.m_as("MWh") == pytest.approx(megawatt_hours, rel=0.02)
    assert run.operational_carbon.m_as("tCO2e") == pytest.approx(tonnes, rel=0.02)


@pytest.mark.parametrize("row", LLAMA, ids=lambda row: row[0])
def test_accounts_of_llama(row):
    _, hours, megawatt_hours, tonnes = row

    run = solve("A100", hours / 24.0, carbon_intensity="385 gCO2e/kWh", **A_GPU)

    assert run.energy.m_as("MWh") == pytest.approx(megawatt_hours, rel=0.015)
    assert run.operational_carbon.m_as("tCO2e") == pytest.approx(tonnes, rel=0.025)


def test_bloom_with_what_making_it_emitted():
    # Luccioni et al. 2023: 1,082,990 hours at 400 W without a building, 57 gCO2e/kWh: 433 MWh,
    # 24.7 t; 150 kg a GPU and 2,500 kg a server of eight, six years, used 85 %: 11.2 t.
    run = solve(
        "A100",
        1_082_990 / 24.0,
        pue=1.0,
        carbon_intensity="57 gCO2e/kWh",
        embodied_carbon=f"{150 + 2500 / 8} kgCO2e",
        lifetime_years=6.0,
        lifetime_utilization=0.85,
        **A_GPU,
    )

    assert run.energy.m_as("MWh") == pytest.approx(433, rel=0.005)
    assert run.operational_carbon.m_as("tCO2e") == pytest.approx(24.7, rel=0.005)
    assert run.embodied_carbon.m_as("tCO2e") == pytest.approx(11.2, rel=0.01)


def test_llama_3_on_a_mean_american_grid():
    # Model card: 30.84 M hours at 700 W, 8,930 t; neither the grid nor the building is stated.
    run = solve("H100", 30.84e6 / 24.0, pue=None, operator="Meta", grid="US_Avg", **A_GPU)

    assert run.operational_carbon.m_as("tCO2e") == pytest.approx(8930, rel=0.05)


def test_a_node_counts_with_its_hosts():
    run = solve("DGX_H100", 1.0, pue=1.5)

    assert run.it_energy.m_as("kWh") == pytest.approx(10.2 * 24.0)
    assert run.device_joules == pytest.approx(5600.0 * 86400.0)
    assert run.joules == pytest.approx(1.5 * run.it_joules)
    total = run.device_joules + run.host_joules + run.network_joules + run.cooling_joules
    assert total == run.joules


def test_water_goes_with_the_computers_and_not_with_the_building():
    frugal, lavish = (solve(pue=pue, wue="1.8 L/kWh") for pue in (1.1, 2.0))

    assert frugal.water_usage == lavish.water_usage
    assert frugal.water_usage.m_as("liter") == pytest.approx(1.8 * frugal.it_energy.m_as("kWh"))


def test_the_building_belongs_to_nobody_s_grid():
    quebec, poland = (solve(grid=grid) for grid in ("Quebec", "Poland"))

    assert quebec.energy == poland.energy
    assert quebec.operational_grams < poland.operational_grams / 50.0


def test_embodied_carbon_is_shared_over_the_life():
    month, all_of_it = (solve(days=days, grid="US_Avg") for days in (30.0, 4 * 365.25))

    assert all_of_it.embodied_carbon.m_as("kgCO2e") == pytest.approx(164.0)
    assert month.embodied_grams == pytest.approx(164e3 * 30.0 / (4 * 365.25))
    assert month.grams == month.operational_grams + month.embodied_grams


def test_load_lies_between_rest_and_limit():
    powers = [solve(load=load).device_joules / (30 * 86400.0) for load in (0.0, 0.5, 1.0)]

    assert powers == pytest.approx([70.0, 385.0, 700.0])


def test_what_is_not_published_is_named():
    silent = catalog.find("hardware", "H100").model_copy(update={"tdp": None, "idle_power": None})

    with pytest.raises(MissingValueError, match="no published tdp: give device_power"):
        solve(silent)
    with pytest.raises(MissingValueError, match="give operator, or pue"):
        solve(pue=None)
    with pytest.raises(MissingValueError, match="A100 has no published idle_power"):
        solve("A100", load=0.5)
    with pytest.raises(MissingValueError, match="give network_power"):
        solve("Research_256")
    with pytest.raises(MissingValueError, match="give grid, or carbon_intensity"):
        _ = solve().operational_carbon
    with pytest.raises(MissingValueError, match="give wue"):
        _ = solve().water_usage
    with pytest.raises(MissingValueError, match="give embodied_carbon"):
        _ = solve("A100").embodied_carbon
    with pytest.raises(MissingValueError, match="give items"):
        _ = solve().energy_per_item


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0.0},
        {"days": -1.0},
        {"days": float("nan")},
        {"devices": 0},
        {"load": 1.5},
        {"load": 0.5, "device_power": "300 W"},
        {"device_power": "-300 W"},
        {"device_power": "300 kWh"},
        {"pue": 0.9},
        {"lifetime_years": 0.0},
        {"lifetime_utilization": 0.0},
        {"items": 0.0},
        {"system": "DGX_H100", "devices": 3},
    ],
)
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(InputError):
        solve(**wrong)


def test_bare_numbers_and_unknown_names_are_refused():
    with pytest.raises(InputTypeError, match="has no unit"):
        solve(device_power=300.0)
    with pytest.raises(InputTypeError):
        solve(load="0.5")
    with pytest.raises(UnknownEntryError, match="did you mean Quebec"):
        solve(grid="Quebeck")
    with pytest.raises(UnknownEntryError):
        solve(operator="Atlantis")


def test_a_cloud_region_is_a_grid_too():
    assert solve(grid="GCP_us_central1").operational_grams > 0.0


def test_results_explain_themselves_and_travel():
    run = solve("DGX_H100", grid="US_Avg", operator="Meta", pue=None, items=1e6, unit="token")

    assert pickle.loads(pickle.dumps(run)) == run
    assert hash(run)
    text = run.explain()
    for words in ("devices", "hosts", "cooling", "kgCO2e", "water on site", "note:"):
        assert words in text
    assert "unknown" in solve().explain()
    assert run.energy_per_item.m_as("J") == pytest.approx(run.joules / 1e6)
