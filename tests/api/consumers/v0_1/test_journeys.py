"""Programs that people write against 0.1, run as they would run them. Frozen, as its neighbour is.

Those of today are silent; those for the packages before, flat and nested, warn where they use an
old name, and work.
"""

import subprocess
import sys
import sysconfig
from os import environ, pathsep
from pathlib import Path

import pytest

JOURNEYS = Path(__file__).with_name("journeys")
OLD = sorted([*JOURNEYS.glob("flat/*.py"), *JOURNEYS.glob("nested/*.py")])
TODAY = sorted(JOURNEYS.glob("today/*.py"))


def run(script, *options):
    path = sysconfig.get_path("scripts") + pathsep + environ.get("PATH", "")
    return subprocess.run(
        [sys.executable, *options, str(script)],
        capture_output=True,
        text=True,
        check=False,
        env={**environ, "PATH": path},
    )


@pytest.mark.parametrize("script", TODAY, ids=lambda one: one.stem)
def test_a_program_of_today_runs_in_silence(script):
    ran = run(script, "-W", "error::DeprecationWarning")

    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("script", OLD, ids=lambda one: f"{one.parent.name}-{one.stem}")
def test_a_program_for_the_packages_before_runs_and_warns_at_its_own_lines(script):
    ran = run(script, "-W", "default")

    assert ran.returncode == 0, ran.stderr
    warned = [line for line in ran.stderr.splitlines() if "Warning: " in line]
    assert warned
    assert {line.partition(":")[0] for line in warned} == {str(script)}


def test_no_program_was_lost():
    assert {one.stem[:2] for one in TODAY} == {f"j{number}" for number in range(1, 10)}
    assert len(OLD) >= 10
