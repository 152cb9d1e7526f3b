"""Sizes of operators under the names that people give them."""

import re
from collections.abc import Mapping
from typing import Any

from mlsysim_core.errors import MissingValueError

from .._rows import Row

__all__ = ["needed", "operator_shape"]

_NAMES = {
    "M": ("m",),
    "N": ("n",),
    "K": ("k",),
    "batch": ("batch_size", "bs", "b"),
    "seq": ("seqlen", "seq_len", "sequence_length", "length", "seqlen_q", "q_len", "n_ctx"),
    "context": ("context_len", "context_length", "kv_len", "kv_seq_len", "seqlen_k", "ctx"),
    "heads": ("num_heads", "n_heads", "nheads", "q_heads", "num_attention_heads", "h"),
    "kv_heads": ("num_kv_heads", "n_kv_heads", "nheads_k", "num_key_value_heads", "heads_kv"),
    "head_dim": ("headdim", "head_size", "dim_head", "d_head", "d"),
    "bytes": ("size_bytes", "message_bytes", "message_size", "size"),
    "n_gpus": ("ranks", "gpus", "world_size", "devices", "nranks"),
    "elements": ("numel", "n_elements", "size_elements"),
}
"""Other names of the sizes in a row's shape: those of the BLAS, of papers and of libraries."""
_USUAL = {other: name for name, others in _NAMES.items() for other in others}
_TRIPLE = ("dims", "mnk", "MNK", "size", "shape")


def operator_shape(row: Row) -> dict[str, Any]:
    """Return the shape of an operator under the names that the format gives.

    Three sizes may stand in one list, or in one text.
    """
    shape = row.table("shape")
    for other in tuple(shape):
        if other in _USUAL:
            shape.setdefault(_USUAL[other], shape[other])
    for name in _TRIPLE:
        if isinstance(sizes := shape.get(name), list | str) and "M" not in shape:
            each = sizes if isinstance(sizes, list) else list(map(int, re.findall(r"\d+", sizes)))
            if len(each) == len("MNK"):
                shape |= dict(zip("MNK", each, strict=True))
    return shape


def needed(shape: Mapping[str, Any], *names: str) -> list[float]:
    """Return some sizes of a shape.

    Raises
    ------
    MissingValueError
        If it lacks one.
    """
    missing = [name for name in names if not isinstance(shape.get(name), int | float)]
    if missing:
        raise MissingValueError(f"shape does not state {', '.join(missing)}")
    return [float(shape[name]) for name in names]
