"""What an import costs: nothing is read before it is asked for."""

import subprocess
import sys

WATCH = """
import sys
opened = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and "mlsysim_registry" in arguments[0]:
        name = arguments[0].rpartition("mlsysim_registry")[2]
        inside = name.startswith(("/", "\\\\"))  # not a distribution's own files beside it
        if inside and not name.endswith((".py", ".pyc", "__pycache__")) and ".pyc." not in name:
            opened.append(name.replace("\\\\", "/"))
import mlsysim_core.catalog
sys.addaudithook(hook)
import mlsysim_registry
"""


def opened_by(code):
    program = f"{WATCH}\n{code}\nprint(*opened, sep='\\n')"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return run.stdout.split()


def test_an_import_reads_nothing():
    assert opened_by("") == []
    assert opened_by("assert not {'tomllib', 'pint'} & set(sys.modules)") == []


def test_looking_around_reads_the_index_only():
    assert set(opened_by("dir(mlsysim_registry.Hardware); 'H100' in mlsysim_registry.Models")) == {
        "/index.json",
        "/index/hardware.json",
        "/index/model.json",
    }


def test_an_entry_is_read_once():
    code = "mlsysim_registry.Hardware.H100; mlsysim_registry.Hardware.Cloud.H100"

    assert set(opened_by(code)) == {
        "/index.json",
        "/index/hardware.json",
        "/validated/hardware.jsonl",
    }


def test_an_entry_needs_no_units_and_is_not_validated_again():
    slow = "{'pint', 'tomllib', 'importlib.metadata', 'pydantic.plugin._loader'}"

    assert opened_by(f"mlsysim_registry.Hardware.H100; assert not {slow} & set(sys.modules)")


def test_sources_are_read_where_they_stand():
    code = "mlsysim_registry.provenance('hardware', 'H100')"

    assert opened_by(code) == ["/index/hardware.json", "/data/hardware/Cloud/H100.toml"]
