"""The Python examples of every README run, and plans hold. Needs all five packages."""

import re
from pathlib import Path

import pytest

from .readmes import plans_in, run_examples

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", *sorted((ROOT / "packages").glob("*/README.md"))]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_examples_run(readme):
    run_examples(readme)


@pytest.mark.parametrize("page", ["README.md", "docs/how-to/plans.md"])
def test_plans_that_are_shown_hold(page):
    from mlsysim import Plan

    found = plans_in(ROOT / page)

    assert found
    for text in found:
        assert Plan.parse(text, page).evaluate().passed


def test_the_page_of_the_command_has_every_command():
    from mlsysim_cli._app import app
    from typer.main import get_command

    page = (ROOT / "docs/reference/command.md").read_text(encoding="utf-8")
    table = page.partition("| command |")[2].partition("\n\n")[0]

    for name in get_command(app).commands:
        assert re.search(rf"`{name}\b", table), name
