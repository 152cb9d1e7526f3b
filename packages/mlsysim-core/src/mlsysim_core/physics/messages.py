"""Time that one rank's share of an exchange takes on its link."""

from ._numeric import Numeric, minimum

__all__ = ["exchange_time"]


def exchange_time(
    traffic: Numeric,
    bandwidth: Numeric,
    startup: Numeric,
    eager: Numeric,
    eager_fraction: Numeric = 0.12,
) -> Numeric:
    r"""Time to send some bytes, by the protocol that suits their number.

    .. math:: t = \min\Bigl(\alpha_s + \frac{w}{\beta},\;
                            \alpha_e + \frac{w}{f\,\beta}\Bigr)

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
    eager_fraction : Numeric
        Part of the bandwidth that the protocol for short messages reaches :math:`f`.
        [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Notes
    -----
    Libraries send short messages with flags between the data, which halves the bandwidth at
    least and saves the handshakes; long messages go in chunks, with handshakes.

    Examples
    --------
    >>> exchange_time(1e9, bandwidth=1e11, startup=5e-5, eager=1e-5)
    0.01005

    References
    ----------
    .. [1] R. W. Hockney, "The communication challenge for MPP: Intel Paragon and Meiko
       CS-2," Parallel Comput., vol. 20, no. 3, pp. 389-398, 1994.
    .. [2] Z. Hu et al., "Demystifying NCCL: An in-depth analysis of GPU communication
       protocols and algorithms," 2025. arXiv:2507.04786.
    """
    return minimum(startup + traffic / bandwidth, eager + traffic / (bandwidth * eager_fraction))
