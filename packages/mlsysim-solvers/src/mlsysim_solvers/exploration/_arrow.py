"""Tables as Arrow, which Parquet and every data frame understand, and back again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from mlsysim_core.arrays import numpy_or_error
from mlsysim_core.errors import InputError

from ._block import PARAMETERS
from ._goal import COLUMNS, TEXTS, UNITS, Goal
from ._optional import imported
from ._table import DesignTable, Levels, join

__all__ = ["arrow_or_error", "from_arrow", "to_arrow", "write_arrow", "write_parquet"]

_WHOLE = ("batch_size", "seq_len")
_TRUTHS = ("feasible", "accepted")
_ROWS = 131072
"""Rows that are gathered before they are written."""


def arrow_or_error(what: str) -> Any:
    """Import pyarrow, or say how to get it."""
    imported("pyarrow.parquet", what, "parquet")
    return imported("pyarrow", what, "parquet")


def to_arrow(table: DesignTable) -> Any:
    """Return a ``pyarrow.Table``, units with its columns, and nulls where nothing is known."""
    pa = arrow_or_error("to_arrow()")
    np = numpy_or_error()
    fields, arrays = [], []
    for name in table.names:
        values = table._columns[name]  # noqa: SLF001
        if name in TEXTS:
            codes = _array(pa, np, pa.int32(), values.astype(np.int32))
            words = pa.array(table._levels.words[name], pa.string())  # noqa: SLF001
            array = pa.DictionaryArray.from_arrays(codes, words)
        elif name in _TRUTHS:
            array = _array(pa, np, pa.bool_(), np.packbits(values, bitorder="little"), len(values))
        else:
            unknown = np.isnan(values)
            kind = pa.int64() if name in _WHOLE else pa.float64()
            if name in _WHOLE:
                values = np.where(unknown, 0, values).astype(np.int64)
            array = _array(pa, np, kind, values, known=~unknown)
        unit = {"unit": UNITS[name]} if name in UNITS else None
        fields.append(pa.field(name, array.type, metadata=unit))
        arrays.append(array)
    goal = table._goal  # noqa: SLF001
    schema = pa.schema(fields, {"objective": goal.text} if goal else None)
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(
    pa: Any, np: Any, kind: Any, values: Any, count: int | None = None, known: Any = None
) -> Any:
    """Take over the bytes of an array; ``pa.array`` would import pandas, to compare with it."""
    bits = None
    if known is not None and not known.all():
        bits = pa.py_buffer(np.packbits(known, bitorder="little"))
    length = len(values) if count is None else count
    return pa.Array.from_buffers(kind, length, [bits, pa.py_buffer(np.ascontiguousarray(values))])


def write_arrow(table: DesignTable, path: Any) -> None:
    """Write a file of Arrow's own format, which is read without being copied."""
    rows = to_arrow(table)
    ipc = imported("pyarrow.ipc", "to_arrow()", "parquet")
    with ipc.new_file(path, rows.schema) as writer:
        writer.write_table(rows)


def write_parquet(
    tables: Iterable[DesignTable],
    path: Any,
    told: Callable[[], Mapping[str, str]] | None = None,
) -> None:
    """Write tables of one space to one file, in memory that does not grow with them.

    Parameters
    ----------
    tables : iterable of DesignTable
        At least one.
    path : path
        The file.
    told : callable, optional
        Gives what the file says of itself, once all is written.
    """
    pa = arrow_or_error("to_parquet()")
    with ExitStack() as stack:
        writer: Any = None
        for table in _gathered(tables):
            rows = to_arrow(table)
            if writer is None:
                how = _how(rows.column_names)
                writer = pa.parquet.ParquetWriter(path, rows.schema, **how)
                stack.enter_context(writer)
            writer.write_table(rows)
        if told is not None:
            writer.add_key_value_metadata(told())


def _gathered(tables: Iterable[DesignTable]) -> Iterator[DesignTable]:
    """Put small tables together: at least one comes, empty if need be."""
    waiting: list[DesignTable] = []
    for table in tables:
        waiting.append(table)
        if sum(map(len, waiting)) >= _ROWS:
            yield join(waiting)
            waiting = []
    if waiting:
        yield join(waiting)


def _how(names: Sequence[str]) -> dict[str, Any]:
    """Choose how columns are encoded: in a third of the time and half of the space."""
    repeating = {*TEXTS, *PARAMETERS, "capacity"}
    numbers = {name for name in names if name in {*UNITS, "mfu", "objective"}} - repeating
    return {
        "compression": "zstd",
        "use_dictionary": [name for name in names if name in repeating],
        "use_byte_stream_split": sorted(numbers),
    }


def from_arrow(given: Any, levels: Levels | None = None) -> DesignTable:
    """Return the table that was made an Arrow table.

    Parameters
    ----------
    given : pyarrow.Table
        What :func:`to_arrow` returned, or was read from a file of it.
    levels : Levels, optional
        Shared with tables that this one shall be joined to.

    Raises
    ------
    InputError
        If it is no table of a design space.
    """
    pa = arrow_or_error("from_arrow()")
    np = numpy_or_error()
    missing = [name for name in COLUMNS if name not in given.column_names]
    if missing:
        raise InputError(f"this is no table of a design space: it lacks {', '.join(missing)}")
    levels = levels or Levels()
    columns: dict[str, Any] = {}
    for name in given.column_names:
        column = given.column(name).combine_chunks()
        if name in TEXTS:
            if not pa.types.is_dictionary(column.type):
                column = column.dictionary_encode()
            if isinstance(column, pa.ChunkedArray):
                column = column.unify_dictionaries().combine_chunks()
            codes = np.array([levels.code(name, one) for one in column.dictionary.to_pylist()])
            places = column.indices.to_numpy(zero_copy_only=False)
            columns[name] = codes.astype(np.int64)[places]
        elif name in _TRUTHS:
            columns[name] = column.to_numpy(zero_copy_only=False).astype(bool)
        elif name == "batch_size" and not column.null_count:
            columns[name] = column.to_numpy(zero_copy_only=False)
        else:
            columns[name] = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    text = (given.schema.metadata or {}).get(b"objective")
    goal = None if text is None else Goal.read(text.decode())
    return DesignTable(columns, levels, goal)
