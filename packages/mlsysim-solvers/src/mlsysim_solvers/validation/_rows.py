"""Reads measurement files, and refuses by name whatever cannot be used."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mlsysim_core.errors import InputError, nearest

from .._text_file import lines_of

__all__ = ["COLUMNS", "METRICS", "REQUIRED", "TASKS", "Row", "read", "read_row"]

TASKS = (
    "train", "decode", "prefill", "generate", "serve", "encode", "vision", "tiny",
    "gemm", "attention", "collective", "bandwidth", "other",
)  # fmt: skip

METRICS = (
    "iteration_s", "latency_s", "ttft_s", "tpot_s",
    "tokens_per_s", "tokens_per_s_per_device", "tokens_per_s_per_user",
    "samples_per_s", "images_per_s", "queries_per_s",
    "tflops", "tflops_per_device", "mfu_percent", "percent_of_peak",
    "gb_per_s", "bus_gb_per_s", "device_hours", "energy_j", "power_w",
)  # fmt: skip

REQUIRED = ("id", "source", "task", "metric", "value", "hardware")

COLUMNS = (
    "id", "source", "task", "model", "architecture", "hardware", "devices", "devices_per_node",
    "intra_node_link", "inter_node_link", "tp", "pp", "vpp", "cp", "ep", "dp", "zero",
    "sequence_parallel", "recompute", "flash_attention", "precision", "weight_precision",
    "activation_precision", "kv_precision", "micro_batch", "global_batch", "batch", "input_len",
    "output_len", "context_len", "concurrency", "shape", "stack", "metric", "value", "tokens",
    "schedule", "gradient_precision", "lora_rank", "operations", "notes",
)  # fmt: skip
"""Columns of the format; a file may leave out any that is not required."""

SCHEDULES = ("1f1b", "interleaved", "zero_bubble", "dualpipe")
"""How a pipeline orders its micro-batches."""

OPERATIONS = ("model", "causal", "hardware")
"""What a rate in operations counts: what the model asks for; with half of the square of
attention; with what the backward pass computes again."""


NUMBERS = (
    "devices", "devices_per_node", "tp", "pp", "vpp", "cp", "ep", "dp", "micro_batch",
    "global_batch", "batch", "input_len", "output_len", "context_len", "concurrency", "tokens",
    "lora_rank",
)  # fmt: skip
"""Columns that hold a number, if anything."""


class Row(dict[str, str]):
    """One measurement: text by column, empty where nothing was stated."""

    def __missing__(self, column: str) -> str:
        return ""

    @property
    def value(self) -> float:
        """What was measured."""
        return float(self["value"])

    @property
    def flagged(self) -> bool:
        """Whether its source's reader doubts it: listed, and not scored."""
        return "FLAG" in self["notes"]

    def number(self, column: str, default: float | None = None) -> float | None:
        """Return a column as a number, or the default where it is empty."""
        text = self[column].strip()
        if not text:
            return default
        try:
            return float(text)
        except ValueError:
            raise InputError(f"{column} must be a number, got {text!r}") from None

    def count(self, column: str, default: int = 1) -> int:
        """Return a column as a whole number, or the default where it is empty."""
        number = self.number(column)
        if number is None:
            return default
        if number < 1 or number != int(number):
            raise InputError(f"{column} must be a whole number of at least 1, got {number:g}")
        return int(number)

    def table(self, column: str) -> dict[str, Any]:
        """Return a JSON column as a mapping, empty where nothing was stated."""
        text = self[column].strip()
        if not text:
            return {}
        try:
            value = json.loads(text)
        except ValueError as error:
            raise InputError(f"{column} is not JSON: {error}") from None
        if not isinstance(value, dict):
            raise InputError(f"{column} must be a JSON object, got {text!r:.60}")
        return value


def read_row(values: Mapping[str, object]) -> Row:
    """Check what every row needs.

    Parameters
    ----------
    values : mapping of str to object
        Cells by column, as :func:`read` gives them; numbers may be numbers.

    Raises
    ------
    InputError
        If something is missing or no number; it names the column.
    """
    if values.get(None):  # type: ignore[call-overload]  # where the reader puts what is left over
        raise InputError("the row has more cells than the header has columns")
    row = Row(
        {
            column: "" if value is None else str(value).strip()
            for column, value in values.items()
            if column
        }
    )
    for column in REQUIRED:
        if not row[column]:
            raise InputError(f"{column} is empty")
    for column, known in (("task", TASKS), ("metric", METRICS)):
        if row[column] not in known:
            close = nearest(row[column], known)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise InputError(f"unknown {column} {row[column]!r:.60}{hint}")
    for column in NUMBERS:
        if row[column]:
            row.number(column)
    value = row.number("value")
    if value is None or not 0.0 < value < float("inf"):
        raise InputError(f"value must be a positive number, got {row['value']!r:.60}")
    return row


def read(path: str | Path) -> Iterator[dict[str, str | None]]:
    """Read a measurement file, one raw row at a time.

    Parameters
    ----------
    path : str or Path
        A CSV file in UTF-8, or one packed by gzip, with a header. Columns that the format does
        not know are left alone, unless one looks like a column that is missing.

    Raises
    ------
    InputError
        If the file cannot be read, or its header lacks a required column.
    """
    with lines_of(path) as lines:
        reader = csv.DictReader(lines)
        _check_header(reader.fieldnames or (), path)
        yield from reader


def _check_header(header: Sequence[str], path: str | Path) -> None:
    if not header:
        raise InputError(f"{path} is empty: the first line must name the columns")
    if twice := [column for place, column in enumerate(header) if column in header[:place]]:
        raise InputError(f"{path}: two columns named {twice[0]!r:.60}")
    absent = [column for column in COLUMNS if column not in header]
    missing = [column for column in REQUIRED if column in absent]
    if len(missing) == len(REQUIRED):
        hint = "; cells are parted by commas" if len(header) == 1 else ""
        raise InputError(
            f"{path}: the first line must name the columns, of which {', '.join(REQUIRED)} are "
            f"needed; got {','.join(header)!r:.60}{hint}"
        )
    for column in header:
        if column not in COLUMNS and (close := nearest(column, absent, count=1)):
            raise InputError(f"{path}: unknown column {column!r:.60}; did you mean {close[0]}?")
    if missing:
        raise InputError(f"{path}: no column {', '.join(missing)} in the header")
