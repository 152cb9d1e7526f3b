"""Time from arrival to departure, where servers may be busy: waiting and service together."""

from ._numeric import Numeric, exp, expm1, log, maximum, minimum, where

__all__ = ["response_exceeds", "response_quantile"]

_BISECTIONS = 100
_NEVER = 1e300


def response_exceeds(
    time: Numeric, service_time: Numeric, waiting: Numeric, free: Numeric
) -> Numeric:
    r"""Chance that waiting and service together take longer than some time (M/M/c).

    .. math:: P(T > t) = e^{-\mu t} + C\,\mu\,e^{-\min(\mu, \theta)\,t}\,
              \frac{1 - e^{-|\mu - \theta|\,t}}{|\mu - \theta|},
              \quad \mu = 1/s,\; \theta = f \mu

    Parameters
    ----------
    time : Numeric
        Time :math:`t`. [s]
    service_time : Numeric
        Mean time of service :math:`s`, exponentially distributed. [s]
    waiting : Numeric
        Chance to wait at all :math:`C`, from
        :func:`~mlsysim_core.physics.queueing.erlang_c`. [dimensionless]
    free : Numeric
        Servers less the offered load :math:`f = c - a`. [dimensionless]

    Returns
    -------
    Numeric
        Probability; one where no server is free on average. [dimensionless]

    Notes
    -----
    Exact: the distribution of the sum, not the wait's quantile and the mean service.

    Examples
    --------
    >>> round(response_exceeds(0.0921034, 0.01, waiting=0.5, free=0.5), 6)  # exp(-50 t)
    0.01

    References
    ----------
    .. [1] D. Gross, J. F. Shortle, J. M. Thompson, and C. M. Harris, Fundamentals of
       Queueing Theory, 4th ed. Wiley, 2008, sec. 2.3.
    """
    turns = time / service_time
    pace = maximum(free, 0.0)
    distance = maximum(maximum(1.0 - pace, pace - 1.0) * turns, 1.0 / _NEVER)
    together = -turns * expm1(-distance) / distance
    late = exp(-1.0 * turns) + waiting * exp(-1.0 * minimum(pace, 1.0) * turns) * together
    return where(free > 0.0, minimum(late, 1.0), 0.0 * late + 1.0)


def response_quantile(
    exceeding: Numeric, service_time: Numeric, waiting: Numeric, free: Numeric
) -> Numeric:
    r"""Time that waiting and service exceed only for some part of all arrivals (M/M/c).

    .. math:: P(T > t) = p

    Parameters
    ----------
    exceeding : Numeric
        Part that takes longer :math:`p`: 0.01 for the 99th percentile. [dimensionless]
    service_time : Numeric
        Mean time of service :math:`s`. [s]
    waiting : Numeric
        Chance to wait at all :math:`C`. [dimensionless]
    free : Numeric
        Servers less the offered load :math:`f`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`t`; without end where no server is free on average. [s]

    Notes
    -----
    Found by halving: no closed form exists for more than one server.

    References
    ----------
    .. [1] D. Gross, J. F. Shortle, J. M. Thompson, and C. M. Harris, Fundamentals of
       Queueing Theory, 4th ed. Wiley, 2008, sec. 2.3.
    """
    part = minimum(maximum(exceeding, 1.0 / _NEVER), 1.0)
    # If neither the wait nor the service exceeds its share, their sum does not either.
    wait = maximum(log(maximum(2.0 * waiting / part, 1.0 / _NEVER)), 0.0)
    wait = wait / maximum(free, 1.0 / _NEVER)
    longest = service_time * (wait - log(part / 2.0))
    low, high = 0.0 * service_time, where(free > 0.0, longest, 1.0 * service_time)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2.0
        beyond = response_exceeds(middle, service_time, waiting, free) > part
        low, high = where(beyond, middle, low), where(beyond, high, middle)
    return where(free > 0.0, high, float("inf") * service_time)
