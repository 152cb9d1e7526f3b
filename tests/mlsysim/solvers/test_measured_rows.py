"""Rows of measurements on named devices: what the software and the data set of each mean."""

import json

import pytest
from mlsysim_core.catalog import find
from mlsysim_core.errors import MissingValueError, UnknownEntryError
from mlsysim_solvers.validation import Row, predict
from mlsysim_solvers.validation.tasks._devices import device_of
from mlsysim_solvers.validation.tasks._stacks import next_stack, stack_of

BERT = json.dumps({"type": "encoder", "layers": 24, "hidden": 1024, "heads": 16, "ffn": 4096})


def collective(hardware="h200_sxm", stack="NCCL 2.27", **shape):
    shape = {"op": "all_reduce", "bytes": 2**33, "n_gpus": 8, "nodes": 1} | shape
    row = {"task": "collective", "hardware": hardware, "devices": "8", "stack": stack}
    return predict(Row(row | {"shape": json.dumps(shape), "metric": "bus_gb_per_s"}))


def submission(hardware, benchmark, dataset="SQuAD, max seq 384"):
    shape = {"benchmark": benchmark, "scenario": "Offline", "dataset": dataset}
    row = {"task": "encode", "hardware": hardware, "devices": "1", "stack": "TensorRT 8.6"}
    row |= {"model": "BERT-large", "architecture": BERT, "metric": "samples_per_s"}
    return predict(Row(row | {"shape": json.dumps(shape)}))


def stream(hardware, **shape):
    row = {"task": "bandwidth", "hardware": hardware, "metric": "gb_per_s"}
    return predict(Row(row | {"shape": json.dumps({"op": "stream_triad"} | shape)}))


def software(description, device):
    return stack_of(description, find("hardware", device)).name


def power(notes):
    row = {"task": "decode", "hardware": "rtx_4090", "metric": "power_w", "stack": "Ollama"}
    row |= {"model": "Llama-3.1-8B", "weight_precision": "q4_k_m", "notes": notes}
    return predict(Row(row))


def test_power_at_the_wall_is_that_of_the_host_and_its_supply_too():
    assert power("wall power of the whole system") == pytest.approx((power("") + 80.0) / 0.9)


def test_switches_that_add_beat_the_wire():
    # Each rank sends 9/8 of the message instead of 14/8: more than the 450 GB/s of its link.
    assert collective() > 450.0
    assert collective(stack="NCCL 2.10") < 450.0
    assert collective(op="all_gather") < 450.0


def test_few_ranks_gain_nothing_from_switches_that_add():
    assert collective(n_gpus=2) == collective(n_gpus=2, stack="NCCL 2.10")


def test_links_whose_switches_do_not_add_send_rings():
    new, old = (collective("a100_sxm_80gb", stack=name) for name in ("NCCL 2.27", "NCCL 2.10"))

    assert new == old < 300.0


def test_the_stricter_target_takes_a_format_that_keeps_it():
    # Whole numbers run nearly twice as fast as 16 bits on an A30; an H100 has 8-bit floating point.
    assert submission("a30", "bert-99") > 1.6 * submission("a30", "bert-99.9")
    assert submission("h100_sxm", "bert-99") == submission("h100_sxm", "bert-99.9")


def test_the_questions_of_a_data_set_fill_half_of_the_longest():
    assert submission("a30", "bert-99") > 1.8 * submission("a30", "bert-99", "other, max seq 384")


def test_more_threads_than_a_processor_holds_run_on_two():
    one = stream("grace_72c", threads=72)

    assert stream("grace_72c") == one
    assert stream("grace_72c", threads=144) == pytest.approx(2.0 * one)
    assert stream("EPYC9654", threads=192) == stream("EPYC9654")


def test_software_that_differs_by_maker_is_recognised_by_the_device():
    assert software("Ollama (llama.cpp)", "AppleM2Max") == "LlamaCppMetal"
    assert software("Ollama (llama.cpp)", "RTX4090") == "LlamaCppCUDA"
    assert software("Ollama (llama.cpp)", "RX7900XTX") == "LlamaCppCUDA"
    assert software("Ollama (llama.cpp)", "EPYC9654") == "LlamaCpp"
    assert software("Ollama (llama.cpp)", "Grace") == "LlamaCpp"
    assert stack_of("Ollama (llama.cpp)").name == "LlamaCpp"
    assert stack_of("llama.cpp (Metal)").name == "LlamaCppMetal"


def test_software_that_differs_by_class_is_recognised_by_the_device():
    assert software("PyTorch 2.5", "H100") == "PyTorchEager"
    assert software("PyTorch 2.5", "Xeon8480Plus") == "PyTorchCPU"
    assert software("TFLite 2.16", "RaspberryPi5") == "PyTorchCPU"
    assert software("TFLite-Micro", "STM32H743") == "TFLiteMicro"


def test_software_of_a_microcontroller_that_nobody_knows_is_like_its_libraries():
    assert software("a library of 2031", "STM32H743") == "EmbeddedLibrary"
    assert software("a library of 2031", "H100") == "Optimized"
    assert stack_of("a library of 2031").name == "Optimized"


def test_without_its_entry_software_is_what_the_next_keyword_says():
    assert next_stack("llama.cpp (CUDA)", ["LlamaCppCUDA"]).name == "LlamaCpp"
    assert next_stack("AutoAWQ 0.2", ["AutoAWQ"], find("hardware", "L4")).name == "TransformersInt4"
    gpu = find("hardware", "V100")
    assert next_stack("FasterTransformer v5", ["FasterTransformer"], gpu).name == "Optimized"


def test_a_scan_is_no_single_window():
    row = {"task": "vision", "model": "3D-UNet", "hardware": "h100_sxm", "metric": "latency_s"}
    window = Row(row | {"architecture": json.dumps({"patch": "128x128x128"})})

    assert predict(window) > 0.0
    with pytest.raises(MissingValueError, match=r"windows of 128 x 128 x 128"):
        predict(Row(row | {"shape": json.dumps({"dataset": "KiTS19"})}))


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("NVIDIA GeForce RTX 4090", "RTX4090"),
        ("NVIDIA H100 80GB HBM3", "H100"),
        ("NVIDIA A100-SXM4-40GB", "A100_40GB"),
        ("Tesla T4", "T4"),
        ("AMD Instinct MI355X OAM", "MI355X"),
        ("mi300x_192gb", "MI300X"),
        ("Intel Gaudi 3", "Gaudi3"),
        ("rtx_4090_24gb", "RTX4090"),
        ("AWS Inferentia2", "Inferentia2"),
    ],
)
def test_makers_and_memory_may_stand_in_the_name_of_a_device(description, name):
    assert device_of(description).name == name


@pytest.mark.parametrize("description", ["rtx_4090_48gb", "NVIDIA A100 16GB", "NVIDIA", "8gb"])
def test_a_device_with_another_memory_is_another_device(description):
    with pytest.raises(UnknownEntryError):
        device_of(description)


@pytest.mark.parametrize(
    "shape",
    [
        {"op": "all-reduce", "size_bytes": 2**33, "ranks": 8},
        {"op": "AllReduce", "bytes": 2**33, "world_size": 8},
    ],
)
def test_a_collective_goes_by_any_of_its_names(shape):
    row = {"task": "collective", "hardware": "h200_sxm", "devices": "8", "stack": "NCCL 2.27"}
    found = predict(Row(row | {"shape": json.dumps(shape), "metric": "bus_gb_per_s"}))

    assert found == collective()


def test_nodes_need_the_link_between_them():
    with pytest.raises(MissingValueError, match="inter_node_link"):
        collective(n_gpus=16, nodes=2)
