"""Waiting lines: servers that are busy when somebody comes."""

from ._numeric import Numeric, ceil, exp, log, maximum, where

__all__ = [
    "erlang_b",
    "erlang_c",
    "mean_wait",
    "offered_load",
    "variable_service_wait",
    "wait_exceeds",
    "wait_quantile",
]

_NEVER = 1e300


def offered_load(arrival_rate: Numeric, service_time: Numeric) -> Numeric:
    r"""Servers that are busy on average, if there are enough of them.

    .. math:: a = \lambda\,s

    Parameters
    ----------
    arrival_rate : Numeric
        Arrivals in a unit of time :math:`\lambda`. [1 / s]
    service_time : Numeric
        Mean time of service :math:`s`. [s]

    Returns
    -------
    Numeric
        Load :math:`a`, in erlang. [dimensionless]

    References
    ----------
    .. [1] J. D. C. Little, "A proof for the queuing formula L = λW," Oper. Res., vol. 9,
       no. 3, pp. 383-387, 1961. doi:10.1287/opre.9.3.383.
    """
    return arrival_rate * service_time


def erlang_b(servers: Numeric, load: Numeric) -> Numeric:
    r"""Chance that all servers are busy, where nobody waits.

    .. math:: B(c, a) = \frac{a\,B(c-1, a)}{c + a\,B(c-1, a)},\quad B(0, a) = 1

    Parameters
    ----------
    servers : Numeric
        Servers :math:`c`; a part of one counts as a whole. [dimensionless]
    load : Numeric
        Offered load :math:`a`. [dimensionless]

    Returns
    -------
    Numeric
        Probability :math:`B`. [dimensionless]

    Examples
    --------
    >>> erlang_b(1.0, 1.0)
    0.5

    References
    ----------
    .. [1] A. K. Erlang, "Solution of some problems in the theory of probabilities of
       significance in automatic telephone exchanges," Elektroteknikeren, vol. 13, 1917.
    """
    last = ceil(servers)
    busy = 0.0 * load + 1.0
    for count in range(1, int(_largest(last)) + 1):
        part = load * busy
        busy = where(count <= last, part / (count + part), busy)
    return busy


def erlang_c(servers: Numeric, load: Numeric) -> Numeric:
    r"""Chance that an arrival has to wait (M/M/c).

    .. math:: C = \frac{c\,B}{c - a\,(1 - B)}

    Parameters
    ----------
    servers : Numeric
        Servers :math:`c`. [dimensionless]
    load : Numeric
        Offered load :math:`a`; everybody waits if it reaches the servers. [dimensionless]

    Returns
    -------
    Numeric
        Probability :math:`C`. [dimensionless]

    Examples
    --------
    >>> erlang_c(1.0, 0.5)
    0.5

    References
    ----------
    .. [1] L. Kleinrock, Queueing Systems, vol. 1: Theory. Wiley, 1975, sec. 3.5.
    """
    whole = ceil(servers)
    blocked = erlang_b(whole, load)
    waiting = whole * blocked / maximum(whole - load * (1.0 - blocked), whole / _NEVER)
    return where(load < whole, waiting, 0.0 * waiting + 1.0)


def mean_wait(arrival_rate: Numeric, service_time: Numeric, servers: Numeric) -> Numeric:
    r"""Mean time before service begins (M/M/c).

    .. math:: W_q = \frac{C\,s}{c - a}

    Parameters
    ----------
    arrival_rate : Numeric
        Arrivals in a unit of time :math:`\lambda`. [1 / s]
    service_time : Numeric
        Mean time of service :math:`s`, exponentially distributed. [s]
    servers : Numeric
        Servers :math:`c`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`W_q`; without end if the load reaches the servers. [s]

    Examples
    --------
    >>> mean_wait(50.0, 0.01, 1.0)
    0.01

    References
    ----------
    .. [1] L. Kleinrock, Queueing Systems, vol. 1: Theory. Wiley, 1975, sec. 3.5.
    """
    whole = ceil(servers)
    load = offered_load(arrival_rate, service_time)
    free = maximum(whole - load, whole / _NEVER)
    return where(
        load < whole, erlang_c(whole, load) * service_time / free, float("inf") * service_time
    )


def variable_service_wait(
    arrival_rate: Numeric, service_time: Numeric, servers: Numeric, variation: Numeric
) -> Numeric:
    r"""Mean time before service begins, for any spread of service times (M/G/c).

    .. math:: W_q \approx \frac{1 + v^2}{2}\,W_q^{M/M/c}

    Parameters
    ----------
    arrival_rate : Numeric
        Arrivals in a unit of time :math:`\lambda`. [1 / s]
    service_time : Numeric
        Mean time of service :math:`s`. [s]
    servers : Numeric
        Servers :math:`c`. [dimensionless]
    variation : Numeric
        Standard deviation of the time of service over its mean :math:`v`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`W_q`. [s]

    Notes
    -----
    The approximation of Lee and Longton; exact for one server (Pollaczek and Khinchine),
    and for exponential times. It holds for the mean, not for quantiles.

    Examples
    --------
    >>> variable_service_wait(50.0, 0.01, 1.0, variation=0.0)
    0.005

    References
    ----------
    .. [1] A. M. Lee and P. A. Longton, "Queueing processes associated with airline passenger
       check-in," Oper. Res. Quart., vol. 10, no. 1, pp. 56-71, 1959.
    """
    return (1.0 + variation * variation) / 2.0 * mean_wait(arrival_rate, service_time, servers)


def wait_exceeds(
    time: Numeric, arrival_rate: Numeric, service_time: Numeric, servers: Numeric
) -> Numeric:
    r"""Chance to wait longer than some time (M/M/c).

    .. math:: P(W > t) = C\,e^{-(c - a)\,t / s}

    Parameters
    ----------
    time : Numeric
        Time :math:`t`. [s]
    arrival_rate : Numeric
        Arrivals in a unit of time :math:`\lambda`. [1 / s]
    service_time : Numeric
        Mean time of service :math:`s`. [s]
    servers : Numeric
        Servers :math:`c`. [dimensionless]

    Returns
    -------
    Numeric
        Probability. [dimensionless]

    References
    ----------
    .. [1] L. Kleinrock, Queueing Systems, vol. 1: Theory. Wiley, 1975, sec. 3.5.
    """
    whole = ceil(servers)
    load = offered_load(arrival_rate, service_time)
    free = maximum(whole - load, 0.0)
    return erlang_c(whole, load) * exp(-1.0 * free * time / service_time)


def wait_quantile(
    exceeding: Numeric, arrival_rate: Numeric, service_time: Numeric, servers: Numeric
) -> Numeric:
    r"""Time that only some part of all arrivals waits longer than (M/M/c).

    .. math:: t = \frac{s}{c - a}\,\ln\frac{C}{p}

    Parameters
    ----------
    exceeding : Numeric
        Part that waits longer :math:`p`: 0.01 for the 99th percentile. [dimensionless]
    arrival_rate : Numeric
        Arrivals in a unit of time :math:`\lambda`. [1 / s]
    service_time : Numeric
        Mean time of service :math:`s`. [s]
    servers : Numeric
        Servers :math:`c`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`t`; zero where fewer than that part wait at all. [s]

    References
    ----------
    .. [1] L. Kleinrock, Queueing Systems, vol. 1: Theory. Wiley, 1975, sec. 3.5.
    """
    whole = ceil(servers)
    load = offered_load(arrival_rate, service_time)
    free = maximum(whole - load, whole / _NEVER)
    waits = maximum(log(erlang_c(whole, load) / exceeding), 0.0)
    return where(load < whole, service_time * waits / free, float("inf") * service_time)


def _largest(value: Numeric) -> float:
    return float(value.max()) if getattr(value, "shape", ()) else float(value)
