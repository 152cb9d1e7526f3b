"""Narrow terminals, old encodings, colors."""

import json

import pytest
from mlsysim_cli.output._terminal import plain

COMMANDS = (
    "eval Llama3_8B H100",
    "eval Llama3_70B H100",
    "explain Mixtral_8x7B H100 -p int8",
    "zoo",
    "zoo hardware",
    "zoo models",
    "zoo scenarios",
    "zoo systems",
    "zoo hardware H100",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(command, columns, invoke):
    result = invoke(*command.split(), COLUMNS=str(columns))

    assert result.exit_code in {0, 2}
    assert max(map(len, result.stdout.splitlines())) <= columns


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("columns", [1, 40])
def test_very_narrow_terminals_still_show_names(command, columns, invoke):
    result = invoke(*command.split(), COLUMNS=str(columns))

    assert result.exit_code in {0, 2}
    assert result.stdout.strip()


def test_names_are_never_cut(invoke):
    narrow = invoke("zoo", "hardware", COLUMNS="40").stdout.splitlines()
    wide = invoke("zoo", "hardware").stdout.splitlines()

    assert [line.split()[0] for line in narrow] == [line.split()[0] for line in wide]


@pytest.mark.parametrize("line", ["--help", "eval --help", "zoo --help", "schema --help", ""])
def test_help_fits_eighty_columns_and_gives_examples(line, run):
    done = run(*line.split(), COLUMNS="80")

    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "mlsysim " in done.stdout.split("Examples:")[1]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "gbk", "utf-8"])
@pytest.mark.parametrize("command", COMMANDS)
def test_any_encoding_will_do(command, encoding, run):
    done = run(*command.split(), text=False, PYTHONIOENCODING=encoding, PYTHONUTF8="0")

    assert done.returncode in {0, 2}
    assert b"Traceback" not in done.stderr
    assert done.stdout.decode(encoding).strip()


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_json_loses_nothing_in_any_encoding(encoding, run):
    old = run("zoo", "models", "-o", "json", text=False, PYTHONIOENCODING=encoding)
    new = run("zoo", "models", "-o", "json", text=False, PYTHONIOENCODING="utf-8")

    assert json.loads(old.stdout.decode(encoding)) == json.loads(new.stdout.decode())


def test_characters_are_spelt_in_those_that_there_are():
    assert plain("4 µs → 5 \N{MULTIPLICATION SIGN} é…", "ascii") == "4 us -> 5 x e..."
    assert plain("4 µs → é", "cp1252") == "4 µs -> é"
    assert plain("汉\n\ud800", "ascii") == "?\n?"
    assert plain("汉", "utf-8") == "汉"


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_color_where_nobody_sees_it(environment, run):
    assert "\x1b" not in run("eval", "Llama3_8B", "H100", **environment).stdout


@pytest.mark.parametrize(("environment", "colorful"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_color_on_a_terminal(environment, colorful, monkeypatch):
    from mlsysim_cli.output import _terminal

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(_terminal, "_interactive", lambda stream: True)
    monkeypatch.setattr(_terminal.os, "name", "posix")

    assert ("\x1b" in _terminal.bold("heading")) is colorful
