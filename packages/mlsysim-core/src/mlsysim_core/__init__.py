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
from .scenario import Scenario
from .specs import HardwareSpec, ModelSpec, StackSpec, SystemSpec

if TYPE_CHECKING:
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

_LAZY = {"Q_", "Quantity", "ureg"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:  # pint is slow to import, and many a process never needs it
        from . import units  # noqa: PLC0415

        value = globals()[name] = getattr(units, name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
