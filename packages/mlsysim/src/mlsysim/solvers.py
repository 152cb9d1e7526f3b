"""The solvers (experimental)."""

from mlsysim_solvers import DistributedModel, ForwardModel, ServingModel

__all__ = ["DistributedModel", "ForwardModel", "ServingModel"]
