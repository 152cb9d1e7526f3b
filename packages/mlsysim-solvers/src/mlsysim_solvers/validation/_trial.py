"""Predictions with other numbers of a device and a stack than a registry has."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from mlsysim_core import catalog
from mlsysim_core.errors import MLSysimError
from mlsysim_core.specs import HardwareSpec, StackSpec

from .._stacks import forget_stacks
from ._predict import predict
from ._rows import Row

__all__ = ["NUMBERS", "Number", "changed", "log_errors", "trial"]

_ENTRY = "mlsysim calibration trial"
"""Name and keyword of what is tried; the longest, so that nothing else is recognised."""


class Number(NamedTuple):
    """A number that may be fitted."""

    kind: str
    """Of the entry that has it: hardware or stack."""
    path: str
    low: float
    high: float
    doubt: float
    """How far it may be off before that is strange, as a logarithm."""
    unit: str = ""
    zero: float = 0.0
    """What stands for nothing at all, of which there is no logarithm."""

    @property
    def label(self) -> str:
        """Kind and path."""
        return f"{self.kind}.{self.path}"

    def of(self, spec: HardwareSpec | StackSpec) -> float:
        """Read it off an entry."""
        value: Any = spec
        *parents, name = self.path.split(".")
        for parent in parents:
            value = getattr(value, parent)
        return float(value.number(name) or 0.0)

    def text(self, value: float) -> Any:
        """Write it as an entry has it."""
        rounded = float(f"{value:.3g}")
        return f"{rounded:g} {self.unit}" if self.unit else rounded


NUMBERS = (
    Number("stack", "compute_fraction", 0.02, 1.0, 0.5),
    Number("stack", "bandwidth_fraction", 0.02, 1.0, 0.5),
    Number("stack", "launch", 1e-8, 1e-2, 1.5, "s", 1e-7),
    Number("stack", "per_pass", 1e-7, 1.0, 2.0, "s", 1e-6),
    Number("stack", "exchange", 1e-7, 1e-2, 1.5, "s", 1e-6),
    Number("hardware", "compute.ceiling", 0.1, 1.0, 0.15),
    Number("hardware", "compute.steady", 0.1, 1.0, 0.15),
    Number("hardware", "memory.sustained", 0.1, 1.0, 0.15),
)
"""What calibration may change. The device's own numbers are trusted more than the stack's."""


class _Trial:
    """A registry of one device and one stack."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries

    def names(self, kind: str) -> tuple[str, ...]:
        return (_ENTRY,) if kind in self._entries else ()

    def aliases(self, kind: str) -> dict[str, str]:  # noqa: ARG002  # the protocol has it
        return {}

    def get(self, kind: str, name: str) -> Any:  # noqa: ARG002
        return self._entries[kind]


@contextmanager
def trial() -> Iterator[None]:
    """Take out again whatever was tried."""
    try:
        yield
    finally:
        catalog.remove(_ENTRY)
        forget_stacks()


def changed(spec: Any, kind: str, numbers: Sequence[Number], values: Sequence[float]) -> Any:
    """Return an entry with other numbers."""
    update = {
        number.path: f"{value!r} {number.unit}" if number.unit else value
        for number, value in zip(numbers, values, strict=True)
        if number.kind == kind
    }
    return spec.model_copy(update=update) if update else spec


def log_errors(
    rows: Sequence[Row], hardware: HardwareSpec | None, stack: StackSpec
) -> list[float | None]:
    """Return the logarithm of predicted over measured for each row; nothing where refused.

    Without a device, each row keeps its own.
    """
    tried: dict[str, Any] = {"stack": stack.model_copy(update={"keywords": (_ENTRY,)})}
    if hardware is not None:
        tried["hardware"] = hardware
    catalog.add(_ENTRY, _Trial(tried))
    forget_stacks()
    return [_log_error(row, other=hardware is not None) for row in rows]


def _log_error(row: Row, *, other: bool) -> float | None:
    changes = {"stack": f"{row['stack']} {_ENTRY}"} | ({"hardware": _ENTRY} if other else {})
    try:
        return math.log(predict(Row({**row, **changes})) / row.value)
    except (MLSysimError, ArithmeticError):
        return None
