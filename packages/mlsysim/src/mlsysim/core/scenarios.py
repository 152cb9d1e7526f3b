"""Where the scenarios was: an old place, kept for scripts."""

from mlsysim_core.deprecation import module_getattr

from .._older.names import DEPRECATED, REMOVED

__getattr__ = module_getattr(__name__, DEPRECATED, REMOVED)
