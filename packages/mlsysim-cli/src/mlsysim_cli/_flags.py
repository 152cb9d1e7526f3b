"""Options of `eval` and `explain`, and the reading of plain command lines.

A line that is plain needs no parser, and typer takes as long to import as an answer takes.
Whatever is not plain (help, a mistake, an unusual spelling) is typer's, which reads the same
flags from here.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from .output._form import Format

__all__ = ["FLAGS", "LIMITS", "Request", "read"]

FLAGS: dict[str, tuple[str, ...]] = {
    "batch_size": ("--batch-size", "-b"),
    "precision": ("--precision", "-p"),
    "efficiency": ("--efficiency", "-e"),
    "seq_len": ("--seq-len", "-s"),
    "phase": ("--phase",),
    "kv_precision": ("--kv-precision",),
    "stack": ("--stack",),
    "recompute": ("--recompute",),
    "optimizer": ("--optimizer",),
    "is_training": ("--training",),
    "max_latency": ("--max-latency",),
    "min_throughput": ("--min-throughput",),
    "max_memory": ("--max-memory",),
    "max_power": ("--max-power",),
    "max_energy": ("--max-energy",),
    "min_mfu": ("--min-mfu",),
    "by_operator": ("--explain",),
    "output": ("--output", "-o"),
}
"""Spellings of every option."""

LIMITS = ("max_latency", "min_throughput", "max_memory", "max_power", "max_energy", "min_mfu")
"""Options that constrain the answer; `explain` has none of them, nor `--explain`."""

_SWITCHES = ("is_training", "by_operator")
_MEANINGS = {spelling: name for name, spellings in FLAGS.items() for spelling in spellings}
_READERS: dict[str, Callable[[str], Any]] = {
    "batch_size": int,
    "seq_len": int,
    "efficiency": float,
    "output": Format,
}


class Request(NamedTuple):
    """What a line asks for."""

    model: str
    hardware: str | None
    """Nothing where the model is a scenario."""
    settings: dict[str, Any]
    """Keyword arguments of the engine that were given."""
    limits: dict[str, str]
    form: Format
    by_operator: bool

    @classmethod
    def of(cls, model: str, hardware: str | None, given: dict[str, Any], form: Format) -> "Request":
        """Sort what was given; what was not is left to the engine."""
        chosen = {
            name: value for name, value in given.items() if value is not None and value is not False
        }
        limits = {name: chosen.pop(name) for name in LIMITS if name in chosen}
        by_operator = bool(chosen.pop("by_operator", False))
        return cls(model, hardware, chosen, limits, form, by_operator)


def read(words: Sequence[str]) -> Request | None:
    """Read a plain line; nothing if it takes a parser to understand it."""
    try:
        return _plain(words)
    except (LookupError, ValueError):
        return None


def _plain(words: Sequence[str]) -> Request | None:
    positions: list[str] = []
    given: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            positions.append(word)
            continue
        spelling, equals, value = word.partition("=")
        name = _MEANINGS[spelling]
        strange = equals and (name in _SWITCHES or not word.startswith("--"))
        if strange or (name != "output" and not positions):
            return None
        if name in _SWITCHES:
            given[name] = True
            continue
        value = value if equals else next(rest, "-")
        if value.startswith("-"):
            return None
        given[name] = _READERS.get(name, str)(value)
    command, model, hardware = positions
    if command == "explain" and given.keys().isdisjoint({*LIMITS, "by_operator"}):
        given["by_operator"] = True
    elif command != "eval":
        return None
    return Request.of(model, hardware, given, given.pop("output", Format.TABLE))
