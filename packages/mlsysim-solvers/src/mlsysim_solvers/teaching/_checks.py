"""Checks of exercises that know units and tolerances, and say what may be wrong."""

import math
from dataclasses import dataclass
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.units import Quantity

from ._expected import Expected
from ._slips import slip
from ._values import number_of, quantity_of, shown

__all__ = ["Checked", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check. True where the answer passed, so that it can be asserted."""

    passed: bool
    feedback: str
    """What to look at; it never gives a wrong answer's right value away."""
    answered: bool = True
    """Whether there was an answer at all."""

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        mark = "right" if self.passed else "not yet" if self.answered else "open"
        return f"{mark}: {self.feedback}"


def check(answer: Any, expected: Any, within: Any = 0.05) -> Checked:
    """Hold an answer against what is expected.

    Parameters
    ----------
    answer : quantity, number, str or Ellipsis
        The answer: ``"9.3 ms"``, ``0.4``, ``"Memory"``; ``...`` while there is none.
    expected : Expected, quantity, number or str
        What is right.
    within : float or quantity
        How far off it may be: a part of what is expected, or a quantity of its unit.

    Returns
    -------
    Checked
        Whether it passed, and feedback.

    Raises
    ------
    InputError
        If the tolerance cannot be used; never for an answer, whatever it is.

    Examples
    --------
    >>> check("9.3 ms", "9.28 ms")
    right: 9.3 ms is within 5 % of 9.28 ms
    >>> check("9.3 s", "9.28 ms")
    not yet: too large; the ratio is that of a prefix of units, such as ms for s or MB for GB
    >>> check("Compute", "Memory")
    not yet: it is not 'Compute'
    >>> assert check(0.41, 0.4)
    """
    right = expected.value if isinstance(expected, Expected) else expected
    if answer is ...:
        return Checked(False, "put your answer in the place of ...", answered=False)
    if isinstance(right, str) and not _is_quantity(right):
        same = isinstance(answer, str) and answer.strip().casefold() == right.casefold()
        return Checked(same, f"it is {right!r}" if same else f"it is not {answer!r}")
    if isinstance(right, bool):
        return Checked(answer is right, f"it is {answer!r}" if answer is right else "think again")
    wanted = quantity_of("expected", right)
    tolerance, words = _tolerance(within, wanted)
    try:
        given = quantity_of("the answer", answer)
    except ValueError as error:  # an answer is never a reason to stop
        return Checked(False, str(error))
    except TypeError as error:
        return Checked(False, str(error))
    return _compared(given, wanted, tolerance, words)


def _is_quantity(text: str) -> bool:
    try:
        quantity_of("expected", text)
    except InputError:
        return False
    return True


def _tolerance(within: Any, wanted: "Quantity") -> tuple[float, str]:
    """Return how far off an answer may be, in the unit of what is expected."""
    margin = quantity_of("within", within)
    if margin.magnitude < 0:
        raise InputError(f"within must not be negative, got {within!r}")
    if (margin.dimensionless and not wanted.dimensionless) or margin.dimensionless:
        part = float(margin.m_as(""))
    else:
        absolute = number_of(margin, wanted.units)
        if absolute is None:
            raise InputError(f"within must be a part, or in {wanted.units}, got {within!r}")
        return absolute, shown(margin)
    if not wanted.magnitude and part:
        raise InputError("what is expected is zero: give within as a quantity, such as '1 ms'")
    return abs(part * float(wanted.magnitude)), f"{part * 100:g} %"


def _compared(given: "Quantity", wanted: "Quantity", tolerance: float, words: str) -> Checked:
    number, right = number_of(given, wanted.units), float(wanted.magnitude)
    if number is None:
        return Checked(False, _dimension(given, wanted))
    if abs(number - right) <= tolerance:
        return Checked(True, f"{shown(given)} is within {words} of {shown(wanted)}")
    side = "too large" if number > right else "too small"
    cause = slip(number / right if right else math.nan)
    if cause:
        return Checked(False, f"{side}; the ratio is that of {cause}")
    inverse = right and number and math.isclose(number * right, 1.0, rel_tol=0.01)
    if inverse and not math.isclose(right, 1.0, rel_tol=0.02):
        return Checked(False, f"{side}; it looks like one over the answer")
    close = bool(right) and abs(number / right - 1.0) < 0.25
    return Checked(False, f"{side}, though not by much" if close else side)


def _dimension(given: "Quantity", wanted: "Quantity") -> str:
    if given.unitless:
        return f"a number needs its unit here, such as {wanted.units:~P}"
    return f"the answer is in {wanted.units:~P}, and {given.units:~P} is no such unit"
