"""Where tutorials found helpers to print with: an old place, kept for scripts."""

from mlsysim_core.deprecation import module_getattr

from ._older.printing import DEPRECATED

__getattr__ = module_getattr(__name__, DEPRECATED)
