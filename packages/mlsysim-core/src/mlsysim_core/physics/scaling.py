"""Compute-optimal training: how large a model, on how many tokens, for a budget."""

from ._numeric import Numeric

__all__ = [
    "allocation_scale",
    "fixed_ratio_parameters",
    "optimal_parameters",
    "predicted_loss",
    "training_operations",
]


def training_operations(
    parameters: Numeric, tokens: Numeric, operations_per_weight: Numeric
) -> Numeric:
    r"""Operations of training a dense transformer, attention left out.

    .. math:: C = k\,N\,D

    Parameters
    ----------
    parameters : Numeric
        Parameters :math:`N`. [dimensionless]
    tokens : Numeric
        Tokens :math:`D`. [dimensionless]
    operations_per_weight : Numeric
        Operations for each parameter and token :math:`k`, which are six. [operation]

    Returns
    -------
    Numeric
        Operations :math:`C`. [operation]

    Examples
    --------
    >>> training_operations(70e9, 1.4e12, 6.0)
    5.88e+23

    References
    ----------
    .. [1] J. Kaplan et al., "Scaling laws for neural language models," 2020, sec. 2.1.
       arXiv:2001.08361.
    """
    return operations_per_weight * parameters * tokens


def fixed_ratio_parameters(pairs: Numeric, tokens_per_parameter: Numeric) -> Numeric:
    r"""Parameters of a model that sees a fixed number of tokens for each of them.

    .. math:: N = \sqrt{p / r}

    Parameters
    ----------
    pairs : Numeric
        Parameters times tokens :math:`p`. [dimensionless]
    tokens_per_parameter : Numeric
        Tokens for each parameter :math:`r`. [dimensionless]

    Returns
    -------
    Numeric
        Parameters :math:`N`. [dimensionless]

    Examples
    --------
    >>> fixed_ratio_parameters(2000.0, 20.0)
    10.0

    References
    ----------
    .. [1] J. Hoffmann et al., "Training compute-optimal large language models," 2022, table 3.
       arXiv:2203.15556.
    """
    return (pairs / tokens_per_parameter) ** 0.5


def allocation_scale(
    size_factor: Numeric, data_factor: Numeric, size_exponent: Numeric, data_exponent: Numeric
) -> Numeric:
    r"""Scale at which a loss law divides a budget between size and data.

    .. math:: G = \left(\frac{\alpha A}{\beta B}\right)^{1/(\alpha + \beta)}

    Parameters
    ----------
    size_factor : Numeric
        Factor of the law's term for size :math:`A`. [dimensionless]
    data_factor : Numeric
        Factor of its term for data :math:`B`. [dimensionless]
    size_exponent : Numeric
        Exponent of size :math:`\alpha`. [dimensionless]
    data_exponent : Numeric
        Exponent of data :math:`\beta`. [dimensionless]

    Returns
    -------
    Numeric
        Scale :math:`G`. [dimensionless]

    Examples
    --------
    >>> allocation_scale(4.0, 1.0, 0.5, 0.5)
    4.0

    References
    ----------
    .. [1] J. Hoffmann et al., "Training compute-optimal large language models," 2022, eq. (4).
       arXiv:2203.15556.
    """
    ratio = size_exponent * size_factor / (data_exponent * data_factor)
    return ratio ** (1.0 / (size_exponent + data_exponent))


def optimal_parameters(
    pairs: Numeric, scale: Numeric, size_exponent: Numeric, data_exponent: Numeric
) -> Numeric:
    r"""Parameters that a loss law finds best for a budget.

    .. math:: N = G\,p^{\beta/(\alpha + \beta)}

    Parameters
    ----------
    pairs : Numeric
        Parameters times tokens that the budget allows :math:`p`. [dimensionless]
    scale : Numeric
        Scale of the law :math:`G`. [dimensionless]
    size_exponent : Numeric
        Exponent of size :math:`\alpha`. [dimensionless]
    data_exponent : Numeric
        Exponent of data :math:`\beta`. [dimensionless]

    Returns
    -------
    Numeric
        Parameters :math:`N`. [dimensionless]

    Examples
    --------
    >>> optimal_parameters(100.0, 2.0, 0.5, 0.5)
    20.0

    References
    ----------
    .. [1] J. Hoffmann et al., "Training compute-optimal large language models," 2022, eq. (4).
       arXiv:2203.15556.
    """
    return scale * pairs ** (data_exponent / (size_exponent + data_exponent))


def predicted_loss(
    parameters: Numeric,
    tokens: Numeric,
    floor: Numeric,
    size_factor: Numeric,
    data_factor: Numeric,
    size_exponent: Numeric,
    data_exponent: Numeric,
) -> Numeric:
    r"""Loss that a law predicts.

    .. math:: L = E + \frac{A}{N^\alpha} + \frac{B}{D^\beta}

    Parameters
    ----------
    parameters : Numeric
        Parameters :math:`N`. [dimensionless]
    tokens : Numeric
        Tokens :math:`D`. [dimensionless]
    floor : Numeric
        Loss that remains :math:`E`. [dimensionless]
    size_factor : Numeric
        Factor of the term for size :math:`A`. [dimensionless]
    data_factor : Numeric
        Factor of the term for data :math:`B`. [dimensionless]
    size_exponent : Numeric
        Exponent of size :math:`\alpha`. [dimensionless]
    data_exponent : Numeric
        Exponent of data :math:`\beta`. [dimensionless]

    Returns
    -------
    Numeric
        Loss :math:`L`, in nats for each token. [dimensionless]

    Examples
    --------
    >>> predicted_loss(4.0, 4.0, 1.0, 1.0, 1.0, 0.5, 0.5)
    2.0

    References
    ----------
    .. [1] J. Hoffmann et al., "Training compute-optimal large language models," 2022, eq. (2).
       arXiv:2203.15556.
    """
    size = size_factor / parameters**size_exponent
    return floor + size + data_factor / tokens**data_exponent
