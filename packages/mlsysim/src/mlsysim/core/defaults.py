"""Where defaults and units were: an old place, kept for scripts."""

from mlsysim_core.deprecation import module_getattr

from .._older.constants import DEPRECATED, REMOVED, UNITS

__getattr__ = module_getattr(__name__, DEPRECATED, REMOVED, starred=UNITS)
