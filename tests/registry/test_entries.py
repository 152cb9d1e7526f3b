"""What holds of every entry."""

import tomllib
from pathlib import Path

import pytest
from mlsysim_core import catalog
from mlsysim_core.specs import ModelSpec
from mlsysim_registry import _loader, aliases, get, names, provenance
from mlsysim_registry._entry import Provenance, Source, leaves, uncited
from mlsysim_registry._loader import entries, parse

ENTRIES = [(kind, name) for kind in catalog.KINDS for name in names(kind)]


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_an_entry_loads_and_every_value_has_a_source(kind, name):
    entry = get(kind, name)

    assert isinstance(entry, catalog.SPECS[kind])
    assert entry.name == name
    assert entry.title
    assert provenance(kind, name).source


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


@pytest.mark.parametrize("name", names("model"))
def test_the_short_way_to_read_layers_reads_the_same(name):
    group = entries("model")[name].group
    text = (Path(_loader.__file__).parent / "data" / "model" / group / f"{name}.toml").read_text()

    assert parse(text) == tomllib.loads(text)


def test_layers_written_in_another_way_are_read_too():
    text = '[architecture]\nlayers = [\n  # first\n  { op = "conv" },\n]\n'

    assert parse(text) == {"architecture": {"layers": [{"op": "conv"}]}}
