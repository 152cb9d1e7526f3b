"""Limits that an answer must keep: read from the command line, then held against it."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.physics.metrics import rate
from mlsysim_core.quantities import brief, parse
from mlsysim_core.results import PerformanceProfile

from .._ending import INFEASIBLE, VIOLATED
from ..output._data import measure
from ..output._terminal import complain

__all__ = ["Verdict", "exit_status", "judge"]

_EXAMPLES = {
    "max_latency": "50 ms",
    "min_throughput": "1000 {unit}/s",
    "max_memory": "40 GB",
    "max_energy": "5 J",
    "max_power": "300 W",
    "min_mfu": "0.4",
}


class Verdict(NamedTuple):
    """One limit, and whether it is kept."""

    name: str
    limit: float
    actual: float
    unit: str
    satisfied: bool

    def record(self) -> dict[str, Any]:
        """Describe it for scripts."""
        return {
            "name": self.name,
            "limit": measure(self.limit, self.unit),
            "actual": measure(self.actual, self.unit),
            "satisfied": self.satisfied,
        }

    def __str__(self) -> str:
        word = "over" if self.name.startswith("max") else "under"
        what = self.name.partition("_")[2]
        shown, limit = (brief(number, self.unit) for number in (self.actual, self.limit))
        kept = f"within {limit}" if word == "over" else f"at least {limit}"
        return f"{what} {shown}: {kept if self.satisfied else f'{word} {limit}'}"


def judge(limits: Mapping[str, str], profile: PerformanceProfile) -> list[Verdict]:
    """Hold a prediction against the limits that were given."""
    verdicts = []
    for name, text in limits.items():
        actual, unit = _actual(name, profile)
        limit = _read(name, text, unit, profile.details.unit)
        kept = actual <= limit if name.startswith("max") else actual >= limit
        verdicts.append(Verdict(name, limit, actual, unit, kept))
    return verdicts


def exit_status(shortage: str, verdicts: Iterable[Verdict]) -> int:
    """Say on standard error what a script should stop at, and with which status.

    ``shortage`` says what does not fit; it is empty where everything does.
    """
    if shortage:
        complain(shortage)
        return INFEASIBLE
    violated = [verdict for verdict in verdicts if not verdict.satisfied]
    if violated:
        complain(f"violated: {'; '.join(map(str, violated))}")
        return VIOLATED
    return 0


def _actual(name: str, profile: PerformanceProfile) -> tuple[float, str]:
    details = profile.details
    match name:
        case "max_latency":
            return profile.seconds, "s"
        case "min_throughput":
            return profile.items_per_second, f"{details.unit}/s"
        case "max_memory":
            return details.footprint, "byte"
        case "min_mfu":
            return profile.mfu, ""
    if profile.joules is None:
        raise MissingValueError(
            f"--{name.replace('_', '-')} cannot be checked: "
            f"{details.hardware} has no published power"
        )
    if name == "max_energy":
        return profile.joules, "J"
    return rate(profile.joules, profile.seconds), "W"


def _read(name: str, text: str, unit: str, counted: str) -> float:
    try:
        number = parse(text, unit) if unit else float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0:
        example = _EXAMPLES[name].format(unit=counted)
        raise InputError(f"--{name.replace('_', '-')} must be such as {example!r}, got {text!r}")
    return number
