"""Time that one rank's share of an exchange takes on its link."""

from ._numeric import Numeric, minimum

__all__ = ["exchange_time"]


def exchange_time(
    traffic: Numeric,
    bandwidth: Numeric,
    startup: Numeric,
    eager: Numeric,
    middle: Numeric,
    eager_fraction: Numeric = 0.2,
    middle_fraction: Numeric = 0.6,
) -> Numeric:
    r"""Time to send some bytes, by the protocol that suits their number.

    .. math:: t = \min\Bigl(\alpha_s + \frac{w}{\beta},\;
                            \alpha_m + \frac{w}{f_m\,\beta},\;
                            \alpha_e + \frac{w}{f_e\,\beta}\Bigr)

    Parameters
    ----------
    traffic : Numeric
        Bytes that each rank sends :math:`w`. [byte]
    bandwidth : Numeric
        Bandwidth that long messages sustain :math:`\beta`. [byte / s]
    startup : Numeric
        Latency of the protocol for long messages :math:`\alpha_s`. [s]
    eager : Numeric
        Latency of the protocol for short messages :math:`\alpha_e`. [s]
    middle : Numeric
        Latency of the protocol for those between; infinite where there is none
        :math:`\alpha_m`. [s]
    eager_fraction : Numeric
        Part of the bandwidth that the protocol for short messages reaches :math:`f_e`.
        [dimensionless]
    middle_fraction : Numeric
        Part of the bandwidth that the one between reaches :math:`f_m`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Notes
    -----
    Libraries send short messages with a flag beside every word, which halves the bandwidth at
    least and saves the handshakes; longer ones with a flag in every cache line, as far as a
    link keeps those whole; long messages go in chunks, with handshakes.

    Examples
    --------
    >>> exchange_time(1e9, bandwidth=1e11, startup=5e-5, eager=1e-5, middle=3e-5)
    0.01005
    >>> round(exchange_time(1e6, bandwidth=1e11, startup=2e-4, eager=1e-5, middle=3e-5), 9)
    4.6667e-05

    References
    ----------
    .. [1] R. W. Hockney, "The communication challenge for MPP: Intel Paragon and Meiko
       CS-2," Parallel Comput., vol. 20, no. 3, pp. 389-398, 1994.
    .. [2] Z. Hu et al., "Demystifying NCCL: An in-depth analysis of GPU communication
       protocols and algorithms," 2025. arXiv:2507.04786.
    """
    short = minimum(
        eager + traffic / (bandwidth * eager_fraction),
        middle + traffic / (bandwidth * middle_fraction),
    )
    return minimum(startup + traffic / bandwidth, short)
