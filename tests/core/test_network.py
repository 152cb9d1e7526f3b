"""Networks of layers: what they count at other sizes of sample."""

import pytest
from mlsysim_core import Engine, HardwareSpec, ModelSpec
from mlsysim_core.errors import InputError, SpecError
from mlsysim_core.specs import (
    Attention,
    Convolution,
    Convolution3D,
    Elementwise,
    Linear,
    Network,
    Pool,
)

PATCHES = 14 * 14 + 1


def _pictures(*layers):
    return Network(input=(3, 224, 224), layers=layers)


def test_maps_grow_with_the_sample():
    stem = Convolution(channels=(3, 64), kernel=(7, 7), size=(112, 112), stride=(2, 2))

    larger = _pictures(stem, Pool(reads=64 * 112**2, writes=64 * 56**2)).at_size(448, 224)

    assert larger.input == (3, 448, 224)
    assert larger.layers[0].size == (224, 112)
    assert larger.layers[1].reads == 64 * 224 * 112
    # 3 * 64 * 7 * 7 multiply-accumulates for each of 224 * 112 outputs
    assert larger.multiply_accumulates == 3 * 64 * 49 * 224 * 112


def test_what_follows_a_global_pooling_stays():
    squeeze = Convolution(channels=(64, 4), kernel=(1, 1), size=(1, 1), bias=True)
    head = Linear(features=(64, 1000))

    larger = _pictures(squeeze, head).at_size(448, 448)

    assert larger.layers == (squeeze, head)


def test_attention_over_the_sample_grows_with_the_square_of_its_positions():
    own = Attention(heads=12, head_dim=64, queries=196, keys=196)
    text = Attention(heads=12, head_dim=64, queries=196, keys=77)
    windows = Attention(heads=12, head_dim=64, queries=49, keys=49, windows=64)

    larger = _pictures(own, text, windows).at_size(448, 448)

    assert [layer.multiply_accumulates for layer in larger.layers] == [
        16 * own.multiply_accumulates,
        4 * text.multiply_accumulates,
        4 * windows.multiply_accumulates,
    ]


def test_no_size_leaves_a_layer_without_work():
    layers = (
        Convolution(channels=(3, 8), kernel=(3, 3), size=(7, 7)),
        Linear(features=(8, 8), rows=49),
        Elementwise(elements=8 * 49),
    )

    smaller = _pictures(*layers).at_size(16, 16)

    assert smaller.layers[0].size == (1, 1)
    assert smaller.layers[1].rows == 1
    assert smaller.layers[2].elements == 2  # 8 * 49 / 14**2
    assert smaller.parameters == _pictures(*layers).parameters


def test_a_network_at_its_own_size_is_itself():
    network = _pictures(Linear(features=(768, 768), rows=PATCHES))

    assert network.at_size(224, 224) == network


def test_samples_without_height_and_width_have_no_other_size():
    with pytest.raises(InputError, match=r"\(8,\), have no height and width"):
        Network(input=(8,), layers=(Linear(features=(8, 8)),)).at_size(16, 16)


@pytest.mark.parametrize("size", [(0, 224), (224, -1), (True, 224), (224.5, 224), ("224", 224)])
def test_a_size_is_a_positive_count(size):
    with pytest.raises((InputError, TypeError)):
        _pictures(Linear(features=(8, 8))).at_size(*size)


def test_volumes_have_a_third_extent():
    layer = Convolution3D(
        channels=(4, 32), kernel=(3, 3, 3), size=(64, 64, 64), stride=(2, 2, 2), bias=True
    )
    volume = Network(input=(4, 128, 128, 128), layers=(layer,))

    # 4 * 27 products for each of 32 * 64 ** 3 outputs
    assert volume.multiply_accumulates == 4 * 27 * 32 * 64**3
    assert volume.parameters == 4 * 27 * 32 + 32
    assert layer.inputs == 4 * 128**3
    assert volume.activation_elements == layer.outputs == 32 * 64**3


def test_volumes_grow_with_the_sample():
    layer = Convolution3D(channels=(1, 8), kernel=(3, 3, 3), size=(32, 64, 64))
    volume = Network(input=(1, 32, 64, 64), layers=(layer,))

    larger = volume.at_size(128, 64, depth=96)

    assert larger.input == (1, 96, 128, 64)
    assert larger.layers[0].size == (96, 128, 64)
    with pytest.raises(InputError, match="a height, a width and a depth"):
        volume.at_size(128, 128)


def test_a_volume_takes_as_long_as_the_same_products_over_an_image():
    chip = HardwareSpec(
        name="chip",
        compute={"peak": {"fp16": "100 TFLOP/s"}},
        memory={"capacity": "16 GB", "bandwidth": "1 TB/s"},
    )
    flat = Convolution(channels=(64, 64), kernel=(9, 3), size=(32, 1024))
    deep = Convolution3D(channels=(64, 64), kernel=(3, 3, 3), size=(32, 32, 32))

    times = [
        Engine.solve(
            ModelSpec(name="one", architecture=Network(input=(64, 1, 1), layers=(layer,))), chip, 8
        ).latency
        for layer in (flat, deep)
    ]

    assert times[0] == times[1]


def test_a_volume_needs_three_extents():
    with pytest.raises(SpecError, match="kernel"):
        Convolution3D(channels=(4, 32), kernel=(3, 3), size=(64, 64, 64))
