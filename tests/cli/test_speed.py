"""What is not imported costs nothing."""

import subprocess
import sys

import pytest

PROBE = """
import sys, mlsysim_cli
sys.argv[1:] = {words!r}
try:
    mlsysim_cli.main()
except SystemExit:
    pass
print("\\n" + " ".join(sorted(sys.modules)))
"""


def imported(*words):
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(words=list(words))],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_version_needs_nothing():
    assert not imported("--version") & {
        "typer", "click", "rich", "pydantic", "pint", "mlsysim_core", "importlib.metadata",
    }  # fmt: skip


def test_help_needs_no_engine():
    assert not imported("--help") & {"pint", "mlsysim_core", "mlsysim_registry"}


@pytest.mark.parametrize("form", ["json", "table", "csv", "markdown"])
def test_an_answer_needs_neither_pint_nor_the_parser(form):
    assert not imported("eval", "Llama3_8B", "H100", "-o", form) & {"pint", "typer", "rich"}


def test_a_list_needs_no_pint():
    assert not imported("zoo", "hardware", "--sort", "memory") & {"pint"}


def test_limits_in_usual_units_need_no_pint():
    line = ("eval", "Llama3_8B", "H100", "--max-latency", "50 ms", "--max-memory", "80 GiB")

    assert "pint" not in imported(*line)
