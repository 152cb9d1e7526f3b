"""What privacy costs in noise, and what certainty costs in data."""

from ._numeric import Numeric, log, maximum

__all__ = ["noise_multiplier", "privacy_budget", "samples_for_margin"]


def privacy_budget(epsilon: Numeric, inverse_delta: Numeric) -> Numeric:
    r"""Budget of concentrated differential privacy that keeps a promise of (ε, δ).

    .. math:: \rho = \left(\sqrt{\ln(1/\delta) + \epsilon} - \sqrt{\ln(1/\delta)}\right)^2

    Parameters
    ----------
    epsilon : Numeric
        Bound on the loss of privacy :math:`\epsilon`. [dimensionless]
    inverse_delta : Numeric
        One over the chance to exceed it :math:`1/\delta`. [dimensionless]

    Returns
    -------
    Numeric
        Budget :math:`\rho`. [dimensionless]

    Notes
    -----
    The inverse of :math:`\epsilon = \rho + 2\sqrt{\rho \ln(1/\delta)}`.

    Examples
    --------
    >>> privacy_budget(4.0, 1.0)
    4.0

    References
    ----------
    .. [1] M. Bun and T. Steinke, "Concentrated differential privacy: Simplifications,
       extensions, and lower bounds," in TCC, 2016, prop. 1.3. arXiv:1605.02065.
    """
    surprise = maximum(log(inverse_delta), 0.0)
    return ((surprise + epsilon) ** 0.5 - surprise**0.5) ** 2.0


def noise_multiplier(steps: Numeric, budget: Numeric) -> Numeric:
    r"""Noise of each step, over the bound on a gradient, that a budget asks for.

    .. math:: \sigma = \sqrt{\frac{T}{2\rho}}

    Parameters
    ----------
    steps : Numeric
        Steps that see a person's data :math:`T`. [dimensionless]
    budget : Numeric
        Budget of concentrated differential privacy :math:`\rho`. [dimensionless]

    Returns
    -------
    Numeric
        Standard deviation over the clipping bound :math:`\sigma`. [dimensionless]

    Notes
    -----
    Gaussian noise, composed over steps. Sampling of batches, which needs less noise, is left
    out: a bound from above.

    Examples
    --------
    >>> noise_multiplier(8.0, 1.0)
    2.0

    References
    ----------
    .. [1] M. Bun and T. Steinke, "Concentrated differential privacy: Simplifications,
       extensions, and lower bounds," in TCC, 2016, prop. 1.6, lemma 1.7. arXiv:1605.02065.
    """
    return (steps / (2.0 * budget)) ** 0.5


def samples_for_margin(margin: Numeric, inverse_risk: Numeric) -> Numeric:
    r"""Samples that show a rate within a margin.

    .. math:: n = \frac{\ln(2/\alpha)}{2\,e^2}

    Parameters
    ----------
    margin : Numeric
        Margin of error :math:`e`. [dimensionless]
    inverse_risk : Numeric
        One over the chance that the rate is further off :math:`1/\alpha`. [dimensionless]

    Returns
    -------
    Numeric
        Samples :math:`n`. [dimensionless]

    Examples
    --------
    >>> round(samples_for_margin(0.01, 20.0))
    18444

    References
    ----------
    .. [1] W. Hoeffding, "Probability inequalities for sums of bounded random variables," J.
       Amer. Statist. Assoc., vol. 58, no. 301, pp. 13-30, 1963.
    """
    return log(2.0 * inverse_risk) / (2.0 * margin * margin)
