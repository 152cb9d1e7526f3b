"""The Python examples of every README run. Needs all five packages."""

from pathlib import Path

import pytest

from .readmes import run_examples

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", *sorted((ROOT / "packages").glob("*/README.md"))]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_examples_run(readme):
    run_examples(readme)
