"""Names of registries before this one: they lead to the entries of today, and say so."""

import functools

import mlsysim_registry
import pytest
from mlsysim_core.deprecation import MLSysimDeprecationWarning
from mlsysim_core.errors import UnknownEntryError
from mlsysim_registry._older import OLDER


def follow(path):
    return functools.reduce(getattr, path.split("."), mlsysim_registry)


@pytest.mark.parametrize("old", OLDER)
def test_an_old_name_is_the_entry_of_today_and_warns_each_time(old):
    for _ in range(2):
        with pytest.warns(MLSysimDeprecationWarning, match=rf"^{old} is .* Use: {OLDER[old]}$"):
            assert follow(old) is follow(OLDER[old])


@pytest.mark.parametrize("old", OLDER)
def test_an_old_name_is_not_offered(old):
    space, _, name = old.rpartition(".")

    assert name not in dir(follow(space))


def test_the_warning_points_at_the_line_that_asks():
    with pytest.warns(MLSysimDeprecationWarning) as caught:
        mlsysim_registry.Models.Language.Llama3_405B  # noqa: B018

    assert caught[0].filename == __file__


def test_other_names_are_as_unknown_as_ever():
    with pytest.raises(UnknownEntryError, match="Llama3_1_405B"):
        mlsysim_registry.Models.Language.Llama3_1_405  # noqa: B018
    assert not hasattr(mlsysim_registry.Models.Vision, "Llama3_405B")
