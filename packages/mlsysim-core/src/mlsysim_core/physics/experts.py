"""How many experts a batch meets, and so how many weights it reads."""

from ._numeric import Numeric

__all__ = ["experts_met"]


def experts_met(tokens: Numeric, experts: Numeric, chosen: Numeric) -> Numeric:
    r"""Experts that at least one token of a batch is routed to.

    .. math:: m = E\left(1 - \left(1 - \frac{k}{E}\right)^{t}\right)

    Parameters
    ----------
    tokens : Numeric
        Tokens routed :math:`t`. [dimensionless]
    experts : Numeric
        Experts of the layer :math:`E`. [dimensionless]
    chosen : Numeric
        Experts that each token chooses :math:`k`. [dimensionless]

    Returns
    -------
    Numeric
        Expected number of experts met :math:`m`. [dimensionless]

    Notes
    -----
    Balanced and independent routing: the expected coverage of a draw with :math:`k`
    different experts a token.

    Examples
    --------
    >>> experts_met(1.0, experts=8.0, chosen=2.0)
    2.0

    References
    ----------
    .. [1] W. Feller, An Introduction to Probability Theory and Its Applications, vol. 1,
       3rd ed. Wiley, 1968, sec. IX.3 (occupancy).
    """
    return experts * (1.0 - (1.0 - chosen / experts) ** tokens)
