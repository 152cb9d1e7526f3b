"""Values that were wrong in 0.1.x stay right, and have sources."""

import pytest
from mlsysim_registry import Infra, Systems, get, provenance

RIGHT = [
    # name, path, value, unit
    ("TPUv6", "memory.capacity", 32 * 2**30, "byte"),
    ("TPUv6", "memory.bandwidth", 1.638e12, "byte/s"),
    ("TPUv6", "compute.peak.bf16", 918e12, "operation/s"),
    ("TPUv4", "compute.peak.bf16", 275e12, "operation/s"),
    ("TPUv4", "memory.bandwidth", 1.228e12, "byte/s"),
    ("TPUv4", "memory.capacity", 32 * 2**30, "byte"),
    ("TPUv5p", "compute.peak.bf16", 459e12, "operation/s"),
    ("TPUv5p", "link.bandwidth", 540e9, "byte/s"),
    ("TPUv3", "compute.peak.bf16", 123e12, "operation/s"),
    ("Cerebras_CS3", "compute.peak.fp16", 15.625e15, "operation/s"),
    ("Cerebras_CS3", "host_link.bandwidth", 150e9, "byte/s"),
    ("Cerebras_CS2", "compute.peak.fp16", 7.5e15, "operation/s"),
    ("DGX_Spark", "compute.peak.fp16", 125e12, "operation/s"),
    ("DGX_Spark", "compute.peak.fp8", 250e12, "operation/s"),
    ("DGX_Spark", "compute.peak.fp4", 500e12, "operation/s"),
    ("DGX_Spark", "memory.bandwidth", 273e9, "byte/s"),
    ("DGX_Spark", "tdp", 140, "W"),
    ("Gaudi3", "compute.peak.bf16", 1678e12, "operation/s"),
    ("Gaudi3", "compute.peak.fp8", 1678e12, "operation/s"),
    ("Trainium2", "compute.peak.bf16", 667e12, "operation/s"),
    ("Trainium2", "compute.peak.fp8", 1299e12, "operation/s"),
    ("Trainium2", "memory.bandwidth", 2.9e12, "byte/s"),
    ("JetsonOrinNX", "compute.peak.int8", 50e12, "operation/s"),
    ("JetsonOrinNX", "compute.peak.fp16", 15e12, "operation/s"),
    ("iPhone15Pro", "compute.peak.fp16", 4.3e12, "operation/s"),
    ("iPhone15Pro", "compute.peak.int8", 35e12, "operation/s"),
    ("iPhone15Pro", "memory.bandwidth", 51.2e9, "byte/s"),
    ("iPhone15Pro", "battery", 12.7 * 3600, "J"),
    ("Snapdragon8Gen3", "compute.peak.int8", 45e12, "operation/s"),
    ("Coral", "compute.peak.int8", 4e12, "operation/s"),
    ("Coral", "memory.capacity", 8 * 2**20, "byte"),
    ("Coral", "host_link.bandwidth", 0.4e9, "byte/s"),
    ("GB200_NVL72", "compute.peak.fp16", 180e15, "operation/s"),
    ("GB200_NVL72", "compute.peak.fp8", 360e15, "operation/s"),
    ("GB200_NVL72", "compute.peak.fp4", 720e15, "operation/s"),
    ("B200", "compute.peak.fp4", 9e15, "operation/s"),
    ("V100", "link.bandwidth", 150e9, "byte/s"),
    ("A100", "link.bandwidth", 300e9, "byte/s"),
    ("A100", "compute.peak.int4", 1248e12, "operation/s"),
    ("H100", "link.bandwidth", 450e9, "byte/s"),
    ("H100", "host_link.bandwidth", 63.0e9, "byte/s"),
    ("H100", "compute.peak.fp32", 67e12, "operation/s"),
    ("H100", "memory.capacity", 81559 * 2**20, "byte"),
    ("H100", "embodied_carbon", 164e3, "gCO2e"),
    ("H200", "compute.peak.fp32", 67e12, "operation/s"),
    ("H200", "link.bandwidth", 450e9, "byte/s"),
    ("B200", "link.bandwidth", 900e9, "byte/s"),
    ("T4", "compute.peak.fp32", 8.1e12, "operation/s"),
    ("T4", "compute.peak.int4", 260e12, "operation/s"),
    ("ESP32_S3", "compute.peak.fp32", 0.96e9, "operation/s"),
    ("ESP32_S3", "compute.peak.int8", 15.36e9, "operation/s"),
    ("ESP32_S3", "memory.bandwidth", 7.68e9, "byte/s"),
    ("ESP32", "memory.capacity", 520 * 2**10, "byte"),
    ("nRF52840", "compute.peak.fp32", 128e6, "operation/s"),
    ("nRF52840", "compute.peak.int8", 256e6, "operation/s"),
    ("HimaxWE1", "compute.peak.int8", 1.6e9, "operation/s"),
]

ABSENT = [
    ("TPUv6", "tdp"),  # nobody published them
    ("TPUv5p", "tdp"),
    ("A100", "embodied_carbon"),
    ("Coral", "compute.peak.fp16"),  # no floating point
    ("HimaxWE1", "compute.peak.fp32"),
    ("B200", "compute.peak.int4"),  # no such path
    ("GB200_NVL72", "host_link"),  # the fabric inside is no link to a host
    ("GB200_NVL72", "link"),
    ("Cerebras_CS1", "link"),
    ("Pixel8", "compute.peak.int8"),
]

OPERATIONS = [
    # multiply-accumulates, of one sample
    ("ResNet50", 4.089e9),
    ("MobileNetV2", 0.3008e9),
    ("StableDiffusion_v1_5", 401.6e9),
    ("DS_CNN", 2.657e6),
    ("WakeVision", 7.49e6),
    ("AlexNet", 0.7142e9),
    ("AnomalyDetector", 264_192),
]

MODELS = [
    ("Llama2_70B", "kv_heads", 8),
    ("Llama2_70B", "parameters", 68_976_648_192),
    ("GPT2", "parameters", 1_557_611_200),
    ("GPT4", "active_parameters", 280_000_000_000),
    ("DS_CNN", "parameters", 23_756),
    ("WakeVision", "parameters", 213_586),
    ("DLRM", "tables", 24_034_227_072),
]


def at(entry, path):
    for part in path.split("."):
        entry = getattr(entry, part)
    return entry


@pytest.mark.parametrize(("name", "path", "value", "unit"), RIGHT)
def test_a_corrected_value_stays_and_has_a_source(name, path, value, unit):
    assert at(get("hardware", name), path).m_as(unit) == pytest.approx(value, rel=2e-3)
    assert provenance("hardware", name).of(path)


@pytest.mark.parametrize(("name", "path"), ABSENT)
def test_what_nobody_published_is_unknown(name, path):
    assert at(get("hardware", name), path) is None


@pytest.mark.parametrize(("name", "macs"), OPERATIONS)
def test_a_multiply_accumulate_is_counted_once(name, macs):
    shape = get("model", name).architecture

    assert shape.multiply_accumulates == pytest.approx(macs, rel=0.01)


@pytest.mark.parametrize(("name", "field", "value"), MODELS)
def test_a_corrected_model_stays(name, field, value):
    assert getattr(get("model", name).architecture, field) == value


@pytest.mark.parametrize(("tokens", "flops"), [(128, 22.35e9), (512, 96.6e9)])
def test_the_operations_of_bert_belong_to_its_length(tokens, flops):
    # two operations for each weight of a layer and each token, and two products of scores
    shape = get("model", "BERT_Base").architecture
    weights = 4 * shape.hidden**2 + 2 * shape.hidden * shape.ffn
    scores = 2 * tokens * shape.hidden

    assert 2 * shape.layers * tokens * (weights + scores) == pytest.approx(flops, rel=0.01)


def test_nobody_knows_the_width_of_gpt4():
    assert not hasattr(get("model", "GPT4").architecture, "hidden")


@pytest.mark.parametrize("name", ["ResNet50", "MobileNetV2"])
def test_a_network_is_its_layers(name):
    assert get("model", name).architecture.kind == "network"


@pytest.mark.parametrize(
    ("node", "link", "ports", "supplies"),
    [("DGX_A100", 300e9, 8, 6), ("DGX_H100", 450e9, 8, 6), ("DGX_B200", 900e9, 8, 6)],
)
def test_nodes_have_one_way_links_all_ports_and_all_supplies(node, link, ports, supplies):
    found = getattr(Systems.Nodes, node)

    assert found.link_bandwidth.m_as("byte/s") == link
    assert (found.ports, found.power_supplies) == (ports, supplies)


@pytest.mark.parametrize("fabric", ["InfiniBand_HDR", "InfiniBand_NDR"])
def test_a_message_takes_about_a_microsecond(fabric):
    assert getattr(Systems.Fabrics, fabric).latency.m_as("us") == 1


@pytest.mark.parametrize(
    ("grid", "intensity"),
    [("Norway", 30), ("Poland", 662), ("Quebec", 5.5), ("US_Avg", 369.5), ("France", 56)],
)
def test_grids_say_year_and_scope(grid, intensity):
    found = getattr(Infra.Grids, grid)

    assert found.carbon_intensity.m_as("gCO2e/kWh") == pytest.approx(intensity, rel=0.02)
    assert found.year
    assert found.scope


def test_shares_of_renewables_are_parts_of_one():
    assert Infra.Grids.Poland.renewable_share == pytest.approx(0.27, abs=0.01)
    assert Infra.Grids.US_Avg.renewable_share == pytest.approx(0.227)


@pytest.mark.parametrize(
    ("link", "gigabytes"),
    [("PCIe_Gen4_x16", 31.5), ("PCIe_Gen5_x16", 63.0), ("NVLink_4", 450), ("NVLink_5", 900)],
)
def test_links_are_one_way_and_after_encoding(link, gigabytes):
    found = getattr(Systems.Links, link)

    assert found.bandwidth.m_as("GB/s") == pytest.approx(gigabytes, rel=1e-3)


def test_the_fifth_nvlink_has_eighteen_links():
    assert Systems.Links.NVLink_5.links == 18


@pytest.mark.parametrize(
    ("operator", "pue"), [("Google", 1.09), ("AWS", 1.15), ("Microsoft", 1.17), ("Meta", 1.08)]
)
def test_operators_say_what_they_published_and_when(operator, pue):
    found = getattr(Infra.Operators, operator)

    assert found.pue == pue
    assert found.year >= 2023


def test_the_average_data_centre_is_the_one_of_the_survey():
    assert Infra.Operators.Survey_Average.pue == 1.56


def test_all_interruptions_are_not_those_of_devices():
    # 16,384 devices x 54 days x 24 h over 419, and over 246
    run = Infra.Failures.Llama3_405B_Run

    assert run.hours_per_interruption == pytest.approx(50_677, rel=1e-4)
    assert run.hours_per_device_interruption == pytest.approx(86_332, rel=1e-3)


def test_regions_know_their_grid():
    region = Infra.Regions.GCP_northamerica_northeast1
    province = Infra.Grids.Quebec.carbon_intensity

    assert region.carbon_intensity.m_as("gCO2e/kWh") == pytest.approx(province.magnitude, rel=0.01)
    assert get("region", "northamerica-northeast1") is region
