"""Published anchors of whole systems: each with its source, and a tolerance."""

import random
import statistics

import pytest
from mlsysim_core.catalog import find
from mlsysim_solvers import EconomicsModel, ReliabilityModel, ServingModel, SustainabilityModel

BARE = {"host_power": "0 W"}


def failures(study, devices, days):
    return ReliabilityModel().solve("A100", days, devices=devices, failure=study).expected_failures


def test_bloom_failed_as_often_as_llama_3_would_have():
    # BigScience chronicles: one or two GPUs a week, 384 A100 for 15 weeks
    assert 15.0 < failures("Llama3_405B_Run", 384, 105.0) < 30.0


def test_opt_failed_more_often_than_others():
    # Zhang et al. 2022: 35 restarts by hand in about 60 days of 992 A100, some 90 in all
    expected = failures("Llama3_405B_Run", 992, 60.0)

    assert expected == pytest.approx(35.0, rel=0.25)
    assert expected < 90.0


def test_llama_3_goes_on_for_as_long_as_it_did():
    # Llama Team 2024: 466 interruptions, 47 of them planned, and more than 90 % effective time
    run = ReliabilityModel().solve(
        "H100",
        54.0,
        devices=16_384,
        failure="Llama3_405B_Run",
        checkpoint_seconds=10.0,
        recovery_seconds=600.0,
    )

    assert run.expected_failures == pytest.approx(466 - 47)
    assert run.goodput_ratio > 0.9


# Touvron et al. 2023 (arXiv:2307.09288), table 2: hours, limit of power, tCO2e
LLAMA_2 = [
    (184_320, "400 W", 31.22),
    (368_640, "400 W", 62.44),
    (1_038_336, "350 W", 153.90),
    (1_720_320, "400 W", 291.42),
]


@pytest.mark.parametrize(("hours", "power", "tonnes"), LLAMA_2)
def test_accounts_of_llama_2(hours, power, tonnes):
    run = SustainabilityModel().solve(
        "A100",
        hours / 24.0,
        device_power=power,
        pue=1.1,
        carbon_intensity="385 gCO2e/kWh",
        **BARE,
    )

    assert run.operational_carbon.m_as("tCO2e") == pytest.approx(tonnes, rel=0.001)


@pytest.mark.parametrize(("hours", "tonnes"), [(30.84e6, 8930.0), (7.0e6, 2040.0)])
def test_model_cards_of_llama_3_1(hours, tonnes):
    # 700 W, on the mean grid where it ran, neither of which the cards put in numbers
    run = SustainabilityModel().solve("H100", hours / 24.0, operator="Meta", grid="US_Avg", **BARE)

    assert run.operational_carbon.m_as("tCO2e") == pytest.approx(tonnes, rel=0.15)


# ML.ENERGY benchmark v3: vLLM on H100, saturated; model, devices, batch, tokens out, W of all GPUs
ML_ENERGY = [
    ("Llama3_8B", 1, 8, 388, 486.438),
    ("Llama3_8B", 1, 63, 395, 610.348),
    ("Llama3_8B", 1, 255, 404, 690.508),
    ("Llama3_70B", 4, 8, 350, 1765.43),
    ("Llama3_70B", 4, 63, 352, 2001.5),
    ("Llama3_70B", 4, 255, 349, 2354.3),
    ("Llama3_70B", 4, 898, 350, 2547.52),
    ("Qwen3_8B", 1, 8, 646, 427.017),
    ("Qwen3_8B", 1, 63, 644, 514.393),
    ("Qwen3_8B", 1, 255, 654, 632.807),
    ("Qwen3_14B", 1, 8, 619, 443.012),
    ("Qwen3_14B", 1, 63, 617, 524.979),
    ("Qwen3_14B", 1, 253, 624, 644.672),
]


def watts(model, devices, batch, tokens):
    served = ServingModel().solve(
        model,
        "H100",
        seq_len=512,
        batch_size=batch,
        precision="bf16",
        output_len=tokens,
        tp=devices,
    )
    return served.joules / served.end_to_end_seconds if served.feasible else None


def test_nodes_under_load_draw_what_was_measured():
    errors = []
    for model, devices, batch, tokens, measured in ML_ENERGY:
        predicted = watts(model, devices, batch, tokens)
        if predicted is not None:
            errors.append(abs(predicted / measured - 1.0))

    assert len(errors) >= 10
    assert statistics.median(errors) < 0.12
    assert max(errors) < 0.25


@pytest.mark.parametrize("node", ["DGX_A100", "DGX_H100", "DGX_B200"])
def test_a_node_at_its_limits_draws_its_rated_power(node):
    run = SustainabilityModel().solve(node, 1.0, pue=1.0)

    assert run.joules / 86400.0 == pytest.approx(find("node", node).number("power"))


def test_goodput_is_that_of_a_simulation():
    # Random failures, also while a checkpoint is written or the run restarts
    run = ReliabilityModel().solve(
        "H100",
        30.0,
        devices=100_000,
        device_mtbf_hours=4.18 * 8192,
        checkpoint_seconds=60.0,
        recovery_seconds=300.0,
    )
    draw = random.Random(0).expovariate
    mtbf, interval = run.mtbf_seconds, run.interval_seconds
    now = kept = 0.0
    restarting = False
    while now < 4e7:
        needed = 300.0 if restarting else interval + 60.0
        until = draw(1.0 / mtbf)
        if until < needed:
            now += until
            restarting = True
            continue
        now += needed
        kept += 0.0 if restarting else interval
        restarting = False

    assert run.goodput_ratio == pytest.approx(kept / now, abs=0.01)


def test_goodput_is_not_the_chance_of_no_failure():
    ratios = [
        ReliabilityModel()
        .solve("H100", 365.0, devices=count, failure="Meta_RSC_1", checkpoint_seconds=30.0)
        .goodput_ratio
        for count in (8, 1024, 16_384)
    ]

    assert ratios == pytest.approx([0.998, 0.971, 0.827], abs=0.002)


def test_power_is_that_of_the_load_and_of_nothing_else():
    # 8 x 700 W x 720 h x 0.12 USD; at a load of 0.3, 70 + 0.3 * 630 = 259 W
    def electricity(**given):
        return (
            EconomicsModel()
            .solve(
                "H100", 30.0, devices=8, pue=1.0, electricity_price="0.12 USD/kWh", **BARE, **given
            )
            .opex_energy_usd
        )

    assert electricity() == pytest.approx(8 * 0.7 * 720 * 0.12)
    assert electricity(load=0.3) == pytest.approx(8 * 0.259 * 720 * 0.12)
