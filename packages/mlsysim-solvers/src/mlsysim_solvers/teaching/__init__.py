"""For labs: commit to a guess, see the answer and where it comes from, and check exercises."""

from ._checks import Checked, check
from ._constants import Constant, Constants, constant, constants
from ._expected import Expected, Step, expected
from ._prediction import Prediction, Reveal, predict

__all__ = [
    "Checked",
    "Constant",
    "Constants",
    "Expected",
    "Prediction",
    "Reveal",
    "Step",
    "check",
    "constant",
    "constants",
    "expected",
    "predict",
]
