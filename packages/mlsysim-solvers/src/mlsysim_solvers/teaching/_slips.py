"""Mistakes that people make with units and counts, recognised by the factor that they leave."""

import math

__all__ = ["slip"]

_FACTORS: tuple[tuple[float, str], ...] = (
    (1e3, "a prefix of units, such as ms for s or MB for GB"),
    (1e6, "two prefixes of units, such as us for s or kB for GB"),
    (1e9, "three prefixes of units, such as ns for s or bytes for GB"),
    (1e12, "four prefixes of units, such as FLOP for TFLOP"),
    (1.024, "a binary unit for a decimal one: 1 KiB is 1,024 bytes, 1 kB is 1,000"),
    (1.024**2, "a binary unit for a decimal one: MiB and MB differ by 4.9 %"),
    (1.024**3, "a binary unit for a decimal one: GiB and GB differ by 7.4 %"),
    (8.0, "bits for bytes"),
    (100.0, "percent for a fraction"),
    (60.0, "minutes for seconds, or hours for minutes"),
    (3600.0, "hours for seconds"),
    (2.0, "two operations in a multiply-accumulate, bytes of one number, or there and back"),
    (4.0, "4 bytes of a number for 1, or a factor of two taken twice"),
)
_NEAR = 0.005


def slip(ratio: float) -> str:
    """Say what a wrong answer may come from.

    Parameters
    ----------
    ratio : float
        The answer over what was expected; not a number where there is no ratio.

    Returns
    -------
    str
        The mistake, or nothing if the ratio is that of none.
    """
    if ratio == -1.0 or math.isclose(ratio, -1.0, rel_tol=_NEAR):
        return "the sign"
    for factor, text in _FACTORS:
        if ratio > 0.0 and any(
            math.isclose(ratio, one, rel_tol=_NEAR) for one in (factor, 1.0 / factor)
        ):
            return text
    return ""
