"""The registry from an archive on the path, as zip applications bring it."""

import os
import subprocess
import sys
import zipfile
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path

import pytest

ASKED = """
import mlsysim_registry
from mlsysim_core import Engine

print(mlsysim_registry.provenance("hardware", "H100").confidence)
print(Engine.solve("Llama3_8B", "H100").latency.to("ms"))
print(".zip" in mlsysim_registry.__file__)
"""


def run(**environment):
    return subprocess.run(
        [sys.executable, "-c", ASKED],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    ).stdout.splitlines()


@pytest.mark.slow
def test_an_archive_answers_as_folders_do(tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("mlsysim-core", "mlsysim-registry"):
            about = f"{name.replace('-', '_')}-{distribution(name).version}.dist-info"
            for file in ("METADATA", "entry_points.txt"):
                archive.writestr(f"{about}/{file}", distribution(name).read_text(file) or "")
            package = Path(import_module(name.replace("-", "_")).__file__).parent
            for file in package.rglob("*"):
                if file.is_file() and "__pycache__" not in file.parts:
                    archive.write(file, file.relative_to(package.parent))

    *answer, archived = run(PYTHONPATH=str(path))

    assert [*answer, "False"] == run()
    assert archived == "True"
