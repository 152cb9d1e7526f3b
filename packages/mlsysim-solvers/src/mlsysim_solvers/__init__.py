"""Solvers: questions about more than one pass on one device."""

from mlsysim_core.solver import ForwardModel

from ._batching import ContinuousBatchingModel
from ._batching_optimizer import BatchingOptimizer, BestBatchResult
from ._batching_result import BatchingResult
from ._capacity import CapacityResult, ServingCapacityModel
from ._checkpoint import CheckpointModel
from ._checkpoint_result import CheckpointResult
from ._compression import CompressionModel, CompressionResult
from ._data import DataModel, DataResult
from ._disaggregation import DisaggregatedModel
from ._distributed import DistributedModel
from ._distributed_result import DistributedResult
from ._economics import EconomicsModel
from ._economics_result import EconomicsResult
from ._exploration import DSE
from ._exploration_axes import log_range
from ._exploration_space import Space
from ._exploration_table import DesignTable
from ._fit import FitModel, FitResult
from ._goodput import TrainingRun, training_run
from ._orchestration import OrchestrationModel, OrchestrationResult
from ._reasoning import InferenceScalingModel, ReasoningResult
from ._reliability import ReliabilityModel, ReliabilityResult
from ._requests import Requests
from ._responsible import ResponsibleEngineeringModel, ResponsibleEngineeringResult
from ._scaling import ScalingModel, ScalingResult
from ._sensitivity import SensitivityResult, SensitivitySolver
from ._serving import ServingModel
from ._serving_result import ServingResult
from ._serving_search import ServingChoice, ServingOptimizer, ServingSearchResult
from ._simulation import SimulationModel
from ._simulation_result import SimulationResult
from ._strategy_search import SearchResult, search
from ._sustainability import SustainabilityModel
from ._sustainability_result import SustainabilityResult
from ._synthesis import SynthesisResult, SynthesisSolver
from ._tail_latency import TailLatencyModel, TailLatencyResult
from ._topology import TopologyModel, TopologyResult
from ._trace import chrome_trace
from ._weight_streaming import WeightStreamingModel, WeightStreamingResult

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
    "FitModel",
    "FitResult",
    "ForwardModel",
    "InferenceScalingModel",
    "OrchestrationModel",
    "OrchestrationResult",
    "ReasoningResult",
    "ReliabilityModel",
    "ReliabilityResult",
    "Requests",
    "ResponsibleEngineeringModel",
    "ResponsibleEngineeringResult",
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
    "Space",
    "SustainabilityModel",
    "SustainabilityResult",
    "SynthesisResult",
    "SynthesisSolver",
    "TailLatencyModel",
    "TailLatencyResult",
    "TopologyModel",
    "TopologyResult",
    "TrainingRun",
    "WeightStreamingModel",
    "WeightStreamingResult",
    "chrome_trace",
    "log_range",
    "search",
    "training_run",
]
