"""How the command ends: statuses, errors in one line, closed pipes."""

import subprocess
import sys

import pytest
from mlsysim_cli._ending import finish

EVAL = ("eval", "Llama3_8B", "H100")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (("eval", "Llama3_8B", "H10"), "did you mean H100"),
        (("eval", "Lama3_8B", "H100"), "did you mean Llama3_8B"),
        (("eval", "H100", "Llama3_8B"), "the model comes first"),
        (("eval", "Llama3_8B", "__module__"), "__module__"),
        (("eval", "", ""), "no model named ''"),
        (("eval", "Llama3_8B"), "HARDWARE"),
        (("eval",), "MODEL"),
        ((*EVAL, "extra"), "extra"),
        ((*EVAL, "-b", "0"), "batch_size must be from 1"),
        ((*EVAL, "-b", "-3"), "batch_size must be from 1"),
        ((*EVAL, "-b", "1.5"), "'1.5' is not a whole number"),
        ((*EVAL, "-b", "nan"), "'nan' is not a whole number"),
        ((*EVAL, "-b", "1" + "0" * 400), "batch_size"),
        ((*EVAL, "-e", "nan"), "efficiency must be from 0.0 to 1.0"),
        ((*EVAL, "-e", "45"), "did you mean 0.45?"),
        ((*EVAL, "-e", "half"), "'half' is not a number"),
        ((*EVAL, "-p", "banana"), "precision must be one of"),
        ((*EVAL, "-p", "fp7"), "did you mean"),
        ((*EVAL, "--seq-len", "0"), "seq_len"),
        ((*EVAL, "--seq-len", "99999999"), "at most"),
        ((*EVAL, "--phase", "decoding"), "decode"),
        ((*EVAL, "--stack", "Optimised"), "did you mean Optimized"),
        ((*EVAL, "-o", "bogus"), "table, json, markdown, csv"),
        (("-o", "bogus", *EVAL), "table, json, markdown, csv"),
        ((*EVAL, "--batchsize", "4"), "did you mean --batch-size?"),
        ((*EVAL, "-b"), "-b"),
        (("--bogus",), "--bogus"),
        (("evl",), "did you mean eval?"),
        (("zoo", "hardwear"), "did you mean hardware?"),
        (("zoo", "hardware", "H10"), "did you mean H100"),
        (("zoo", "hardware", "--sort", "bandwith"), "did you mean bandwidth?"),
        (("zoo", "hardware", "--group", "Clod"), "did you mean Cloud?"),
        (("zoo", "--sort", "memory"), "zoo hardware"),
        (("schema", "planet"), "hardware, model, scenario, entries, plan, result"),
        (("schema",), "KIND"),
        (("explain", "Llama3_8B", "H100", "--max-latency", "1 s"), "--max-latency"),
    ],
)
def test_bad_input_is_one_line_on_stderr_and_status_1(line, word, invoke):
    result = invoke(*line)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("mlsysim: ")
    assert result.stderr.count("\n") == 1
    assert word in result.stderr


def test_bad_input_is_the_same_without_the_parser(run, invoke):
    line = ("eval", "Llama3_8B", "H10")

    done = run(*line)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == invoke(*line).stderr


@pytest.mark.parametrize(("model", "status"), [("Llama3_8B", 0), ("Llama3_70B", 2)])
def test_status_says_whether_it_fits(model, status, run):
    assert run("eval", model, "H100").returncode == status


def test_what_does_not_fit_goes_before_what_is_violated(run):
    assert run("eval", "Llama3_70B", "H100", "--max-latency", "1 ms").returncode == 2


def test_constraint_on_an_unknown_power_names_what_is_missing(run):
    done = run("eval", "ResNet50", "MI455X", "--max-power", "1 kW")

    assert (done.returncode, done.stdout) == (1, "")
    assert "no published power" in done.stderr


@pytest.mark.parametrize(
    "command",
    ["zoo models", "zoo hardware -o csv", "eval Llama3_8B H100", "--help", "eval --help"],
)
def test_closed_pipe_is_silent(command):
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m mlsysim_cli {command} | head -c 1 > /dev/null"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_reader_that_has_gone_is_told_as_a_shell_does():
    process = subprocess.Popen(
        [sys.executable, "-m", "mlsysim_cli", "zoo", "hardware"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()

    complaint = process.stderr.read()
    process.stderr.close()

    assert (process.wait(), complaint) == (141, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize("command", ["--version", "eval Llama3_8B H100", "zoo"])
def test_full_disk_is_one_line(command):
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m mlsysim_cli {command} > /dev/full"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_interrupt_is_silent_and_130():
    interrupted = """
import os, signal, sys
import mlsysim_cli.answers._zoo
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
mlsysim_cli.answers._zoo.table = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)
sys.argv[1:] = ["zoo", "models"]
mlsysim_cli.main()
"""

    done = subprocess.run(
        [sys.executable, "-c", interrupted], check=False, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_interrupt_has_a_status_of_its_own():
    def interrupted():
        raise KeyboardInterrupt

    assert finish(interrupted) == 130


def test_unexpected_error_asks_for_a_report(capsys):
    def broken():
        raise ZeroDivisionError("division by zero")

    assert finish(broken) == 70
    complaint = capsys.readouterr().err
    assert complaint.startswith("mlsysim: internal error, ZeroDivisionError: division by zero;")
    assert "report" in complaint
    assert "Traceback" not in complaint


def test_debugging_shows_where_it_happened(capsys, monkeypatch):
    monkeypatch.setenv("MLSYSIM_DEBUG", "1")

    def broken():
        raise ZeroDivisionError

    assert finish(broken) == 70
    assert "Traceback" in capsys.readouterr().err
