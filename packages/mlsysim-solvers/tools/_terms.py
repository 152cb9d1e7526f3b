"""What a prediction that is far off most likely leaves out."""

from collections.abc import Mapping
from typing import Any

from mlsysim_solvers.validation import Scored
from mlsysim_solvers.validation._residuals import is_rate

__all__ = ["missing_term"]

_FAST = {
    "gemm": "kernels that suit this shape less well than the tile model says",
    "attention": "time to split the context and to put the parts together",
    "collective": "protocol and synchronisation of small messages",
    "bandwidth": "launch and ramp of a short kernel, or an operator that is not one fused pass",
    "decode": "host time, or kernels of this weight format that read more slowly",
    "prefill": "conversion of stored weights, or kernels made for single rows",
    "encode": "kernels that do not fuse, and padding of short sequences",
    "vision": "layers that run as kernels of their own: depthwise, resize, post-processing",
    "tiny": "plain loops of the library where a layer has no optimised kernel",
    "generate": "host time for each token, and memory that the cache competes for",
    "serve": "scheduling and prompts that keep sequences waiting",
    "train": "input pipeline, stragglers, restarts, or congestion between nodes",
}
_SLOW = {
    "gemm": "data that stay in the last-level cache",
    "attention": "a kernel that reuses what several queries share",
    "collective": "reduction in the switch, or several links at once",
    "bandwidth": "data that stay in the last-level cache",
    "decode": "speculation, or weights stored more tightly than stated",
    "prefill": "arithmetic in a narrower format than stated",
    "encode": "shorter samples than the longest, without padding",
    "vision": "fewer operations than the architecture counts, or batches in parallel",
    "tiny": "vendor kernels that skip zeros or keep several results in registers",
    "generate": "prompts that share a prefix, or larger batches than stated",
    "serve": "prefixes that are cached, or replies shorter than their limit",
    "train": "overlap of communication, or recomputation that was not done",
}
_DEPTHWISE = ("mobile", "efficient", "depthwise", "mixnet", "ghost")


def missing_term(row: Scored, values: Mapping[str, Any]) -> str:
    """Name the likely cause, from the task, the side of the error and the machine."""
    ratio = (row.predicted or 1.0) / row.measured
    fast = (ratio > 1.0) == is_rate(row.metric)
    text = f"{values.get('model')} {values.get('architecture')}".casefold()
    if row.metric in {"power_w", "energy_j"}:
        return "power of this load, which idle, traffic and arithmetic do not tell alone"
    deep = any(word in text for word in _DEPTHWISE)
    if fast and deep and row.task in {"vision", "train"}:
        return "depthwise convolutions, whose kernels reach little of the bandwidth"
    known = _FAST if fast else _SLOW
    return known.get(row.task, "not known")
