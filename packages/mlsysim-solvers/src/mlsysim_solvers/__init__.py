"""Solvers: questions about more than one pass on one device."""

from mlsysim_core.solver import ForwardModel

from ._batching import ContinuousBatchingModel
from ._batching_result import BatchingResult
from ._distributed import DistributedModel
from ._distributed_result import DistributedResult
from ._goodput import TrainingRun, training_run
from ._requests import Requests
from ._serving import ServingModel
from ._serving_result import ServingResult
from ._simulation import SimulationModel
from ._simulation_result import SimulationResult
from ._strategy_search import SearchResult, search
from ._tail_latency import TailLatencyModel, TailLatencyResult

__all__ = [
    "BatchingResult",
    "ContinuousBatchingModel",
    "DistributedModel",
    "DistributedResult",
    "ForwardModel",
    "Requests",
    "SearchResult",
    "ServingModel",
    "ServingResult",
    "SimulationModel",
    "SimulationResult",
    "TailLatencyModel",
    "TailLatencyResult",
    "TrainingRun",
    "search",
    "training_run",
]
