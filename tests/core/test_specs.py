"""Specs: frozen, validated, hashable, lossless; and honest about what they refuse."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core import HardwareSpec, InputError, ModelSpec, Scenario, SpecError, StackSpec, ureg
from mlsysim_core.errors import FrozenError
from mlsysim_core.specs import (
    Convolution,
    Decoder,
    FabricSpec,
    Linear,
    Network,
    NodeSpec,
    SystemSpec,
)

from .examples import (
    BERT_BASE,
    DEEPSEEK_V3,
    DEVICES,
    H100,
    LITTLE_NETWORK,
    LLAMA_2_70B,
    LLAMA_3_8B,
    MAMBA_2_8B,
    MIXTRAL_8X7B,
    MODELS,
)

SPECS = [*MODELS.values(), *DEVICES.values()]
specs = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)

CHIP = {
    "name": "chip",
    "compute": {"peak": {"fp16": "100 TFLOP/s"}},
    "memory": {"capacity": "16 GB", "bandwidth": "1 TB/s"},
}
DECODER = {
    "kind": "decoder",
    "layers": 4,
    "hidden": 64,
    "heads": 8,
    "ffn": 256,
    "vocab": 1000,
}


def model(**changes):
    return ModelSpec(name="m", architecture={**DECODER, **changes})


# Counting: shapes, and the totals that follow from them.


@pytest.mark.parametrize(
    ("spec", "parameters"),
    [
        (LLAMA_3_8B, 8_030_261_248),
        (LLAMA_2_70B, 68_976_648_192),
        (MIXTRAL_8X7B, 46_702_792_704),
        (BERT_BASE, 109_482_240),
        (MAMBA_2_8B, 2_768_345_600),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_parameters_are_those_of_the_published_checkpoint(spec, parameters):
    assert spec.architecture.parameters == parameters
    assert spec.parameters == ureg.Quantity(parameters, "parameter")


def test_parameters_of_deepseek_v3_are_those_of_its_paper():
    # "671B total parameters with 37B activated for each token"
    assert DEEPSEEK_V3.architecture.parameters == pytest.approx(671e9, rel=2e-3)
    assert DEEPSEEK_V3.architecture.active_parameters == pytest.approx(37e9, rel=2e-2)


def test_active_parameters_of_mixtral_are_those_of_its_paper():
    # "13B active parameters during inference" (12.9e9)
    assert MIXTRAL_8X7B.architecture.active_parameters == pytest.approx(12.88e9, rel=1e-3)


def test_size_in_bytes_follows_the_format():
    assert LLAMA_3_8B.size_in_bytes("fp16").m_as("GB") == pytest.approx(16.06, rel=1e-3)
    assert LLAMA_3_8B.size_in_bytes("fp4").m_as("GB") == pytest.approx(4.015, rel=1e-3)
    assert LLAMA_3_8B.size_in_bytes(ureg("1 byte")).m_as("GB") == pytest.approx(8.03, rel=1e-3)


def test_a_shape_reads_as_the_models_own():
    assert LLAMA_3_8B.layers == 32
    assert LLAMA_3_8B.max_context == 131072
    with pytest.raises(AttributeError, match="ModelSpec 'Llama-3-8B' has no florps"):
        _ = LLAMA_3_8B.florps


def test_a_convolution_counted_by_hand():
    layer = Convolution(
        channels=(64, 128), kernel=(3, 3), size=(28, 28), stride=(2, 2), bias=True, norm=True
    )

    assert layer.parameters == 64 * 128 * 9 + 128 + 2 * 128
    assert layer.multiply_accumulates == 64 * 9 * 128 * 28 * 28
    assert layer.inputs == 64 * 56 * 56
    assert layer.outputs == 128 * 28 * 28


def test_a_depthwise_convolution_has_one_filter_for_each_channel():
    layer = Convolution(channels=(32, 32), kernel=(3, 3), size=(10, 10), groups=32)

    assert layer.parameters == 32 * 9
    assert layer.multiply_accumulates == 32 * 9 * 100


# Frozen, hashable, picklable, lossless.


@specs
def test_specs_never_change(spec):
    for name in ("name", "compute", "architecture", "florps", "_hash"):
        with pytest.raises(FrozenError, match="never changes; copy it with"):
            setattr(spec, name, "other")
    with pytest.raises(FrozenError):
        del spec.name


def test_parts_of_specs_never_change():
    with pytest.raises(FrozenError, match=r'model_copy\(update=\{"bandwidth": ...\}\)'):
        H100.memory.bandwidth = "1 TB/s"
    with pytest.raises(TypeError):
        LITTLE_NETWORK.architecture.layers[0] = None
    H100.compute.precision_flops["fp16"] = None
    assert H100.compute.peak.number("fp16") == 989.4e12


@specs
def test_equal_specs_have_equal_hashes(spec):
    twin = type(spec).model_validate(spec.model_dump())

    assert twin == spec
    assert twin is not spec
    assert hash(twin) == hash(spec)
    assert {spec: 1}[twin] == 1


def test_specs_that_differ_anywhere_are_different():
    other = H100.model_copy(update={"memory.sustained": 0.91})

    assert other != H100
    assert len({H100, other}) == 2


@specs
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_specs_survive_pickling(spec, protocol):
    hash(spec)  # a hash that was kept must not travel: texts hash differently elsewhere

    again = pickle.loads(pickle.dumps(spec, protocol))

    assert again == spec
    assert hash(again) == hash(spec)
    assert b"_hash" not in pickle.dumps(spec, protocol)


@specs
def test_specs_survive_copying(spec):
    assert copy.copy(spec) == spec
    assert copy.deepcopy(spec) == spec


@specs
def test_specs_survive_json(spec):
    text = spec.model_dump_json()

    again = type(spec).model_validate_json(text)

    assert again == spec
    assert again.model_dump_json() == text


@given(
    capacity=st.floats(1.0, 1e18),
    bandwidth=st.floats(1.0, 1e18),
    rate=st.floats(1.0, 1e21),
    power=st.floats(1e-6, 1e6),
)
def test_no_digit_of_a_device_is_lost_in_json(capacity, bandwidth, rate, power):
    device = HardwareSpec(
        name="chip",
        compute={"peak": {"fp16": f"{rate!r} OP/s"}},
        memory={"capacity": f"{capacity!r} B", "bandwidth": f"{bandwidth!r} B/s"},
        tdp=f"{power!r} W",
    )

    again = HardwareSpec.model_validate_json(device.model_dump_json())

    assert again == device
    assert again.memory.number("bandwidth") == bandwidth


def test_every_kind_of_spec_survives_json():
    node = NodeSpec(name="node", accelerator=H100, accelerators=8, link_bandwidth="450 GB/s")
    fabric = FabricSpec(name="fabric", bandwidth="400 Gbit/s", latency="2 us")
    system = SystemSpec(name="system", node=node, nodes=16, fabric=fabric)
    scenario = Scenario(
        name="job", workload=LLAMA_3_8B, system=system, sla_latency="50 ms", target_accuracy=0.9
    )

    again = Scenario.model_validate_json(scenario.model_dump_json())

    assert again == scenario
    assert again.hardware == H100
    assert again.system.total_accelerators == 128


# Copies with changes.


def test_a_copy_changes_a_part_of_a_part():
    faster = H100.model_copy(update={"memory.bandwidth": "4.8 TB/s", "name": "H200-like"})

    assert faster.memory.bandwidth == ureg("4.8 TB/s")
    assert faster.memory.capacity == H100.memory.capacity
    assert (faster.name, H100.name) == ("H200-like", "H100")


def test_a_mapping_changes_a_part_and_leaves_the_rest():
    faster = H100.model_copy(update={"memory": {"bandwidth": ureg("4.8 TB/s")}})

    assert faster == H100.model_copy(update={"memory.bandwidth": "4.8 TB/s"})


def test_a_part_that_was_not_there_can_be_added_and_taken_away():
    bare = H100.model_copy(update={"host_link": None})

    assert bare.host_link is None
    assert bare.model_copy(update={"host_link.bandwidth": "64 GB/s"}).host_link is not None


@pytest.mark.parametrize(
    "architecture",
    [
        Decoder(layers=4, hidden=64, heads=8, ffn=256, vocab=1000),
        Network(input=(8,), layers=(Linear(features=(8, 8)),)),
    ],
    ids=lambda shape: shape.kind,
)
def test_a_spec_made_of_parts_can_be_copied_with_changes(architecture):
    # The tag of a union may be left out of a part, but not of its copy.
    spec = ModelSpec(name="m", architecture=architecture)

    assert spec.model_copy(update={"name": "n"}).architecture == architecture


@pytest.mark.parametrize(
    ("update", "complaint"),
    [
        ({"memory.bandwith": "1 TB/s"}, r"memory\.bandwith: no such field; did you mean bandwidth"),
        ({"memory.bandwidth": "-1 TB/s"}, r"memory\.bandwidth: .* must be finite and positive"),
        ({"memory": {"capacity": 80}}, r"memory\.capacity: .*it has no unit"),
        ({"tdp": "5 kg"}, "tdp: expected a quantity in W"),
        ({"name": ""}, "name: "),
        ({"florps": 1}, "florps: no such field"),
    ],
)
def test_a_copy_is_checked_like_any_other_spec(update, complaint):
    with pytest.raises(SpecError, match=f"^HardwareSpec: {complaint}"):
        H100.model_copy(update=update)


@specs
def test_a_copy_without_changes_is_the_same(spec):
    assert spec.model_copy() == spec
    assert spec.model_copy(deep=True) == spec
    assert spec.model_copy(update={"name": spec.name}) == spec


def test_a_subclass_keeps_the_fields_and_their_units():
    class Priced(HardwareSpec):
        margin: float = 0.1

    priced = Priced(**CHIP)

    assert (priced.tdp, priced.margin) == (None, 0.1)
    assert Priced(**CHIP, tdp="300 W").tdp == ureg("300 W")
    assert priced.model_copy(update={"tdp": "5 W"}).number("tdp") == 5.0


# What is refused, and in which words.


@pytest.mark.parametrize(
    ("field", "nearest"),
    [("tdpp", "tdp"), ("memroy", "memory"), ("Name", "name"), ("hostlink", "host_link")],
)
def test_an_unknown_field_of_a_device_suggests_the_nearest(field, nearest):
    with pytest.raises(SpecError, match=rf"{field}: no such field; did you mean {nearest}"):
        HardwareSpec(**CHIP, **{field: "1 W"})


@pytest.mark.parametrize(
    ("architecture", "complaint"),
    [
        ({**DECODER, "head": 8}, r"architecture\.head: no such field; did you mean heads"),
        (
            {**DECODER, "experts": {"count": 8, "top_k": 2, "ffn": 8, "topk": 1}},
            r"experts\.topk: no such field; did you mean top_k",
        ),
        (
            {
                "kind": "network",
                "input": [8],
                "layers": [{"op": "linear", "features": [8, 8], "feature": 1}],
            },
            r"feature: no such field; did you mean features",
        ),
    ],
)
def test_an_unknown_field_of_a_shape_suggests_the_nearest(architecture, complaint):
    with pytest.raises(SpecError, match=complaint):
        ModelSpec(name="m", architecture=architecture)


def test_an_unknown_format_suggests_the_nearest():
    with pytest.raises(SpecError, match=r"peak\.fp17: no such field; did you mean fp16"):
        HardwareSpec(**{**CHIP, "compute": {"peak": {"fp17": "1 TFLOP/s"}}})


def test_an_unknown_kind_lists_the_known():
    with pytest.raises(SpecError, match=r"kind: 'decodr' is none of decoder.*mean decoder"):
        model(kind="decodr")


def test_what_is_missing_is_named():
    with pytest.raises(SpecError, match=r"architecture\.vocab: missing"):
        ModelSpec(name="m", architecture={k: v for k, v in DECODER.items() if k != "vocab"})
    with pytest.raises(SpecError, match="memory: missing"):
        HardwareSpec(name="chip", compute=CHIP["compute"])


@pytest.mark.parametrize(
    "value",
    [0, -500, 1.5, 32.0, "32", "8B", True, None, float("nan"), float("inf"), [32], 32j],
    ids=repr,
)
@pytest.mark.parametrize("field", ["layers", "hidden", "heads", "vocab"])
def test_only_whole_numbers_of_at_least_one_count(field, value):
    with pytest.raises(SpecError, match=rf"architecture\.{field}: .*got ") as caught:
        model(**{field: value})

    assert repr(value) in str(caught.value)


@pytest.mark.parametrize("value", [-1, 0.5, "x", True, float("nan")], ids=repr)
def test_only_whole_numbers_of_at_least_zero_count_what_may_be_absent(value):
    with pytest.raises(SpecError, match="other_parameters"):
        model(other_parameters=value)


def test_text_is_no_number_of_parameters():
    # "8B" once passed for 8 bytes, and solved as a model of 64 parameters.
    with pytest.raises(SpecError, match=r"parameters: Input should be a valid integer \(got '8B'"):
        ModelSpec(name="m", architecture={"kind": "totals", "parameters": "8B"})


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"heads": 7}, r"hidden \(64\) is not a multiple of heads \(7\)"),
        ({"kv_heads": 3}, r"heads \(8\) must be a multiple of kv_heads \(3\)"),
        ({"kv_heads": 16}, r"heads \(8\) must be a multiple of kv_heads \(16\)"),
        ({"ffn": 0}, "give ffn"),
        ({"attention_layers": 5}, r"attention_layers \(5\) exceed layers \(4\)"),
        ({"feed_forward_layers": 5}, r"feed_forward_layers \(5\) exceed layers \(4\)"),
        ({"experts": {"count": 4, "top_k": 5, "ffn": 8}}, r"top_k \(5\) exceeds the 4 experts"),
        (
            {"experts": {"count": 4, "top_k": 2, "ffn": 8, "first_dense": 9}},
            "-5 of 4 feed-forward layers",
        ),
        ({"experts": {"count": 4, "top_k": 2, "ffn": 8, "layers": 9}}, "9 of 4 feed-forward"),
        (
            {"ffn": 0, "experts": {"count": 4, "top_k": 2, "ffn": 8, "first_dense": 1}},
            "give ffn, the width of the feed-forward of 1 layers",
        ),
        ({"window": {"size": 8, "local": 3, "period": 2}}, r"local \(3\) exceeds period \(2\)"),
        (
            {"recurrence": {"mixer": "mamba1", "inner": 8, "state": 4, "rank": 2}},
            "0 of 4 layers have it",
        ),
        (
            {
                "attention_layers": 1,
                "recurrence": {"mixer": "mamba1", "inner": 8, "state": 4, "rank": 2, "layers": 9},
            },
            "9 of 4 layers have it",
        ),
        (
            {"attention_layers": 1, "recurrence": {"mixer": "mamba1", "inner": 8, "state": 4}},
            "mamba1 needs rank",
        ),
        (
            {"attention_layers": 1, "recurrence": {"mixer": "mamba2", "inner": 8, "state": 4}},
            "mamba2 needs heads",
        ),
    ],
)
def test_shapes_that_cannot_be_are_refused(changes, complaint):
    with pytest.raises(SpecError, match=complaint):
        model(**changes)


@pytest.mark.parametrize(
    ("architecture", "complaint"),
    [
        (
            {"kind": "encoder", "layers": 2, "hidden": 64, "heads": 7, "ffn": 8},
            r"hidden \(64\) is not a multiple of heads \(7\)",
        ),
        (
            {
                "kind": "encoder_decoder",
                "encoder_layers": 2,
                "decoder_layers": 2,
                "hidden": 64,
                "heads": 7,
                "ffn": 8,
                "vocab": 8,
            },
            r"hidden \(64\) is not a multiple of heads \(7\); give head_dim",
        ),
        (
            {
                "kind": "network",
                "input": [3, 8, 8],
                "layers": [
                    {
                        "op": "conv",
                        "channels": [3, 8],
                        "kernel": [3, 3],
                        "size": [8, 8],
                        "groups": 4,
                    }
                ],
            },
            r"channels \(3, 8\) do not divide into 4 groups",
        ),
        ({"kind": "network", "input": [3], "layers": []}, "at least 1 item"),
        (
            {"kind": "totals", "parameters": 8, "active_parameters": 9},
            r"active_parameters \(9\) exceed parameters \(8\)",
        ),
    ],
)
def test_other_shapes_that_cannot_be_are_refused(architecture, complaint):
    with pytest.raises(SpecError, match=complaint):
        ModelSpec(name="m", architecture=architecture)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"compute": {"peak": {}}}, "give the rate of at least one of fp64, fp32"),
        ({"compute": {"peak": {"fp16": 100e12}}}, r"peak\.fp16: .*it has no unit"),
        ({"compute": {"peak": {"fp16": "-1 TFLOP/s"}}}, r"peak\.fp16: .*finite and positive"),
        ({"compute": {"peak": {"fp16": "1 TB/s"}}}, r"fp16: expected a quantity in operation"),
        ({"compute": {**CHIP["compute"], "units": 0}}, r"compute\.units: "),
        ({"compute": {**CHIP["compute"], "ceiling": 1.5}}, r"compute\.ceiling: .*got 1\.5"),
        ({"compute": {**CHIP["compute"], "ceiling": float("nan")}}, r"compute\.ceiling: "),
        ({"memory": {**CHIP["memory"], "sustained": 0.0}}, r"memory\.sustained: "),
        ({"memory": {**CHIP["memory"], "sustained": True}}, r"memory\.sustained: "),
        ({"memory": {**CHIP["memory"], "sustained": "0.9"}}, r"memory\.sustained: "),
        ({"memory": {**CHIP["memory"], "bandwidth": "0 TB/s"}}, r"memory\.bandwidth: "),
        ({"memory": {**CHIP["memory"], "capacity": "3 s"}}, r"memory\.capacity: "),
        ({"tdp": "100 W", "idle_power": "200 W"}, r"idle_power \(200 W\) exceeds tdp \(100 W\)"),
        ({"released": 20}, "released: "),
        ({"released": 2022.0}, "released: "),
        ({"name": ""}, "name: "),
        ({"name": 5}, "name: "),
    ],
)
def test_devices_that_cannot_be_are_refused(changes, complaint):
    with pytest.raises(SpecError, match=f"HardwareSpec: .*{complaint}"):
        HardwareSpec(**{**CHIP, **changes})


@pytest.mark.parametrize("reserve", [-0.1, 1.0, float("nan"), "0.5", False], ids=repr)
def test_a_reserve_that_cannot_be_is_refused(reserve):
    with pytest.raises(SpecError, match="StackSpec: reserve: "):
        StackSpec(name="stack", launch="1 us", reserve=reserve)


def test_every_mistake_is_told_at_once():
    with pytest.raises(InputError) as caught:
        HardwareSpec(**{**CHIP, "tdpp": "1 W", "tdp": 300})

    assert "tdp: expected a quantity in W" in str(caught.value)
    assert "tdpp: no such field" in str(caught.value)


def test_what_is_not_known_is_none_and_not_zero():
    chip = HardwareSpec(**CHIP)

    assert (chip.tdp, chip.host_link, chip.price, chip.compute.units) == (None,) * 4


def test_quantities_are_read_in_units_that_suit_them():
    assert f"{H100.memory.bandwidth:~}" == "3.35 TB / s"
    assert H100.compute.peak_flops == ureg("989.4 TFLOP/s")
    assert H100.precisions == ("fp64", "fp32", "tf32", "bf16", "fp16", "fp8", "int8")


def test_a_json_schema_can_be_made():
    schema = HardwareSpec.model_json_schema()

    assert schema["properties"]["memory"]
    assert ModelSpec.model_json_schema()["required"] == ["name", "architecture"]


@pytest.mark.parametrize(
    ("device", "known"),
    [
        ({"fp16": "200 TFLOP/s", "kind": "LPDDR5X", "capacity": "128 GB"}, "accelerator"),
        ({"fp32": "2 TFLOP/s", "kind": "DDR5", "capacity": "128 GB"}, "processor"),
        ({"fp32": "40 TFLOP/s", "kind": "GDDR6", "capacity": "8 GB"}, "accelerator"),
        ({"int8": "1 GOP/s", "kind": "DDR3", "capacity": "1 GB"}, "microcontroller"),
        ({"int8": "500 GOP/s", "kind": "SRAM", "capacity": "4 MB"}, "microcontroller"),
        ({"int8": "4 TOP/s", "kind": "SRAM", "capacity": "8 MB"}, "accelerator"),
    ],
)
def test_a_data_sheet_tells_what_kind_of_software_a_device_runs(device, known):
    memory = {name: device.pop(name) for name in ("kind", "capacity")}
    chip = HardwareSpec(
        name="chip", compute={"peak": device}, memory=memory | {"bandwidth": "10 GB/s"}
    )

    assert chip.device_class == known


def test_a_processor_with_a_matrix_engine_is_one_by_its_cores():
    compute = {"peak": {"bf16": "100 TFLOP/s"}, "unit_kind": "core"}
    memory = {"capacity": "1 TB", "bandwidth": "300 GB/s", "kind": "DDR5"}

    assert HardwareSpec(name="c", compute=compute, memory=memory).device_class == "processor"
