"""Pictures of what solvers answer; those of one pass are in :mod:`mlsysim_core.pictures`."""

from ._measured import measured
from ._pareto import pareto
from ._sums import breakdown, memory
from ._timeline import timeline

__all__ = ["breakdown", "measured", "memory", "pareto", "timeline"]
