"""Limits on what a solver answers: read from the command line, then held against it."""

import math
from collections.abc import Mapping, Sequence

from mlsysim_core.errors import InputError
from mlsysim_core.quantities import parse

from ..output._render import Section
from ._limits import Verdict

__all__ = ["bound", "hold", "verdict_section"]

_EXAMPLES = {
    "s": "50 ms",
    "byte": "40 GB",
    "": "0.4",
    "token/s": "1000 token/s",
    "sample/s": "1000 sample/s",
}


def bound(name: str, text: str, unit: str) -> float:
    """Read a limit; the name is that of its option."""
    try:
        number = parse(text, unit) if unit else float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0:
        flag = name.replace("_", "-")
        raise InputError(f"--{flag} must be such as {_EXAMPLES[unit]!r}, got {text!r}")
    return number


def hold(
    limits: Mapping[str, str | None], actual: Mapping[str, tuple[float, str]]
) -> list[Verdict]:
    """Hold an answer against the limits that were given."""
    verdicts = []
    for name, text in limits.items():
        if text is None:
            continue
        number, unit = actual[name]
        limit = bound(name, text, unit)
        kept = number <= limit if name.startswith("max") else number >= limit
        verdicts.append(Verdict(name, limit, number, unit, kept))
    return verdicts


def verdict_section(verdicts: Sequence[Verdict]) -> Section:
    """Show for people which limits are kept."""
    rows = [("kept" if one.satisfied else "VIOLATED", str(one)) for one in verdicts]
    return Section(heading="Constraints", rows=rows)
