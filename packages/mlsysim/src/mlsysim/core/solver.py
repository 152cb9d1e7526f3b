"""The bases of the solvers."""

from mlsysim_core.solver import ForwardModel, Solver

__all__ = ["ForwardModel", "Solver"]
