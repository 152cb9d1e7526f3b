"""Names of the packages before this one, and what they are now; their old places share them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from mlsysim_core.deprecation import Deprecated

__all__ = ["DEPRECATED", "REMOVED"]

_HARDWARE = "from mlsysim import HardwareSpec"
_MODEL = "from mlsysim import ModelSpec"
_SYSTEM = "from mlsysim import SystemSpec"
_TOTALS = f'{_MODEL}  # architecture={{"kind": "totals", ...}}, or better its real shape'
_ONE_WAY = "bandwidths are one way"

_BUILDERS = {
    "CNNWorkload": _TOTALS,
    "ComputeCore": f'{_HARDWARE}  # compute={{"peak": {{"fp16": "100 TFLOP/s"}}}}',
    "Fleet": _SYSTEM,
    "HardwareNode": _HARDWARE,
    "IOInterconnect": f'{_HARDWARE}  # host_link={{"bandwidth": "63 GB/s"}}; {_ONE_WAY}',
    "MemoryHierarchy": f'{_HARDWARE}  # memory={{"capacity": "80 GB", "bandwidth": "2 TB/s"}}',
    "NetworkFabric": f"from mlsysim_core.specs import FabricSpec  # {_ONE_WAY}",
    "Node": f"from mlsysim_core.specs import NodeSpec  # {_ONE_WAY}",
    "SparseTransformerWorkload": _TOTALS,
    "TransformerWorkload": _TOTALS,
    "Workload": _TOTALS,
}
"""Classes whose arguments had other names; they are functions now."""

_MOVED = {
    "mlsysim": (
        "Applications", "Archetypes", "Engine", "Hardware", "Infra", "Models",
        "PerformanceProfile", "Scenario", "Scenarios", "Systems", "Tiers",
    ),
    "mlsysim.solvers": ("DSE", "Pipeline"),
    "mlsysim_core.specs": ("GridSpec", "RackSpec", "TierSpec"),
}  # fmt: skip
"""What kept its name, and where it is."""

_RENAMED = {
    "DeploymentTier": "mlsysim_core.specs:TierSpec",
    "GridProfile": "mlsysim_core.specs:GridSpec",
    "Infrastructure": "mlsysim:Infra",
    "RackProfile": "mlsysim_core.specs:RackSpec",
    "SystemEvaluation": "mlsysim_core.scorecard:Evaluation",
}


def _builder(name: str) -> Any:
    from .specs import BUILDERS  # noqa: PLC0415  # needs pint

    return BUILDERS[name]


def _deprecated(target: str | Callable[[], Any], use: str = "") -> Deprecated:
    module, _, name = str(target).partition(":")
    return Deprecated(target=target, use=use or f"from {module} import {name}")


_SOLVERS = (
    "BatchingOptimizer", "CheckpointModel", "CompressionModel", "ContinuousBatchingModel",
    "DataModel", "DistributedModel", "EconomicsModel", "EfficiencyModel",
    "InferenceScalingModel", "OrchestrationModel", "ParallelismOptimizer",
    "PlacementOptimizer", "ReliabilityModel",
    "ResponsibleEngineeringModel", "ScalingModel", "SensitivitySolver", "ServingModel",
    "SingleNodeModel", "SustainabilityModel", "SynthesisSolver", "TailLatencyModel",
    "TopologyModel", "TransformationModel", "WeightStreamingModel",
)  # fmt: skip
"""Solvers that were at the top level and in ``core.solver``, and kept their names."""

_FORWARD = "from mlsysim.solvers import ForwardModel"
_BASE = "from mlsysim.core.solver import Solver"

DEPRECATED: dict[str, Deprecated] = {
    **{name: _deprecated(partial(_builder, name), use) for name, use in _BUILDERS.items()},
    **{name: _deprecated(f"{module}:{name}") for module, names in _MOVED.items() for name in names},
    **{name: _deprecated(target) for name, target in _RENAMED.items()},
    **{name: _deprecated(f"mlsysim.solvers:{name}") for name in _SOLVERS},
    **{
        name: _deprecated("mlsysim_core.solver:ForwardModel", _FORWARD)
        for name in ("BaseModel", "SingleNodeSolver")
    },
    **{
        name: _deprecated("mlsysim_core.solver:Solver", _BASE)
        for name in ("BaseResolver", "BaseSolver", "BaseOptimizer")
    },
    "SimulationConfig": _deprecated("mlsysim:Scenario"),
}
"""Name to what it stands for."""

_EVALUATE = "mlsysim.Scenario(name=..., workload=..., system=...).evaluate()"

REMOVED = {
    "Datacenter": 'EconomicsModel().solve(system, days, grid="Quebec", operator="Google")',
    "DiffusionWorkload": f'{_MODEL}  # architecture={{"kind": "network", "passes": 50, ...}}',
    "DifferentialExplainer": "from mlsysim_core.comparison import compare",
    "NetworkRooflineModel": "from mlsysim.solvers import DistributedModel",
    "SSMWorkload": f'{_MODEL}  # architecture={{"kind": "state_space", ...}}',
    "StorageHierarchy": "mlsysim.Systems.Storage: devices have no store of their own",
    "SystemEvaluator": _EVALUATE,
    "import_hf_model": 'mlsysim.import_model("config.json"), which needs no network',
    "load_config": _EVALUATE,
    "plot_evaluation_scorecard": f"print({_EVALUATE})",
    "plot_roofline": "from mlsysim_core.pictures import roofline",
}
"""Name to what to write instead."""
