"""A bar that shows on terminals how far a long command is."""

import os
import sys
from time import monotonic
from types import TracebackType
from typing import Self

__all__ = ["Progress"]

_EVERY = 0.1
"""Least time between two drawings. [s]"""
_BAR = 24
_SOON = 1.0
"""Time before which nothing can be said of the rest. [s]"""


class Progress:
    """Draws on standard error, and only where that is a terminal."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._drawn = 0.0
        self._begun: tuple[float, int] | None = None
        self._shown = _terminal()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown and self._drawn:
            self._draw("\r\x1b[K")

    def __call__(self, done: int, total: int) -> None:
        """Tell how many are done; what was done at the first time was done before."""
        if not self._shown:
            return
        now = monotonic()
        self._begun = begun, before = self._begun or (now, done)
        if now - self._drawn >= _EVERY:
            self._drawn = now
            full = round(_BAR * done / max(total, 1))
            bar = "#" * full + "." * (_BAR - full)
            left = ""
            if done > before and now - begun > _SOON:
                rest = (now - begun) / (done - before) * (total - done)
                left = f", {_roughly(rest)} left"
            self._draw(f"\r[{bar}] {done:,} of {total:,} {self._what}{left}\x1b[K")

    def _draw(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._shown = False


def _roughly(seconds: float) -> str:
    """Write a time that is an estimate."""
    for size, unit in ((86400.0, "days"), (3600.0, "h"), (60.0, "min")):
        if seconds >= 2.0 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _terminal() -> bool:
    try:
        return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):  # closed by whoever started us
        return False
