"""Entry points are found as importlib.metadata finds them."""

import importlib.metadata
import sys
import zipfile
from importlib.machinery import PathFinder

import pytest
from mlsysim_core._published import Published, published

GROUP = "kitchen.spoons"


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Two folders on the path, and nothing else that could hold a distribution."""
    found = [tmp_path / "first", tmp_path / "second"]
    for folder in found:
        folder.mkdir()
    monkeypatch.setattr(sys, "path", [*map(str, found), str(tmp_path / "missing")])
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    return found


def install(folder, name, entry_points):
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(entry_points)


def known_to_the_library():
    listed = importlib.metadata.entry_points(group=GROUP)
    return sorted((one.name, one.value) for one in listed)


def test_the_same_is_found_as_by_the_library(folders):
    install(folders[0], "drawer", f"[other]\na = b\n\n[{GROUP}]\n# wooden\ntea = wood:spoon.tea\n")
    install(folders[1], "Drawer", f"[{GROUP}]\nhidden = behind:it\n")
    install(folders[1], "cup.board", f"[{GROUP}]\nsoup=steel [shiny]\n[other]\nc = d\n")

    assert sorted(published(GROUP)) == known_to_the_library()
    assert sorted(one.name for one in published(GROUP)) == ["soup", "tea"]


def test_what_is_in_an_archive_is_found(folders, tmp_path, monkeypatch):
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("packed-1.0.dist-info/METADATA", "Name: packed\nVersion: 1.0\n")
        file.writestr("packed-1.0.dist-info/entry_points.txt", f"[{GROUP}]\nladle = packed\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(archive)])

    assert published(GROUP) == [Published("ladle", "packed")]


def test_modules_and_their_attributes_are_loaded():
    assert Published("a", "os").load() is sys.modules["os"]
    assert Published("a", "os:path.join [extra]").load() is sys.modules["os"].path.join
