"""Our wheels, unchanged, in Python for browsers: the answers are those of CPython, bit for bit."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def output(*command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_answers_are_bit_identical(explorer):
    node = shutil.which("node")
    assert node, "node is one of the requirements of `nox -s browser`"

    here = json.loads(output(sys.executable, str(HERE / "questions.py")))
    there = json.loads(
        output(node, str(HERE / "answers.mjs"), f"{explorer}/runtime", str(HERE / "questions.py"))
    )

    assert here["profiles"][0]["seconds"] > 0
    assert there == here
