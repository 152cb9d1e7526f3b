"""Solvers: questions about more than one pass on one device."""

from mlsysim_core.solver import ForwardModel

from ._distributed import DistributedModel
from ._distributed_result import DistributedResult
from ._serving import ServingModel
from ._strategy_search import SearchResult, search

__all__ = [
    "DistributedModel",
    "DistributedResult",
    "ForwardModel",
    "SearchResult",
    "ServingModel",
    "search",
]
