"""What people write of formats, shapes and models, and what it means."""

import json

import pytest
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_solvers.validation import Row
from mlsysim_solvers.validation.tasks._formats import formats_of
from mlsysim_solvers.validation.tasks._model_words import spellings, usual_names
from mlsysim_solvers.validation.tasks._shape_words import needed, operator_shape


@pytest.mark.parametrize(
    ("text", "storage", "arithmetic", "bits"),
    [
        ("w4a16", "int4", "fp16", 4.125),
        ("W4A8", "int4", "int8", 4.125),
        ("w4afp8", "int4", "fp8", 4.125),
        ("w8a8", "int8", "int8", 8.0),
        ("w8a16", "int8", "fp16", 8.0),
        ("fp8 (w8a8)", "fp8", "fp8", 8.0),
        ("bnb-nf4", "int4", "fp16", 4.5),
        ("mxfp4", "fp4", "fp16", 4.25),
        ("Q8_0", "int8", "fp16", 8.5),
        ("IQ2_XXS", "int4", "fp16", 2.0625),
        ("Q4_K - Medium", "int4", "fp16", 4.85),
        ("exl2 4.65bpw", "int4", "fp16", 4.65),
        ("gptq-int8", "int8", "int8", 8.0),
        ("int8 weight-only", "int8", "fp16", 8.0),
        ("4-bit", "int4", "fp16", 4.125),
        ("e5m2", "fp8", "fp8", 8.0),
        ("amp_fp16", "fp16", "fp16", 16.0),
    ],
)
def test_a_format_is_recognised(text, storage, arithmetic, bits):
    found = formats_of(Row(weight_precision=text))

    assert (found.storage, found.arithmetic) == (storage, arithmetic)
    assert 8.0 * found.weight_bytes == bits


@pytest.mark.parametrize("text", ["quick", "q40", "64bit", "int3.7"])
def test_a_format_that_nobody_knows_is_an_error(text):
    with pytest.raises(InputError, match=text):
        formats_of(Row(weight_precision=text))


@pytest.mark.parametrize(
    "shape",
    [
        {"M": 8, "N": 16, "K": 32},
        {"m": 8, "n": 16, "k": 32},
        {"mnk": [8, 16, 32]},
        {"shape": "8x16x32"},
    ],
)
def test_sizes_of_a_multiplication_go_by_any_of_their_names(shape):
    assert needed(operator_shape(Row(shape=json.dumps(shape))), *"MNK") == [8.0, 16.0, 32.0]


def test_sizes_of_attention_go_by_the_names_of_libraries():
    shape = {"batch_size": 2, "seqlen": 4096, "nheads": 16, "num_kv_heads": 4, "headdim": 64}
    names = ("batch", "seq", "heads", "kv_heads", "head_dim")

    found = operator_shape(Row(shape=json.dumps(shape)))

    assert needed(found, *names) == [2.0, 4096.0, 16.0, 4.0, 64.0]


def test_a_size_that_nothing_states_is_named():
    with pytest.raises(MissingValueError, match="N, K"):
        needed(operator_shape(Row(shape='{"m": 8}')), *"MNK")


def test_a_configuration_file_is_a_shape():
    config = {
        "model_type": "qwen3_moe",
        "hidden_size": 2048,
        "num_hidden_layers": 48,
        "num_attention_heads": 32,
        "num_key_value_heads": 4,
        "num_experts": 128,
        "num_experts_per_tok": 8,
        "moe_intermediate_size": 768,
        "hidden_act": "silu",
    }
    found = usual_names(config)

    assert (found["hidden"], found["layers"], found["heads"], found["kv_heads"]) == (
        2048,
        48,
        32,
        4,
    )
    assert (found["n_experts"], found["topk"], found["moe_ffn"]) == (128, 8, 768)
    assert found["gated_mlp"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Llama-3.3-70B-Instruct", "Llama-3.3-70B"),
        ("Meta-Llama-3.1-405B-Instruct-FP8", "Llama-3.1-405B"),
        ("Mixtral-8x7B-Instruct-v0.1", "Mixtral-8x7B"),
        ("Mistral-7B-Instruct-v0.3", "Mistral-7B-v0.3"),
        ("Qwen2.5-72B-Instruct-AWQ", "Qwen2.5-72B"),
        ("gemma-3-27b-it", "gemma-3-27b"),
        ("Phi-3-mini-4k-instruct", "Phi-3-mini"),
        ("OLMo-2-1124-7B", "OLMo-2-7B"),
        ("convnext_base.fb_in22k", "convnext_base"),
        ("tf_efficientnet_b5_ns", "efficientnet_b5"),
    ],
)
def test_marks_of_tuning_and_storage_come_off_a_name(name, bare):
    assert bare in spellings(name)
