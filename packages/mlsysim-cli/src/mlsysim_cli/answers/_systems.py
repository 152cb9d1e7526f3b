"""Names of what can train: clusters, nodes and single devices."""

from typing import Literal

from mlsysim_core.catalog import find, names
from mlsysim_core.errors import InputError, UnknownEntryError, nearest

__all__ = ["check_system"]

_KINDS: tuple[Literal["system", "node", "hardware"], ...] = ("system", "node", "hardware")


def check_system(name: str) -> None:
    """Refuse a name that is none of a system, and say which may be meant."""
    for kind in _KINDS:
        try:
            find(kind, name)
        except UnknownEntryError:
            continue
        return
    known = [one for kind in _KINDS for one in names(kind)]
    close = nearest(name, known)
    hint = f"did you mean {' or '.join(close)}?" if close else "see `mlsysim zoo systems`"
    raise InputError(f"no system, node or device named {name!r}; {hint}")
