"""The schema of plans says of a file what reading it says."""

import jsonschema
import pytest
from mlsysim_solvers import Plan, PlanError
from mlsysim_solvers.plans._schema import plan_schema
from mlsysim_solvers.plans._yaml import documents

from .plans import PLAN

VALIDATOR = jsonschema.Draft202012Validator(plan_schema())


def accepted(text):
    (document,) = documents(text, "plan.yaml")
    return VALIDATOR.is_valid(document.value)


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(plan_schema())


@pytest.mark.parametrize(
    "change",
    [
        (PLAN, PLAN),
        ("  batch_size: 4\n", "  kind: serving\n  output_len: 16\n  replicas: 2\n"),
        ("  batch_size: 4\n", "  kind: training\n  items: 15e12\n  overlap: [data, tensor]\n"),
        ("assert:", "duration: 30 days\nplace: {pue: 1.1, carbon_intensity: 5 gCO2e/kWh}\nassert:"),
        ("assert:", "machines: {load: 0.5, host_power: 0 W}\neconomics: {maintenance: 0}\nassert:"),
    ],
)
def test_what_a_plan_takes_it_accepts(change):
    text = PLAN.replace(*change)

    Plan.parse(text)

    assert accepted(text)


@pytest.mark.parametrize(
    "change",
    [
        ("model:", "modell:"),
        ("hardware:", "hardwar:"),
        ("hardware:", "system: DGX_H100\nhardware:"),
        ("batch_size", "batchsize"),
        ("batch_size: 4", "batch_size: four"),
        ("batch_size: 4", "batch_size: 2.5"),
        ("batch_size: 4", "kind: servng"),
        ("batch_size: 4", "kind: serving\n  zero_stage: 3"),
        ("batch_size: 4", "precision: fp61"),
        ("batch_size: 4", "batch_size:"),
        ("assert:", "place: {pui: 1.1}\nassert:"),
        ("assert:", "place: {wue: 1.8}\nassert:"),
        ("assert:", "duration: 30\nassert:"),
        ("- latency < 5 ms", "- {metric: latency, max: 5}"),
        ("48 GB", "48"),
        ("workload:", "version: 2\nworkload:"),
    ],
)
def test_what_a_plan_refuses_it_refuses(change):
    text = PLAN.replace(*change)

    with pytest.raises(PlanError):
        Plan.parse(text)

    assert not accepted(text)
