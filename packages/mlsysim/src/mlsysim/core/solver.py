"""The bases of the solvers."""

from mlsysim_core.deprecation import module_getattr
from mlsysim_core.solver import ForwardModel, Solver

from .._older.names import DEPRECATED, REMOVED

__all__ = ["ForwardModel", "Solver"]

__getattr__ = module_getattr(__name__, DEPRECATED, REMOVED)
