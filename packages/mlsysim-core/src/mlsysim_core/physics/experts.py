"""How many experts a batch meets, and so how many weights it reads."""

from ._numeric import Numeric, log, maximum, minimum

__all__ = ["busiest_share", "experts_met"]


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


def busiest_share(assignments: Numeric, ranks: Numeric) -> Numeric:
    r"""Load of the busiest rank over the mean, where tokens choose at random.

    .. math:: f = \min\left(1 + \sqrt{\frac{2\,n \ln n}{a}},\; n\right)

    Parameters
    ----------
    assignments : Numeric
        Choices that are spread :math:`a`, all tokens and ranks together. [dimensionless]
    ranks : Numeric
        Ranks that hold the experts :math:`n`. [dimensionless]

    Returns
    -------
    Numeric
        Factor :math:`f`, one for a single rank. [dimensionless]

    Notes
    -----
    The leading term for balanced routing: the largest of :math:`n` binomial loads lies
    :math:`\sqrt{2 \ln n}` standard deviations above their mean. A router that prefers some
    experts is worse.

    Examples
    --------
    >>> busiest_share(100.0, 1.0)
    1.0

    References
    ----------
    .. [1] M. Raab and A. Steger, "'Balls into bins' – a simple and tight analysis," in
       RANDOM, 1998. doi:10.1007/3-540-49543-6_13.
    """
    spread = 2.0 * ranks * log(maximum(ranks, 1.0)) / assignments
    return maximum(minimum(1.0 + spread**0.5, ranks), 1.0)
