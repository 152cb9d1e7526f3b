"""Where helpers for notebooks were: nothing of the kind is part of mlsysim any more."""

raise ImportError(
    "mlsysim.labs was removed. Use: the values themselves, such as "
    "mlsysim.Hardware.H100.memory.bandwidth, and plain cells of the notebook",
    name=__name__,
)
