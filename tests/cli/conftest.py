"""The command, run as a user runs it, or in this process where that shows the same."""

import os
import subprocess
import sys

import pytest
from mlsysim_cli import app
from typer.testing import CliRunner

CLEAN = {
    name: value
    for name, value in os.environ.items()
    if name not in {"COLUMNS", "NO_COLOR", "PYTHONIOENCODING", "MLSYSIM_DEBUG", "TERM"}
}


def pytest_collection_modifyitems(items):
    """Call those slow that start a process."""
    for item in items:
        if "run" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def run():
    """Run the command in a process of its own."""

    def run(*arguments, text=True, **environment):
        return subprocess.run(
            [sys.executable, "-m", "mlsysim_cli", *arguments],
            check=False,
            capture_output=True,
            text=text,
            env={**CLEAN, **environment},
        )

    return run


@pytest.fixture
def invoke():
    """Run the command in this process, always through its parser."""

    def invoke(*arguments, **environment):
        return CliRunner().invoke(app, arguments, env={"COLUMNS": None, **environment})

    return invoke
