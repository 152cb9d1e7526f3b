"""Sweeps in folders: the same points, whatever is killed on the way."""

import copyreg
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from mlsysim_core import InputError, MissingValueError, MLSysimError
from mlsysim_core.errors import DoesNotFitError, SpecError
from mlsysim_solvers import DSE, DesignTable, Space, StoredTable

from .explored import BOTH, CHIP, LITTLE

np = pytest.importorskip("numpy")
parquet = pytest.importorskip("pyarrow.parquet")
pytestmark = pytest.mark.slow

SPACE = {**BOTH, "batch_size": "1:60", "seq_len": "64:8192:64", "where": "batch_size % 7 > 0"}
GOALS = ("maximize throughput", "latency < 50 ms")

# What is killed: a process of its own, which begins or goes on with the sweep in a folder.
SWEEP = """
import sys
sys.path.insert(0, {tests!r})
from explored import BOTH
from mlsysim_solvers import DSE, Space

if __name__ == "__main__":
    dse = DSE(Space(**{{**BOTH, **{space!r}}}), *{goals!r})
    dse.write(sys.argv[1], part=500, workers=int(sys.argv[2]))
"""


@pytest.fixture
def dse():
    return DSE(Space(**SPACE), *GOALS)


def read(folder):
    return parquet.read_table(folder).to_pylist()


def names(folder):
    return sorted(one.name for one in Path(folder).iterdir())


# What is there.


def test_a_folder_holds_every_point_in_order(dse, tmp_path):
    told = []
    found = dse.write(tmp_path / "points", part=3000, progress=lambda *one: told.append(one))
    table = dse.solve()

    assert list(found.table()) == list(table)
    assert (found.points, found.feasible) == (len(table), int(table["feasible"].sum()))
    assert found.accepted == len(table.accepted())
    assert found.refusals() == table.refusals()
    assert list(found.top(5)) == list(table.top(5))
    assert found.best() == table.best()
    goals = ("minimize latency", "maximize throughput")
    assert sorted(map(str, found.pareto(*goals))) == sorted(map(str, table.pareto(*goals)))
    assert sum(map(len, found.chunks())) == len(found) == len(table)
    assert told[0] == (0, dse.space.size)
    assert told[-1] == (dse.space.size, dse.space.size)
    assert list(StoredTable(tmp_path / "points").table()) == list(table)
    assert f"| points | {len(table):,} |" in StoredTable(tmp_path / "points")._repr_markdown_()


def test_data_frames_read_the_folder(dse, tmp_path):
    dse.write(tmp_path / "points", part=3000)

    assert read(tmp_path / "points") == list(dse.solve())
    schema = parquet.read_schema(tmp_path / "points" / "part-000000.parquet")
    assert schema.field("latency").metadata == {b"unit": b"s"}
    assert schema.field("memory").metadata == {b"unit": b"byte"}


def test_only_what_is_asked_for_is_kept(dse, tmp_path):
    best = dse.write(tmp_path / "best", part=3000, top=4)
    goals = ("minimize latency", "maximize throughput")
    front = dse.write(tmp_path / "front", part=3000, pareto=goals)

    assert list(best.table()) == list(dse.top(4))
    assert best.points == len(dse.solve())
    assert list(front.table()) == list(dse.pareto(*goals))
    assert 4 < len(read(tmp_path / "best")) <= 4 * len(parts(tmp_path / "best"))


@pytest.mark.parametrize("workers", [1, 2])
def test_how_many_work_changes_nothing(dse, tmp_path, workers):
    dse.write(tmp_path / "points", part=3000, workers=workers)

    assert read(tmp_path / "points") == list(dse.solve())


def test_any_executor_will_do(dse, tmp_path):
    with ThreadPoolExecutor(2) as executor:
        found = dse.write(tmp_path / "points", part=3000, executor=executor)

    assert list(found.table()) == list(dse.solve())


def test_samples_are_written_as_well(tmp_path):
    dse = DSE(Space(**{**SPACE, "batch_size": "1:4096:log"}).sample(70_000, seed=3))
    found = dse.write(tmp_path / "points", part=20_000)

    assert found.table()["latency"].tolist() == dse.solve()["latency"].tolist()
    assert len(names(tmp_path / "points")) > 3


# What is killed.


def start(folder, workers):
    code = SWEEP.format(
        tests=str(Path(__file__).parent),
        space={name: SPACE[name] for name in ("batch_size", "seq_len", "where")},
        goals=GOALS,
    )
    script = folder.parent / "sweep.py"
    script.write_text(code)
    return subprocess.Popen([sys.executable, script, folder, str(workers)])


def parts(folder):
    return {one for one in names(folder) if one.startswith("part-")} if folder.exists() else set()


def wait_for(condition, seconds=120.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.01)


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_five_times_a_sweep_ends_with_the_same_rows(dse, tmp_path, workers):
    folder = tmp_path / "points"
    kills = 0
    while kills < 5:
        before = parts(folder)
        process = start(folder, workers)
        wait_for(lambda: len(parts(folder)) > len(before) or process.poll() is not None)  # noqa: B023
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        assert before <= parts(folder)
        assert process.returncode == -signal.SIGKILL, "the space is too small to be killed in"
    lacking = dse.space.size // 500 - len(parts(folder))
    assert lacking > 0

    assert start(folder, workers).wait() == 0
    assert read(folder) == list(dse.solve())
    assert not [one for one in names(folder) if one.endswith(".partial")]


def test_what_is_there_is_not_done_again(dse, tmp_path):
    dse.write(tmp_path, part=3000)
    times = {one: (tmp_path / one).stat().st_mtime_ns for one in names(tmp_path)}
    (tmp_path / "part-000003.parquet").unlink()
    with pytest.raises(InputError, match="lacks 1 of"):
        StoredTable(tmp_path)
    told = []
    dse.write(tmp_path, part=3000, progress=lambda *one: told.append(one))

    changed = [one for one in names(tmp_path) if (tmp_path / one).stat().st_mtime_ns != times[one]]
    assert changed == ["part-000003.parquet"]
    assert len(told) == 2
    assert read(tmp_path) == list(dse.solve())


def test_half_written_parts_are_removed_at_the_end(dse, tmp_path):
    (tmp_path / ".part-000001.parquet.0123.partial").write_bytes(b"PAR1")
    dse.write(tmp_path, part=3000)

    assert read(tmp_path) == list(dse.solve())
    assert not [one for one in names(tmp_path) if one.endswith(".partial")]


@pytest.fixture
def importable(monkeypatch):
    """Let the processes of a pool find this module."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2])


def _once(folder, *arguments):
    """Die the first time."""
    mark = Path(folder) / "died"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return arguments


def _always(number):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_a_worker_that_dies_is_replaced(tmp_path, importable):
    from mlsysim_solvers.exploration._running import cluster, run

    with cluster(2) as on:
        found = sorted(run(_once, [(tmp_path, number) for number in range(20)], on))

    assert found == [(number,) for number in range(20)]


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_workers_that_always_die_are_given_up(importable):
    from mlsysim_solvers.exploration._running import cluster, run

    with cluster(2) as on, pytest.raises(MLSysimError, match="died 3 times"):
        list(run(_always, [(number,) for number in range(4)], on))


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
@pytest.mark.filterwarnings("ignore")  # of a cluster that is made for a test
def test_a_worker_that_is_killed_under_dask_loses_nothing(dse, tmp_path):
    distributed = pytest.importorskip("distributed")
    killed = []

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR"
    ) as one:

        def kill(done, total):
            if done and not killed:
                killed.append(next(iter(one.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        dse.write(tmp_path, part=500, scheduler=one.scheduler_address, progress=kill)

    assert killed
    assert read(tmp_path) == list(dse.solve())


def test_a_scheduler_that_does_not_answer_is_an_error(dse, tmp_path):
    pytest.importorskip("distributed")

    with pytest.raises(MLSysimError, match="no Dask scheduler answers at tcp:"):
        dse.write(tmp_path / "points", scheduler="tcp://127.0.0.1:1")
    assert not (tmp_path / "points").exists()


def test_what_dask_does_to_errors_keeps_them(monkeypatch):
    pickling = pytest.importorskip("tblib.pickling_support")  # which Dask installs
    error = SpecError.of("chip", [("memory", "is missing")])

    for one in (DoesNotFitError("too large"), error):
        monkeypatch.setitem(copyreg.dispatch_table, type(one), pickling.pickle_exception)
        again = pickle.loads(pickle.dumps(one))

        assert (type(again), again.args, vars(again)) == (type(one), one.args, vars(one))


# What is refused.


@pytest.mark.parametrize(
    ("changes", "goals", "part", "message"),
    [
        ({"batch_size": "1:61"}, GOALS, 3000, "batch_size was '1:60:1' and is '1:61:1'"),
        ({}, (GOALS[0], "latency < 60 ms"), 3000, "constraints was"),
        ({}, GOALS, 4000, "part was 3000 and is 4000"),
        ({"models": [LITTLE]}, GOALS, 3000, "model was"),
    ],
)
def test_another_sweep_is_refused(dse, tmp_path, changes, goals, part, message):
    dse.write(tmp_path, part=3000)
    there = names(tmp_path)

    with pytest.raises(InputError, match=f"holds another sweep .*{message}"):
        DSE(Space(**{**SPACE, **changes}), *goals).write(tmp_path, part=part)
    assert names(tmp_path) == there


def test_a_device_that_changed_under_its_name_is_another_sweep(tmp_path):
    DSE(Space(LITTLE, CHIP)).write(tmp_path)
    faster = CHIP.model_copy(update={"memory.bandwidth": "3 TB/s"})

    with pytest.raises(InputError, match="what its models or devices are has changed"):
        DSE(Space(LITTLE, faster)).write(tmp_path)


def test_what_holds_something_else_is_refused(dse, tmp_path):
    (tmp_path / "thesis.tex").write_text("work of years")
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(InputError, match="holds something else than a sweep"):
        dse.write(tmp_path)
    with pytest.raises(InputError, match="is a file"):
        dse.write(file)
    with pytest.raises(InputError, match="holds no sweep"):
        StoredTable(tmp_path)


def test_broken_and_foreign_parts_are_found(dse, tmp_path):
    dse.write(tmp_path / "one", part=3000)
    part = tmp_path / "one" / "part-000002.parquet"
    content = part.read_bytes()

    part.write_bytes(content[:1000])
    with pytest.raises(InputError, match=r"part-000002.parquet is broken .* remove it"):
        dse.write(tmp_path / "one", part=3000)
    dse.over(Space(**{**SPACE, "seq_len": "64:8192:65"})).write(tmp_path / "two", part=3000)
    part.write_bytes((tmp_path / "two" / "part-000002.parquet").read_bytes())
    with pytest.raises(InputError, match="belongs to another sweep"):
        dse.write(tmp_path / "one", part=3000)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"part": 0}, "part must be a whole number of at least 1"),
        ({"workers": 0}, "workers must be a whole number of at least 1"),
        ({"workers": 2, "scheduler": "tcp://localhost:1"}, "exclude one another"),
        ({"top": 3, "pareto": ["min latency"]}, "exclude each other"),
        ({"pareto": []}, "pareto needs objectives"),
    ],
)
def test_what_makes_no_sense_is_an_error(dse, tmp_path, settings, message):
    with pytest.raises(InputError, match=message):
        dse.write(tmp_path / "points", **settings)


def test_the_best_need_an_objective(tmp_path):
    with pytest.raises(InputError, match="top needs an objective"):
        DSE(Space(LITTLE, CHIP)).write(tmp_path, top=3)


def test_without_pyarrow_the_error_says_what_to_install(dse, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(MissingValueError, match=r"install pyarrow, or mlsysim-solvers\[parquet\]"):
        dse.write(tmp_path)
    assert names(tmp_path) == []


# Tables as Arrow.


def test_a_table_goes_to_arrow_and_back(dse, tmp_path):
    from mlsysim_solvers.exploration._arrow import from_arrow

    table = dse.solve()
    arrow = table.to_arrow()
    table.to_parquet(tmp_path / "points.parquet")

    assert arrow.num_rows == len(table)
    assert arrow.column_names == list(table.names)
    assert arrow.to_pylist() == list(table)
    for given in (arrow, parquet.read_table(tmp_path / "points.parquet")):
        back = from_arrow(given)
        assert isinstance(back, DesignTable)
        assert list(back) == list(table)
        assert list(back.top(3)) == list(table.top(3))
    with pytest.raises(InputError, match="lacks latency"):
        from_arrow(arrow.drop_columns(["latency"]))


def test_a_manifest_says_what_is_swept(dse, tmp_path):
    dse.write(tmp_path, part=3000)
    found = json.loads((tmp_path / "_sweep.json").read_text())["sweep"]

    assert (found["objective"], found["constraints"]) == (GOALS[0], [GOALS[1]])
    assert found["hardware"] == ["chip", "bare"]
    assert found["seq_len"] == "64:8192:64"
