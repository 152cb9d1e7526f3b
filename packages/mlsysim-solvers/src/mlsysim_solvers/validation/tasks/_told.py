"""What a row tells in a column of its own or, in files that lack the column, in its notes."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from mlsysim_core._arguments import check_choice
from mlsysim_core.errors import InputError

from .._rows import OPERATIONS, SCHEDULES, Row

__all__ = ["Operations", "adapters", "interleaved", "mean_length", "operations", "schedule"]

Operations = Literal["model", "causal", "hardware"]
_USUAL_RANK = 16
"""Rank of adapters where only their use is told."""


def _notes(row: Mapping[str, str]) -> str:
    return (row.get("notes") or "").casefold()


def _word(row: Mapping[str, str], column: str, known: tuple[str, ...]) -> str:
    """Return the word in a column, once it is known to be one of some."""
    text = (row.get(column) or "").casefold()
    return text and check_choice(column, text, known)


def interleaved(row: Mapping[str, str]) -> bool:
    """Tell whether stages are interleaved, though the row may not say how many times."""
    schedule = _word(row, "schedule", SCHEDULES)
    return schedule == "interleaved" if schedule else "interleav" in _notes(row)


def schedule(row: Mapping[str, str]) -> str:
    """Return the order of the pipeline's passes; interleaved stages pass in that of 1f1b."""
    told = _word(row, "schedule", SCHEDULES)
    if not told and "dualpipe" in _notes(row):
        return "dualpipe"
    return "1f1b" if told in {"", "interleaved"} else told


def adapters(row: Mapping[str, str]) -> int | None:
    """Return the rank of adapters, if adapters are what is trained."""
    if row.get("lora_rank"):
        return int(float(row["lora_rank"]))
    return _USUAL_RANK if re.search(r"\blora\b", _notes(row)) else None


def mean_length(row: Mapping[str, str], longest: int | None) -> int | None:
    """Return the mean tokens of sequences that vary in length and are not padded."""
    if longest is None:
        return None
    told: Any = Row(row).table("shape").get("mean_len")
    if told is None:
        return longest // 2 if "mean about half" in _notes(row) else longest
    if not isinstance(told, int | float) or not 1 <= told <= longest:
        raise InputError(f"mean_len must be from 1 to seq_len, {longest}; got {told!r}")
    return int(told)


def operations(row: Mapping[str, str]) -> Operations:
    """Return what is counted as an operation.

    ``"model"`` counts what the model asks for, with attention over the whole square;
    ``"causal"`` half of that square; ``"hardware"`` the repeated forward pass as well.
    """
    told = _word(row, "operations", OPERATIONS)
    if told:
        return told  # type: ignore[return-value]
    notes = _notes(row)
    if "causal" in notes and "non-causal" not in notes:
        return "causal"
    repeated = "hardware" in notes or "counts recompute" in notes
    if repeated and "flop" in notes and row.get("recompute") == "full":
        return "hardware"
    return "model"
