"""Time on a device that computes and moves data at limited rates."""

from ._numeric import Numeric, maximum

__all__ = [
    "arithmetic_intensity",
    "compute_time",
    "memory_time",
    "overlapped_time",
    "ridge_point",
]


def arithmetic_intensity(flops: Numeric, traffic: Numeric) -> Numeric:
    r"""Operations done for each byte moved.

    .. math:: I = F / Q

    Parameters
    ----------
    flops : Numeric
        Operations :math:`F`. [operation]
    traffic : Numeric
        Bytes moved :math:`Q`. [byte]

    Returns
    -------
    Numeric
        Intensity :math:`I`. [operation / byte]

    References
    ----------
    .. [1] S. Williams, A. Waterman, and D. Patterson, "Roofline: an insightful visual
       performance model for multicore architectures," Commun. ACM, vol. 52, no. 4,
       pp. 65-76, 2009. doi:10.1145/1498765.1498785.
    """
    return flops / traffic


def compute_time(flops: Numeric, peak: Numeric, fraction: Numeric = 1.0) -> Numeric:
    r"""Time to compute.

    .. math:: t = \frac{F}{P\,\eta}

    Parameters
    ----------
    flops : Numeric
        Operations :math:`F`. [operation]
    peak : Numeric
        Dense peak rate :math:`P`. [operation / s]
    fraction : Numeric
        Fraction of the peak reached :math:`\eta`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Examples
    --------
    >>> compute_time(2e12, peak=1e15, fraction=0.5)
    0.004

    References
    ----------
    .. [1] S. Williams, A. Waterman, and D. Patterson, "Roofline: an insightful visual
       performance model for multicore architectures," Commun. ACM, vol. 52, no. 4,
       pp. 65-76, 2009. doi:10.1145/1498765.1498785.
    """
    return flops / (peak * fraction)


def memory_time(traffic: Numeric, bandwidth: Numeric, fraction: Numeric = 1.0) -> Numeric:
    r"""Time to move data.

    .. math:: t = \frac{Q}{\beta\,\eta}

    Parameters
    ----------
    traffic : Numeric
        Bytes moved :math:`Q`. [byte]
    bandwidth : Numeric
        Bandwidth of the data sheet :math:`\beta`. [byte / s]
    fraction : Numeric
        Fraction of it that a long stream sustains :math:`\eta`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Examples
    --------
    >>> memory_time(1e9, bandwidth=4e12)
    0.00025

    References
    ----------
    .. [1] J. D. McCalpin, "Memory bandwidth and machine balance in current high
       performance computers," IEEE TCCA Newsletter, pp. 19-25, 1995.
    """
    return traffic / (bandwidth * fraction)


def overlapped_time(arithmetic: Numeric, movement: Numeric) -> Numeric:
    r"""Time of work whose arithmetic and movement overlap perfectly.

    .. math:: t = \max(t_c, t_m)

    Parameters
    ----------
    arithmetic : Numeric
        Time to compute :math:`t_c`. [s]
    movement : Numeric
        Time to move data :math:`t_m`. [s]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    References
    ----------
    .. [1] S. Williams, A. Waterman, and D. Patterson, "Roofline: an insightful visual
       performance model for multicore architectures," Commun. ACM, vol. 52, no. 4,
       pp. 65-76, 2009. doi:10.1145/1498765.1498785.
    """
    return maximum(arithmetic, movement)


def ridge_point(peak: Numeric, bandwidth: Numeric) -> Numeric:
    r"""Intensity at which both limits take equally long.

    .. math:: I^{*} = P / \beta

    Parameters
    ----------
    peak : Numeric
        Dense peak rate :math:`P`. [operation / s]
    bandwidth : Numeric
        Bandwidth :math:`\beta`. [byte / s]

    Returns
    -------
    Numeric
        Intensity :math:`I^{*}`. [operation / byte]

    References
    ----------
    .. [1] S. Williams, A. Waterman, and D. Patterson, "Roofline: an insightful visual
       performance model for multicore architectures," Commun. ACM, vol. 52, no. 4,
       pp. 65-76, 2009. doi:10.1145/1498765.1498785.
    """
    return peak / bandwidth
