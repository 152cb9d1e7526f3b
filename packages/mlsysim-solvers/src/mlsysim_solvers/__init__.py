"""Solvers: questions about more than one pass on one device."""

from mlsysim_core.solver import ForwardModel

from ._serving import ServingModel

__all__ = ["ForwardModel", "ServingModel"]
