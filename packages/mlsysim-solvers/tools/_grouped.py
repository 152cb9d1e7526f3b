"""Rows of the measurements, sorted by what a fit or a score needs together."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TypeVar

from mlsysim_core.errors import MLSysimError
from mlsysim_solvers.validation import Row, read_row

__all__ = ["grouped"]

Key = TypeVar("Key", bound=Hashable)


def grouped(
    raw: Sequence[Mapping[str, object]], tasks: Collection[str], key: Callable[[Row], Key]
) -> dict[Key, list[Row]]:
    """Sort by a key those rows of some tasks that can be read, and that nobody doubts."""
    groups: dict[Key, list[Row]] = defaultdict(list)
    for values in raw:
        try:
            row = read_row(values)
            if row["task"] in tasks and not row.flagged:
                groups[key(row)].append(row)
        except MLSysimError:
            continue
    return groups
