"""Descriptions by the arguments of old, and what they become."""

import pytest
from mlsysim import Engine, Hardware, ModelSpec, SystemSpec, ureg
from mlsysim._older.specs import ARGUMENTS, BUILDERS, GONE
from mlsysim.solvers import DistributedModel

TFLOPS = ureg.TFLOPs / ureg.second


def device(**more):
    memory = BUILDERS["MemoryHierarchy"](capacity=2 * ureg.GB, bandwidth="50 GB/s")
    return BUILDERS["HardwareNode"](
        name="NPU",
        release_year=2026,
        compute=BUILDERS["ComputeCore"](peak_flops=10 * TFLOPS),
        memory=memory,
        **more,
    )


def llm(**more):
    values = {"name": "T", "architecture": "Transformer", "parameters": "3 Bparam", "layers": 28}
    return BUILDERS["TransformerWorkload"](**values | {"hidden_dim": 3072, "heads": 24} | more)


def test_a_device_is_a_spec_like_any_other():
    made = device(tdp=5 * ureg.watt, unit_cost="99 USD", embodied_carbon_kg=2.5)

    assert made.compute.peak_flops == 10 * TFLOPS
    assert made.compute.peak.bf16 == made.compute.peak.fp16
    assert (made.released, made.price.m_as("USD")) == (2026, 99)
    assert made.embodied_carbon.m_as("kgCO2e") == 2.5
    assert Engine.solve("ResNet50", made).feasible


def test_flash_moves_to_the_device_and_the_chips_own_memory_is_its_cache():
    memory = BUILDERS["MemoryHierarchy"](
        capacity="512 KiB", bandwidth="1 GB/s", sram_capacity="32 KiB", flash_capacity="8 MiB"
    )
    chip = BUILDERS["HardwareNode"](
        name="mcu", compute=BUILDERS["ComputeCore"](peak_flops="1 GFLOP/s"), memory=memory
    )

    assert chip.flash.capacity.m_as("MiB") == 8
    assert chip.memory.cache.m_as("KiB") == 32


def test_other_precisions_keep_their_rates():
    peak = BUILDERS["ComputeCore"](
        peak_flops="10 TFLOP/s", precision_flops={"int8": "40 TFLOP/s", "fp16": "20 TFLOP/s"}
    )["peak"]

    assert peak == {"fp16": "20 TFLOP/s", "bf16": "10 TFLOP/s", "int8": "40 TFLOP/s"}


def test_a_language_model_reads_its_cache():
    model = llm(kv_heads=8)

    assert isinstance(model, ModelSpec)
    # 2 * 28 layers * 8 heads * 128 wide.
    assert model.architecture.cache_elements == 57_344
    short, long = (Engine.solve(model, "H100", 32, seq_len=n).latency for n in (128, 8192))
    assert long > short
    assert llm().architecture.cache_elements == 3 * model.architecture.cache_elements


def test_experts_need_their_active_part():
    sparse = llm(experts=8, active_parameters="1 Bparam")

    assert sparse.architecture.active_parameters == 10**9
    with pytest.raises(TypeError, match="active_parameters"):
        llm(experts=8)


def test_a_network_needs_its_operations():
    made = BUILDERS["CNNWorkload"](
        name="net", architecture="CNN", parameters=5e6 * ureg.param, layers=20,
        inference_flops=2 * ureg.GFLOPs,
    )  # fmt: skip

    assert made.architecture.operations == 2_000_000_000
    assert Engine.solve(made, "A100").details.unit == "sample"
    with pytest.raises(TypeError, match="inference_flops"):
        BUILDERS["CNNWorkload"](name="net", architecture="CNN", parameters=5e6)


def test_what_a_cache_cannot_follow_from_is_refused():
    with pytest.raises(TypeError, match="the cache follows from"):
        llm(hidden_dim=None)


def test_a_fleet_is_a_system_that_trains():
    node = BUILDERS["Node"](
        name="n", accelerator=Hardware.H100, accelerators_per_node=8, intra_node_bw="450 GB/s"
    )
    fabric = BUILDERS["NetworkFabric"](
        name="f", topology="fat-tree", bandwidth="50 GB/s", latency="1 us", oversubscription_ratio=2
    )
    fleet = BUILDERS["Fleet"](name="fleet", node=node, count=4, fabric=fabric)

    assert isinstance(fleet, SystemSpec)
    assert (fleet.total_accelerators, fleet.fabric.topology) == (32, "fat_tree")
    assert DistributedModel().solve("Llama3_8B", fleet, 64, tp_size=8).feasible


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in GONE.items() for name in names]
)
def test_an_argument_that_would_be_lost_is_refused(kind, name):
    makers = {"HardwareNode": device, "Workload": llm, "Fleet": BUILDERS["Fleet"]}

    with pytest.raises(TypeError, match=rf"{kind} no longer takes {name}\. Use: "):
        makers[kind](**{name: "x"})


def test_what_was_never_an_argument_is_refused_as_by_the_spec():
    with pytest.raises(ValueError, match="tdpp: no such field; did you mean tdp"):
        device(tdpp="5 W")
    assert set(ARGUMENTS) <= {*BUILDERS, "HardwareNode"}
