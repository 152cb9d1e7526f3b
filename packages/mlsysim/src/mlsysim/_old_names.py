"""Names of `mlsysim` that are loaded on demand, or that are on their way out."""

from mlsysim_core.deprecation import Deprecated

__all__ = ["DEPRECATED", "LAZY", "REMOVED"]

_FORWARD = "from mlsysim.core.solver import ForwardModel"

LAZY = {
    "Plan": "mlsysim_solvers:Plan",
    "Q_": "mlsysim_core.units:Q_",
    "__version__": "mlsysim._version:__version__",
    "core": "mlsysim.core",
    "constants": "mlsysim.core.constants",
    **{name: f"mlsysim.{name}" for name in ("hardware", "infra", "models", "physics", "show")},
    "import_model": "mlsysim_registry:import_model",
    "load": "mlsysim_registry:load",
    "Scenario": "mlsysim_core:Scenario",
    "SystemSpec": "mlsysim_core:SystemSpec",
    "solvers": "mlsysim.solvers",
    "teaching": "mlsysim.teaching",
    "ureg": "mlsysim_core.units:ureg",
}
"""Name to where it is: what most processes never need, and what is slow to import."""

DEPRECATED = {
    "BaseModel": Deprecated(
        target="mlsysim_core.solver:ForwardModel", use=_FORWARD, since="0.1.0", removal="0.2.0"
    ),
    "ForwardModel": Deprecated(
        target="mlsysim_core.solver:ForwardModel", use=_FORWARD, since="0.1.0", removal="0.2.0"
    ),
    "DistributedModel": Deprecated(
        target="mlsysim_solvers:DistributedModel",
        use="from mlsysim.solvers import DistributedModel",
        since="0.1.0",
        removal="0.2.0",
    ),
}

REMOVED: dict[str, str] = {}
"""Name to the import that replaces it. An entry moves here from above on removal."""
