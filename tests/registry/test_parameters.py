"""Numbers of parameters, against those counted from the published configurations."""

import json
from pathlib import Path

import pytest
from mlsysim_registry import Models, get

COUNTED = json.loads((Path(__file__).parent / "parameters.json").read_text())
"""By name: every parameter, and those that a token meets where they differ."""


@pytest.mark.parametrize("name", COUNTED)
def test_an_architecture_has_as_many_parameters_as_its_configuration(name):
    shape = get("model", name).architecture
    total, *active = COUNTED[name]
    loose = shape.kind == "network"

    assert shape.parameters == pytest.approx(total, rel=1e-2 if loose else 1e-9)
    if active:
        assert shape.active_parameters == pytest.approx(active[0], rel=1e-9)


@pytest.mark.parametrize(
    ("model", "elements"),
    [
        # layers x 2 x kv_heads x head size
        (Models.Llama2_70B, 80 * 2 * 8 * 128),
        (Models.Llama3_8B, 32 * 2 * 8 * 128),
        (Models.GPT3, 96 * 2 * 96 * 128),
        (Models.Gemma3_12B, 48 * 2 * 8 * 256),
    ],
)
def test_the_cache_of_a_token_follows_from_the_heads(model, elements):
    shape = model.architecture

    assert shape.attending * 2 * shape.key_value_heads * shape.head_size == elements


def test_latent_attention_keeps_576_elements():
    assert Models.DeepSeek_V3.architecture.latent.cache_elements == 512 + 64


def test_the_state_is_as_wide_as_the_layer_inside():
    # the inner width is twice the hidden one
    mixer = Models.Mamba_2_8B.architecture.mixer

    assert mixer.state_elements == 2 * 2560 * 16


def test_windows_follow_the_published_patterns():
    # five local layers to a global one
    shape = Models.Gemma3_27B.architecture

    assert shape.window.size == 1024
    assert shape.window.local_layers(62) == 52
