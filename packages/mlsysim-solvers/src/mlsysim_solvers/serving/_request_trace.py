"""Traces of requests, read from a file, record by record."""

import csv
import json
import math
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from mlsysim_core.errors import InputError, nearest

from .._text_file import lines_of

__all__ = ["Arrival", "read_trace"]

_ARRIVED = ("arrival_s", "arrived_at", "timestamp", "TIMESTAMP")
_READ = ("prompt_tokens", "input_length", "ContextTokens", "num_prefill_tokens", "input_len")
_WRITTEN = (
    "output_tokens", "output_length", "GeneratedTokens", "num_decode_tokens", "output_len",
)  # fmt: skip
_MICROSECONDS = 26
"""Characters of a date as far as Python reads it; Azure writes a digit more."""


class Arrival(NamedTuple):
    """A request of a trace."""

    seconds: float
    prompt: int
    output: int


def read_trace(path: str | Path) -> Iterator[Arrival]:
    """Read CSV or JSON lines, packed by gzip or not.

    Times are seconds, dates, or milliseconds in JSON lines.

    Raises
    ------
    InputError
        If the file cannot be read, or a record lacks something or has something else.
    """
    jsons = not {".jsonl", ".ndjson"}.isdisjoint(Path(path).suffixes)
    with lines_of(path) as lines:
        records = _json_lines(lines) if jsons else csv.DictReader(lines, strict=True)
        for number, record in enumerate(records, 1):
            try:
                yield _arrival(record, milliseconds=jsons)
            except (ValueError, OverflowError) as error:
                raise InputError(f"{path}: record {number}: {error}") from None


def _json_lines(lines: Iterator[str]) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"line {number} is not JSON: {error}") from None


def _arrival(record: Any, *, milliseconds: bool) -> Arrival:
    if not isinstance(record, dict):
        raise InputError(f"expected an object with {_ARRIVED[0]}, got {record!r:.60}")
    seconds = _seconds(_pick(record, _ARRIVED), milliseconds=milliseconds)
    return Arrival(seconds, _tokens(record, _READ), _tokens(record, _WRITTEN))


def _pick(record: dict[str, Any], names: tuple[str, ...]) -> tuple[str, str]:
    for name in names:
        if record.get(name) not in (None, ""):
            return name, str(record[name])
    close = [near for one in record if one for near in nearest(str(one), names, count=1)]
    hint = f"; did you mean {close[0]}?" if close and close[0] not in record else ""
    raise InputError(f"it has none of {', '.join(names)}{hint}")


def _tokens(record: dict[str, Any], names: tuple[str, ...]) -> int:
    name, text = _pick(record, names)
    try:
        count = float(text)
    except ValueError:
        count = math.nan
    if not (count >= 1.0 and count.is_integer()):
        raise InputError(f"{name} must be a whole number from 1 up, got {text:.60}")
    return int(count)


def _seconds(field: tuple[str, str], *, milliseconds: bool) -> float:
    name, text = field
    try:
        number = float(text)
    except ValueError:
        try:
            return datetime.fromisoformat(text[:_MICROSECONDS]).timestamp()
        except ValueError:
            raise InputError(f"{name} must be a number or a date, got {text:.60}") from None
    if not math.isfinite(number):
        raise InputError(f"{name} must be finite, got {text:.60}")
    return number / 1e3 if milliseconds else number
