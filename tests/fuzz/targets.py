"""Everything that reads what people wrote, each as a function of bytes.

A target may answer or raise an error of ours; anything else that it raises is a fault.
"""

import io
import json
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path

import mlsysim_registry
import typer
from mlsysim_cli import _flags, app
from mlsysim_core import HardwareSpec, ModelSpec, PerformanceProfile, StackSpec
from mlsysim_core.catalog import KINDS, find
from mlsysim_core.errors import MLSysimError
from mlsysim_solvers.exploration._axes import numeric_axis
from mlsysim_solvers.exploration._goal import Goal, constraint
from mlsysim_solvers.plans._files import load_plans
from mlsysim_solvers.serving._requests import Requests
from mlsysim_solvers.validation._rows import read, read_row
from mlsysim_solvers.validation.tasks._models import model_from_row, sequence_length

__all__ = ["TARGETS"]

_FOLDER = Path(tempfile.mkdtemp(prefix="mlsysim-fuzz-"))
_CHIP = HardwareSpec(
    name="chip",
    compute={"peak": {"fp16": "200 TFLOP/s"}},
    memory={"capacity": "48 GB", "bandwidth": "1 TB/s"},
)
_FIELDS = ("memory.capacity", "memory.bandwidth", "compute.peak.fp16", "tdp", "compute.clock")
_GROUP = typer.main.get_command(app)
_USAGE = typer.BadParameter.__mro__[2]  # click's, which typer carries a copy of
_SPECS = (HardwareSpec, ModelSpec, StackSpec)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _chosen(data: bytes, count: int) -> tuple[int, str]:
    """Let the first byte choose, and the others be the text."""
    return (data[0] % count if data else 0), _text(data[1:])


def _file(name: str, data: bytes) -> Path:
    path = _FOLDER / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _quantity(data: bytes) -> None:
    index, text = _chosen(data, len(_FIELDS))
    _CHIP.model_copy(update={_FIELDS[index]: text})


def _name(data: bytes) -> None:
    index, text = _chosen(data, len(KINDS))
    find(tuple(KINDS)[index], text)


def _expression(data: bytes) -> None:
    index, text = _chosen(data, 2)
    (constraint, Goal.read)[index](text)


def _axis(data: bytes) -> None:
    index, text = _chosen(data, 2)
    assert len(numeric_axis("batch_size", text, float, whole=bool(index)))


def _specification(data: bytes) -> None:
    index, text = _chosen(data, len(_SPECS))
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return
    _SPECS[index].model_validate(document)


def _result(data: bytes) -> None:
    PerformanceProfile.from_json(_text(data))


def _entry(data: bytes) -> None:
    mlsysim_registry.load(_file("entry.toml", data))


def _configuration(data: bytes) -> None:
    mlsysim_registry.import_model(_file("config.json", data))


def _measurements(data: bytes) -> None:
    for values in read(_file("measurements.csv", data)):
        row = read_row(values)
        sequence_length(row)
        model_from_row(row)


def _trace(name: str, data: bytes) -> None:
    Requests.read(_file(name, data))


def _plan(data: bytes) -> None:
    load_plans(_file("plan.yaml", data))


def _command(data: bytes) -> None:
    """Read a line; the words stand between zeros. What it asks for is not done."""
    words = _text(data).split("\0")
    _flags.read(words)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try:
            context = _GROUP.make_context("mlsysim", list(words))
            if words := [*context._protected_args, *context.args]:
                _, command, rest = _GROUP.resolve_command(context, words)
                command.make_context("mlsysim", rest, parent=context)
        except (typer.Exit, typer.Abort, _USAGE):
            pass


def _guarded(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        try:
            target(data)
        except MLSysimError as error:
            if not str(error).strip():
                raise AssertionError("an error says what is wrong") from error

    return run


TARGETS: dict[str, Callable[[bytes], None]] = {
    name: _guarded(target)
    for name, target in {
        "quantity": _quantity,
        "name": _name,
        "expression": _expression,
        "axis": _axis,
        "specification": _specification,
        "result": _result,
        "entry": _entry,
        "configuration": _configuration,
        "measurements": _measurements,
        "trace": partial(_trace, "trace.csv"),
        "trace_lines": partial(_trace, "trace.jsonl"),
        "plan": _plan,
        "command": _command,
    }.items()
}
