"""Predictions against measurements: any file in the measurement format (experimental).

>>> from mlsysim_solvers.validation import validate
"""

from ._calibration import Calibration, Fitted, calibrate
from ._intervals import interval
from ._predict import predict, validate
from ._rows import COLUMNS, METRICS, REQUIRED, TASKS, Row, read, read_row
from ._schemas import measurement_schema, report_schema
from ._scores import Scored, report

__all__ = [
    "COLUMNS",
    "METRICS",
    "REQUIRED",
    "TASKS",
    "Calibration",
    "Fitted",
    "Row",
    "Scored",
    "calibrate",
    "interval",
    "measurement_schema",
    "predict",
    "read",
    "read_row",
    "report",
    "report_schema",
    "validate",
]
