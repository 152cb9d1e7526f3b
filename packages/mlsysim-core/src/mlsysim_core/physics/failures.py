"""How many failures to expect, and where the time of a run goes because of them."""

from ._numeric import Numeric, expm1

__all__ = ["expected_failures", "failure_probability", "joint_mtbf", "recovery_fraction"]


def joint_mtbf(first: Numeric, second: Numeric) -> Numeric:
    r"""Mean time between failures of two things that must both work.

    .. math:: M = \left(\frac{1}{M_1} + \frac{1}{M_2}\right)^{-1}

    Parameters
    ----------
    first : Numeric
        Mean time between failures of the one :math:`M_1`. [s]
    second : Numeric
        Of the other :math:`M_2`. [s]

    Returns
    -------
    Numeric
        Mean time between failures :math:`M`. [s]

    Examples
    --------
    >>> joint_mtbf(10.0, 10.0)
    5.0

    References
    ----------
    .. [1] R. E. Barlow and F. Proschan, Mathematical Theory of Reliability. Wiley, 1965.
    """
    return 1.0 / (1.0 / first + 1.0 / second)


def expected_failures(duration: Numeric, mtbf: Numeric) -> Numeric:
    r"""Failures to expect in a time.

    .. math:: n = t / M

    Parameters
    ----------
    duration : Numeric
        Time :math:`t`. [s]
    mtbf : Numeric
        Mean time between failures :math:`M`. [s]

    Returns
    -------
    Numeric
        Failures :math:`n`. [dimensionless]

    Examples
    --------
    >>> expected_failures(100.0, 50.0)
    2.0

    References
    ----------
    .. [1] R. E. Barlow and F. Proschan, Mathematical Theory of Reliability. Wiley, 1965.
    """
    return duration / mtbf


def failure_probability(duration: Numeric, mtbf: Numeric) -> Numeric:
    r"""Chance of at least one failure in a time.

    .. math:: p = 1 - e^{-t/M}

    Parameters
    ----------
    duration : Numeric
        Time :math:`t`. [s]
    mtbf : Numeric
        Mean time between failures :math:`M`. [s]

    Returns
    -------
    Numeric
        Probability :math:`p`. [dimensionless]

    Notes
    -----
    Failures come at random, at a constant rate: neither early deaths nor wear.

    Examples
    --------
    >>> round(failure_probability(1.0, 1.0), 3)
    0.632

    References
    ----------
    .. [1] R. E. Barlow and F. Proschan, Mathematical Theory of Reliability. Wiley, 1965.
    """
    return -expm1(-duration / mtbf)


def recovery_fraction(restart: Numeric, mtbf: Numeric) -> Numeric:
    r"""Part of the time of a long run in which it starts again after failures.

    .. math:: r = 1 - e^{-R/M}

    Parameters
    ----------
    restart : Numeric
        Time from a failure to the first step again :math:`R`. [s]
    mtbf : Numeric
        Mean time between failures :math:`M`. [s]

    Returns
    -------
    Numeric
        Fraction :math:`r`. [dimensionless]

    Notes
    -----
    A restart that fails is begun again, so that one takes :math:`M\,(1 - e^{-R/M})` on
    average before it ends or fails, and one begins every :math:`M`.

    Examples
    --------
    >>> round(recovery_fraction(300.0, 36000.0), 4)
    0.0083

    References
    ----------
    .. [1] J. T. Daly, "A higher order estimate of the optimum checkpoint interval for
       restart dumps," Future Gener. Comput. Syst., vol. 22, no. 3, pp. 303-312, 2006.
    """
    return -expm1(-restart / mtbf)
