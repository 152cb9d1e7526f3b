"""Discovery of registries, with registries made up on the spot."""

import sys

import pytest
from mlsysim_core import CatalogError, Engine, InputError, UnknownEntryError, catalog

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
