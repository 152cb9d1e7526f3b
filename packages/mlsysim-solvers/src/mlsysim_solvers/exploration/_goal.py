"""What a design space is searched for: metrics, objectives and constraints."""

import re
from typing import NamedTuple

from mlsysim_core.errors import InputError, InputTypeError

from ._block import PARAMETERS
from ._expression_units import NONE, Dimension
from ._expressions import Expression, Names, parse

__all__ = ["COLUMNS", "METRICS", "TEXTS", "UNITS", "Goal", "constraint"]

_SECOND, _BYTE, _JOULE = Dimension(time=1), Dimension(data=1), Dimension(energy=1)

METRICS: Names = {
    **PARAMETERS,
    "latency": _SECOND,
    "throughput": Dimension(time=-1),
    "bottleneck": "text",
    "mfu": NONE,
    "feasible": "truth",
    "energy": _JOULE,
    "power": Dimension(time=-1, energy=1),
    "memory": _BYTE,
    "capacity": _BYTE,
}
"""Names that an objective or a constraint may use."""

UNITS = {
    "latency": "s",
    "throughput": "1/s",
    "energy": "J",
    "memory": "byte",
    "capacity": "byte",
}
"""Units of the columns of a table."""

TEXTS = ("model", "hardware", "precision", "stack", "phase", "bottleneck", "reason")
"""Columns of text."""

COLUMNS = (
    *("model", "hardware", "precision", "stack", "phase", "efficiency", "batch_size", "seq_len"),
    *("latency", "throughput", "bottleneck", "mfu", "feasible", "energy", "memory", "capacity"),
    *("accepted", "reason"),
)
"""Columns of a table, without that of an objective."""

_GOAL = re.compile(r"\s*(\w+)\s*:?\s+(.*)", re.DOTALL)
_SIGNS = {"minimize": 1.0, "minimise": 1.0, "min": 1.0}
_SIGNS |= {"maximize": -1.0, "maximise": -1.0, "max": -1.0}


class Goal(NamedTuple):
    """An objective: what to make small or large."""

    text: str
    sign: float
    """1 to make it small, -1 to make it large."""
    expression: Expression

    @classmethod
    def read(cls, text: object) -> "Goal":
        """Read ``"minimize latency"`` or ``"maximize throughput / power"``."""
        if not isinstance(text, str):
            raise InputTypeError(f"an objective must be text, got {text!r:.80}")
        found = _GOAL.match(text)
        sign = _SIGNS.get(found[1].casefold()) if found else None
        if found is None or sign is None:
            raise InputError(
                f"an objective begins with minimize or maximize, such as 'minimize latency'; "
                f"got {text!r}"
            )
        expression = parse(found[2], METRICS, kind="number", what="an objective")
        return cls(text, sign, expression)


def constraint(text: object) -> Expression:
    """Read a constraint, such as ``"latency < 50 ms"``."""
    return parse(text, METRICS, kind="truth", what="a constraint")
