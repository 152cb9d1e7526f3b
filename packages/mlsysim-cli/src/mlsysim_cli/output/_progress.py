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


class Progress:
    """Draws on standard error, and only where that is a terminal."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._drawn = 0.0
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
        """Tell how many are done."""
        if not self._shown:
            return
        now = monotonic()
        if now - self._drawn >= _EVERY:
            self._drawn = now
            full = round(_BAR * done / max(total, 1))
            bar = "#" * full + "." * (_BAR - full)
            self._draw(f"\r[{bar}] {done:,} of {total:,} {self._what}\x1b[K")

    def _draw(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._shown = False


def _terminal() -> bool:
    try:
        return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):  # closed by whoever started us
        return False
