"""A prediction, explained as the sum that it is."""

import math
from typing import TYPE_CHECKING

from ._shown import Shown
from .account import Account
from .details import Details

if TYPE_CHECKING:
    from .sheets import Section

__all__ = ["PARTS", "Explanation", "brief_bytes", "brief_time"]

PARTS = {
    "compute": "arithmetic, where it is the limit",
    "weights": "weights read",
    "cache": "cache or state read and written",
    "activations": "activations read and written",
    "launch": "kernels started and waited for",
    "host": "bytes that do not fit, over the host link",
}
"""Parts of a latency, in the order of the sum."""


def _scaled(value: float, steps: tuple[tuple[float, str], ...]) -> str:
    if not math.isfinite(value):
        return "infinite" if value > 0 else str(value)
    for scale, unit in steps:
        if abs(value) >= scale:
            return f"{value / scale:.4g} {unit}"
    scale, unit = steps[-1]
    return f"{value / scale:.4g} {unit}"


def brief_time(seconds: float) -> str:
    """Write a time for people: four digits and a unit."""
    return _scaled(seconds, ((3600.0, "h"), (1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")))


def brief_bytes(count: float) -> str:
    """Write a number of bytes for people: four digits and a decimal unit."""
    return _scaled(count, ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "B")))


class Explanation(Shown):
    """Where the time of a pass goes.

    Attributes
    ----------
    parts : dict of str to float
        Seconds by part, in the order of the sum; only parts that are not zero.
    total : float
        Their sum, which is the latency. [s]
    latency : float
        The latency, as it was added up. [s]
    feasible : bool
        Whether it all fits in memory.
    details : Details
        What was asked and assumed.
    """

    __slots__ = ("_account", "details", "feasible", "latency")

    def __init__(self, seconds: float, feasible: bool, account: Account, details: Details) -> None:
        self.latency = seconds
        self.feasible = feasible
        self._account = account
        self.details = details

    @property
    def parts(self) -> dict[str, float]:
        """Seconds by part, in the order in which they were added up."""
        account = self._account
        found = {name: float(getattr(account, name)) for name in PARTS}
        return {name: seconds for name, seconds in found.items() if seconds}

    @property
    def total(self) -> float:
        """Sum of the parts. [s]"""
        return sum(self.parts.values(), 0.0)

    @property
    def operators(self) -> list[dict[str, float | str]]:
        """One record for each operator: its repetitions, and its seconds by kind."""
        return [
            {
                "name": row.name,
                "count": float(row.times),
                "compute": float(row.compute),
                "memory": float(row.memory),
                "launch": float(row.launch),
                "time": float(row.time),
            }
            for row in self._account.rows
        ]

    @property
    def memory(self) -> dict[str, float]:
        """Bytes by what they hold; only what is not zero."""
        details = self.details
        names = ("weights", "cache", "activations", "optimizer", "reserve")
        found = {name: float(getattr(details, name)) for name in names}
        return {name: count for name, count in found.items() if count}

    def sections(self) -> "list[Section]":
        """Return what a notebook shows."""
        from .report import breakdown, memory, operators  # noqa: PLC0415  # few are shown

        return [breakdown(self), memory(self), operators(self)]

    def __str__(self) -> str:
        details = self.details
        asked = f"{details.model} on {details.hardware}, {details.precision}"
        length = "" if details.seq_len is None else f", {details.seq_len:,} tokens"
        lines = [f"{asked}, {details.phase}, batch {details.batch_size:,}{length}", ""]
        total = self.latency
        for name, seconds in self.parts.items():
            share = seconds / total if math.isfinite(total) and total else math.nan
            percent = f"{share:6.1%}" if math.isfinite(share) else "      "
            lines.append(f"  {brief_time(seconds):>10} {percent}  {name}: {PARTS[name]}")
        lines.append(f"  {brief_time(total):>10} 100.0%  latency")
        held = " + ".join(f"{name} {brief_bytes(count)}" for name, count in self.memory.items())
        verdict = "of" if self.feasible else "do not fit in"
        lines += ["", f"  {held} = {brief_bytes(details.footprint)}"]
        lines[-1] += f" {verdict} {brief_bytes(details.capacity)}"
        lines += [f"  note: {note}" for note in details.notes]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)
