"""Solvers: questions about more than one pass on one device."""

from typing import TYPE_CHECKING

from mlsysim_core.deprecation import module_getattr
from mlsysim_core.solver import ForwardModel

from ._compression import CompressionModel, CompressionResult
from ._efficiency import EfficiencyModel, EfficiencyResult
from ._single_node import SingleNodeModel
from .exploration._axes import log_range
from .exploration._exploration import DSE
from .exploration._sampling import Sample
from .exploration._sensitivity import SensitivityResult, SensitivitySolver
from .exploration._space import Space
from .exploration._stored import StoredTable
from .exploration._synthesis import SynthesisResult, SynthesisSolver
from .exploration._table import DesignTable
from .fleet._checkpoint import CheckpointModel
from .fleet._checkpoint_result import CheckpointResult
from .fleet._data import DataModel, DataResult
from .fleet._economics import EconomicsModel
from .fleet._economics_result import EconomicsResult
from .fleet._orchestration import OrchestrationModel, OrchestrationResult
from .fleet._placement import PlacementChoice, PlacementOptimizer, PlacementResult
from .fleet._reliability import ReliabilityModel, ReliabilityResult
from .fleet._responsible import ResponsibleEngineeringModel, ResponsibleEngineeringResult
from .fleet._scaling import ScalingModel, ScalingResult
from .fleet._sustainability import SustainabilityModel
from .fleet._sustainability_result import SustainabilityResult
from .fleet._topology import TopologyModel, TopologyResult
from .fleet._transformation import TransformationModel, TransformationResult
from .serving._batching import ContinuousBatchingModel
from .serving._batching_optimizer import BatchingOptimizer, BestBatchResult
from .serving._batching_result import BatchingResult
from .serving._capacity import CapacityResult, ServingCapacityModel
from .serving._disaggregation import DisaggregatedModel
from .serving._fit import FitModel, FitResult
from .serving._reasoning import InferenceScalingModel, ReasoningResult
from .serving._requests import Requests
from .serving._result import ServingResult
from .serving._search import ServingOptimizer, ServingSearchResult
from .serving._search_choice import ServingChoice
from .serving._serving import ServingModel
from .serving._simulation import SimulationModel
from .serving._simulation_result import SimulationResult
from .serving._tail_latency import TailLatencyModel, TailLatencyResult
from .serving._weight_streaming import WeightStreamingModel, WeightStreamingResult
from .training._distributed import DistributedModel
from .training._goodput import TrainingRun, training_run
from .training._parallelism import ParallelismOptimizer
from .training._result import DistributedResult
from .training._strategy_search import SearchResult, search
from .training._trace import chrome_trace

if TYPE_CHECKING:
    from .pipelines._pipeline import Pipeline
    from .pipelines._result import PipelineResult
    from .pipelines._stage import Stage, stage
    from .plans._files import load_plans
    from .plans._plan import Plan
    from .plans._problems import PlanError
    from .plans._result import PlanResult
else:  # to describe a plan takes as long as everything else here, and units take pint
    __getattr__ = module_getattr(
        __name__,
        {},
        lazy={
            "Plan": "mlsysim_solvers.plans._plan:Plan",
            "PlanError": "mlsysim_solvers.plans._problems:PlanError",
            "PlanResult": "mlsysim_solvers.plans._result:PlanResult",
            "load_plans": "mlsysim_solvers.plans._files:load_plans",
            "Pipeline": "mlsysim_solvers.pipelines._pipeline:Pipeline",
            "PipelineResult": "mlsysim_solvers.pipelines._result:PipelineResult",
            "Stage": "mlsysim_solvers.pipelines._stage:Stage",
            "stage": "mlsysim_solvers.pipelines._stage:stage",
        },
    )

__all__ = [
    "DSE",
    "BatchingOptimizer",
    "BatchingResult",
    "BestBatchResult",
    "CapacityResult",
    "CheckpointModel",
    "CheckpointResult",
    "CompressionModel",
    "CompressionResult",
    "ContinuousBatchingModel",
    "DataModel",
    "DataResult",
    "DesignTable",
    "DisaggregatedModel",
    "DistributedModel",
    "DistributedResult",
    "EconomicsModel",
    "EconomicsResult",
    "EfficiencyModel",
    "EfficiencyResult",
    "FitModel",
    "FitResult",
    "ForwardModel",
    "InferenceScalingModel",
    "OrchestrationModel",
    "OrchestrationResult",
    "ParallelismOptimizer",
    "Pipeline",
    "PipelineResult",
    "PlacementChoice",
    "PlacementOptimizer",
    "PlacementResult",
    "Plan",
    "PlanError",
    "PlanResult",
    "ReasoningResult",
    "ReliabilityModel",
    "ReliabilityResult",
    "Requests",
    "ResponsibleEngineeringModel",
    "ResponsibleEngineeringResult",
    "Sample",
    "ScalingModel",
    "ScalingResult",
    "SearchResult",
    "SensitivityResult",
    "SensitivitySolver",
    "ServingCapacityModel",
    "ServingChoice",
    "ServingModel",
    "ServingOptimizer",
    "ServingResult",
    "ServingSearchResult",
    "SimulationModel",
    "SimulationResult",
    "SingleNodeModel",
    "Space",
    "Stage",
    "StoredTable",
    "SustainabilityModel",
    "SustainabilityResult",
    "SynthesisResult",
    "SynthesisSolver",
    "TailLatencyModel",
    "TailLatencyResult",
    "TopologyModel",
    "TopologyResult",
    "TrainingRun",
    "TransformationModel",
    "TransformationResult",
    "WeightStreamingModel",
    "WeightStreamingResult",
    "chrome_trace",
    "load_plans",
    "log_range",
    "search",
    "stage",
    "training_run",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
