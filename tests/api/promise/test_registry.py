"""The registries: every promised entry, under every promised name."""

import mlsysim
import pytest

from ..support import CORRECTED, DEVICES, MODELS, NAMES, PATHS, SCENARIOS, resolve

CLASSES = {"Hardware": "HardwareSpec", "Models": "ModelSpec", "Scenarios": "Scenario"}


def test_the_registries_are_imported_from_mlsysim():
    from mlsysim import Hardware, Models, Scenarios

    assert (Hardware.H100.name, Hardware.A100.name) == ("H100", "A100")
    assert (Models.Llama3_70B.name, Models.GPT2.name) == ("Llama3_70B", "GPT2")
    assert Scenarios


def test_there_are_76_promised_entries_on_142_paths():
    assert (len(NAMES), len(PATHS)) == (76, 142)
    assert (len(DEVICES), len(MODELS), len(SCENARIOS)) == (27, 19, 9)


@pytest.mark.parametrize(("path", "entry"), PATHS, ids=[path for path, _ in PATHS])
def test_every_promised_path_leads_to_its_entry(path, entry):
    if path in CORRECTED:  # a value of 0.1.x that was wrong: the name stays, and is now true
        assert resolve(path).name == path.rpartition(".")[2]
        assert type(resolve(path)) is type(resolve(entry))
    else:
        assert resolve(path) is resolve(entry)


def test_few_names_were_given_their_right_values():
    assert {path.rpartition(".")[2] for path in CORRECTED} == {"TPUv4", "ESP32"}


def test_the_entry_of_a_group_is_the_entry_of_the_registry():
    assert mlsysim.Hardware.H100 is mlsysim.Hardware.Cloud.H100
    assert mlsysim.Models.GPT2 is mlsysim.Models.Language.GPT2


def test_an_entry_is_the_same_object_each_time():
    assert [resolve(entry) for entry in NAMES] == [resolve(entry) for entry in NAMES]
    assert all(resolve(entry) is resolve(entry) for entry in NAMES)


@pytest.mark.parametrize("namespace", CLASSES)
def test_an_entry_is_of_the_public_class(namespace):
    expected = getattr(mlsysim, CLASSES[namespace])

    found = {type(resolve(entry)) for entry in NAMES if entry.startswith(f"{namespace}.")}
    assert found == {expected}


def test_different_entries_are_different():
    objects = {id(resolve(entry)) for entry in NAMES}

    assert len(objects) == len(NAMES)


@pytest.mark.parametrize("space", ["Hardware", "Hardware.Cloud", "Models", "Models.Language"])
def test_notebooks_can_complete_every_promised_name(space):
    offered = set(dir(resolve(space)))

    promised = {path.removeprefix(f"{space}.") for path, _ in PATHS if path.startswith(f"{space}.")}
    assert {name.partition(".")[0] for name in promised} <= offered


def test_a_misspelt_entry_is_an_attribute_error_that_names_the_nearest():
    with pytest.raises(AttributeError, match="H100"):
        mlsysim.Hardware.H10O  # noqa: B018
    assert not hasattr(mlsysim.Models, "Nothing")


def test_an_entry_can_be_neither_changed_nor_replaced():
    with pytest.raises((AttributeError, TypeError)):
        mlsysim.Hardware.H100 = None
    with pytest.raises((AttributeError, TypeError)):
        mlsysim.Hardware.H100.memory.bandwidth = None
    with pytest.raises((AttributeError, TypeError)):
        del mlsysim.Models.GPT2.architecture
