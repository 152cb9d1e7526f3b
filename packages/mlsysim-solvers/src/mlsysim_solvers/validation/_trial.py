"""Predictions with other numbers of a device and a stack than a registry has."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from mlsysim_core import catalog
from mlsysim_core.errors import MLSysimError
from mlsysim_core.specs import HardwareSpec, StackSpec

from ._predict import forget, predict
from ._rows import Row
from .tasks._stacks import tried_stack

__all__ = ["NUMBERS", "Number", "Trial", "changed", "trial"]

_ENTRY = "mlsysim calibration trial"
_NAMES = tuple(f"{_ENTRY} {number}" for number in range(1024))


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
    Number("stack", "serving.per_step", 1e-6, 1.0, 2.0, "s", 1e-5),
    Number("stack", "serving.per_sequence", 1e-7, 1e-2, 2.0, "s", 1e-6),
    Number("stack", "training.attention", 0.1, 10.0, 0.5),
    Number("stack", "training.attention_backward", 0.1, 10.0, 0.5),
    Number("stack", "training.passes", 1.0, 10.0, 0.5),
    Number("hardware", "compute.ceiling", 0.1, 1.0, 0.15),
    Number("hardware", "compute.steady", 0.1, 1.0, 0.15),
    Number("hardware", "memory.sustained", 0.1, 1.0, 0.15),
)
"""What calibration may change. The device's own numbers are trusted more than the stack's."""


class _Devices:
    """A registry with names enough for many devices, each of which is given when it is tried."""

    def __init__(self) -> None:
        self.given: list[HardwareSpec] = []

    def names(self, kind: str) -> tuple[str, ...]:
        return _NAMES if kind == "hardware" else ()

    def aliases(self, kind: str) -> dict[str, str]:  # noqa: ARG002  # the protocol has it
        return {}

    def get(self, kind: str, name: str) -> HardwareSpec:  # noqa: ARG002
        return self.given[int(name.rpartition(" ")[2])]


class Trial:
    """Predicts rows with a device and a stack that no registry has."""

    def __init__(self) -> None:
        self._devices = _Devices()

    def log_errors(
        self, rows: Sequence[Row], hardware: HardwareSpec | None, stack: StackSpec | None
    ) -> list[float | None]:
        """Return the logarithm of predicted over measured for each row; nothing where refused.

        Without a device or a stack, each row keeps its own.
        """
        changes = {} if hardware is None else {"hardware": self._name(hardware)}
        with tried_stack(stack):
            return [_log_error(row, changes) for row in rows]

    def _name(self, hardware: HardwareSpec) -> str:
        """Put a device into the registry; adding that anew takes long, so it has many names."""
        if len(self._devices.given) % len(_NAMES) == 0:
            self._devices = _Devices()
            catalog.add(_ENTRY, self._devices)
            forget()
        self._devices.given.append(hardware)
        return _NAMES[len(self._devices.given) - 1]


@contextmanager
def trial() -> Iterator[Trial]:
    """Try devices and stacks, and take them out again."""
    try:
        yield Trial()
    finally:
        catalog.remove(_ENTRY)


def changed(spec: Any, kind: str, numbers: Sequence[Number], values: Sequence[float]) -> Any:
    """Return an entry with other numbers."""
    update = {
        number.path: f"{value!r} {number.unit}" if number.unit else value
        for number, value in zip(numbers, values, strict=True)
        if number.kind == kind
    }
    return spec.model_copy(update=update) if update else spec


def _log_error(row: Row, changes: Mapping[str, str]) -> float | None:
    try:
        return math.log(predict(Row({**row, **changes})) / row.value)
    except (MLSysimError, ArithmeticError):
        return None
