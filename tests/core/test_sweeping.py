"""Arrays must give what the same questions give one at a time."""

import math
import sys

import pytest
from mlsysim_core import Engine, InputError, InputTypeError, MissingValueError, UnknownEntryError
from mlsysim_core.arrays import Setting, attempt, predict
from mlsysim_core.specs import ideal_stack, optimized_stack

from .examples import (
    B200,
    BARE,
    BERT_BASE,
    DEVICES,
    H100,
    LITTLE_NETWORK,
    LLAMA_2_70B,
    LLAMA_3_8B,
    MODELS,
)

np = pytest.importorskip("numpy")

BATCHES = (1, 7, 4096)
NUMBERS = ("latency", "throughput", "mfu", "energy", "memory")


def alone(point, **settings):
    """Ask for one point by itself; nothing if the engine refuses it."""
    sized = MODELS[point.model].architecture.kind != "network"
    try:
        return Engine.solve(
            MODELS[point.model],
            DEVICES[point.hardware],
            point.batch_size,
            point.precision,
            point.efficiency,
            seq_len=point.seq_len if sized else None,
            **settings,
        )
    except InputError as error:
        return error


def agree(point, answer):
    if isinstance(answer, InputError):
        # Where there are two reasons, one is told.
        assert point.reason
        assert point.reason in str(answer) or "must be at most" in str(answer)
        assert [getattr(point, name) for name in NUMBERS] == [None] * 5
        assert point.bottleneck is None
        assert not point.feasible
        return
    expected = (
        answer.seconds,
        answer.items_per_second,
        answer.mfu,
        answer.joules,
        answer.details.footprint,
    )
    for name, value in zip(NUMBERS, expected, strict=True):
        if value is None:
            assert getattr(point, name) is None
        else:
            assert getattr(point, name) == pytest.approx(value, rel=1e-12, abs=0.0), name
    assert (point.bottleneck, point.feasible) == (answer.bottleneck, answer.feasible)
    assert point.reason == ("" if answer.feasible else "does not fit in memory")


@pytest.mark.parametrize("stack", [optimized_stack(), ideal_stack()], ids=lambda one: one.name)
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@pytest.mark.parametrize("phase", [None, "prefill", "training"])
def test_arrays_give_what_single_questions_give(model, stack, phase):
    sized = model.architecture.kind != "network"
    settings = {"is_training": phase == "training"}
    if phase == "prefill":
        if not model.autoregressive:
            pytest.skip("it has one phase only")
        settings["phase"] = "prefill"
    points = Engine.sweep(
        model,
        DEVICES.values(),
        BATCHES,
        ("fp32", "fp16", "int8", "int4"),
        (None, 0.0, 0.45),
        seq_lens=(1, 130, 4000) if sized else None,
        stacks=stack,
        phases=settings.get("phase"),
        is_training=settings["is_training"],
    )

    assert len(points) == 4 * len(BATCHES) * 4 * 3 * (3 if sized else 1)
    for point in points:
        agree(point, alone(point, stack=stack, **settings))


def test_full_recomputation_and_a_narrow_cache_are_passed_on():
    for point in Engine.sweep(
        LLAMA_3_8B, H100, (1, 4), "bf16", is_training=True, recompute="full", optimizer="sgd"
    ):
        agree(point, alone(point, is_training=True, recompute="full", optimizer="sgd"))
    for point in Engine.sweep(LLAMA_3_8B, H100, (1, 4), kv_precision="fp8"):
        agree(point, alone(point, kv_precision="fp8"))


def test_the_order_is_that_of_the_arguments():
    points = Engine.sweep([LLAMA_3_8B, BERT_BASE], [H100, B200], (1, 2), ["fp16", "fp8"])

    assert [(one.model, one.hardware, one.precision, one.batch_size) for one in points] == [
        (model.name, device.name, precision, batch)
        for model in (LLAMA_3_8B, BERT_BASE)
        for device in (H100, B200)
        for precision in ("fp16", "fp8")
        for batch in (1, 2)
    ]
    assert points[-1] == list(points)[-1] == points[15]
    assert points[2:4] == list(points)[2:4]
    with pytest.raises(IndexError):
        points[16]


def test_what_does_not_fit_is_marked_and_kept():
    points = Engine.sweep(LLAMA_2_70B, [H100, BARE], precisions=["fp16", "int4"])

    assert [one.feasible for one in points] == [False, True, False, False]
    assert points[0].latency == Engine.solve(LLAMA_2_70B, H100).seconds
    assert points[2].latency == math.inf  # nothing to bring the rest over
    assert repr(points) == "<Sweep: 4 points, 1 feasible>"


def test_a_format_that_a_device_lacks_is_marked_with_the_reason():
    (point,) = Engine.sweep(LLAMA_3_8B, BARE, precisions="fp32")

    assert (point.feasible, point.latency) == (False, None)
    assert point.reason.startswith("bare has no fp32 arithmetic")


def test_only_lengths_beyond_the_model_have_no_answer():
    points = Engine.sweep(LLAMA_2_70B, B200, seq_lens=(4096, 4097))

    assert [one.reason for one in points] == ["", "seq_len must be at most 4,096 for Llama-2-70B"]


def test_an_assumed_length_is_told():
    assert [one.seq_len for one in Engine.sweep([LLAMA_3_8B, LITTLE_NETWORK], H100)] == [2048, None]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"models": "Llama-9"}, UnknownEntryError),
        ({"batch_sizes": (1, 0)}, InputError),
        ({"batch_sizes": ()}, InputError),
        ({"batch_sizes": (1.5,)}, InputTypeError),
        ({"precisions": ("fp16", "fp17")}, InputError),
        ({"phases": "prefil"}, InputError),
        ({"efficiencies": 1.5}, InputError),
        ({"seq_lens": (128, None)}, InputError),
        ({"recompute": "some"}, InputError),
        ({"optimizer": "adamm"}, InputError),
        ({"is_training": 1}, InputTypeError),
        ({"batch_sizes": range(1, 10_001), "seq_lens": range(1, 10_001)}, InputError),
    ],
)
def test_what_can_be_no_point_is_an_error(changes, error):
    with pytest.raises(error):
        Engine.sweep(**{"models": LLAMA_3_8B, "hardware": H100, **changes})


def test_the_shape_is_that_of_the_arguments_together():
    setting = Setting(LLAMA_3_8B, H100, "fp16", optimized_stack()).checked()
    found = predict(setting, np.arange(1, 4)[:, None], np.arange(1, 6) * 100)
    refused = attempt(setting._replace(phase="forward"), np.arange(1, 4)[:, None], [1, 2])

    assert found.seconds.shape == found.feasible.shape == (3, 5)
    assert refused.seconds.shape == (3, 2)
    assert "Llama-3-8B knows decode, prefill" in refused.reason


def test_without_numpy_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)

    with pytest.raises(MissingValueError, match=r"mlsysim-core\[arrays\]"):
        Engine.sweep(LLAMA_3_8B, H100)
