"""Failures of long runs, and what checkpoints cost and save."""

from ._numeric import Numeric, exp, expm1

__all__ = ["checkpoint_interval", "fleet_mtbf", "useful_fraction"]


def fleet_mtbf(mtbf: Numeric, devices: Numeric) -> Numeric:
    r"""Mean time between failures of many devices that must all work.

    .. math:: M = m / n

    Parameters
    ----------
    mtbf : Numeric
        Mean time between failures of one device :math:`m`. [s]
    devices : Numeric
        Devices :math:`n`. [dimensionless]

    Returns
    -------
    Numeric
        Mean time between failures :math:`M`. [s]

    Examples
    --------
    >>> fleet_mtbf(3.6e6, 1000.0)
    3600.0

    References
    ----------
    .. [1] A. Kokolis et al., "Revisiting reliability in large-scale machine learning research
       clusters," in HPCA, 2025. arXiv:2410.21680.
    """
    return mtbf / devices


def checkpoint_interval(pause: Numeric, mtbf: Numeric) -> Numeric:
    r"""Time between checkpoints that loses the least.

    .. math:: \tau = \sqrt{2\,\delta\,M}

    Parameters
    ----------
    pause : Numeric
        Time that a checkpoint stops the run :math:`\delta`. [s]
    mtbf : Numeric
        Mean time between failures of the system :math:`M`. [s]

    Returns
    -------
    Numeric
        Interval :math:`\tau`. [s]

    Notes
    -----
    The first-order optimum; good while :math:`\delta \ll M`.

    Examples
    --------
    >>> checkpoint_interval(50.0, 10000.0)
    1000.0

    References
    ----------
    .. [1] J. W. Young, "A first order approximation to the optimum checkpoint interval,"
       Commun. ACM, vol. 17, no. 9, pp. 530-531, 1974. doi:10.1145/361147.361115.
    """
    return (2.0 * pause * mtbf) ** 0.5


def useful_fraction(
    interval: Numeric,
    pause: Numeric,
    restart: Numeric,
    mtbf: Numeric,
) -> Numeric:
    r"""Part of the time of a run that is not lost to checkpoints and failures.

    .. math:: f = \frac{\tau}{M\,e^{R/M}\left(e^{(\tau+\delta)/M} - 1\right)}

    Parameters
    ----------
    interval : Numeric
        Work between two checkpoints :math:`\tau`. [s]
    pause : Numeric
        Time that a checkpoint stops the run :math:`\delta`. [s]
    restart : Numeric
        Time from a failure to the first step again :math:`R`. [s]
    mtbf : Numeric
        Mean time between failures of the system :math:`M`. [s]

    Returns
    -------
    Numeric
        Fraction :math:`f`. [dimensionless]

    Notes
    -----
    Exact for failures at random (exponential times), which may also strike while a
    checkpoint is written or a run restarts.

    Examples
    --------
    >>> round(useful_fraction(600.0, 20.0, 300.0, 36000.0), 3)
    0.951

    References
    ----------
    .. [1] J. T. Daly, "A higher order estimate of the optimum checkpoint interval for
       restart dumps," Future Gener. Comput. Syst., vol. 22, no. 3, pp. 303-312, 2006.
    """
    return interval / (mtbf * exp(restart / mtbf) * expm1((interval + pause) / mtbf))
