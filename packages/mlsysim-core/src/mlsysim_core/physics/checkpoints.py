"""What a checkpoint weighs, how long it is written, and how often it pays."""

from ._numeric import Numeric, minimum, where

__all__ = ["checkpoint_size", "higher_order_interval", "sharded_write_time"]


def checkpoint_size(parameters: Numeric, width: Numeric) -> Numeric:
    r"""Bytes of a checkpoint.

    .. math:: c = P\,w

    Parameters
    ----------
    parameters : Numeric
        Parameters of the model :math:`P`. [dimensionless]
    width : Numeric
        Bytes kept for each: weight, master weight, optimizer state :math:`w`. [byte]

    Returns
    -------
    Numeric
        Size :math:`c`. [byte]

    Examples
    --------
    >>> checkpoint_size(1e9, 14.0)
    14000000000.0

    References
    ----------
    .. [1] S. Rajbhandari et al., "ZeRO: Memory optimizations toward training trillion
       parameter models," in SC, 2020. arXiv:1910.02054.
    """
    return parameters * width


def sharded_write_time(size: Numeric, writers: Numeric, each: Numeric, shared: Numeric) -> Numeric:
    r"""Time in which many writers store equal parts on one store.

    .. math:: t = \frac{c}{\min(n\,\beta,\; B)}

    Parameters
    ----------
    size : Numeric
        Size of all parts together :math:`c`. [byte]
    writers : Numeric
        Writers :math:`n`. [dimensionless]
    each : Numeric
        Bandwidth of one writer :math:`\beta`. [byte / s]
    shared : Numeric
        Bandwidth of the store :math:`B`. [byte / s]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Examples
    --------
    >>> sharded_write_time(1e12, writers=100.0, each=2e9, shared=1e11)
    10.0

    References
    ----------
    .. [1] Llama Team, "The Llama 3 herd of models," 2024, sec. 3.3.1. arXiv:2407.21783.
    """
    return size / minimum(writers * each, shared)


def higher_order_interval(pause: Numeric, mtbf: Numeric) -> Numeric:
    r"""Work between checkpoints that loses the least, also where failures are frequent.

    .. math::

        \tau = \sqrt{2\,\delta\,M}\left(1 + \frac{1}{3}\sqrt{\frac{\delta}{2M}}
        + \frac{\delta}{18\,M}\right) - \delta
        \quad\text{for } \delta < 2M, \text{ else } \tau = M

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

    Examples
    --------
    >>> round(higher_order_interval(50.0, 10000.0), 1)
    966.9

    References
    ----------
    .. [1] J. T. Daly, "A higher order estimate of the optimum checkpoint interval for
       restart dumps," Future Gener. Comput. Syst., vol. 22, no. 3, pp. 303-312, 2006,
       eq. (37).
    """
    part = pause / (2.0 * mtbf)
    series = 1.0 + part**0.5 / 3.0 + part / 9.0
    return where(part < 1.0, (2.0 * pause * mtbf) ** 0.5 * series - pause, mtbf)
