"""Predictions against measurements: any file in the measurement format (experimental).

>>> from mlsysim_solvers.validation import validate
"""

from ._predict import predict, validate
from ._rows import COLUMNS, METRICS, TASKS, Row, read, read_row
from ._scores import Scored, report

__all__ = [
    "COLUMNS",
    "METRICS",
    "TASKS",
    "Row",
    "Scored",
    "predict",
    "read",
    "read_row",
    "report",
    "validate",
]
