"""Where places were in newer versions: an old place, kept for scripts."""

import sys

from mlsysim_core.deprecation import module_getattr

from ._older.names import DEPRECATED, REMOVED

__getattr__ = module_getattr(__name__, DEPRECATED, REMOVED)

registry = types = sys.modules[__name__]
sys.modules |= {f"{__name__}.registry": registry, f"{__name__}.types": types}
