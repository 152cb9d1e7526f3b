"""A design space, held against the engine asked one point at a time."""

import csv
import io
import json
import math
import sys

import pytest
from mlsysim_core import Engine, InputError, MissingValueError
from mlsysim_core.errors import FrozenError
from mlsysim_solvers import DSE, Space, log_range

from .explored import BARE, BOTH, CHIP, LARGE, LITTLE, PICTURES

np = pytest.importorskip("numpy")

SPECS = {spec.name: spec for spec in (LITTLE, LARGE, PICTURES, CHIP, BARE)}


def alone(point):
    return Engine.solve(
        SPECS[point["model"]],
        SPECS[point["hardware"]],
        point["batch_size"],
        point["precision"],
        point["efficiency"],
        seq_len=point["seq_len"],
        stack=point["stack"],
        phase=point["phase"],
    )


def values(space, name="batch_size"):
    return [one[name] for one in DSE(space).solve()]


# The same answers.


def test_every_point_is_what_the_engine_answers():
    space = Space(
        **BOTH,
        batch_size="1,3,700",
        seq_len=[1, 100, 8000],
        precision=["fp16", "int8"],
        stack=["Optimized", "Ideal"],
        phase=["decode", "prefill"],
        efficiency=[None, 0.0, 0.5],
    )
    table = DSE(space).solve()

    assert len(table) == space.size == len(space) == 4 * 3 * 3 * 2 * 2 * 2 * 3
    for point in table:
        answer = alone(point)
        for name, expected in (
            ("latency", answer.seconds),
            ("throughput", answer.items_per_second),
            ("mfu", answer.mfu),
            ("memory", answer.details.footprint),
            ("capacity", answer.details.capacity),
        ):
            assert point[name] == pytest.approx(expected, rel=1e-12, abs=0.0), name
        if answer.joules is None:
            assert point["energy"] is None
        else:
            assert point["energy"] == pytest.approx(answer.joules, rel=1e-12)
        assert (point["bottleneck"], point["feasible"]) == (answer.bottleneck, answer.feasible)
        assert point["reason"] == ("" if answer.feasible else "does not fit in memory")


@pytest.mark.parametrize("points", [1, 2, 5, 7, 1000])
def test_chunks_are_the_table_in_parts(points):
    space = Space(**BOTH, batch_size="1:5", seq_len="128:1024:128", efficiency="0.2:0.6:0.2")
    dse = DSE(space, "minimize latency", "latency < 1 s")
    chunks = list(dse.chunks(points))

    assert max(map(len, chunks)) <= points
    assert [row for chunk in chunks for row in chunk] == list(dse.solve())


def test_a_front_of_chunks_is_the_front_of_all():
    dse = DSE(Space(**BOTH, batch_size="1:200", seq_len="100:8000:700"), "maximize throughput")
    goals = ("minimize latency", "maximize throughput", "minimize memory")
    table = dse.solve()

    for some in (goals[:1], goals[:2], goals):
        assert sorted(map(str, dse.pareto(*some))) == sorted(map(str, table.pareto(*some)))
    assert list(dse.top(7)) == list(table.top(7))
    assert dse.best() == table.best()


# Searching.


def test_the_best_is_the_best_of_what_is_accepted():
    table = DSE(
        Space(**BOTH, batch_size="1:512:log2"), "maximize throughput", "latency < 3 ms"
    ).solve()
    kept = [one for one in table if one["feasible"] and one["latency"] < 3e-3]

    assert table.best() == max(kept, key=lambda one: one["throughput"])
    assert [one["throughput"] for one in table.top(3)] == sorted(
        (one["throughput"] for one in kept), reverse=True
    )[:3]
    assert [one["accepted"] for one in table] == [one in kept for one in table]


def test_nothing_dominates_the_front():
    table = DSE(Space(LITTLE, CHIP, batch_size="1:300")).solve()
    front = table.pareto("minimize latency", "maximize throughput")
    costs = [(one["latency"], -one["throughput"]) for one in table if one["accepted"]]

    for one in front:
        mine = (one["latency"], -one["throughput"])
        assert not any(a <= mine[0] and b <= mine[1] and (a, b) != mine for a, b in costs)
    beaten = len(costs) - len(front)
    assert beaten == sum(
        any(a <= x and b <= y and (a, b) != (x, y) for a, b in costs) for x, y in costs
    )


def test_what_does_not_fit_is_marked_and_never_best():
    dse = DSE(Space(LARGE, CHIP, batch_size=[1, 2]), "maximize throughput")
    table = dse.solve()

    assert [one["feasible"] for one in table] == [False, False]
    assert table["latency"][0] == Engine.solve(LARGE, CHIP).seconds
    for search in (dse, table):
        with pytest.raises(InputError, match="none of 2 points is accepted: 2: does not fit"):
            search.best()
        assert len(search.top(5)) == len(search.pareto("minimize latency")) == 0


def test_a_format_that_a_device_lacks_is_marked_with_the_reason():
    fp64 = DSE(Space(LITTLE, [CHIP, BARE], precision="fp32"), "minimize latency").solve()

    assert [one["latency"] for one in fp64] == [None, None]
    assert fp64.refusals() == {
        "chip has no fp32 arithmetic, nor any wider; it computes in fp16, int8": 1,
        "bare has no fp32 arithmetic, nor any wider; it computes in bf16": 1,
    }


def test_a_phase_or_a_length_that_a_model_does_not_know_is_marked():
    table = DSE(
        Space([LITTLE, PICTURES], CHIP, seq_len=[8192, 8193], phase=["prefill", None])
    ).solve()

    assert [one["reason"] == "" for one in table] == [True, False] * 2 + [False] * 4
    assert "seq_len must be at most 8,192 for little" in table.refusals()


def test_what_is_unknown_keeps_no_constraint_and_is_never_best():
    space = Space(LITTLE, [CHIP, BARE])

    for text in ("energy < 1 MJ", "not energy > 1 MJ", "energy != 0 J"):
        table = DSE(space, constraints=text).solve()
        assert table["accepted"].tolist() == [True, False]
        assert table[1]["reason"] == f"cannot be checked: {text}"
    assert DSE(space, "minimize energy").best()["hardware"] == "chip"
    assert DSE(space, "maximize power").best()["hardware"] == "chip"


def test_the_first_broken_constraint_is_told():
    table = DSE(Space(LITTLE, CHIP), constraints=["mfu > 1", "latency < 1 ns"]).solve()

    assert table.refusals() == {"violates mfu > 1": 1}


# Spaces.


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (3, [3]),
        ("3", [3]),
        ("1, 2 ,8", [1, 2, 8]),
        ("1e2", [100]),
        ([4, 1], [4, 1]),
        (np.array([2, 5]), [2, 5]),
        (range(2, 9, 3), [2, 5, 8]),
        ("1:4", [1, 2, 3, 4]),
        ("1:10:4", [1, 5, 9]),
        ("1:64:log2", [1, 2, 4, 8, 16, 32, 64]),
        ("3:100:log10", [3, 30]),
        (log_range(1, 100, 5), [1, 3, 10, 32, 100]),
    ],
)
def test_a_parameter_is_a_number_several_or_a_range(given, expected):
    assert values(Space(LITTLE, CHIP, batch_size=given)) == expected


def test_fractions_have_ranges_as_well():
    assert values(Space(LITTLE, CHIP, efficiency="0.1:0.4:0.1"), "efficiency") == [
        0.1,
        0.2,
        0.3,
        0.4,
    ]


def test_a_length_may_depend_on_the_batch():
    table = DSE(Space(LITTLE, CHIP, batch_size="1:5", seq_len="4096 / batch_size")).solve()

    assert [one["seq_len"] for one in table] == [4096, 2048, None, 1024, None]
    assert [one["reason"] for one in table][
        2
    ] == "a dependent value is not a whole number of at least 1"
    assert [one["latency"] is None for one in table] == [False, False, True, False, True]
    assert table[1]["latency"] == alone(table[1]).seconds


def test_a_batch_may_depend_on_the_length():
    table = DSE(Space(LITTLE, CHIP, seq_len="1024:4096:1024", batch_size="8192 / seq_len")).solve()

    assert [one["batch_size"] for one in table] == [8, 4, None, 2]
    assert [one["feasible"] for one in table] == [True, True, False, True]
    assert table[3]["latency"] == alone(table[3]).seconds


def test_a_condition_says_which_points_there_are():
    space = Space(
        LITTLE,
        [CHIP, BARE],
        batch_size="1:4",
        seq_len="1024,4096",
        where=["batch_size * seq_len <= 8192", "hardware == 'bare' or batch_size > 1"],
    )

    assert [(one["hardware"], one["batch_size"], one["seq_len"]) for one in DSE(space).solve()] == [
        ("chip", 2, 1024),
        ("chip", 2, 4096),
        ("chip", 3, 1024),
        ("chip", 4, 1024),
        ("bare", 1, 1024),
        ("bare", 1, 4096),
        ("bare", 2, 1024),
        ("bare", 2, 4096),
        ("bare", 3, 1024),
        ("bare", 4, 1024),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"batch_size": "0:4"}, "batch_size must be from 1"),
        ({"batch_size": "4:1"}, "ends before it starts"),
        ({"batch_size": "4:1e30"}, "too large, the most are 9,007,199,254,740,992"),
        ({"batch_size": "1:4:0"}, "must be positive"),
        ({"batch_size": "1:4:log3"}, "did you mean log2"),
        ({"batch_size": "1:2:3:4"}, "a range is"),
        ({"batch_size": "1:x"}, "'x' is not a whole number"),
        ({"batch_size": "1.5"}, "'1.5' is not a whole number"),
        ({"batch_size": []}, "must not be empty"),
        ({"batch_size": range(0)}, "must not be empty"),
        ({"batch_size": None}, "batch_size must be numbers"),
        ({"seq_len": [None, 4]}, "seq_len must be numbers"),
        ({"batch_size": "seq_len", "seq_len": "batch_size"}, "only one of"),
        ({"batch_size": "seqlen * 2"}, "did you mean seq_len"),
        ({"efficiency": "1.5"}, "efficiency must be from 0.0"),
        ({"precision": "fp17"}, "precision must be one of"),
        ({"phase": "prefil"}, "did you mean prefill"),
        ({"where": "latency < 1"}, "nothing is called 'latency'"),
        ({"where": "batch_size"}, "must be a comparison"),
        ({"batchsize": 3}, "a space has no parameter batchsize"),
    ],
)
def test_a_space_that_cannot_be_is_an_error(changes, message):
    with pytest.raises(InputError, match=message):
        Space(**{"models": LITTLE, "hardware": CHIP, **changes})


def test_a_space_never_changes():
    with pytest.raises(FrozenError):
        Space(LITTLE, CHIP).batch_size = [1]


def test_large_spaces_are_counted_without_being_made():
    space = Space(LITTLE, CHIP, batch_size="1:100000", seq_len="1:8000")

    assert space.size == 800_000_000
    with pytest.raises(InputError, match=r"chunks\(\), best\(\), top\(\) or pareto\(\)"):
        DSE(space).solve()
    assert len(next(DSE(space).chunks())) > 1000


def test_memory_does_not_grow_with_the_points():
    import tracemalloc

    peaks = []
    for batches in ("1:50", "1:400"):
        dse = DSE(Space(LITTLE, CHIP, batch_size=batches, seq_len="1:2000"), "minimize latency")
        next(dse.chunks())
        tracemalloc.start()
        dse.top(3)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.2 * peaks[0]


def test_without_numpy_the_error_says_what_to_install(monkeypatch):
    dse = DSE(Space(LITTLE, CHIP))
    monkeypatch.setitem(sys.modules, "numpy", None)

    with pytest.raises(MissingValueError, match=r"\[arrays\]"):
        dse.solve()


# Tables.


@pytest.fixture(scope="module")
def table():
    return DSE(Space(**BOTH, batch_size="1,64"), "minimize latency", "latency < 5 ms").solve()


def test_a_table_has_columns_records_and_parts(table):
    assert table["latency"].shape == (8,)
    assert table[-1] == list(table)[-1]
    assert list(table[2:4]) == list(table)[2:4]
    assert repr(table) == "<DesignTable: 8 points, 4 feasible, 4 accepted>"
    assert len(table.accepted()) == 4
    with pytest.raises(IndexError):
        table[8]
    with pytest.raises(InputError, match="no column 'latncy'"):
        table["latncy"]


def test_csv_has_units_and_every_point(table, tmp_path):
    rows = list(csv.DictReader(io.StringIO(table.to_csv())))
    table.to_csv(tmp_path / "points.csv")

    assert [float(row["latency [s]"]) for row in rows] == table["latency"].tolist()
    assert [row["feasible"] for row in rows] == ["true"] * 4 + ["false"] * 4
    assert (tmp_path / "points.csv").read_text() == table.to_csv()


def test_json_is_strict(table):
    document = json.loads(table.to_json(), parse_constant=pytest.fail)

    assert document["units"]["latency"] == "s"
    assert len(document["points"]) == 8
    assert any(one["latency"] is None for one in document["points"])  # infinite: no host link
    assert math.inf in table["latency"]


def test_markdown_has_a_line_for_each_point(table):
    assert table.to_markdown().count("\n") == 2 + 8


def test_frames_are_made_where_the_library_is_installed(table, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(MissingValueError, match="install polars"):
        table.to_polars()
    pandas = pytest.importorskip("pandas")
    frame = table.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == list(table.names)
