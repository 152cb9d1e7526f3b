"""Numbers may move in a patch release, but not unseen.

A change that is meant is kept by ``python -m tests.golden.generate``, and told in a fragment of
type ``values`` under docs/news.
"""

import math

from .generate import DEVICES, MODELS, QUESTIONS, grid, kept, moved, same


def test_no_prediction_moved_unannounced():
    assert list(moved(kept(), grid())) == []


def test_the_grid_is_complete():
    assert len(kept()) == len(MODELS) * len(DEVICES) * len(QUESTIONS)


def test_a_number_that_moves_is_seen():
    old = ["1.0", "2.0", "0.5", "nan", "8.0", "Memory", "fits"]

    assert same(old, list(old))
    assert same(old, [repr(1.0 + 1e-12), *old[1:]])
    assert not same(old, [repr(1.0 + 1e-8), *old[1:]])
    assert not same(old, [repr(math.nan), *old[1:]])
    assert not same(old, [*old[:5], "Compute", "fits"])
    assert not same(old, "UnsupportedPrecisionError")
    assert list(moved({"a": old}, {})) != []
