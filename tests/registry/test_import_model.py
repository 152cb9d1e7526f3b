"""Models out of configuration files, against the numbers of parameters that were published."""

import json
import socket
from pathlib import Path

import pytest
from mlsysim_core import CatalogError, Engine, InputError, InputTypeError, ModelSpec, SpecError
from mlsysim_registry import import_model

CONFIGURATIONS = json.loads(Path(__file__).with_name("configurations.json").read_text())
"""By name: the published number of parameters, and the configuration."""

LLAMA = CONFIGURATIONS["meta-llama/Meta-Llama-3-8B"]["config"]


def config_of(name):
    return CONFIGURATIONS[name]["config"]


def shape_of(name):
    return import_model(config_of(name)).architecture


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """Fail whoever asks the network."""

    def refuse(*arguments, **options):
        raise AssertionError("asks the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_an_imported_model_has_as_many_parameters_as_published(name):
    model = import_model(config_of(name), name=name.rpartition("/")[2])

    assert model.architecture.parameters == pytest.approx(
        CONFIGURATIONS[name]["parameters"], rel=5e-5
    )
    assert ModelSpec.model_validate_json(model.model_dump_json()) == model


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_an_imported_model_can_be_lowered(name):
    from mlsysim_core.operators import Workload, lower
    from mlsysim_core.specs import Encoder

    model = import_model(config_of(name))
    phase = "forward" if isinstance(model.architecture, Encoder) else "decode"

    assert lower(model, Workload.of(phase, 1.0, 128.0, "fp16")).flops > 0


def test_there_are_enough_of_them():
    assert len(CONFIGURATIONS) >= 40


def test_heads_may_be_wider_than_the_model_says():
    shape = shape_of("mistralai/Mistral-Nemo-Base-2407")

    assert (shape.hidden // shape.heads, shape.head_size) == (160, 128)


@pytest.mark.parametrize(
    ("name", "size", "local"),
    [
        ("mistralai/Mistral-7B-v0.1", 4096, 32),
        ("google/gemma-2-2b", 4096, 13),
        ("google/gemma-3-1b-pt", 512, 22),  # of 26, each sixth sees everything
        ("google/gemma-3-4b-pt", 1024, 29),  # of 34
        ("openai/gpt-oss-20b", 128, 12),
        ("EleutherAI/gpt-neo-1.3B", 256, 12),
        ("bigcode/starcoder2-7b", 4096, 32),
    ],
)
def test_windows_and_the_layers_that_have_them(name, size, local):
    shape = shape_of(name)

    assert shape.window.size == size
    assert shape.window.local_layers(shape.layers) == local


@pytest.mark.parametrize(
    "name", ["Qwen/Qwen2.5-7B", "microsoft/Phi-4-mini-instruct", "meta-llama/Meta-Llama-3-8B"]
)
def test_windows_that_are_off_or_wider_than_the_context_are_none(name):
    assert shape_of(name).window is None


def test_windows_of_the_later_layers_only():
    config = {**config_of("Qwen/Qwen2.5-7B"), "use_sliding_window": True, "max_window_layers": 21}

    assert import_model(config).architecture.window.local_layers(28) == 7


@pytest.mark.parametrize(
    ("name", "elements"),
    [
        # 2 x heads of keys and values x their width
        ("meta-llama/Meta-Llama-3-8B", 2 * 8 * 128),
        ("tiiuae/falcon-7b", 2 * 1 * 64),
        ("bigcode/starcoder", 2 * 1 * 128),
        ("google/gemma-7b", 2 * 16 * 256),
        ("deepseek-ai/DeepSeek-V3", 512 + 64),
    ],
)
def test_what_the_cache_keeps_of_a_token(name, elements):
    shape = shape_of(name)
    kept = (
        shape.latent.cache_elements if shape.latent else 2 * shape.key_value_heads * shape.head_size
    )

    assert kept == elements


@pytest.mark.parametrize(
    ("name", "active"),
    [
        ("mistralai/Mixtral-8x7B-v0.1", 12_879_925_248),
        ("Qwen/Qwen3-30B-A3B", 3.35e9),
        ("deepseek-ai/DeepSeek-V3", 37.6e9),
        ("openai/gpt-oss-20b", 4.19e9),  # 3.6e9 without the token table
    ],
)
def test_experts_that_a_token_meets(name, active):
    assert shape_of(name).active_parameters == pytest.approx(active, rel=0.01)


def test_layers_without_experts_are_told_apart():
    config = {
        **config_of("Qwen/Qwen3-30B-A3B"),
        "mlp_only_layers": [0, 1],
        "decoder_sparse_step": 2,
    }

    shape = import_model(config).architecture

    assert (shape.expert_layers, shape.dense_layers, shape.ffn) == (23, 25, 6144)


@pytest.mark.parametrize(
    ("said", "native"),
    [
        ({"torch_dtype": "float16"}, "fp16"),
        ({"torch_dtype": "torch.bfloat16"}, "bf16"),
        ({"dtype": "float32", "torch_dtype": None}, "fp32"),
        ({"torch_dtype": None}, None),
        ({"quantization_config": {"quant_method": "fp8"}}, "fp8"),
        ({"quantization_config": {"quant_method": "awq", "bits": 4}}, "int4"),
        ({"quantization_config": {"quant_method": "bitsandbytes", "load_in_4bit": True}}, "int4"),
    ],
)
def test_the_format_of_the_weights(said, native):
    assert import_model({**LLAMA, **said}).native_precision == native


def test_only_the_language_part_of_many_is_read():
    model = import_model({"model_type": "llava", "text_config": {"model_type": "llama"}})

    assert model.architecture.parameters == 6_738_415_616
    assert "left out" in model.note


def test_a_file_and_a_folder_do_as_well(tmp_path):
    folder = tmp_path / "my-model"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(LLAMA))
    (tmp_path / "other.json").write_text(json.dumps(LLAMA))

    models = [import_model(folder), import_model(str(folder / "config.json"))]
    models.append(import_model(tmp_path / "other.json"))

    assert [model.name for model in models] == ["my-model", "my-model", "other"]
    assert import_model(folder, name="it").name == "it"


def test_names_out_of_the_configuration():
    assert import_model(LLAMA).name == "llama"
    assert import_model({**LLAMA, "_name_or_path": "a/b/Coyote-8B/"}).name == "Coyote-8B"


def test_the_engine_takes_it():
    assert Engine.solve(import_model(LLAMA), "H100").feasible


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"model_type": "gpt5"}, r"config: model_type: 'gpt5' is none of albert, .*by hand: Model"),
        ({"model_type": "qwen4"}, "did you mean qwen3 or qwen2"),
        ({"model_type": None}, "config: model_type: missing; it must be one of albert"),
        ({"model_type": 3}, "model_type: 3 is none of"),
        ({"hidden_size": None}, "config: hidden_size: missing"),
        ({"hidden_size": "4096"}, "hidden_size: must be a whole number, got '4096'"),
        ({"hidden_size": True}, "hidden_size: must be a whole number, got True"),
        ({"num_hidden_layers": 0}, "num_hidden_layers: must be from 1 to 1,000,000,000, got 0"),
        ({"num_hidden_layers": 10**12}, "num_hidden_layers: must be from 1 to"),
        ({"tie_word_embeddings": "no"}, "tie_word_embeddings: must be true or false, got 'no'"),
        ({"num_key_value_heads": 7}, r"config: ModelSpec: .*heads \(32\) must be a multiple of kv"),
    ],
)
def test_what_is_wrong_is_named(change, complaint):
    with pytest.raises(SpecError, match=complaint):
        import_model({**LLAMA, **change})


def test_an_odd_opt_is_refused():
    config = {**config_of("facebook/opt-125m"), "word_embed_proj_dim": 512}

    with pytest.raises(SpecError, match="word_embed_proj_dim: this OPT narrows its embeddings"):
        import_model(config)


def test_files_that_are_none(tmp_path):
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "broken.json").write_text('{\n"a": }')
    (tmp_path / "deep.json").write_text("[" * 200_000)
    with (tmp_path / "huge.json").open("wb") as opened:
        opened.truncate(10**9)

    for name, complaint in {
        "list": r"list.json:1: must be a JSON object, got a list",
        "broken": r"broken.json:2: Expecting value",
        "deep": r"deep.json: is no configuration",
    }.items():
        with pytest.raises(SpecError, match=complaint):
            import_model(tmp_path / f"{name}.json")
    with pytest.raises(CatalogError, match="has 1,000,000,000 bytes"):
        import_model(tmp_path / "huge.json")


def test_names_of_models_elsewhere_are_not_downloaded():
    with pytest.raises(
        InputError, match=r"meta-llama.Llama-3-8B: there is no such file; nothing is"
    ):
        import_model("meta-llama/Llama-3-8B")
    with pytest.raises(InputTypeError, match="takes a configuration, or the path of one, got 3"):
        import_model(3)
