"""Points that are drawn from a design space."""

import pickle

import pytest
from mlsysim_core import Engine, InputError, MissingValueError
from mlsysim_solvers import DSE, Space

from .explored import BOTH, CHIP, LITTLE, PICTURES

np = pytest.importorskip("numpy")

ENDLESS = {**BOTH, "batch_size": "1:4096:log", "efficiency": "0.2:0.9", "seq_len": "16:4096:16"}


def rows(sample):
    return list(DSE(sample).solve())


@pytest.fixture(params=["random", "latin"])
def method(request):
    if request.param == "latin":
        pytest.importorskip("scipy")
    return request.param


def test_points_lie_in_the_space_and_are_what_the_engine_answers(method):
    found = rows(
        Space(
            LITTLE,
            CHIP,
            **{k: ENDLESS[k] for k in ("batch_size", "efficiency")},
            seq_len="16:4096:16",
        ).sample(200, method, seed=1)
    )

    assert len(found) == 200
    for one in found:
        assert 1 <= one["batch_size"] <= 4096
        assert 0.2 <= one["efficiency"] <= 0.9
        assert one["seq_len"] % 16 == 0
        alone = Engine.solve(
            LITTLE, CHIP, one["batch_size"], "fp16", one["efficiency"], seq_len=one["seq_len"]
        )
        assert one["latency"] == pytest.approx(alone.seconds, rel=1e-12)
        assert one["feasible"] == alone.feasible


def test_equal_seeds_draw_equal_points(method):
    space = Space(**ENDLESS)

    assert rows(space.sample(300, method, 5)) == rows(Space(**ENDLESS).sample(300, method, 5))
    assert rows(space.sample(300, method, 5)) != rows(space.sample(300, method, 6))


@pytest.mark.parametrize("points", [1, 100, 5000, 20000, 10**6])
def test_parts_and_chunks_are_the_sample_in_pieces(method, points):
    sample = Space(**ENDLESS, where="batch_size > 3").sample(40_000, method, 5)
    whole = DSE(sample).solve()
    parts = [DSE(pickle.loads(pickle.dumps(one))).solve() for one in sample.parts(points)]

    assert np.concatenate([one["latency"] for one in parts]).tolist() == whole["latency"].tolist()
    if points >= 100:
        chunks = [one["memory"] for one in DSE(sample).chunks(points)]
        assert np.concatenate(chunks).tolist() == whole["memory"].tolist()


def test_equal_ratios_are_equally_likely():
    found = DSE(Space(LITTLE, CHIP, batch_size="1:4095:log").sample(60_000, seed=2)).solve()
    shares = np.bincount(np.log2(found["batch_size"]).astype(int)) / len(found)

    np.testing.assert_allclose(shares, np.full(12, 1 / 12), atol=0.006)


def test_values_and_settings_are_equally_likely():
    space = Space(**BOTH, batch_size="1,2,3,50", precision=["fp16", "int8"])
    found = DSE(space.sample(80_000, seed=3)).solve()
    _, batches = np.unique(found["batch_size"], return_counts=True)
    kinds = found["model"] + found["hardware"] + found["precision"]

    np.testing.assert_allclose(batches / len(found), 0.25, atol=0.01)
    np.testing.assert_allclose(
        np.unique(kinds, return_counts=True)[1] / len(found), 1 / 8, atol=0.01
    )


def test_every_stretch_has_its_share_in_a_hypercube():
    pytest.importorskip("scipy")
    found = DSE(Space(LITTLE, CHIP, efficiency="0.0:1.0").sample(500, "latin", 4)).solve()

    assert np.bincount((found["efficiency"] * 500).astype(int)).tolist() == [1] * 500


def test_lengths_may_depend_on_what_is_drawn():
    found = rows(Space(LITTLE, CHIP, batch_size="1:64", seq_len="4096 / batch_size").sample(50))

    assert {one["seq_len"] for one in found if one["feasible"]} > {4096 // 4}
    for one in found:
        assert (one["seq_len"] is None) == (4096 % one["batch_size"] > 0)


def test_models_without_sequences_are_drawn_as_well():
    found = rows(Space(PICTURES, CHIP, batch_size="1:64").sample(20))

    assert all(one["seq_len"] is None and one["feasible"] for one in found)


def test_what_has_no_steps_makes_no_grid():
    space = Space(LITTLE, CHIP, batch_size="1:64:log", efficiency="0.2:0.9")

    assert repr(space) == "<Space: no end of points, 1 settings>"
    assert repr(DSE(space)) == "<DSE: no end of points, no objective, 0 constraints>"
    with pytest.raises(
        InputError, match=r"efficiency may be anything in 0.2:0.9, .* '0.2:0.9:0.1'"
    ):
        DSE(space).solve()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"points": 0}, "points must be a whole number from 1, got 0"),
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"method": "latn"}, "did you mean latin"),
        ({"method": "latin", "points": 10**7}, "at most 1,000,000 points"),
    ],
)
def test_a_sample_that_cannot_be_is_an_error(changes, message):
    with pytest.raises(InputError, match=message):
        Space(LITTLE, CHIP).sample(**{"points": 10, **changes})


def test_a_log_range_starts_above_zero():
    with pytest.raises(InputError, match="starts above zero"):
        Space(LITTLE, CHIP, efficiency="0:1:log")


def test_without_scipy_the_error_says_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "scipy.stats.qmc", None)
    with pytest.raises(MissingValueError, match=r"install scipy, or mlsysim-solvers\[sampling\]"):
        Space(LITTLE, CHIP).sample(10, "latin")
