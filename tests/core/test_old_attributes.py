"""Attributes of old: each of them is read, or says what to write instead."""

import warnings

import pytest
from mlsysim_core import Engine, HardwareSpec, MLSysimError, PerformanceProfile, SystemSpec
from mlsysim_core._old_attributes import ATTRIBUTES
from mlsysim_core.deprecation import MLSysimDeprecationWarning
from mlsysim_core.specs import FabricSpec, GridSpec, NodeSpec, RackSpec

from .examples import LLAMA_3_8B, MIXTRAL_8X7B

PEAKS = dict.fromkeys(("fp32", "tf32", "fp16", "fp8", "int8", "int4"), "100 TFLOP/s")
CHIP = HardwareSpec(
    name="chip",
    released=2026,
    compute={"peak": PEAKS},
    memory={
        "capacity": "48 GB",
        "bandwidth": "1 TB/s",
        "cache": "50 MB",
        "cache_bandwidth": "5 TB/s",
    },
    host_link={"bandwidth": "64 GB/s"},
    tdp="300 W",
    battery="20 Wh",
    price="9000 USD",
    embodied_carbon="164 kgCO2e",
)
NODE = NodeSpec(
    name="node",
    accelerator=CHIP,
    accelerators=8,
    link_bandwidth="450 GB/s",
    ports=8,
    power_supplies=6,
)
FABRIC = FabricSpec(name="fabric", bandwidth="50 GB/s", oversubscription=2.0)
OBJECTS = {
    "HardwareSpec": CHIP,
    "Memory": CHIP.memory,
    "ModelSpec": MIXTRAL_8X7B,
    "NodeSpec": NODE,
    "SystemSpec": SystemSpec(name="system", node=NODE, nodes=4, fabric=FABRIC),
    "FabricSpec": FABRIC,
    "GridSpec": GridSpec(name="grid", carbon_intensity="57 gCO2e/kWh"),
    "RackSpec": RackSpec(name="rack", power="40 kW", cooling="liquid"),
    "PerformanceProfile": Engine.solve(LLAMA_3_8B, CHIP),
}
TABLES = {**ATTRIBUTES, "PerformanceProfile": PerformanceProfile._former}
quiet = pytest.mark.filterwarnings("ignore::DeprecationWarning")
NAMES = [(kind, name) for kind, names in TABLES.items() for name in names]


def gone(kind, name):
    old = TABLES[kind][name]
    return not isinstance(old, str) and old.read is None


@pytest.mark.parametrize(("kind", "name"), [one for one in NAMES if not gone(*one)])
def test_an_old_attribute_works_and_warns_at_the_line_that_asks(kind, name):
    with pytest.warns(MLSysimDeprecationWarning, match=rf"^{kind}\.{name} is .*Use: \S") as caught:
        value = getattr(OBJECTS[kind], name)

    assert value not in (None, "")
    assert [one.filename for one in caught] == [__file__]


@pytest.mark.parametrize(("kind", "name"), [one for one in NAMES if gone(*one)])
def test_what_no_longer_means_anything_says_what_to_write(kind, name):
    with pytest.raises(AttributeError, match=rf"^{kind} has no {name} any more\. Use: \S"):
        getattr(OBJECTS[kind], name)


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_an_old_attribute_hides_no_new_one(kind, name):
    assert name not in dir(OBJECTS[kind])
    assert name not in getattr(type(OBJECTS[kind]), "model_fields", {})


@quiet
@pytest.mark.parametrize(
    ("kind", "name", "unit", "expected"),
    [
        ("HardwareSpec", "memory_bw", "TB/s", 1.0),
        ("HardwareSpec", "peak_flops", "TFLOPs/s", 100.0),
        ("HardwareSpec", "ram", "GB", 48.0),
        ("HardwareSpec", "unit_cost", "USD", 9000.0),
        ("Memory", "sram_capacity", "MB", 50.0),
        ("NodeSpec", "intra_node_bw", "GB/s", 450.0),
        ("PerformanceProfile", "peak_flops_actual", "TFLOPs/s", 100.0),
        ("PerformanceProfile", "offload_spill_bytes", "byte", 0.0),
    ],
)
def test_values_are_those_of_today(kind, name, unit, expected):
    assert getattr(OBJECTS[kind], name).m_as(unit) == pytest.approx(expected)


@quiet
def test_plain_numbers_stay_plain():
    assert CHIP.embodied_carbon_kg == pytest.approx(164.0)
    assert OBJECTS["GridSpec"].carbon_intensity_g_kwh == pytest.approx(57.0)
    assert OBJECTS["RackSpec"].power_kw == pytest.approx(40.0)


@quiet
def test_the_ridge_is_the_peak_over_the_bandwidth():
    assert CHIP.ridge_point().m_as("flop/byte") == pytest.approx(100.0)


@quiet
def test_operations_are_those_that_the_engine_counts():
    operations = LLAMA_3_8B.inference_flops.m_as("flop")

    assert operations == Engine.solve(LLAMA_3_8B, CHIP).details.flops


@quiet
def test_the_cache_is_two_elements_for_each_head_of_each_layer():
    # 2 * 32 layers * 8 heads * 128 wide * 2 bytes = 131,072 bytes for each token.
    cache = LLAMA_3_8B.get_kv_cache_size(seq_len=2048, batch_size=32)
    narrow = LLAMA_3_8B.get_kv_cache_size(2048, 32, "int8")

    assert cache.m_as("byte") == 131072 * 2048 * 32
    assert narrow == cache / 2
    with pytest.raises(MLSysimError, match="seq_len must"):
        LLAMA_3_8B.get_kv_cache_size(0)


@pytest.mark.parametrize("name", ["provenance", "memory", "tdp", "released"])
def test_a_new_attribute_is_silent(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert name in dir(CHIP)
        assert not hasattr(CHIP, "florps")
        assert name == "provenance" or getattr(CHIP, name) is not None
