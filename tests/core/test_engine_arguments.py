"""What Engine.solve accepts and refuses, and in which words."""

import enum
import inspect
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from mlsysim_core import (
    Engine,
    HardwareSpec,
    InputError,
    InputTypeError,
    MLSysimError,
    ModelSpec,
    Scenario,
    UnknownEntryError,
    ureg,
)
from mlsysim_core.formats import ALIASES, FORMATS
from mlsysim_core.solver import ForwardModel

from .examples import (
    B200,
    BERT_BASE,
    H100,
    LITTLE_NETWORK,
    LLAMA_2_70B,
    LLAMA_3_8B,
    MODELS,
)


def solve(**changes):
    return Engine.solve(**{"model": LLAMA_3_8B, "hardware": H100, **changes})


# The five stable parameters.


def test_the_first_five_parameters_are_the_promise():
    parameters = list(inspect.signature(Engine.solve).parameters.values())

    assert [(one.name, one.default) for one in parameters[:5]] == [
        ("model", inspect.Parameter.empty),
        ("hardware", inspect.Parameter.empty),
        ("batch_size", 1),
        ("precision", "fp16"),
        ("efficiency", None),
    ]
    assert all(one.kind is one.KEYWORD_ONLY for one in parameters[5:-1])
    assert parameters[-1].kind is inspect.Parameter.VAR_KEYWORD


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("batchsize", r"has no batchsize; did you mean batch_size\?; it takes model, hardware"),
        ("wholly_else", "has no wholly_else; it takes model, hardware, batch_size"),
        ("raise_errors", "has no raise_errors: ask the answer whether it is feasible"),
        ("zero_stage", "has no zero_stage: .* DistributedModel"),
        ("activation_recomputation", "give recompute: none, selective or full"),
    ],
)
def test_an_unknown_keyword_is_told_what_is_meant(name, words):
    with pytest.raises(InputTypeError, match=words):
        solve(**{name: 1})
    with pytest.raises(InputTypeError, match=words):
        ForwardModel().solve(LLAMA_3_8B, H100, **{name: 1})


def test_position_and_name_are_the_same():
    by_name = Engine.solve(
        model=LLAMA_3_8B, hardware=H100, batch_size=4, precision="fp8", efficiency=0.5
    )

    assert Engine.solve(LLAMA_3_8B, H100, 4, "fp8", 0.5) == by_name


def test_an_engine_object_answers_as_the_class_does():
    assert Engine().solve(LLAMA_3_8B, H100) == Engine.solve(LLAMA_3_8B, H100)


# Batch size.


@pytest.mark.parametrize("value", [0, -3, 10**13, 10**30, 10**400, -(10**400)])
def test_a_batch_size_out_of_range_is_refused(value):
    with pytest.raises(InputError, match=r"^batch_size must be from 1 to 1,000,000,000,000, got "):
        solve(batch_size=value)


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        1.5,
        32.0,
        "32",
        None,
        [1, 2],
        True,
        False,
        1j,
        Decimal(4),
        Fraction(4),
        ureg("4"),
        int,
    ],
    ids=repr,
)
def test_what_is_no_whole_number_is_no_batch_size(value):
    with pytest.raises(
        InputTypeError, match=r"^batch_size must be a whole number of at least 1, got "
    ) as caught:
        solve(batch_size=value)

    assert repr(value) in str(caught.value)
    assert type(value).__name__ in str(caught.value)


def test_the_largest_batch_is_a_number_still():
    profile = solve(batch_size=10**12, seq_len=1)

    assert profile.seconds > 0
    assert profile.feasible is False
    assert profile.details.batch_size == 10**12


@pytest.mark.parametrize("kind", ["int8", "uint16", "int32", "int64", "uint64"])
def test_whole_numbers_of_numpy_are_whole_numbers(kind):
    np = pytest.importorskip("numpy")
    number = getattr(np, kind)(32)

    profile = solve(batch_size=number, seq_len=np.int64(512))

    assert profile == solve(batch_size=32, seq_len=512)
    assert type(profile.details.batch_size) is int
    assert type(profile.details.seq_len) is int


def test_what_else_numpy_has_is_no_batch_size():
    np = pytest.importorskip("numpy")

    for value in (np.float64(4.0), np.True_, np.array([4]), np.array([1, 2])):
        with pytest.raises(InputTypeError, match=r"^batch_size must be a whole number"):
            solve(batch_size=value)


class Size(enum.IntEnum):
    SMALL = 4


def test_an_enumerated_whole_number_is_one():
    profile = solve(batch_size=Size.SMALL)

    assert profile == solve(batch_size=4)
    assert type(profile.details.batch_size) is int


# Efficiency.


@pytest.mark.parametrize("value", [-1, -1e-9, 1.0000001, 1.5, 45, math.inf, -math.inf, math.nan])
def test_an_efficiency_out_of_range_is_refused(value):
    with pytest.raises(InputError, match=r"^efficiency must be from 0\.0 to 1\.0, got "):
        solve(efficiency=value)


@pytest.mark.parametrize("value", ["0.5", True, False, [0.5], 1j, ureg("5 W"), b"1", int], ids=repr)
def test_what_is_no_number_is_no_efficiency(value):
    with pytest.raises(InputTypeError, match=r"^efficiency must be a number from 0\.0 to 1\.0"):
        solve(efficiency=value)


def test_the_truths_and_arrays_of_numpy_are_no_efficiency():
    np = pytest.importorskip("numpy")

    for value in (np.True_, np.array([0.5, 0.6])):
        with pytest.raises(InputTypeError, match=r"^efficiency must be a number"):
            solve(efficiency=value)


def test_a_percentage_is_pointed_out():
    with pytest.raises(InputError, match=r"got 45\.0; did you mean 0\.45\?"):
        solve(efficiency=45)


@pytest.mark.parametrize("value", [0.5, Fraction(1, 2), Decimal("0.5"), ureg("50 %")], ids=repr)
def test_any_number_of_that_size_is_an_efficiency(value):
    profile = solve(efficiency=value)

    assert profile == solve(efficiency=0.5)
    assert type(profile.details.efficiency) is float


def test_no_efficiency_at_all_never_ends():
    profile = solve(efficiency=0.0)

    assert profile.seconds == math.inf
    assert (profile.mfu, profile.items_per_second) == (0.0, 0.0)
    assert profile.bottleneck == "Compute"
    assert profile.feasible is True
    assert profile.joules == math.inf


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_both_ends_of_efficiency_are_allowed(model):
    none = Engine.solve(model, B200, 2, "fp16", 0.0)
    whole = Engine.solve(model, B200, 2, "fp16", 1)

    assert none.seconds == math.inf
    assert math.isfinite(whole.seconds) is whole.feasible  # a B200 here has no link
    assert whole.mfu <= 1.0


def test_the_smallest_efficiency_is_no_crash():
    assert solve(efficiency=5e-324).seconds > 1e6


# Precision.


@pytest.mark.parametrize("precision", ["fp32", "fp16", "bf16", "int8"])
def test_promised_precisions_run_as_themselves(precision):
    assert solve(precision=precision).details.arithmetic == precision


def test_four_bit_integers_run_in_the_next_wider_format():
    assert solve(precision="int4").details.precision == "int4"


@pytest.mark.parametrize(("alias", "name"), [("half", "fp16"), ("BF16", "bf16"), *ALIASES.items()])
def test_other_spellings_of_a_precision_are_the_same(alias, name):
    assert Engine.solve(LLAMA_3_8B, H100, precision=alias) == solve(precision=name)


@pytest.mark.parametrize("word", ["banana", "", "fp17", "int2", "16"])
def test_an_unknown_precision_lists_the_known(word):
    with pytest.raises(InputError, match=f"^precision must be one of .*got {word!r}") as caught:
        solve(precision=word)

    assert all(name in str(caught.value) for name in FORMATS)


@pytest.mark.parametrize("value", [None, 16, True, ["fp16"], {"fp16": 1}, {"fp16"}], ids=repr)
def test_what_is_no_text_is_no_precision(value):
    with pytest.raises(InputTypeError, match=r"^precision must be the name of a number format"):
        solve(precision=value)


@pytest.mark.parametrize("value", ["banana", ""])
def test_the_format_of_the_cache_is_checked_under_its_own_name(value):
    with pytest.raises(InputError, match=r"^kv_precision must be one of "):
        solve(kv_precision=value)


# Model and hardware.


SCENARIO = Scenario(name="job", workload=LLAMA_3_8B, system=H100)


@pytest.mark.parametrize(
    "value", [None, 5, {}, ["Llama"], ModelSpec, SCENARIO, LLAMA_3_8B.architecture], ids=repr
)
def test_what_is_no_model_is_refused(value):
    with pytest.raises(InputTypeError, match=r"^model must be a ModelSpec or a name") as caught:
        solve(model=value)

    assert f"({type(value).__name__})" in str(caught.value)


@pytest.mark.parametrize(
    "value", [None, 5, {}, HardwareSpec, SCENARIO, H100.memory, LLAMA_3_8B.name.encode()], ids=repr
)
def test_what_is_no_device_is_refused(value):
    with pytest.raises(InputTypeError, match=r"^hardware must be a HardwareSpec or a name, got "):
        solve(hardware=value)


def test_swapped_arguments_are_pointed_out():
    with pytest.raises(InputTypeError, match="the model comes first, then the hardware"):
        Engine.solve(H100, LLAMA_3_8B)
    with pytest.raises(InputTypeError, match="the model comes first, then the hardware"):
        Engine.solve(LLAMA_3_8B, BERT_BASE)


@pytest.mark.parametrize("name", ["no such thing at all", "", "__module__", "../etc", "H" * 300])
def test_an_unknown_name_is_an_error_of_ours(name):
    with pytest.raises(UnknownEntryError, match=r"^no model named "):
        solve(model=name)
    with pytest.raises(UnknownEntryError, match=r"^no hardware named "):
        solve(hardware=name)


class Name(str):
    __slots__ = ()


def test_a_kind_of_text_is_a_name():
    with pytest.raises(UnknownEntryError, match=r"^no model named "):
        solve(model=Name("no such thing at all"))


# The keywords.


@pytest.mark.parametrize("value", [0, -5, 10**13])
def test_a_length_out_of_range_is_refused(value):
    with pytest.raises(InputError, match=r"^seq_len must be from 1 to .*, got "):
        solve(seq_len=value)


@pytest.mark.parametrize("value", [2048.0, "2048", True, math.nan, [1]], ids=repr)
def test_what_is_no_whole_number_is_no_length(value):
    with pytest.raises(
        InputTypeError, match=r"^seq_len must be a whole number of at least 1, got "
    ):
        solve(seq_len=value)


def test_a_length_beyond_the_model_is_refused():
    with pytest.raises(InputError, match="must be at most 4,096 for Llama-2-70B, got 4,097"):
        solve(model=LLAMA_2_70B, seq_len=4097)
    assert solve(model=LLAMA_2_70B, seq_len=4096).details.seq_len == 4096


def test_a_model_without_sequences_has_no_length():
    assert solve(model=LITTLE_NETWORK).details.seq_len is None
    with pytest.raises(InputError, match="little-network does not read sequences"):
        solve(model=LITTLE_NETWORK, seq_len=10)


@pytest.mark.parametrize(
    ("model", "length"), [(LLAMA_3_8B, 2048), (BERT_BASE, 512), (LLAMA_2_70B, 2048)]
)
def test_the_length_that_is_assumed_is_told(model, length):
    profile = solve(model=model)

    assert profile.details.seq_len == length
    assert any("seq_len was not given" in note for note in profile.details.notes)
    assert not any("seq_len" in note for note in solve(model=model, seq_len=length).details.notes)


@pytest.mark.parametrize(
    ("model", "phase", "complaint"),
    [
        (LLAMA_3_8B, "prefil", "phase: Llama-3-8B knows decode, prefill; .* did you mean prefill"),
        (LLAMA_3_8B, "forward", "phase: Llama-3-8B knows decode, prefill; got 'forward'"),
        (BERT_BASE, "decode", "phase: BERT-base knows forward; got 'decode'"),
        (LLAMA_3_8B, "", "phase: .* got ''"),
    ],
)
def test_a_phase_that_a_model_has_not_is_refused(model, phase, complaint):
    with pytest.raises(InputError, match=complaint):
        solve(model=model, phase=phase)


@pytest.mark.parametrize("value", [1, True, ["decode"], math.nan], ids=repr)
def test_what_is_no_text_is_no_phase(value):
    with pytest.raises(InputTypeError, match=r"^phase: "):
        solve(phase=value)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("recompute", "ful", "recompute: choose from none, selective, full; .*did you mean full"),
        ("recompute", "", "recompute: choose from none, selective, full; got ''"),
        ("optimizer", "adamm", "optimizer: choose from adam, .*did you mean adam"),
    ],
)
@pytest.mark.parametrize("is_training", [False, True])
def test_unknown_choices_are_refused_whether_they_matter_or_not(
    name, value, complaint, is_training
):
    with pytest.raises(InputError, match=f"^{complaint}"):
        solve(**{name: value}, is_training=is_training)


@pytest.mark.parametrize("value", [1, 0, "yes", None, [True]], ids=repr)
def test_only_a_truth_tells_whether_to_train(value):
    with pytest.raises(InputTypeError, match=r"^is_training must be True or False, got "):
        solve(is_training=value)


@pytest.mark.parametrize("precision", ["int8", "int4", "fp4", "fp6"])
def test_formats_without_gradients_cannot_be_trained_in(precision):
    with pytest.raises(InputError, match=rf"precision '{precision}' cannot be trained in"):
        solve(precision=precision, is_training=True)


def test_a_training_step_has_no_phase():
    with pytest.raises(InputError, match="a training step has no phase"):
        solve(is_training=True, phase="prefill")


def test_an_unknown_stack_suggests_the_nearest():
    with pytest.raises(UnknownEntryError, match="no stack named 'Ideel'; did you mean Ideal"):
        solve(stack="Ideel")
    assert solve(stack="ideal") == solve(stack="Ideal")


@pytest.mark.parametrize("value", [5, H100, ["Ideal"], True], ids=repr)
def test_what_is_no_stack_is_refused(value):
    with pytest.raises(InputTypeError, match=r"^stack must be a StackSpec or a name, got "):
        solve(stack=value)


def test_a_misspelt_keyword_is_not_ignored():
    with pytest.raises(TypeError, match="batchsize"):
        solve(batchsize=64)
    with pytest.raises(TypeError, match="batchsize"):
        ForwardModel().solve(LLAMA_3_8B, H100, batchsize=64)


# Its other doors.


def test_inference_and_training_have_names_of_their_own():
    assert Engine.infer(LLAMA_3_8B, H100, batch_size=4) == solve(batch_size=4)
    assert Engine.train(LLAMA_3_8B, H100, batch_size=4) == solve(batch_size=4, is_training=True)


def test_a_forward_model_is_the_engine():
    assert ForwardModel().solve(LLAMA_3_8B, H100, 4, "fp8", 0.5, seq_len=64) == solve(
        batch_size=4, precision="fp8", efficiency=0.5, seq_len=64
    )
    assert list(ForwardModel.inputs())[:5] == list(inspect.signature(Engine.solve).parameters)[:5]


@pytest.mark.parametrize(
    "changes",
    [
        {"model": None},
        {"hardware": None},
        {"batch_size": None},
        {"precision": None},
        {"efficiency": "x"},
        {"seq_len": "x"},
        {"phase": 5},
        {"stack": 5},
        {"kv_precision": 5},
        {"recompute": 5},
        {"optimizer": None},
        {"is_training": None},
    ],
    ids=str,
)
def test_every_refusal_is_an_error_of_ours_that_names_its_parameter(changes):
    (name,) = changes

    with pytest.raises(MLSysimError, match=f"^{name}"):
        solve(**changes)
