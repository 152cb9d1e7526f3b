"""Attribute access to the registry."""

import copy
import pickle
from itertools import pairwise

import mlsysim_registry
import pytest
from mlsysim_core import catalog
from mlsysim_core.errors import FrozenError, InputError, UnknownEntryError
from mlsysim_core.specs import HardwareSpec, TierSpec
from mlsysim_registry import (
    Applications,
    Archetypes,
    Hardware,
    Infra,
    Models,
    Scenarios,
    Stacks,
    Systems,
    Tiers,
    aliases,
    get,
    names,
)

SPACES = [Hardware, Models, Systems, Infra, Scenarios, Applications, Archetypes, Stacks, Tiers]


def test_an_entry_is_one_object_however_it_is_reached():
    chip = Hardware.H100

    assert chip is Hardware.Cloud.H100
    assert chip is Systems.Cloud
    assert chip is get("hardware", "H100")
    assert chip is get("hardware", "h100_sxm")
    assert chip is catalog.find("hardware", "h100")
    assert chip is catalog.find("hardware", "Hardware.Cloud.H100")
    assert chip is Systems.Nodes.DGX_H100.accelerator
    assert chip is Scenarios.ChatbotServing.system


def test_every_entry_is_an_attribute_of_its_group():
    for name in Hardware:
        assert getattr(Hardware, name).name == name
    for group in ("Cloud", "Workstation", "Edge", "Mobile", "Tiny", "CPU"):
        for name in getattr(Hardware, group):
            assert getattr(getattr(Hardware, group), name) is getattr(Hardware, name)


def test_a_group_has_its_own_entries_only():
    assert "H100" in Hardware.Cloud
    assert "H100" not in Hardware.Tiny
    with pytest.raises(AttributeError, match="no hardware named 'H100'"):
        _ = Hardware.Tiny.H100


def test_iterating_gives_names_and_len_counts_them():
    assert list(Hardware) == list(names("hardware"))
    assert len(Hardware) == len(list(Hardware)) > 200
    assert sum(len(getattr(Models, group)) for group in _groups(Models)) == len(Models)
    assert list(Applications)[:2] == ["AutoDrive", "Chatbot"]


def _groups(space):
    return [name for name in dir(space) if name not in space and name != "list"]


def test_in_asks_for_other_names_too():
    assert "NVL72" in Hardware
    assert "NVL72" not in list(Hardware)
    assert "H10" not in Hardware
    assert 1 not in Hardware


def test_dir_offers_groups_entries_and_other_names():
    assert {"Cloud", "Networks", "H100", "NVL72", "list"} <= set(dir(Hardware))
    assert {"H100", "list"} <= set(dir(Hardware.Cloud))
    assert "Cloud" not in dir(Hardware.Cloud)


@pytest.mark.parametrize("space", SPACES, ids=repr)
def test_nothing_can_be_set_or_deleted(space):
    with pytest.raises(FrozenError, match="never changes"):
        space.Anything = 1
    with pytest.raises(AttributeError):
        del space.Anything


def test_an_entry_that_was_read_cannot_be_replaced_either():
    chip = Hardware.A100

    with pytest.raises(FrozenError):
        Hardware.A100 = Hardware.H100
    with pytest.raises(FrozenError):
        chip.tdp = "1 W"

    assert Hardware.A100 is chip


@pytest.mark.parametrize(
    ("space", "name", "meant"),
    [
        (Hardware, "H10", "H100"),
        (Hardware, "h100", "H100"),
        (Hardware.Cloud, "MI30OX", "MI300X"),
        (Models, "Lama3_8B", "Llama3_8B"),
        (Systems.Nodes, "DGX_H10", "DGX_H100"),
        (Infra, "Qebec", "Quebec"),
        (Scenarios, "SmartDorbell", "SmartDoorbell"),
        (Archetypes, "Dorbell", "Doorbell"),
    ],
)
def test_a_misspelt_name_is_told_what_was_meant(space, name, meant):
    with pytest.raises(UnknownEntryError, match=f"did you mean .*{meant}") as caught:
        getattr(space, name)

    assert isinstance(caught.value, AttributeError)
    assert not hasattr(space, name)


def test_names_of_python_itself_are_left_alone():
    with pytest.raises(AttributeError):
        _ = Hardware.__wrapped__


def test_entries_are_sorted_as_quantities():
    # 13.8 TB is more than 16 GiB, whatever the units
    capacities = [chip.memory.capacity for chip in Hardware.list(sort_by="memory.capacity")]

    assert all(a <= b for a, b in pairwise(capacities))
    assert Hardware.list("memory.capacity", reverse=True)[0] is Hardware.GB200_NVL72


def test_unknown_values_come_last_whichever_way():
    for reverse in (False, True):
        found = Hardware.Cloud.list(sort_by="tdp", reverse=reverse)

        assert found[-1].tdp is None
        assert found[0].tdp is not None
        assert len(found) == len(Hardware.Cloud)


def test_entries_are_sorted_by_name_without_a_value():
    assert [entry.name for entry in Tiers.list()] == ["Cloud", "Edge", "Mobile", "Tiny"]
    assert Tiers.list(reverse=True)[0] is Tiers.Tiny
    assert all(isinstance(entry, TierSpec) for entry in Tiers.list(sort_by="power"))
    assert Models.Tiny.list(sort_by="parameters")[0] is Models.DS_CNN
    assert {type(entry) for entry in Hardware.list()} == {HardwareSpec}


def test_a_value_that_no_entry_has_is_an_error():
    with pytest.raises(
        InputError, match=r"no entry of Hardware has a value 'tpd'.*did you mean tdp"
    ):
        Hardware.list(sort_by="tpd")


@pytest.mark.parametrize("space", [*SPACES, Hardware.Cloud, Systems.Nodes], ids=repr)
def test_namespaces_are_copied_and_pickled_by_name(space):
    again = pickle.loads(pickle.dumps(space))

    assert list(again) == list(space)
    assert repr(again) == repr(space)
    assert list(copy.deepcopy(space)) == list(space)


def test_a_namespace_says_what_is_in_it():
    assert repr(Tiers) == "<Tiers: 4 entries>"
    assert repr(Hardware).startswith("<Hardware: 2")
    assert "Cloud" in repr(Hardware)


def test_the_package_is_a_catalog():
    assert isinstance(mlsysim_registry, catalog.Catalog)


def test_aliases_cannot_be_changed():
    with pytest.raises(TypeError):
        aliases("hardware")["acme"] = "H100"


def test_an_unknown_name_is_told_what_was_meant_by_the_function_too():
    with pytest.raises(UnknownEntryError, match="did you mean H100"):
        get("hardware", "H10")
