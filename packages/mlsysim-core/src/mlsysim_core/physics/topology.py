"""What the shape of a network leaves of its links' bandwidth."""

from ._numeric import Numeric, minimum

__all__ = ["torus_fraction"]


def torus_fraction(nodes: Numeric, dimensions: Numeric) -> Numeric:
    r"""Part of its bandwidth that each node of a torus keeps when all send to all.

    .. math:: f = \min\left(\frac{4}{d\,N^{1/d}},\; 1\right)

    Parameters
    ----------
    nodes : Numeric
        Nodes :math:`N`. [dimensionless]
    dimensions : Numeric
        Dimensions of the torus, one for a ring :math:`d`. [dimensionless]

    Returns
    -------
    Numeric
        Fraction :math:`f`. [dimensionless]

    Notes
    -----
    Half of the traffic crosses the middle, over :math:`2 N^{1 - 1/d}` links of a
    :math:`2d`-th of a node's bandwidth each.

    Examples
    --------
    >>> torus_fraction(16.0, 1.0)
    0.25
    >>> torus_fraction(256.0, 2.0)
    0.125

    References
    ----------
    .. [1] W. J. Dally and B. Towles, Principles and Practices of Interconnection Networks.
       Morgan Kaufmann, 2004, sec. 5.3.
    """
    return minimum(4.0 / (dimensions * nodes ** (1.0 / dimensions)), 1.0)
