"""The entry point: five parameters, what each takes, and where each stands."""

import inspect
import math
import typing

import mlsysim
import pytest

from ..support import (
    CORRECTED,
    DEVICES,
    FIVE_PRECISIONS,
    MODELS,
    NAMES,
    SIX_FIELDS,
    python,
    resolve,
)

FIVE = ("model", "hardware", "batch_size", "precision", "efficiency")
ALL_FIVE = ("Llama3_8B", "H100", 32, "fp16", 0.45)


def solve(*arguments, **keywords):
    return mlsysim.Engine.solve(*arguments, **keywords)


def signature():
    return inspect.signature(mlsysim.Engine.solve).parameters


def accepted(name):
    """Types that the annotation of a parameter names."""
    annotation = typing.get_type_hints(mlsysim.Engine.solve)[name]
    return set(typing.get_args(annotation) or (annotation,))


def spellings(entries):
    """Every name that a model or a device is promised under, without its namespace."""
    for entry in entries:
        for path in NAMES[entry]["paths"]:
            namespace, _, name = path.partition(".")
            target = path if path in CORRECTED else entry
            if namespace in {"Hardware", "Models"}:
                yield pytest.param(name, target, id=path)
                if "." in name:
                    yield pytest.param(name.rpartition(".")[2], target, id=f"{path} alone")


def test_the_engine_is_imported_from_mlsysim():
    from mlsysim import Engine

    assert callable(Engine.solve)


def test_the_five_parameters_come_first_by_these_names_in_this_order():
    assert tuple(signature())[:5] == FIVE


def test_the_five_parameters_are_taken_by_position_and_by_name():
    kinds = [parameter.kind for parameter in signature().values()]

    assert set(kinds[:5]) == {inspect.Parameter.POSITIONAL_OR_KEYWORD}
    assert set(kinds[5:]) <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


def test_only_model_and_hardware_must_be_given():
    named = {k: one for k, one in signature().items() if one.kind is not one.VAR_KEYWORD}
    required = [name for name, one in named.items() if one.default is one.empty]

    assert required == ["model", "hardware"]
    assert solve("Llama3_8B", "H100") == solve("Llama3_8B", "H100", 1, "fp16")


def test_the_five_parameters_have_the_promised_types():
    assert accepted("model") >= {mlsysim.ModelSpec, str}
    assert accepted("hardware") >= {mlsysim.HardwareSpec, str}
    assert accepted("batch_size") == {int}
    assert accepted("precision") >= set(FIVE_PRECISIONS)
    assert accepted("efficiency") >= {float}


def test_a_call_by_position_is_the_call_by_name():
    assert solve(*ALL_FIVE) == solve(**dict(zip(FIVE, ALL_FIVE, strict=True)))


def test_each_position_means_what_its_name_says():
    for count in range(2, 6):
        by_position = solve(*ALL_FIVE[:count])
        by_name = solve(**dict(zip(FIVE[:count], ALL_FIVE[:count], strict=True)))

        assert by_position == by_name
    assert solve(*ALL_FIVE) != solve(*ALL_FIVE[:4])


def test_the_order_of_names_does_not_matter():
    given = dict(zip(FIVE, ALL_FIVE, strict=True))

    assert solve(**dict(reversed(given.items()))) == solve(**given)


@pytest.mark.parametrize(("name", "entry"), list(spellings(MODELS)))
def test_a_model_is_taken_as_an_object_and_by_every_name(name, entry):
    model = resolve(entry)

    assert isinstance(model, mlsysim.ModelSpec)
    assert solve(name, "H100") == solve(model, "H100")


@pytest.mark.parametrize(("name", "entry"), list(spellings(DEVICES)))
def test_a_device_is_taken_as_an_object_and_by_every_name(name, entry):
    device = resolve(entry)

    assert isinstance(device, mlsysim.HardwareSpec)
    assert solve("DS_CNN", name, 1, "int8") == solve("DS_CNN", device, 1, "int8")


def test_a_spec_of_ones_own_is_taken_as_a_registry_entry_is():
    model = mlsysim.ModelSpec.model_validate_json(mlsysim.Models.Llama3_8B.model_dump_json())
    device = mlsysim.HardwareSpec.model_validate_json(mlsysim.Hardware.H100.model_dump_json())

    own, known = solve(model, device, 8), solve("Llama3_8B", "H100", 8)

    assert [getattr(own, name) for name in SIX_FIELDS] == [
        getattr(known, name) for name in SIX_FIELDS
    ]


@pytest.mark.parametrize("wrong", [None, 1, ["H100"], object()])
def test_whatever_is_neither_spec_nor_name_is_refused(wrong):
    with pytest.raises(TypeError, match="model"):
        solve(wrong, "H100")
    with pytest.raises(TypeError, match="hardware"):
        solve("Llama3_8B", wrong)


def test_an_unknown_name_is_refused_with_the_nearest_one():
    with pytest.raises(mlsysim.MLSysimError, match="Llama3_8B"):
        solve("Llama3_8BB", "H100")
    with pytest.raises(mlsysim.MLSysimError, match="H100"):
        solve("Llama3_8B", "H10O")


@pytest.mark.parametrize("batch", [1, 2, 32, 4096])
def test_the_batch_is_what_one_pass_puts_out(batch):
    result = solve("Llama3_8B", "H100", batch)

    put_out = (result.latency * result.throughput).to("token").magnitude
    assert put_out == pytest.approx(batch, rel=1e-9)


@pytest.mark.parametrize(
    "wrong", [0, -3, 1.5, 32.0, True, "32", None, [1, 2], math.nan, math.inf, 10**400]
)
def test_a_batch_that_is_no_whole_positive_number_is_refused_by_name(wrong):
    with pytest.raises((TypeError, ValueError), match="batch_size"):
        solve("Llama3_8B", "H100", wrong)


@pytest.mark.parametrize("precision", FIVE_PRECISIONS)
def test_each_of_the_five_precisions_is_taken(precision):
    result = solve("Llama3_8B", "H100", 1, precision)

    assert result.latency.magnitude > 0
    assert result == solve("Llama3_8B", "H100", precision=precision)


def test_a_precision_means_that_many_bytes():
    # One decode step of an 8B model is bound by its weights: 4, 2, 2, 1 and 0.5 bytes each.
    at = {p: solve("Llama3_8B", "H100", 1, p).latency.to("ms").magnitude for p in FIVE_PRECISIONS}

    assert at["fp32"] > 1.7 * at["fp16"]
    assert at["fp16"] == pytest.approx(at["bf16"], rel=0.01)
    assert at["fp16"] > 1.5 * at["int8"]
    assert at["int8"] > 1.2 * at["int4"]


@pytest.mark.parametrize("wrong", ["banana", "", "fp17", "int2", None, 16, ["fp16"], True])
def test_an_unknown_precision_is_refused_by_name(wrong):
    with pytest.raises((TypeError, ValueError), match="precision"):
        solve("Llama3_8B", "H100", 1, wrong)


@pytest.mark.parametrize("efficiency", [0.0, 1e-9, 0.45, 1.0, 0, 1])
def test_an_efficiency_from_0_to_1_is_taken_with_both_ends(efficiency):
    result = solve("ResNet50", "H100", 256, "fp16", efficiency)

    assert result.latency.magnitude > 0
    assert 0.0 <= result.mfu <= 1.0


def test_an_efficiency_of_0_takes_for_ever():
    result = solve("Llama3_8B", "H100", 32, "fp16", 0.0)

    assert result.latency.magnitude == math.inf
    assert result.throughput.magnitude == 0.0
    assert result.mfu == 0.0


def test_an_efficiency_of_1_is_the_peak_and_less_is_slower():
    shape = {"kind": "totals", "parameters": 10**6, "operations": 10**13}
    heavy = mlsysim.ModelSpec(name="heavy", architecture=shape)

    at = [solve(heavy, "H100", 64, "fp16", one / 10) for one in range(1, 11)]

    assert [one.mfu for one in at] == pytest.approx([one / 10 for one in range(1, 11)], rel=0.01)
    assert [one.latency for one in at] == sorted((one.latency for one in at), reverse=True)
    assert at[0].latency > 5 * at[-1].latency


@pytest.mark.parametrize("wrong", [-0.01, 1.01, 45, math.nan, math.inf, "0.5", True, [0.5]])
def test_any_other_efficiency_is_refused_by_name(wrong):
    with pytest.raises((TypeError, ValueError), match="efficiency"):
        solve("Llama3_8B", "H100", 1, "fp16", wrong)


def test_the_engine_answers_without_any_solver():
    code = (
        "import sys; from mlsysim import Engine; Engine.solve('Llama3_8B', 'H100').latency\n"
        "print(any(name.startswith('mlsysim_solvers') for name in sys.modules))"
    )

    assert python(code).stdout.strip() == "False"
