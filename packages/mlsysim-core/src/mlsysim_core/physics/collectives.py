"""Time that devices take to exchange data."""

from ._numeric import Numeric, maximum

__all__ = [
    "all_to_all_traffic",
    "in_network_traffic",
    "point_to_point_time",
    "ring_allreduce_time",
    "ring_gather_time",
    "ring_traffic",
    "tree_allreduce_time",
    "two_level_time",
]


def ring_traffic(size: Numeric, ranks: Numeric, passes: Numeric = 2.0) -> Numeric:
    r"""Bytes that each rank sends in a ring.

    .. math:: w = p\,\frac{n-1}{n}\,V

    Parameters
    ----------
    size : Numeric
        Bytes of the whole message :math:`V`. [byte]
    ranks : Numeric
        Ranks :math:`n`. [dimensionless]
    passes : Numeric
        Two for an all-reduce, one for an all-gather or a reduce-scatter :math:`p`.
        [dimensionless]

    Returns
    -------
    Numeric
        Bytes :math:`w`. [byte]

    Examples
    --------
    >>> ring_traffic(8e9, 8.0)
    14000000000.0

    References
    ----------
    .. [1] P. Patarasuk and X. Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
       workstations," J. Parallel Distrib. Comput., vol. 69, no. 2, pp. 117-124, 2009.
    """
    return passes * (ranks - 1.0) / ranks * size


def in_network_traffic(size: Numeric, ranks: Numeric) -> Numeric:
    r"""Bytes that each rank sends when the switches add.

    .. math:: w = \frac{n+1}{n}\,V

    Parameters
    ----------
    size : Numeric
        Bytes of the whole message :math:`V`. [byte]
    ranks : Numeric
        Ranks :math:`n`. [dimensionless]

    Returns
    -------
    Numeric
        Bytes :math:`w`. [byte]

    Notes
    -----
    Each rank sends its data up once, and reads back the sum: its own part it also reduces.

    Examples
    --------
    >>> in_network_traffic(8e9, 8.0)
    9000000000.0

    References
    ----------
    .. [1] B. Klenk et al., "An in-network architecture for accelerating shared-memory
       multiprocessor collectives," in ISCA, 2020. doi:10.1109/ISCA45697.2020.00085.
    """
    return (ranks + 1.0) / ranks * size


def all_to_all_traffic(size: Numeric, ranks: Numeric) -> Numeric:
    r"""Bytes that each rank sends when everyone has something for everyone.

    .. math:: w = \frac{n-1}{n}\,V

    Parameters
    ----------
    size : Numeric
        Bytes that one rank holds :math:`V`. [byte]
    ranks : Numeric
        Ranks :math:`n`. [dimensionless]

    Returns
    -------
    Numeric
        Bytes :math:`w`. [byte]

    References
    ----------
    .. [1] R. Thakur, R. Rabenseifner, and W. Gropp, "Optimization of collective
       communication operations in MPICH," Int. J. High Perform. Comput. Appl., vol. 19,
       no. 1, pp. 49-66, 2005.
    """
    return (ranks - 1.0) / ranks * size


def point_to_point_time(size: Numeric, bandwidth: Numeric, latency: Numeric) -> Numeric:
    r"""Time to send a message to one other device.

    .. math:: t = \alpha + V / \beta

    Parameters
    ----------
    size : Numeric
        Bytes of the message :math:`V`. [byte]
    bandwidth : Numeric
        Bandwidth of the link, one way :math:`\beta`. [byte / s]
    latency : Numeric
        Time for the smallest message :math:`\alpha`. [s]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Examples
    --------
    >>> point_to_point_time(1e9, bandwidth=1e11, latency=0.0)
    0.01

    References
    ----------
    .. [1] R. W. Hockney, "The communication challenge for MPP: Intel Paragon and Meiko
       CS-2," Parallel Comput., vol. 20, no. 3, pp. 389-398, 1994.
    """
    return latency + size / bandwidth


def ring_allreduce_time(
    size: Numeric, ranks: Numeric, bandwidth: Numeric, latency: Numeric
) -> Numeric:
    r"""Time of an all-reduce on a ring.

    .. math:: t = 2\,(n-1)\left(\alpha + \frac{V}{n\,\beta}\right)

    Parameters
    ----------
    size : Numeric
        Bytes of the message :math:`V`. [byte]
    ranks : Numeric
        Ranks :math:`n`. [dimensionless]
    bandwidth : Numeric
        Bandwidth of one device, one way :math:`\beta`. [byte / s]
    latency : Numeric
        Time for the smallest message to the neighbour :math:`\alpha`. [s]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Examples
    --------
    >>> ring_allreduce_time(1e9, 8.0, bandwidth=5e10, latency=0.0)
    0.035

    References
    ----------
    .. [1] P. Patarasuk and X. Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
       workstations," J. Parallel Distrib. Comput., vol. 69, no. 2, pp. 117-124, 2009.
    """
    return 2.0 * (ranks - 1.0) * (latency + size / (ranks * bandwidth))


def ring_gather_time(
    size: Numeric, ranks: Numeric, bandwidth: Numeric, latency: Numeric
) -> Numeric:
    r"""Time of an all-gather, or of a reduce-scatter, on a ring.

    .. math:: t = (n-1)\left(\alpha + \frac{V}{n\,\beta}\right)

    Parameters
    ----------
    size : Numeric
        Bytes of the whole message :math:`V`. [byte]
    ranks : Numeric
        Ranks :math:`n`. [dimensionless]
    bandwidth : Numeric
        Bandwidth of one device, one way :math:`\beta`. [byte / s]
    latency : Numeric
        Time for the smallest message to the neighbour :math:`\alpha`. [s]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Examples
    --------
    >>> ring_gather_time(1e9, 8.0, bandwidth=5e10, latency=0.0)
    0.0175

    References
    ----------
    .. [1] R. Thakur, R. Rabenseifner, and W. Gropp, "Optimization of collective
       communication operations in MPICH," Int. J. High Perform. Comput. Appl., vol. 19,
       no. 1, pp. 49-66, 2005.
    """
    return (ranks - 1.0) * (latency + size / (ranks * bandwidth))


def tree_allreduce_time(
    size: Numeric, depth: Numeric, bandwidth: Numeric, latency: Numeric
) -> Numeric:
    r"""Time of an all-reduce on two trees that share the message, in a pipeline.

    .. math:: t = 2\,d\,\alpha + \frac{2\,V}{\beta}

    Parameters
    ----------
    size : Numeric
        Bytes of the message :math:`V`. [byte]
    depth : Numeric
        Levels of the tree :math:`d`, the logarithm of the ranks to base two.
        [dimensionless]
    bandwidth : Numeric
        Bandwidth of one device, one way :math:`\beta`. [byte / s]
    latency : Numeric
        Time for the smallest message to the next level :math:`\alpha`. [s]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Examples
    --------
    >>> tree_allreduce_time(1e9, 3.0, bandwidth=5e10, latency=0.0)
    0.04

    References
    ----------
    .. [1] P. Sanders, J. Speck, and J. L. Träff, "Two-tree algorithms for full bandwidth
       broadcast, reduction and scan," Parallel Comput., vol. 35, no. 12, pp. 581-594, 2009.
    """
    return 2.0 * depth * latency + 2.0 * size / bandwidth


def two_level_time(inside: Numeric, between: Numeric) -> Numeric:
    r"""Time of a collective in nodes and between them, in a pipeline.

    .. math:: t = \max(t_i, t_b)

    Parameters
    ----------
    inside : Numeric
        Time of the part within a node :math:`t_i`. [s]
    between : Numeric
        Time of the part between nodes :math:`t_b`. [s]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    References
    ----------
    .. [1] S. Jeaugey, "Massively scale your deep learning training with NCCL 2.4," NVIDIA
       Technical Blog, 2019.
    """
    return maximum(inside, between)
