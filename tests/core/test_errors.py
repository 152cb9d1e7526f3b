"""Exceptions: they are what a caller expects, survive pickling, and suggest what was meant."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsysim_core import errors
from mlsysim_core.errors import UnknownEntryError, nearest


@pytest.mark.parametrize(
    ("error", "builtins"),
    [
        (errors.InputError, (ValueError,)),
        (errors.UnsupportedPrecisionError, (ValueError, errors.InputError)),
        (errors.SpecError, (ValueError, errors.InputError)),
        (errors.InputTypeError, (TypeError,)),
        (errors.UnknownEntryError, (KeyError, AttributeError)),
        (errors.MissingValueError, (ValueError,)),
        (errors.UnknownValueError, (AttributeError,)),
        (errors.DoesNotFitError, (MemoryError,)),
        (errors.CatalogError, (RuntimeError,)),
        (errors.FrozenError, (AttributeError, TypeError)),
    ],
)
def test_every_error_is_ours_and_a_builtin(error, builtins):
    assert issubclass(error, errors.MLSysimError)
    assert all(issubclass(error, builtin) for builtin in builtins)


def test_every_public_error_is_tested_for_its_base():
    raised = {name for name in errors.__all__ if name[0].isupper()} - {"MLSysimError"}

    assert all(issubclass(getattr(errors, name), errors.MLSysimError) for name in raised)
    assert len(raised) == 10


def test_an_unknown_name_suggests_the_nearest():
    error = UnknownEntryError("hardware", "H10", ["H100", "H200", "A100", "TPUv5e"])

    assert str(error).startswith("no hardware named 'H10'; did you mean H100")


def test_an_unlike_name_is_told_where_to_look():
    error = UnknownEntryError("model", "zzzzzz", ["Llama3_8B", "GPT2"])

    assert str(error) == "no model named 'zzzzzz'; `mlsysim zoo models` lists the 2 names"


def test_without_a_registry_the_error_says_what_to_install():
    assert "install mlsysim-registry" in str(UnknownEntryError("hardware", "H100"))


def test_a_message_is_not_quoted_as_a_key_error_would():
    assert not str(UnknownEntryError("model", "x")).startswith(("'", '"'))


def test_an_unknown_entry_survives_pickling():
    error = UnknownEntryError("hardware", "H10", ["H100"])

    again = pickle.loads(pickle.dumps(error))

    assert (type(again), str(again)) == (UnknownEntryError, str(error))
    assert (again.kind, again.name, again.known) == ("hardware", "H10", ("H100",))


@pytest.mark.parametrize("name", sorted(set(errors.__all__) - {"nearest", "UnknownEntryError"}))
def test_other_errors_survive_pickling(name):
    error = getattr(errors, name)("batch_size must be from 1")

    again = pickle.loads(pickle.dumps(error))

    assert (type(again), str(again)) == (type(error), str(error))


@given(st.text(max_size=20))
def test_any_word_at_all_may_be_misspelt(word):
    assert set(nearest(word, ["H100", "Llama3_8B"])) <= {"H100", "Llama3_8B"}


def test_case_does_not_hide_what_was_meant():
    assert nearest("LLAMA3_8b", ["llama3_8B", "GPT2"]) == ["llama3_8B"]
