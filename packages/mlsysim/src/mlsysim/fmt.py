"""Where formats for books were: nothing of the kind is part of mlsysim any more."""

raise ImportError(
    'mlsysim.fmt was removed. Use: format codes of quantities, such as f"{result.latency:.2f~P}"',
    name=__name__,
)
