"""Performance of machine-learning systems from first principles: the engine and its terms.

>>> from mlsysim_core import Engine, HardwareSpec, ModelSpec
"""

from typing import TYPE_CHECKING, Any

from .engine import Engine
from .errors import (
    CatalogError,
    DoesNotFitError,
    InputError,
    InputTypeError,
    MissingValueError,
    MLSysimError,
    SpecError,
    UnknownEntryError,
    UnknownValueError,
    UnsupportedPrecisionError,
)
from .results import PerformanceProfile
from .specs import HardwareSpec, ModelSpec, StackSpec

if TYPE_CHECKING:
    from .scenario import Scenario
    from .specs import SystemSpec
    from .units import Q_, Quantity, ureg

__all__ = [
    "Q_",
    "CatalogError",
    "DoesNotFitError",
    "Engine",
    "HardwareSpec",
    "InputError",
    "InputTypeError",
    "MLSysimError",
    "MissingValueError",
    "ModelSpec",
    "PerformanceProfile",
    "Quantity",
    "Scenario",
    "SpecError",
    "StackSpec",
    "SystemSpec",
    "UnknownEntryError",
    "UnknownValueError",
    "UnsupportedPrecisionError",
    "ureg",
]

_LAZY = {
    "Q_": "units",  # which imports pint
    "Quantity": "units",
    "Scenario": "scenario",
    "SystemSpec": "specs",
    "ureg": "units",
}
"""What is slow to make and many a process never needs, and the module that has it."""


def __getattr__(name: str) -> Any:
    if module := _LAZY.get(name):
        from importlib import import_module  # noqa: PLC0415

        value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
