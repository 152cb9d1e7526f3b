"""Looking for what is best in spaces that are too large, or have no end."""

import sys

import pytest
from mlsysim_core import Engine, InputError, MissingValueError
from mlsysim_solvers import DSE, Space

from .explored import BARE, BOTH, CHIP, LITTLE

pytest.importorskip("numpy")
optuna = pytest.importorskip("optuna")

SPACE = {**BOTH, "batch_size": "1:2000", "precision": ["fp16", "int8"], "seq_len": 512}
GOALS = ("maximize throughput", "latency < 20 ms")


@pytest.fixture(scope="module")
def dse():
    return DSE(Space(**SPACE), *GOALS)


@pytest.fixture(scope="module")
def tried(dse):
    return dse.optimize(600, seed=4)


def test_what_is_found_is_nearly_the_best_there_is(dse, tried):
    best = dse.best()

    assert len(tried) < 600 < dse.space.size / 20
    assert tried.best()["objective"] >= 0.95 * best["objective"]
    assert tried.best()["hardware"] == best["hardware"]


def test_every_point_is_what_the_engine_answers(tried):
    for one in tried[:40]:
        if one["hardware"] == "chip" and one["model"] == "little":
            alone = Engine.solve(LITTLE, CHIP, one["batch_size"], one["precision"], seq_len=512)
            assert one["latency"] == pytest.approx(alone.seconds, rel=1e-12)


def test_points_come_once_and_the_infeasible_ones_stay(tried):
    keys = [(one["model"], one["hardware"], one["precision"], one["batch_size"]) for one in tried]

    assert len(set(keys)) == len(keys)
    assert "does not fit in memory" in tried.refusals()


def test_equal_seeds_try_equal_points(dse, tried):
    assert list(dse.optimize(600, seed=4)) == list(tried)
    assert list(dse.optimize(100, seed=5)) != list(dse.optimize(100, seed=4))


def test_fronts_are_looked_for_as_well(dse):
    goals = ("minimize latency", "maximize throughput")
    front = dse.optimize(800, pareto=goals, seed=1).pareto(*goals)
    whole = dse.pareto(*goals)

    assert len(front) > 10
    assert max(front["throughput"]) > 0.9 * max(whole["throughput"])
    assert min(front["latency"]) < 1.1 * min(whole["latency"])


def test_ranges_need_no_steps_and_other_samplers_may_choose():
    space = Space(LITTLE, CHIP, batch_size="1:4096:log", efficiency="0.2:0.9", seq_len=[64, 512])
    dse = DSE(space, "maximize throughput")
    found = dse.optimize(60, sampler=optuna.samplers.RandomSampler(seed=1))

    assert len({one["efficiency"] for one in found}) == len(found) == 60
    assert {one["seq_len"] for one in found} == {64, 512}


def test_what_is_not_in_the_space_is_not_tried(dse):
    space = Space(LITTLE, [CHIP, BARE], batch_size="1:64", where="batch_size % 2 == 0")
    found = DSE(space, "maximize throughput").optimize(100)

    assert len(found)
    assert all(one["batch_size"] % 2 == 0 for one in found)


def test_a_length_may_depend_on_the_batch():
    space = Space(LITTLE, CHIP, batch_size="1:64", seq_len="4096 / batch_size")
    found = DSE(space, "maximize throughput").optimize(100)

    assert {one["seq_len"] for one in found.accepted()} > {4096 // 64}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"trials": 0}, "trials must be a whole number from 1"),
        ({"seed": 1.5}, "seed must be a whole number from 0"),
        ({"pareto": []}, "needs an objective"),
    ],
)
def test_what_makes_no_sense_is_an_error(dse, given, message):
    with pytest.raises(InputError, match=message):
        dse.optimize(**given)


def test_a_sample_chooses_no_points():
    with pytest.raises(InputError, match="give the space"):
        DSE(Space(LITTLE, CHIP).sample(3), "min latency").optimize()


def test_without_optuna_the_error_says_what_to_install(dse, monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)

    with pytest.raises(MissingValueError, match=r"install optuna, or mlsysim-solvers\[optimize\]"):
        dse.optimize()
