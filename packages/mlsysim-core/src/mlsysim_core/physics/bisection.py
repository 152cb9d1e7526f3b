"""Shapes of networks: what crosses their middle, and how far apart nodes are."""

from ._numeric import Numeric, ceil, where

__all__ = [
    "dragonfly_bisection",
    "fair_share",
    "line_distance",
    "mesh_bisection",
    "ring_distance",
    "torus_bisection",
    "tree_bisection",
]


def tree_bisection(nodes: Numeric, bandwidth: Numeric, oversubscription: Numeric) -> Numeric:
    r"""Bandwidth between the halves of a fat tree, one way.

    .. math:: B = \frac{n}{2}\,\frac{\beta}{o}

    Parameters
    ----------
    nodes : Numeric
        Nodes :math:`n`. [dimensionless]
    bandwidth : Numeric
        Bandwidth of one node into the tree, one way :math:`\beta`. [byte / s]
    oversubscription : Numeric
        Bandwidth below a switch over that above it :math:`o`. [dimensionless]

    Returns
    -------
    Numeric
        Bandwidth :math:`B`. [byte / s]

    Examples
    --------
    >>> tree_bisection(64.0, bandwidth=50e9, oversubscription=2.0)
    800000000000.0

    References
    ----------
    .. [1] C. E. Leiserson, "Fat-trees: Universal networks for hardware-efficient
       supercomputing," IEEE Trans. Comput., vol. C-34, no. 10, pp. 892-901, 1985.
    """
    return nodes / 2.0 * bandwidth / oversubscription


def torus_bisection(nodes: Numeric, longest: Numeric, bandwidth: Numeric) -> Numeric:
    r"""Bandwidth between the halves of a torus, one way; a ring is one of one dimension.

    .. math:: B = 2\,\frac{n}{k}\,\beta

    Parameters
    ----------
    nodes : Numeric
        Nodes :math:`n`. [dimensionless]
    longest : Numeric
        Nodes along the longest dimension :math:`k`; two are joined by one link, not by two.
        [dimensionless]
    bandwidth : Numeric
        Bandwidth of one link, one way :math:`\beta`. [byte / s]

    Returns
    -------
    Numeric
        Bandwidth :math:`B`. [byte / s]

    Examples
    --------
    >>> torus_bisection(64.0, longest=4.0, bandwidth=1.0)
    32.0

    References
    ----------
    .. [1] W. J. Dally and B. Towles, Principles and Practices of Interconnection Networks.
       Morgan Kaufmann, 2004, ch. 5.
    """
    return where(longest > 2.0, 2.0, 1.0) * nodes / longest * bandwidth


def mesh_bisection(nodes: Numeric, longest: Numeric, bandwidth: Numeric) -> Numeric:
    r"""Bandwidth between the halves of a mesh, one way: a torus without its long links.

    .. math:: B = \frac{n}{k}\,\beta

    Parameters
    ----------
    nodes : Numeric
        Nodes :math:`n`. [dimensionless]
    longest : Numeric
        Nodes along the longest dimension :math:`k`. [dimensionless]
    bandwidth : Numeric
        Bandwidth of one link, one way :math:`\beta`. [byte / s]

    Returns
    -------
    Numeric
        Bandwidth :math:`B`. [byte / s]

    Examples
    --------
    >>> mesh_bisection(64.0, longest=8.0, bandwidth=1.0)
    8.0

    References
    ----------
    .. [1] W. J. Dally and B. Towles, Principles and Practices of Interconnection Networks.
       Morgan Kaufmann, 2004, ch. 5.
    """
    return nodes / longest * bandwidth


def dragonfly_bisection(groups: Numeric, links: Numeric, bandwidth: Numeric) -> Numeric:
    r"""Bandwidth between the halves of groups that are all joined, one way.

    .. math:: B = \left\lfloor\frac{g^2}{4}\right\rfloor l\,\beta

    Parameters
    ----------
    groups : Numeric
        Groups :math:`g`. [dimensionless]
    links : Numeric
        Links between two groups :math:`l`. [dimensionless]
    bandwidth : Numeric
        Bandwidth of one link, one way :math:`\beta`. [byte / s]

    Returns
    -------
    Numeric
        Bandwidth :math:`B`. [byte / s]

    Examples
    --------
    >>> dragonfly_bisection(9.0, links=1.0, bandwidth=1.0)
    20.0

    References
    ----------
    .. [1] J. Kim, W. J. Dally, S. Scott, and D. Abts, "Technology-driven, highly-scalable
       dragonfly topology," in ISCA, 2008. doi:10.1109/ISCA.2008.19.
    """
    return -ceil(-groups * groups / 4.0) * links * bandwidth


def ring_distance(nodes: Numeric) -> Numeric:
    r"""Mean hops from a node of a ring to any node, itself included.

    .. math:: h = \frac{1}{k}\left\lfloor\frac{k^2}{4}\right\rfloor

    Parameters
    ----------
    nodes : Numeric
        Nodes :math:`k`. [dimensionless]

    Returns
    -------
    Numeric
        Hops :math:`h`. [dimensionless]

    Examples
    --------
    >>> ring_distance(8.0)
    2.0

    References
    ----------
    .. [1] W. J. Dally and B. Towles, Principles and Practices of Interconnection Networks.
       Morgan Kaufmann, 2004, ch. 5.
    """
    return -ceil(-nodes * nodes / 4.0) / nodes


def line_distance(nodes: Numeric) -> Numeric:
    r"""Mean hops from a node of a line to any node, itself included.

    .. math:: h = \frac{k^2 - 1}{3k}

    Parameters
    ----------
    nodes : Numeric
        Nodes :math:`k`. [dimensionless]

    Returns
    -------
    Numeric
        Hops :math:`h`. [dimensionless]

    Examples
    --------
    >>> line_distance(2.0)
    0.5

    References
    ----------
    .. [1] W. J. Dally and B. Towles, Principles and Practices of Interconnection Networks.
       Morgan Kaufmann, 2004, ch. 5.
    """
    return (nodes * nodes - 1.0) / (3.0 * nodes)


def fair_share(bisection: Numeric, nodes: Numeric) -> Numeric:
    r"""Bandwidth of each node, if all send to all others evenly, that the middle lets through.

    .. math:: b = \frac{4\,B\,(n - 1)}{n^2}

    Parameters
    ----------
    bisection : Numeric
        Bandwidth between the halves, one way :math:`B`. [byte / s]
    nodes : Numeric
        Nodes :math:`n`. [dimensionless]

    Returns
    -------
    Numeric
        Bandwidth :math:`b`. [byte / s]

    Examples
    --------
    >>> fair_share(4.0, nodes=4.0)
    3.0

    References
    ----------
    .. [1] W. J. Dally and B. Towles, Principles and Practices of Interconnection Networks.
       Morgan Kaufmann, 2004, ch. 3.
    """
    return 4.0 * bisection * (nodes - 1.0) / (nodes * nodes)
