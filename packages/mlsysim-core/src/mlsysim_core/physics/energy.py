"""Power and energy of a device that waits, computes and moves data."""

from ._numeric import Numeric, minimum

__all__ = ["pass_energy"]


def pass_energy(
    latency: Numeric,
    computing: Numeric,
    moving: Numeric,
    limit: Numeric,
    idle: Numeric,
    compute_share: Numeric = 1.0,
    memory_share: Numeric = 0.55,
) -> Numeric:
    r"""Energy of a pass: idle power all the time, and work done, up to the power limit.

    .. math:: E = \min\bigl(P_i\,t + (P - P_i)(c\,t_c + m\,t_m),\; P\,t\bigr)

    Parameters
    ----------
    latency : Numeric
        Time of the pass :math:`t`. [s]
    computing : Numeric
        Time that its operations take at the sustained rate :math:`t_c`. [s]
    moving : Numeric
        Time that its bytes take at the sustained bandwidth :math:`t_m`. [s]
    limit : Numeric
        Power limit of the device :math:`P`. [W]
    idle : Numeric
        Power while it waits :math:`P_i`. [W]
    compute_share : Numeric
        Part of the dynamic power that arithmetic alone draws :math:`c`. [dimensionless]
    memory_share : Numeric
        Part of it that full memory traffic alone draws :math:`m`. [dimensionless]

    Returns
    -------
    Numeric
        Energy :math:`E`. [J]

    Notes
    -----
    Dense multiplications hold accelerators at their power limit; decoding, which
    saturates memory, was measured at 55 to 70 % of it.

    Examples
    --------
    >>> pass_energy(2.0, computing=0.0, moving=0.0, limit=700.0, idle=100.0)
    200.0

    References
    ----------
    .. [1] P. Patel et al., "Characterizing power management opportunities for LLMs in the
       cloud," in ASPLOS, 2024. doi:10.1145/3620666.3651329.
    """
    work = (limit - idle) * (compute_share * computing + memory_share * moving)
    return minimum(idle * latency + work, limit * latency)
