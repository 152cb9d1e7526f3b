"""Discovery of registries, with registries made up on the spot."""

import copy
import pickle
import sys
from types import SimpleNamespace

import pytest
from mlsysim_core import (
    CatalogError,
    Engine,
    InputError,
    MissingValueError,
    UnknownEntryError,
    catalog,
)
from mlsysim_core.specs import data_version, stamped

from .examples import H100, LLAMA_3_8B


@pytest.fixture
def publish(tmp_path, monkeypatch):
    """Put a distribution with a registry on the path, and hide the real ones."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    catalog.refresh()

    def publish(module, source):
        (tmp_path / f"{module}.py").write_text(source)
        about = tmp_path / f"{module}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[{catalog.GROUP}]\n{module} = {module}\n")

    yield publish
    catalog.refresh()


def registry_of(*names, kind="hardware", **aliases):
    return (
        f"def names(kind): return {names!r} if kind == {kind!r} else ()\n"
        f"def aliases(kind): return {aliases!r} if kind == {kind!r} else {{}}\n"
        "def get(kind, name): return f'{name} from {__name__}'\n"
    )


REAL = """
from mlsysim_core import HardwareSpec, ModelSpec
ENTRIES = {
    "hardware": {"Anvil": HardwareSpec.model_validate_json(%r)},
    "model": {"Coyote_8B": ModelSpec.model_validate_json(%r)},
}
def names(kind): return tuple(ENTRIES.get(kind, ()))
def aliases(kind): return {}
def get(kind, name): return ENTRIES[kind][name]
""" % (H100.model_dump_json(), LLAMA_3_8B.model_dump_json())  # noqa: UP031  # braces all over


def test_any_installed_registry_is_searched(publish):
    publish("acme", registry_of("Anvil"))
    publish("zenith", registry_of("Zen1"))

    assert catalog.names("hardware") == ("Anvil", "Zen1")
    assert catalog.find("hardware", "Zen1") == "Zen1 from zenith"


@pytest.mark.parametrize(
    "spelt", ["Dyna_Mite9", "dyna_mite9", "DYNA-MITE9", "dyna mite 9", "Cloud.Dyna_Mite9", "TNT"]
)
def test_case_separators_groups_and_aliases_do_not_matter(publish, spelt):
    publish("acme", registry_of("Dyna_Mite9", TNT="Dyna_Mite9"))

    assert catalog.find("hardware", spelt) == "Dyna_Mite9 from acme"


def test_an_exact_spelling_goes_first(publish):
    publish("acme", registry_of("anvil", "Anvil", "AN_VIL"))

    for name in ("anvil", "Anvil", "AN_VIL"):
        assert catalog.find("hardware", name) == f"{name} from acme"


def test_a_dot_inside_a_name_is_no_path(publish):
    publish("acme", registry_of("Rocket-1.5", "5"))

    assert catalog.find("hardware", "rocket-1.5") == "Rocket-1.5 from acme"


def test_aliases_are_found_and_not_listed(publish):
    publish("acme", registry_of("Anvil", Hammer="Anvil"))

    assert catalog.names("hardware") == ("Anvil",)
    assert catalog.find("hardware", "hammer") == "Anvil from acme"


def test_kinds_do_not_mix(publish):
    publish("acme", registry_of("Anvil", kind="model"))

    assert catalog.names("hardware") == ()
    with pytest.raises(UnknownEntryError, match="no hardware named 'Anvil'"):
        catalog.find("hardware", "Anvil")


def test_a_misspelt_name_suggests_the_nearest(publish):
    publish("acme", registry_of("Anvil", "Anvil2", "Rocket"))

    with pytest.raises(UnknownEntryError, match="no hardware named 'Anvl'; did you mean Anvil"):
        catalog.find("hardware", "Anvl")


def test_no_registry_at_all(publish):
    with pytest.raises(UnknownEntryError, match=r"no hardware named 'H100'.*mlsysim-registry"):
        catalog.find("hardware", "H100")


def test_a_registry_installed_later_is_seen_after_refreshing(publish):
    assert catalog.names("hardware") == ()
    publish("acme", registry_of("Anvil"))

    catalog.refresh()

    assert catalog.names("hardware") == ("Anvil",)


def test_two_registries_with_one_name_are_refused(publish):
    publish("acme", registry_of("Anvil"))
    publish("zenith", registry_of("Anvil"))

    with pytest.raises(CatalogError, match="two registries have a hardware named 'Anvil'"):
        catalog.find("hardware", "Anvil")


def test_an_alias_that_is_anothers_name_is_refused(publish):
    publish("acme", registry_of("Anvil"))
    publish("zenith", registry_of("Hammer", Anvil="Hammer"))

    with pytest.raises(CatalogError, match="two registries have a hardware named 'Anvil'"):
        catalog.find("hardware", "Hammer")


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("import nonsense", "cannot be imported: No module"),
        ("1 / 0", "cannot be imported: division by zero"),
        ("get = 1", "is not a Catalog"),
        ("def names(kind): return ()", "is not a Catalog"),
    ],
)
def test_a_broken_registry_is_named(publish, source, complaint):
    publish("acme", source)

    with pytest.raises(CatalogError, match=rf"registry 'acme' \(acme\) {complaint}"):
        catalog.names("hardware")


def test_the_engine_takes_names(publish):
    publish("acme", REAL)

    assert Engine.solve("coyote-8b", "anvil") == Engine.solve(LLAMA_3_8B, H100)


def test_swapped_names_are_told_apart_from_unknown_ones(publish):
    publish("acme", REAL)

    with pytest.raises(InputError, match="'Anvil' is the name of a device; the model comes"):
        Engine.solve("Anvil", "Coyote_8B")
    with pytest.raises(InputError, match="hardware='Coyote_8B' is the name of a model"):
        Engine.solve("Coyote_8B", "Coyote_8B")
    with pytest.raises(UnknownEntryError, match="no model named 'Coyote_9B'; did you mean Coyote"):
        Engine.solve("Coyote_9B", "Anvil")


def test_every_kind_has_its_spec():
    assert set(catalog.SPECS) == set(catalog.KINDS)


def made_up(*names, aliases=(), **functions):
    return SimpleNamespace(
        names=lambda kind: names if kind == "hardware" else (),
        aliases=lambda kind: dict(aliases) if kind == "hardware" else {},
        get=lambda kind, name: H100.model_copy(update={"name": name}),
        **functions,
    )


@pytest.fixture
def added():
    """Add registries by label, and take them out again."""
    labels = []

    def add(label, registry):
        labels.append(label)
        catalog.add(label, registry)

    yield add
    for label in labels:
        catalog.remove(label)


def test_a_registry_can_be_added_and_taken_out(publish, added):
    added("mine", made_up("Anvil"))

    assert catalog.names("hardware") == ("Anvil",)
    assert catalog.find("hardware", "anvil").name == "Anvil"

    catalog.remove("mine")

    assert catalog.names("hardware") == ()


def test_a_registry_added_again_replaces_itself(publish, added):
    added("mine", made_up("Anvil"))
    added("mine", made_up("Anvil", "Hammer"))

    assert catalog.names("hardware") == ("Anvil", "Hammer")


@pytest.mark.parametrize("name", ["Anvil", "TNT", "AN_VIL"])
def test_an_added_name_that_is_taken_is_refused_and_both_places_named(publish, added, name):
    publish("acme", registry_of("Anvil", TNT="Anvil"))

    with pytest.raises(CatalogError, match=rf"hardware named '{name}'.*mine.toml:1"):
        added("mine", made_up(name, origin=lambda kind, name: "mine.toml:1"))

    assert catalog.names("hardware") == ("Anvil",)


def test_a_refused_registry_leaves_its_forerunner_in_place(publish, added):
    publish("acme", registry_of("Anvil"))
    added("mine", made_up("Hammer"))

    with pytest.raises(CatalogError):
        added("mine", made_up("Hammer", "Anvil"))

    assert catalog.names("hardware") == ("Anvil", "Hammer")


def test_an_entry_knows_who_vouches_for_it(publish, added):
    added("mine", made_up("Anvil", provenance=lambda kind, name: f"sources of {kind} {name}"))

    assert catalog.provenance("hardware", "anvil") == "sources of hardware Anvil"
    assert catalog.find("hardware", "anvil").provenance == "sources of hardware Anvil"


def test_an_entry_without_sources_says_so(publish, added):
    added("mine", made_up("Anvil"))

    with pytest.raises(MissingValueError, match="hardware Anvil: its registry, mine, names no so"):
        _ = catalog.find("hardware", "anvil").provenance


def test_a_spec_made_by_hand_has_no_provenance(publish, added):
    added("mine", made_up("Anvil", provenance=lambda kind, name: "sources"))
    anvil = catalog.find("hardware", "Anvil")

    with pytest.raises(MissingValueError, match="it is in no registry"):
        _ = H100.provenance
    with pytest.raises(MissingValueError, match="its values are not those that the registry has"):
        _ = anvil.model_copy(update={"tdp": "699 W"}).provenance


def test_origin_is_where_an_entry_stands(publish, added):
    added("mine", made_up("Anvil"))
    added("theirs", made_up("Hammer", origin=lambda kind, name: f"{name}.toml:1"))

    assert catalog.origin("hardware", "anvil") == "mine"
    assert catalog.origin("hardware", "hammer") == "Hammer.toml:1"


def test_a_result_says_which_data_it_is_from():
    model, chip = LLAMA_3_8B.model_copy(update={"name": "m"}), H100.model_copy(update={"name": "c"})

    assert Engine.solve(model, chip).details.data_version is None

    stamped(model, "acme 1")
    assert Engine.solve(model, chip).details.data_version == "acme 1"

    stamped(chip, "zenith 2")
    assert Engine.solve(model, chip).details.data_version == "acme 1; zenith 2"


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda spec: pickle.loads(pickle.dumps(spec))]
)
def test_copies_are_from_the_same_data_and_changed_ones_are_not(again):
    chip = H100.model_copy(update={"name": "chip"})
    stamped(chip, "acme 1")

    assert data_version(again(chip), chip) == "acme 1"
    assert data_version(chip.model_copy(update={"tdp": "699 W"})) is None
