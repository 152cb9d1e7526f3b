"""What holds of every entry."""

import os
import shutil
from functools import cache

import pytest
from mlsysim_core import catalog
from mlsysim_core.errors import CatalogError
from mlsysim_core.specs import ModelSpec, Spec
from mlsysim_registry import _loader, aliases, get, names, provenance
from mlsysim_registry._entry import Provenance, Source, leaves, uncited

ENTRIES = [(kind, name) for kind in catalog.KINDS for name in names(kind)]


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_an_entry_loads_and_every_value_has_a_source(kind, name):
    entry = get(kind, name)

    assert isinstance(entry, catalog.SPECS[kind])
    assert entry.name == name
    assert entry.title
    assert provenance(kind, name).source


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_an_entry_is_what_its_data_file_says(kind, name):
    entry = _loader._read_validated(kind, name)

    validated = _loader._read_anew(kind, name)

    assert entry == validated, "run tools/generate.py of the registry"
    assert given(entry) == given(validated)
    assert list(entry.__dict__) == list(validated.__dict__)
    assert hash(entry) == hash(validated)
    assert repr(entry) == repr(validated)
    assert entry.model_dump_json() == validated.model_dump_json()


def given(value):
    """What was set, down to the last part."""
    if isinstance(value, tuple):
        return [given(one) for one in value]
    if not isinstance(value, Spec):
        return type(value), value
    return {name: given(value.__dict__[name]) for name in value.model_fields_set}


def test_entries_that_others_name_are_shared():
    assert get("scenario", "TinySensor").system is get("hardware", "ESP32_S3")
    node = get("node", "DGX_H100")
    assert node.accelerator is get("hardware", node.accelerator.name)


def test_what_is_not_among_the_validated_is_an_error(monkeypatch):
    monkeypatch.setattr(_loader, "_lines", lambda kind: b"")

    with pytest.raises(CatalogError, match=r"hardware H100: .*generate"):
        _loader._read_validated("hardware", "H100")


def test_who_edits_a_data_file_sees_it_at_once(tmp_path, monkeypatch):
    for name in ("tools", "src"):
        (tmp_path / name).mkdir()
    (tmp_path / "tools/generate.py").touch()
    here = shutil.copytree(
        _loader._HERE, tmp_path / "src/mlsysim_registry", ignore=shutil.ignore_patterns("*.py")
    )
    monkeypatch.setattr(_loader, "_HERE", here)
    for name, function in list(vars(_loader).items()):
        if hasattr(function, "cache_clear"):  # what is remembered outside stays as it is
            monkeypatch.setattr(_loader, name, cache(function.__wrapped__))
    assert get("tier", "Cloud").title
    file = here / "data/hardware/Cloud/H100.toml"
    file.write_text(file.read_text().replace('tdp = "700 W"', 'tdp = "701 W"'))
    os.utime(file, (2e9, 2e9))

    assert get("hardware", "H100").tdp.magnitude == 701
    file.write_text("tdp = 701")
    _loader.forget()
    os.utime(file, (2e9, 2e9))
    with pytest.raises(CatalogError, match="hardware H100: HardwareSpec"):
        get("hardware", "H100")


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_an_entry_survives_json(kind, name):
    entry = get(kind, name)

    assert type(entry).model_validate_json(entry.model_dump_json()) == entry


def test_there_is_as_much_as_we_say():
    assert len(names("hardware")) >= 233
    assert len(names("model")) >= 316
    assert len(names("grid")) >= 63
    assert len(names("node")) >= 27
    assert len(names("fabric")) >= 13


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_aliases_lead_to_entries_and_shadow_none(kind):
    assert set(aliases(kind).values()) <= set(names(kind))
    assert not set(aliases(kind)) & set(names(kind))


def test_a_value_without_a_source_is_found():
    about = Provenance(
        confidence="datasheet",
        source=[Source(covers=["memory.*", "compute.peak.fp16"], title="A sheet", seen=True)],
    )
    table = {
        "title": "Chip",
        "tdp": "1 W",
        "memory": {"capacity": "1 GB", "kind": "HBM"},
        "compute": {"peak": {"fp16": "1 TFLOP/s", "fp32": "1 TFLOP/s"}},
    }

    assert uncited(table, about) == ["tdp", "compute.peak.fp32"]


def test_values_in_lists_of_tables_need_sources_too():
    assert list(leaves({"cloud_prices": [{"offer": "A", "price": "1 USD/h"}]})) == [
        "cloud_prices.offer",
        "cloud_prices.price",
    ]


def test_the_most_particular_source_of_a_value_comes_first():
    about = provenance("hardware", "H100")

    assert "MAMF" in about.of("compute.ceiling")[0].title
    assert about.of("compute.ceiling")[0].seen
    assert about.of("no.such.value")[-1].covers == ("*",)


def test_an_entry_rumoured_is_called_so():
    assert provenance("model", "GPT4").confidence == "rumour"


@pytest.mark.parametrize("name", names("model"))
def test_a_count_that_differs_from_the_published_one_is_explained(name):
    model = get("model", name)
    assert isinstance(model, ModelSpec)

    published = model.published_parameters or model.architecture.parameters

    assert model.architecture.parameters == pytest.approx(published, rel=0.01) or model.note
