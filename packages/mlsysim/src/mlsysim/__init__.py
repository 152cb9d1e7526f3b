"""First-principles performance modelling of machine-learning systems.

>>> from mlsysim import Engine
>>> Engine.solve("Llama3_70B", "H100", batch_size=32, precision="int8").bottleneck
'Memory'
"""

import typing as _typing

from mlsysim_core import (
    Engine,
    HardwareSpec,
    MLSysimError,
    ModelSpec,
    PerformanceProfile,
)
from mlsysim_core.deprecation import module_getattr as _module_getattr
from mlsysim_registry import (
    Applications,
    Archetypes,
    Hardware,
    Infra,
    Models,
    Scenarios,
    Systems,
    Tiers,
)

from ._old_names import DEPRECATED as _DEPRECATED
from ._old_names import LAZY as _LAZY
from ._old_names import REMOVED as _REMOVED

__all__ = [
    "Q_",
    "Applications",
    "Archetypes",
    "Engine",
    "Hardware",
    "HardwareSpec",
    "Infra",
    "MLSysimError",
    "ModelSpec",
    "Models",
    "PerformanceProfile",
    "Plan",
    "Scenario",
    "Scenarios",
    "SystemSpec",
    "Systems",
    "Tiers",
    "__version__",
    "import_model",
    "load",
    "ureg",
]

if _typing.TYPE_CHECKING:  # lazy and old names type-check for as long as they work
    from mlsysim_core import Scenario, SystemSpec
    from mlsysim_core.solver import ForwardModel as BaseModel
    from mlsysim_core.solver import ForwardModel as ForwardModel
    from mlsysim_core.units import Q_, ureg
    from mlsysim_registry import import_model, load
    from mlsysim_solvers import DistributedModel as DistributedModel
    from mlsysim_solvers import Plan

    from ._version import __version__
else:
    __getattr__ = _module_getattr(
        __name__, _DEPRECATED, _REMOVED, _LAZY, older="mlsysim._older.names"
    )


def __dir__() -> list[str]:
    return sorted({*__all__, "core", "solvers", "teaching"})
