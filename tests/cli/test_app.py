"""The command as a whole: version, help, completion."""

from importlib.metadata import version

import pytest


def test_version_is_that_of_the_distribution(run):
    done = run("--version")

    assert (done.returncode, done.stdout) == (0, f"mlsysim {version('mlsysim-cli')}\n")


def test_version_beside_other_options_is_the_same(invoke):
    assert invoke("-o", "json", "--version").stdout == f"mlsysim {version('mlsysim-cli')}\n"


def test_no_arguments_is_help(run):
    assert run().stdout == run("--help").stdout


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mlsysim eval Llama3_", "Llama3_8B"),
        ("mlsysim eval Llama3_8B H10", "H100"),
        ("mlsysim zoo mod", "models"),
        ("mlsysim zoo models Llama3_8", "Llama3_8B"),
        ("mlsysim eval A B -p in", "int8"),
        ("mlsysim eval A B -o j", "json"),
        ("mlsysim schema h", "hardware"),
        ("mlsysim ev", "eval"),
    ],
)
def test_completion_knows_names(line, expected, run):
    done = run(
        _MLSYSIM_COMPLETE="complete_bash",
        COMP_WORDS=line,
        COMP_CWORD=str(len(line.split()) - 1),
    )

    assert expected in done.stdout.split()
