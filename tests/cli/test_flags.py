"""Plain lines read without the parser mean what the parser says they mean."""

import pytest
from mlsysim_cli._app import app
from mlsysim_cli._flags import FLAGS, LIMITS, read
from mlsysim_cli.output._form import Format
from typer.main import get_command


def parsed(words, monkeypatch):
    import mlsysim_cli.answers._eval

    requests = []
    monkeypatch.setattr(
        mlsysim_cli.answers._eval, "answer", lambda one, junit: requests.append(one) or 0
    )
    with pytest.raises(SystemExit):
        get_command(app).main(words, prog_name="mlsysim")
    return requests[0]


@pytest.mark.parametrize(
    "line",
    [
        "eval Llama3_8B H100",
        "-o json eval A B -b 32",
        "eval -b 32 A B",
        "eval A B --batch-size=32 --precision int8 -e 0.5 --output=csv",
        "eval A B --seq-len 1_000 --phase prefill --training --explain",
        "eval A B --max-latency 5ms --min-mfu 0.1 --kv-precision fp8 --stack Ideal",
        "eval A B -b 1 -b 2",
        "explain A B -s 100 -o markdown",
    ],
)
def test_reader_and_parser_agree(line, monkeypatch):
    words = line.split()

    plain, full = read(words), parsed(words, monkeypatch)

    assert plain is not None
    defaults = {"batch_size": 1, "precision": "fp16"}
    assert plain._replace(settings=defaults | plain.settings) == full


@pytest.mark.parametrize(
    "line",
    [
        "",
        "eval",
        "eval A",
        "eval A B C",
        "eval A B --help",
        "-h eval A B",
        "-b 4 eval A B",
        "eval A B -b",
        "eval A B -b x",
        "eval A B -b -3",
        "eval A B -b4",
        "eval A B --bogus 3",
        "eval A B -o bogus",
        "eval A B --training=1",
        "eval A B -- C",
        "explain A B --max-latency 5ms",
        "explain A B --explain",
        "zoo hardware",
        "--version",
    ],
)
def test_everything_else_is_left_to_the_parser(line):
    assert read(line.split()) is None


@pytest.mark.parametrize("command", ["eval", "explain"])
def test_both_know_the_same_options(command):
    options = {
        name: set(option.opts)
        for option in get_command(app).commands[command].params
        if (name := option.name)
        not in {"model", "hardware", "help", "junit"}  # that is for plans, which the parser reads
    }

    without = {*LIMITS, "by_operator"} if command == "explain" else set()
    assert options == {
        name: set(spellings) for name, spellings in FLAGS.items() if name not in without
    }


def test_form_is_a_table_unless_said():
    assert read(["eval", "A", "B"]).form is Format.TABLE
