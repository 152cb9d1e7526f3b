"""What clients ask of a serving engine in a row: lengths, how many at once, how they are told."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from mlsysim_core.errors import InputError, MissingValueError

from .._rows import Row

__all__ = ["Asked", "asked"]

_SPREAD = 0.1
"""Part by which the lengths of real requests differ from their mean, either way."""
_UNKNOWN_PROMPT = 256.0
"""Tokens of a prompt of which nothing is published."""
_WRITTEN = {
    # MLPerf Inference, tokens_per_sample of the reference models.
    "openorca": 294.45,
    "openorca+gsm8k+mbxp": 145.9,
    # The same, gen_len of GPT-J: 4,016,878 characters of 13,368 summaries, 4.4 to a token.
    "cnn/dailymail": 68.0,
}
"""Mean tokens that reference models write for a data set."""


class Asked(NamedTuple):
    """The requests of a row."""

    read: int
    written: int
    clients: int | None
    """How many are under way in a closed loop; nothing where the engine is saturated."""
    spread: float
    """How far lengths are drawn from their mean: fixed ones keep a closed loop in step."""
    kept: float | None
    """Tokens that are read for a sequence whatever its length, by compiled shapes."""
    beams: int
    """Sequences that are written for each request, of which one is answered."""
    interval: int
    """Tokens that are sent to the client together."""


def asked(row: Row) -> Asked:
    """Read what is asked, from the columns of lengths or from what is known of the data set.

    Raises
    ------
    MissingValueError
        If nothing tells how much is written.
    """
    shape = row.table("shape")
    described = str(shape.get("dataset", "")).casefold()
    written = (
        row.number("output_len")
        or _half(shape.get("max_output"))
        or _told(r"mean ~\s*([\d.]+)(k?) output tokens", described)
        or _WRITTEN.get(described.partition(",")[0].strip())
    )
    if not written:
        raise MissingValueError(
            "a served request needs output_len, or one of the data sets "
            f"{', '.join(_WRITTEN)} in its shape"
        )
    read = (
        row.number("input_len")
        or _half(shape.get("max_input"))
        or _told(r"mean input ~\s*([\d.]+)(k?) tokens", described)
        or _UNKNOWN_PROMPT
    )
    clients = row.number("concurrency") or row.number("batch")
    told = _told(r"beam (\d+)()", described)
    return Asked(
        int(read),
        int(written),
        int(clients) if clients else None,
        _spread(row, shape),
        float(shape["cache_length"]) if shape.get("cache_length") else None,
        int(told) if told else _count(shape, "beams"),
        _count(shape, "stream_interval"),
    )


def _count(shape: Mapping[str, Any], name: str) -> int:
    """Return a whole number from 1 up; 1 where nothing is told."""
    told = shape.get(name, 1)
    if not isinstance(told, int) or told < 1:
        raise InputError(f"{name} must be a whole number from 1 up, got {told!r}")
    return told


def _spread(row: Row, shape: Mapping[str, Any]) -> float:
    if "spread" not in shape:
        return _SPREAD if "random range" in row["notes"] or not row["input_len"] else 0.0
    spread = shape["spread"]
    if not isinstance(spread, int | float) or not 0.0 <= spread < 1.0:
        raise InputError(f"spread must be from 0 to 1, got {spread!r}")
    return float(spread)


def _told(pattern: str, described: str) -> float | None:
    """Find a number, or so many thousand, in the description of a data set."""
    found = re.search(pattern, described)
    return None if found is None else float(found[1]) * (1e3 if found[2] else 1.0)


def _half(longest: Any) -> float | None:
    """Take conversations as half as long as their limit."""
    return None if longest is None else float(longest) / 2.0
