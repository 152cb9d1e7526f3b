"""This tree keeps what every release of its minor series promised, and the net has no holes."""

import copy
import json
import sys

import mlsysim
import pytest
from packaging.version import Version

from .rules import bound_by, breakages
from .surface import SIX_FIELDS, SNAPSHOTS, STABLE, surface, write

RELEASES = bound_by(mlsysim.__version__, (path.stem for path in SNAPSHOTS.glob("*.json")))


@pytest.fixture(scope="module")
def now():
    return surface()


@pytest.mark.parametrize("release", RELEASES)
def test_nothing_promised_by_a_release_is_broken(release, now):
    old = json.loads((SNAPSHOTS / f"{release}.json").read_text(encoding="utf-8"))

    assert list(breakages(old, now)) == []


def test_all_that_is_stable_is_there(now):
    registries = {"Hardware", "Models", "Scenarios", "Systems", "Infra", "Tiers"}
    named = {"Engine.solve", "PerformanceProfile", "ureg", "Applications", "Archetypes"}

    assert set(now["stable"]) == set(STABLE) == registries | named
    assert set(now["deprecated"]) == {"BaseModel", "DistributedModel", "ForwardModel"}


def test_what_is_experimental_is_not_in_the_snapshot(now):
    text = json.dumps(now)

    solve = now["stable"]["Engine.solve"]
    assert len(solve["parameters"]) == 5
    assert solve["required"] == ["model", "hardware"]
    assert set(now["stable"]["PerformanceProfile"]["fields"]) == set(SIX_FIELDS)
    assert not [
        word
        for word in ("is_training", "seq_len", "fp8", "ServingModel", "explain")
        if word in text
    ]


def test_all_is_exactly_what_the_namespace_shows():
    shown = {name for name in vars(mlsysim) if not name.startswith("_")}
    submodules = {name for name in shown if f"mlsysim.{name}" in sys.modules}

    assert shown - submodules <= set(mlsysim.__all__)
    assert set(mlsysim.__all__) <= set(dir(mlsysim))


def test_no_deprecated_name_outlives_its_removal(now):
    overdue = {
        name
        for name, old in now["deprecated"].items()
        if Version(old["removal"]) <= Version(mlsysim.__version__)
    }

    assert overdue == set()


def test_a_snapshot_is_written_once_and_read_back(tmp_path, now):
    path = write(tmp_path)

    assert path.name == f"{mlsysim.__version__}.json"
    assert json.loads(path.read_text(encoding="utf-8")) == now
    with pytest.raises(FileExistsError):
        write(tmp_path)


def test_a_version_is_bound_by_earlier_releases_of_its_series():
    releases = ["0.0.9", "0.1.0", "0.1.1", "0.1.10", "0.2.0", "1.1.0"]

    assert bound_by("0.1.2", releases) == ["0.1.1", "0.1.0"]
    assert bound_by("0.2.0", releases) == ["0.2.0"]
    assert bound_by("0.3.0", releases) == []


def test_equal_surfaces_break_nothing(now):
    assert list(breakages(now, now)) == []


def change(surface, path, value=None, *, drop=False):
    """Return a copy of a surface in which one thing is different, or gone."""
    changed = copy.deepcopy(surface)
    *parents, last = path
    inside = changed
    for part in parents:
        inside = inside[part]
    if drop:
        del inside[last]
    else:
        inside[last] = value
    return changed


SOLVE = ("stable", "Engine.solve", "parameters")
BREAKS = {
    "an export dropped": (("stable", "Hardware"), None),
    "a parameter renamed": ((*SOLVE, 2, "name"), "batch"),
    "a parameter made keyword-only": ((*SOLVE, 4, "kind"), "KEYWORD_ONLY"),
    "a default changed": ((*SOLVE, 3, "default"), "'bf16'"),
    "a type narrowed": ((*SOLVE, 0, "accepts"), ["ModelSpec"]),
    "a precision dropped": ((*SOLVE, 3, "accepts"), ["'fp16'", "'fp32'"]),
    "a parameter dropped": ((*SOLVE, 4), None),
    "a parameter that must be given": (("stable", "Engine.solve", "required"), ["model", "x"]),
    "a field dropped": (("stable", "PerformanceProfile", "fields", "mfu"), None),
    "a field's type changed": (("stable", "PerformanceProfile", "fields", "mfu"), "float64"),
    "an entry dropped": (("stable", "Hardware", "entries", "H100"), None),
    "an entry dropped from its group": (("stable", "Hardware", "entries", "Cloud.H100"), None),
    "an entry of another kind": (("stable", "Models", "entries", "GPT2"), "HardwareSpec"),
    "a scenario dropped": (("stable", "Scenarios", "entries", "TinySensor"), None),
    "a scenario's limit moved": (
        ("stable", "Scenarios", "entries", "TinySensor", "sla_latency"),
        "0.02 s",
    ),
    "a second class of registry": (("stable", "ureg", "type"), "UnitRegistry"),
    "an old name dropped early": (("deprecated", "BaseModel"), None),
}


@pytest.mark.parametrize("case", BREAKS)
def test_the_rules_see(case, now):
    path, value = BREAKS[case]

    found = list(breakages(now, change(now, path, value, drop=value is None)))

    assert found


def test_the_rules_see_two_parameters_swapped(now):
    parameters = now["stable"]["Engine.solve"]["parameters"]
    swapped = [*parameters[:2], parameters[3], parameters[2], parameters[4]]

    assert list(breakages(now, change(now, SOLVE, swapped)))


def test_the_rules_let_a_patch_add_and_widen(now):
    grown = change(now, ("stable", "Hardware", "entries", "Rubin"), "HardwareSpec")
    grown = change(grown, ("stable", "Scenarios", "entries", "New"), {"workload": "GPT2"})
    grown = change(grown, (*SOLVE, 2, "accepts"), ["int", "str"])
    grown = change(grown, (*SOLVE, 3, "accepts"), ["str"])
    grown = change(grown, ("deprecated", "Newly"), {"use": "", "removal": "0.3.0"})

    assert list(breakages(now, grown)) == []
