"""Number formats: their names, widths and order."""

import pytest
from mlsysim_core import InputError, InputTypeError
from mlsysim_core.formats import ALIASES, FORMATS, WIDTH, fallbacks, resolve


def test_every_format_has_a_width():
    # fp4 was missing from the byte table of the older package.
    assert WIDTH == {
        "fp64": 8.0,
        "fp32": 4.0,
        "tf32": 4.0,
        "bf16": 2.0,
        "fp16": 2.0,
        "fp8": 1.0,
        "int8": 1.0,
        "fp6": 0.75,
        "fp4": 0.5,
        "int4": 0.5,
    }
    assert set(FORMATS) == set(WIDTH)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("spelt", [str, str.upper, str.title])
def test_case_does_not_matter(name, spelt):
    assert resolve(spelt(name)) == name


@pytest.mark.parametrize(("alias", "name"), [*ALIASES.items(), ("torch.bfloat16", "bf16")])
def test_other_spellings_are_understood(alias, name):
    assert resolve(alias) == name
    assert resolve(alias.upper()) == name


@pytest.mark.parametrize("word", ["banana", "", "fp17", "int2", " fp16", "fp16 ", "16"])
def test_an_unknown_word_gets_the_list_of_the_known(word):
    with pytest.raises(InputError, match=r"^precision must be one of fp64, fp32") as caught:
        resolve(word)

    assert f"got {word!r}" in str(caught.value)
    assert all(name in str(caught.value) for name in FORMATS)


def test_the_nearest_word_is_suggested():
    with pytest.raises(InputError, match=r"did you mean fp16"):
        resolve("fp17")


@pytest.mark.parametrize("value", [None, 16, 16.0, ["fp16"], {"fp16"}, b"fp16", True, object])
def test_what_is_no_text_is_refused_by_its_type(value):
    with pytest.raises(InputTypeError, match=r"^kv_precision must be the name of a number format"):
        resolve(value, "kv_precision")


@pytest.mark.parametrize("name", FORMATS)
def test_fallbacks_are_never_narrower(name):
    assert all(WIDTH[other] >= WIDTH[name] for other in fallbacks(name))
    assert name not in fallbacks(name)


def test_no_format_of_weights_is_wider_than_its_width_says():
    assert fallbacks("fp64") == ()
    assert "fp16" not in fallbacks("bf16")
