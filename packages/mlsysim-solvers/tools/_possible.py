"""Rows that the device which they name could have measured."""

import math
from collections.abc import Mapping, Sequence

from mlsysim_core.errors import MLSysimError
from mlsysim_core.specs import ideal_stack
from mlsysim_solvers.validation import Row, Scored, read_row
from mlsysim_solvers.validation._residuals import is_rate
from mlsysim_solvers.validation._trial import trial

__all__ = ["possible"]

_TASKS = ("decode", "prefill", "encode", "vision", "gemm", "attention")
"""Tasks that are one pass or one operator, so that the textbook roofline bounds them."""
_SLACK = math.log(1.02)
"""Rounding of published numbers."""


def possible(raw: Sequence[Mapping[str, object]], scored: Sequence[Scored]) -> list[Scored]:
    """Leave out what is faster than the textbook roofline of its row.

    Such a row measured something else than it states, a data set with padding taken out for
    instance. Its error tells nothing of predictions, and no interval should hold it.
    """
    bounded: dict[str, Row] = {}
    for values in raw:
        try:
            row = read_row(values)
        except MLSysimError:
            continue
        # Stages that overlap beat the sum of their layers.
        alone = row.count("devices") == row.count("tp")
        timed = row["metric"] not in {"power_w", "energy_j"}
        if row["task"] in _TASKS and alone and timed:
            bounded[row["id"]] = row
    with trial() as tried:
        errors = tried.log_errors(list(bounded.values()), None, ideal_stack())
    beaten = set()
    for row, error in zip(bounded.values(), errors, strict=True):
        slower = error is not None and (-error if is_rate(row["metric"]) else error)
        if slower and slower > _SLACK:
            beaten.add(row["id"])
    return [one for one in scored if one.id not in beaten]
