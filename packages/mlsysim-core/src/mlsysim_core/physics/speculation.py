"""What guessing ahead is worth."""

from ._numeric import Numeric, maximum, where

__all__ = ["accepted_tokens"]

_SURE = 1e-9


def accepted_tokens(acceptance: Numeric, proposed: Numeric) -> Numeric:
    r"""Tokens that one round of speculative decoding is expected to yield.

    .. math:: E = \frac{1 - \alpha^{k+1}}{1 - \alpha}

    Parameters
    ----------
    acceptance : Numeric
        Chance that a proposed token is accepted, given that those before it were
        :math:`\alpha`. [dimensionless]
    proposed : Numeric
        Proposed tokens of a round :math:`k`. [dimensionless]

    Returns
    -------
    Numeric
        Tokens :math:`E`, the one that the model adds itself included: one where nothing is
        accepted, :math:`k + 1` where everything is. [dimensionless]

    Notes
    -----
    Acceptances are taken as independent and equally likely.

    Examples
    --------
    >>> accepted_tokens(0.5, 3.0)
    1.875

    References
    ----------
    .. [1] Y. Leviathan, M. Kalman, and Y. Matias, "Fast inference from transformers via
       speculative decoding," in ICML, 2023, eq. 1. arXiv:2211.17192.
    """
    doubt = 1.0 - acceptance
    some = (1.0 - acceptance ** (proposed + 1.0)) / maximum(doubt, _SURE)
    return where(doubt > _SURE, some, proposed + 1.0)
