"""The time and the energy of one pass."""

from dataclasses import dataclass

from mlsysim_core.account import Account

__all__ = ["Pass", "pass_of"]

_PARTS = ("compute", "weights", "cache", "activations", "launch", "host")


@dataclass(frozen=True, slots=True)
class Pass:
    """The time of one pass, as parts that add up."""

    parts: tuple[tuple[str, float], ...]
    """Seconds by part; only what is not zero."""
    seconds: float
    """Their sum. [s]"""
    joules: float | None = None
    """Energy of all devices, if their power is known. [J]"""
    alive: float = 0.0
    """Activations that each device holds. [byte]"""

    def plus(self, name: str, seconds: float, watts: float = 0.0) -> "Pass":
        """Add a part, in which the devices draw so much."""
        if not seconds:
            return self
        joules = None if self.joules is None else self.joules + seconds * watts
        return Pass((*self.parts, (name, seconds)), self.seconds + seconds, joules, self.alive)

    def times(self, factor: float) -> "Pass":
        """Repeat it, every part of it."""
        return Pass(
            tuple((name, factor * seconds) for name, seconds in self.parts),
            self.seconds * factor,
            None if self.joules is None else self.joules * factor,
            self.alive,
        )


def pass_of(account: Account, exchange: float, joules: float | None, alive: float) -> Pass:
    """Take the parts off an account."""
    found = [(name, float(getattr(account, name))) for name in _PARTS]
    found.append(("exchange", exchange))
    parts = tuple((name, seconds) for name, seconds in found if seconds)
    return Pass(parts, float(account.latency) + exchange, joules, alive)
