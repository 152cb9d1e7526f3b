"""What holds for all commands: help, examples, completion, suggestions, one document, no noise."""

import json
import re
import shlex

import pytest

from .commands import COMMANDS, GROUPS, command, examples

SHORT = {"-b": "batch_size", "-p": "precision", "-e": "efficiency", "-s": "seq_len", "-o": "output"}
"""What a short option is wherever there is one."""
CLOSED = {
    "phase": ("prefil", "prefill"),
    "recompute": ("selectiv", "selective"),
    "optimizer": ("adamm", "adam"),
    "precision": ("fp61", "fp16"),
    "kv_precision": ("fp61", "fp16"),
    "activation_precision": ("fp61", "fp16"),
    "stack": ("VLM", "VLLM"),
    "schedule": ("1f1", "1f1b"),
    "issue": ("recaled", "recalled"),
    "group": ("Clod", "Cloud"),
    "sort": ("memry", "memory"),
}
"""Options that take one of a few words: a misspelt one, and what is meant."""
NAMES = {"model": "Llama3_8", "hardware": "H10", "system": "DGX_H10", "category": "hardwar"}
STANDARD = {
    "model": "Llama3_8B",
    "models": "Llama3_8B",
    "hardware": "H100",
    "system": "DGX_H100",
    "category": "hardware",
    "kind": "hardware",
    "file": "rows.csv",
}
"""Values of arguments."""
_WHOLE = {
    ("audit",): ["hardware"],
    ("zoo",): ["hardware"],
    ("eval",): ["Llama3_8B", "H100"],
    ("sweep",): ["Llama3_8B", "H100"],
    ("compare",): ["Llama3_8B", "H100", "B200"],
    ("train",): ["Llama3_8B", "DGX_H100", "-b", "64", "--zero", "1", "--micro-batches", "8"],
    ("plot", "timeline"): ["Llama3_8B", "DGX_H100", "-b", "64"],
    ("optimize", "parallelism"): ["Llama3_8B", "DGX_H100", "-b", "64"],
}
OTHER_FORMS = {("mcp",), *(path for path in COMMANDS if path[0] == "plot")}
"""Commands whose answer is no document: a protocol, pictures."""

every = pytest.mark.parametrize("path", COMMANDS, ids=" ".join)


def options(path):
    return [one for one in command(path).params if one.name != "help" and one.opts[0][0] == "-"]


def arguments(path):
    """Arguments that a command must have, with values that it takes."""
    required = [one for one in command(path).params if one.opts[0][0] != "-" and one.required]
    if path in _WHOLE:
        return _WHOLE[path]
    return [STANDARD[one.name] for one in required]


@every
def test_help_says_what_everything_is(path):
    node = command(path)

    assert (node.help or "").strip().endswith(".")
    for one in node.params:
        assert getattr(one, "help", None), one.name


@every
def test_help_has_examples_of_the_command_itself(path):
    if path == ("mcp",):
        assert '"args": ["mcp"]' in command(path).epilog
        return
    lines = examples(path)

    assert lines
    assert any(shlex.split(line)[1 : 1 + len(path)] == list(path) for line in lines)
    assert "Exit status:" in command(path).epilog or path[0] in {"zoo", "audit", "schema"}


@every
def test_words_are_the_same_everywhere(path):
    for one in options(path):
        for spelling in one.opts:
            if spelling in SHORT:
                long = next(word for word in one.opts if word.startswith("--"))
                assert long in {f"--{SHORT[spelling].replace('_', '-')}", "--input-len"}
            else:
                assert re.fullmatch(r"--[a-z][a-z-]*", spelling) or spelling == "-h"
    names = {one.name for one in command(path).params}
    assert "registry" in names
    assert "output" in names or path == ("mcp",)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (path, one.name)
        for path in COMMANDS
        for one in command(path).params
        if one.name in {*CLOSED, *NAMES, "models", "kind", "task", "by", "objective"}
        and not (one.name == "objective" and path == ("sweep",))
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
def test_what_has_a_name_is_completed(path, name):
    (one,) = [one for one in command(path).params if one.name == name]

    assert one._custom_shell_complete is not None


@every
def test_misspelt_options_are_recognised(path, invoke):
    for one in options(path):
        long = next(word for word in one.opts if word.startswith("--"))
        if len(long) < 7:
            continue
        done = invoke(*path, *arguments(path), f"{long[:-1]}q")
        assert (done.exit_code, done.stdout) == (1, "")
        assert long in done.stderr.partition("did you mean")[2], done.stderr


@pytest.mark.parametrize(
    ("path", "name"),
    [(path, one.name) for path in COMMANDS for one in options(path) if one.name in CLOSED],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
def test_misspelt_values_are_recognised(path, name, invoke):
    if path == ("calibrate",):
        pytest.skip("it reads the file first")
    wrong, right = CLOSED[name]
    (one,) = [one for one in options(path) if one.name == name]
    more = ["--training"] if name in {"recompute", "optimizer"} else []
    more = more if any(one.name == "is_training" for one in options(path)) else []
    done = invoke(*path, *arguments(path), *more, one.opts[0], wrong)

    assert (done.exit_code, done.stdout) == (1, "")
    assert "did you mean" in done.stderr
    assert right in done.stderr


@pytest.mark.parametrize("path", GROUPS, ids=lambda path: " ".join(path) or "mlsysim")
def test_misspelt_commands_are_recognised(path, invoke):
    for name in command(path).commands:
        if len(name) > 3:
            done = invoke(*path, f"{name[:-1]}x")
            assert (done.exit_code, done.stdout) == (1, "")
            assert f"did you mean {name}" in done.stderr, done.stderr


@pytest.mark.parametrize("path", GROUPS, ids=lambda path: " ".join(path) or "mlsysim")
def test_groups_list_their_commands_and_give_examples(path, invoke):
    shown = invoke(*path, "--help").stdout

    assert examples(path)
    assert all(f"  {name} " in shown for name in command(path).commands)


@every
def test_an_answer_is_one_document_without_noise(path, invoke, tmp_path, monkeypatch):
    if path in OTHER_FORMS or path[0] in {"validate", "calibrate"}:
        return  # test_validate and test_calibrate have files for them
    monkeypatch.chdir(tmp_path)
    done = invoke(*path, *arguments(path), "-o", "json")

    assert done.exit_code == 0, done.stderr
    json.loads(done.stdout)
    assert done.stderr == ""  # no bar where nobody looks at a terminal


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_told_how_to_complete(shell, run):
    done = run(_MLSYSIM_COMPLETE=f"source_{shell}")

    assert done.returncode == 0
    assert f"complete_{shell}" in done.stdout
    assert "mlsysim" in done.stdout


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mlsysim compare Llama3_8B,Mixtral_8", "Llama3_8B,Mixtral_8x7B"),
        ("mlsysim plot ro", "roofline"),
        ("mlsysim plot breakdown Llama3_8B H100 H20", "H200"),
        ("mlsysim sweep A B --phase decode,pre", "decode,prefill"),
        ("mlsysim zoo hardware --group Cl", "Cloud"),
        ("mlsysim zoo hardware --sort mem", "memory"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_names(shell, line, expected, run):
    words = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    if shell == "bash":
        words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    done = run(_MLSYSIM_COMPLETE=f"complete_{shell}", **words)

    assert done.returncode == 0
    assert expected in re.split(r"[\s\"():]+", done.stdout)
