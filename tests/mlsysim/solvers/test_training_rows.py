"""Rows that measure training: whose software they are taken for, and what follows."""

import json

import pytest
from mlsysim_core.catalog import find
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_solvers import search
from mlsysim_solvers.validation import Row
from mlsysim_solvers.validation.tasks._models import model_from_row
from mlsysim_solvers.validation.tasks._stacks import software_of, tried_stack
from mlsysim_solvers.validation.tasks._systems import system_from_row
from mlsysim_solvers.validation.tasks._training import _best, predict

SHAPE = json.dumps(
    {"layers": 24, "hidden": 2048, "heads": 16, "ffn": 8192, "vocab": 51200, "seq_len": 2048}
)


def row(**cells):
    cells = {"id": "1", "source": "somebody", "task": "train", "model": "m", **cells}
    usual = {"architecture": SHAPE, "hardware": "a100_sxm_80gb", "devices": "16", "tp": "1"}
    usual |= {"pp": "1", "precision": "bf16", "global_batch": "64", "micro_batch": "2"}
    return Row({**usual, "metric": "iteration_s", "value": "1", **cells})


@pytest.mark.parametrize(
    ("cells", "stack"),
    [
        ({}, "PyTorchFSDP"),
        ({"stack": "Megatron_2021"}, "Megatron_2021"),
        ({"notes": "NeMo 24.07"}, "TransformerEngine"),
        ({"hardware": "tpu_v5e"}, "XLA"),
        ({"flash_attention": "0", "precision": "fp16"}, "Megatron_2021"),
        ({"flash_attention": "0", "precision": "fp16", "sequence_parallel": "1"}, "Megatron_2022"),
        ({"flash_attention": "0", "zero": "ZeRO-3"}, "MegatronDeepSpeed"),
        ({"flash_attention": "0", "zero": "FSDP"}, "PyTorchFSDP"),
        ({"architecture": "", "model": "resnet50"}, "PyTorchAMP"),
        ({"architecture": "", "model": "resnet50", "notes": "MXNet"}, "MXNet"),
        ({"task": "decode", "stack": "vLLM 0.6"}, "VLLM"),
    ],
)
def test_software_is_recognised(cells, stack):
    assert software_of(row(**cells)).name == stack


def test_what_is_tried_goes_first_and_moves_the_prediction():
    asked = row(zero="FSDP")
    usual = predict(asked)["iteration_s"]
    slow = find("stack", "PyTorchFSDP").model_copy(update={"training.passes": 9.0})

    with tried_stack(slow):
        assert software_of(asked) == slow
        assert predict(asked)["iteration_s"] > 1.1 * usual


def test_whole_runs_lose_a_part_of_their_time():
    hours = predict(row(tokens="1e9", metric="device_hours"))
    steps = 1e9 / (64 * 2048)

    assert hours["device_hours"] == pytest.approx(
        steps * hours["iteration_s"] * 16 / 3600.0 / 0.86, rel=1e-9
    )


@pytest.mark.parametrize(
    # A sweep that kept the width and fitted the layers to the stages. The rate that it reports,
    # 8 operations for each of 12 * layers * width ** 2 weights and token, gives them as well.
    ("billions", "stages", "tflops", "seconds", "devices"),
    [
        (194, 6, 92.38, 183.64, 384),
        (191, 7, 94.2, 202.99, 336),
        (195, 11, 92.67, 197.15, 352),
        (183, 12, 90.84, 172.4, 384),
    ],
)
def test_layers_follow_from_the_size_and_the_stages(billions, stages, tflops, seconds, devices):
    shape = json.dumps({"hidden": 14400, "vocab": 250000, "seq_len": 2048})

    model = model_from_row(row(model=f"GPT-{billions}B", architecture=shape, pp=str(stages)))

    operations = tflops * 1e12 * seconds * devices
    assert model.layers % stages == 0
    assert model.layers == round(operations / (8 * 2048 * 2048 * 12 * 14400**2))


def test_a_width_alone_is_no_model():
    with pytest.raises(MissingValueError, match="hidden"):
        model_from_row(row(model="mine", architecture=json.dumps({"hidden": 14400})))


def test_an_open_strategy_is_the_fastest_that_fits():
    open_row = row(devices="64", tp="", pp="", global_batch="256", micro_batch="")
    best = predict(open_row)["iteration_s"]

    found = search(
        model_from_row(open_row), system_from_row(open_row), 256, seq_len=2048, stack="PyTorchFSDP"
    )

    assert best == pytest.approx(found.best.seconds, rel=1e-9)


def test_rates_of_a_device_are_asked_of_the_fewest_nodes_that_hold_the_model():
    large = {"layers": 80, "hidden": 8192, "heads": 64, "ffn": 32768, "vocab": 51200}
    unsaid = {"architecture": json.dumps({**large, "seq_len": 2048}), "tp": "", "pp": ""}
    unsaid |= {"global_batch": "", "micro_batch": "", "tokens": "1e9", "metric": "device_hours"}

    # 65 B parameters at 18 bytes are 1.2 TB: more than a node of eight has, less than two.
    fewest, two = (predict(row(**unsaid, devices=count)) for count in ("", "16"))

    assert fewest == two
    with pytest.raises(InputError, match="fit"):
        predict(row(**unsaid, devices="8"))
    with pytest.raises(MissingValueError, match="does not state its devices"):
        predict(row(devices=""))
    # A thousand times as many tokens would keep them busy for eight years.
    long = {**unsaid, "devices": "", "tokens": "1e12"}
    layout = _best(row(**long))[0].layout
    hours = predict(row(**long))["device_hours"]
    assert hours / layout.devices <= 54 * 24 < hours / (layout.devices / 2)


def test_interleaving_may_be_told_without_its_depth():
    stages = {"devices": "64", "pp": "8", "global_batch": "64", "micro_batch": "1"}
    plain, told = (predict(row(schedule=one, **stages)) for one in ("1f1b", "interleaved"))
    noted = predict(row(notes="interleaved pipeline", **stages))

    assert told["iteration_s"] < plain["iteration_s"]
    assert noted == told
    assert predict(row(schedule="zero_bubble", **stages))["iteration_s"] < plain["iteration_s"]
    both = [{"notes": "DualPipe"}, {"schedule": "dualpipe"}]
    enough = {**stages, "global_batch": "128"}
    assert predict(row(**both[0], **enough)) == predict(row(**both[1], **enough))
    with pytest.raises(InputError, match="interleaved"):
        predict(row(schedule="interleavd", **stages))


@pytest.mark.parametrize(
    ("column", "noted"),
    [
        ({"lora_rank": "16"}, "task=LoRA"),
        ({"operations": "hardware"}, "TFLOPs, hardware"),
        ({"operations": "causal"}, "causal attention"),
        ({"shape": '{"mean_len": 1024}'}, "VARIABLE-LENGTH (mean about half)"),
    ],
)
def test_columns_say_what_notes_did(column, noted):
    full = {"recompute": "full", "metric": "tflops_per_device"}

    assert predict(row(**full, **column)) == predict(row(**full, notes=noted))
    assert predict(row(**full, **column)) != predict(row(**full))


def test_columns_go_before_notes():
    assert predict(row(operations="model", notes="causal")) == predict(row())
    assert predict(row(gradient_precision="bf16")) != predict(row())
    with pytest.raises(InputError, match="mean_len"):
        predict(row(shape='{"mean_len": 4096}'))


def test_weights_are_sharded_within_a_slice_that_tensor_parallelism_shares():
    slices = {"hardware": "tpu_v5e", "devices": "64", "devices_per_node": "32", "tp": "4"}
    slices |= {"inter_node_link": "DCN_4x100Gbps", "intra_node_link": "ICI_2Dtorus_v5e"}
    asked = row(**slices, zero="FSDP(ici)+DP(dcn)")

    assert _best(asked)[0].layout.shard_group == 8
    assert system_from_row(asked).node.topology == "ICI_2Dtorus_v5e"
