"""Names that were promised keep leading to what they led to."""

import json
from pathlib import Path

import mlsysim_registry
import pytest
from mlsysim_core import catalog

PROMISED = json.loads((Path(__file__).parent / "stable-names.json").read_text())
IDENTIFIERS = json.loads((Path(__file__).parent / "identifiers.json").read_text())
"""By kind: the names that the facts, and rows of measurements, give to entries."""
CORRECTED = {
    "Hardware.TPUv4": "Hardware.Cloud.TPUv4",
    "Hardware.Cloud.TPUv4": "Hardware.Cloud.TPUv4",
    "Hardware.ESP32": "Hardware.Tiny.ESP32",
    "Hardware.Tiny.ESP32": "Hardware.Tiny.ESP32",
}
"""Names that led to another device than the one they name."""

KIND = {
    "Hardware": "hardware",
    "Models": "model",
    "Fabrics": "fabric",
    "Tiers": "tier",
    "Nodes": "node",
    "Clusters": "system",
    "Grids": "grid",
    "Racks": "rack",
    "Scenarios": "scenario",
}


def at(path):
    found = mlsysim_registry
    for part in path.split("."):
        found = getattr(found, part)
    return found


def kind_of(path):
    return next(KIND[part] for part in reversed(path.split(".")[:-1]) if part in KIND)


@pytest.mark.parametrize(
    ("path", "canonical"),
    [(path, one["canonical"]) for one in PROMISED for path in (one["canonical"], *one["paths"])],
)
def test_every_promised_path_leads_to_its_entry(path, canonical):
    assert at(path) is at(CORRECTED.get(path, canonical))


@pytest.mark.parametrize("one", PROMISED, ids=lambda one: one["canonical"])
def test_an_entry_is_named_as_its_path_ends(one):
    assert at(one["canonical"]).name == one["canonical"].rpartition(".")[2]


@pytest.mark.parametrize(
    "one", [one for one in PROMISED if "facts_id" in one], ids=lambda one: one["canonical"]
)
def test_the_identifier_of_the_facts_is_an_alias(one):
    kind = kind_of(one["canonical"])

    assert mlsysim_registry.get(kind, one["facts_id"]) is at(one["canonical"])


@pytest.mark.parametrize("one", PROMISED, ids=lambda one: one["canonical"])
def test_the_catalogue_finds_the_same_object(one):
    entry = at(one["canonical"])

    assert catalog.find(kind_of(one["canonical"]), entry.name) is entry
    assert catalog.find(kind_of(one["canonical"]), entry.name.lower()).name.lower() in {
        entry.name.lower(),
        "llama3_0_8b",  # the exact spelling of another entry's alias goes first
        "llama3_0_70b",
    }


@pytest.mark.parametrize(
    "one", [one for one in PROMISED if "parameters" in one], ids=lambda one: one["canonical"]
)
def test_scenarios_keep_their_parameters(one):
    scenario, promised = at(one["canonical"]), one["parameters"]

    assert scenario.system is at(promised["system"])
    assert scenario.sla_latency.m_as("s") == pytest.approx(promised["sla_latency_s"])
    if "power_budget_w" in promised:
        assert scenario.power_budget.m_as("W") == pytest.approx(promised["power_budget_w"])
    else:
        assert scenario.power_budget is None
    if isinstance(promised["workload"], str):
        assert scenario.workload is at(promised["workload"])
        assert scenario.data_rate is None


def test_the_pipeline_of_the_test_car_has_a_workload_of_its_own():
    (promised,) = (
        one["parameters"]["workload"]["inline"]
        for one in PROMISED
        if one["canonical"] == "Scenarios.AutonomousVehicle_Waymo"
    )
    scenario = mlsysim_registry.Scenarios.AutonomousVehicle_Waymo
    shape = scenario.workload.architecture

    assert shape.parameters == promised["parameters_count"]
    assert shape.layers == promised["layers"]
    # what was called operations are multiply-accumulates: two operations each
    assert shape.operations == 2 * promised["inference_flops_flop"]
    assert scenario.workload.size_in_bytes("fp16").m_as("byte") == promised["weight_bytes_fp16"]
    assert scenario.data_rate.m_as("byte/s") == pytest.approx(promised["data_rate_bytes_per_s"])


@pytest.mark.parametrize(
    ("kind", "identifier", "name"),
    [(kind, *pair) for kind, pairs in IDENTIFIERS.items() for pair in pairs.items()],
)
def test_every_identifier_of_the_facts_leads_to_its_entry(kind, identifier, name):
    assert mlsysim_registry.get(kind, identifier).name == name
    assert catalog.find(kind, identifier).name == name
