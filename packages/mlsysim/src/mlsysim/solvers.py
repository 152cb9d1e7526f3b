"""The solvers (experimental)."""

from mlsysim_core.deprecation import module_getattr
from mlsysim_solvers import *  # noqa: F403  # whatever is public there is public here
from mlsysim_solvers import __all__ as __all__  # noqa: PLC0414  # so that type checkers see them

from ._older.names import DEPRECATED, REMOVED

__getattr__ = module_getattr(__name__, DEPRECATED, REMOVED)
