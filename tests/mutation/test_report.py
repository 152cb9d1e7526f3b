"""What is said of mutants: explanations are of lines that exist, and scores add up."""

import tomllib
from pathlib import Path

import pytest
from mlsysim_core import physics

from .report import EXPLANATIONS, Mutant, explained, interval, table

KNOWN = tomllib.loads(EXPLANATIONS.read_text(encoding="utf-8"))["mutant"]
FOLDER = Path(physics.__file__).parent


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known['module']}: {known['becomes']}")
def test_what_is_explained_is_a_change_of_a_line_that_is_there(known):
    lines = (FOLDER / f"{known['module']}.py").read_text(encoding="utf-8").splitlines()

    assert known["is"] in map(str.strip, lines)
    assert known["becomes"] != known["is"]


def test_only_a_change_that_is_known_is_explained():
    known = KNOWN[0]
    name = f"mlsysim_core.physics.{known['module']}.x_some__mutmut_1"
    equal = Mutant(name, "survived", known["is"], known["becomes"])
    other = Mutant(name, "survived", known["is"], "return None")

    reasons, left = explained([equal, other])

    assert reasons == {equal: known["because"]}
    assert len(left) == len(KNOWN) - 1


def test_one_table_has_all_modules_and_their_sum():
    killed = [Mutant(f"mlsysim_core.physics.energy.x_{n}__mutmut_1", "killed") for n in range(3)]
    survivor = Mutant("mlsysim_core.physics._numeric.x_exp__mutmut_1", "survived", "a", "b")
    same = Mutant("mlsysim_core.physics._numeric.x_log__mutmut_1", "survived", "c", "d")

    lines = table([*killed, survivor, same], {same: "equal"})

    assert lines[2:] == [
        "| numeric | 2 | 0 | 1 | 1 | 0.0 % |",
        "| energy | 3 | 3 | 0 | 0 | 100.0 % |",
        "| all | 5 | 3 | 1 | 1 | 60.0 % |",
    ]


def test_intervals_worked_by_hand():
    # Wilson, 9 of 10: (0.9 + 0.192 -/+ 1.96 sqrt(0.009 + 0.0096)) / 1.384
    assert interval(9, 10) == pytest.approx((0.596, 0.982), abs=1e-3)
