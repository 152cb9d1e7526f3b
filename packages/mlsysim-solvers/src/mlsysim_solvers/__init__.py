"""Solvers: questions about more than one pass on one device."""

from mlsysim_core.solver import ForwardModel

__all__ = ["ForwardModel"]
