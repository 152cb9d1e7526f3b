"""Intervals of predictions, from the errors of what has been measured."""

import json
import math
from functools import cache
from importlib.resources import files
from typing import Any

from mlsysim_core.errors import InputError, nearest
from mlsysim_core.specs import StackSpec

from ._residuals import GRID, at, is_rate
from .tasks._stacks import stack_of

__all__ = ["interval"]

_FILE = files(__package__) / "residuals.json"


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return tables


def interval(
    task: str,
    stack: StackSpec | str | None,
    value: float,
    level: float = 0.8,
    *,
    metric: str = "latency_s",
) -> tuple[float, float]:
    """Return an interval that holds what would be measured, as often as asked.

    It comes from the errors of the published measurements of the task: those of the stack
    count half where it has enough of them. For all, the interval is as wide as it must be to
    hold rows of sources that were left out, so that it holds for devices and software that
    nobody has measured; where errors lean to one side, so does the interval.

    Parameters
    ----------
    task : str
        What is predicted: ``"decode"``, ``"prefill"``, ``"train"``, …
    stack : StackSpec or str, optional
        The software, or somebody's description of it.
    value : float
        The prediction.
    level : float
        How often the interval should hold it; at most 0.98.
    metric : str
        What the prediction is, as in a measurement file; a time if not given.

    Returns
    -------
    tuple of float
        Lower and upper bound, in the unit of the value.

    Raises
    ------
    InputError
        If nothing was measured of the task, or the level or the value is out of range.

    Examples
    --------
    >>> low, high = interval("decode", "vLLM 0.6", 0.010)
    >>> low < 0.010 < high
    True
    """
    tables = _tables()
    if task not in tables:
        close = nearest(task, tables)
        hint = f"; did you mean {close[0]}?" if close else f"; known: {', '.join(tables)}"
        raise InputError(f"no errors are known of the task {task!r}{hint}")
    most = round(1.0 - 2.0 * GRID[0], 9)
    if not 0.0 < level <= most:
        raise InputError(f"level must be above 0 and at most {most:g}, got {level!r}")
    if not 0.0 < value < math.inf:
        raise InputError(f"value must be a positive number, got {value!r}")
    name = stack.name if isinstance(stack, StackSpec) else stack_of(stack or "").name
    quantiles = tables[task]["quantiles"]
    known = quantiles.get(name, quantiles[""])
    parts = ((1.0 - level) / 2.0, (1.0 + level) / 2.0)
    slow = [at(known, part) for part in parts]
    low, high = (-slow[1], -slow[0]) if is_rate(metric) else slow
    return value * math.exp(low), value * math.exp(high)
