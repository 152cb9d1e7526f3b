"""What people read off a time."""

from ._numeric import Numeric, minimum

__all__ = ["rate", "utilization"]


def rate(items: Numeric, time: Numeric) -> Numeric:
    r"""Items finished in a unit of time.

    .. math:: r = n / t

    Parameters
    ----------
    items : Numeric
        Tokens or samples :math:`n`. [token]
    time : Numeric
        Time that they take :math:`t`. [s]

    Returns
    -------
    Numeric
        Rate :math:`r`. [token / s]

    References
    ----------
    .. [1] J. D. C. Little, "A proof for the queuing formula L = λW," Oper. Res., vol. 9,
       no. 3, pp. 383-387, 1961. doi:10.1287/opre.9.3.383.
    """
    return items / time


def utilization(flops: Numeric, time: Numeric, peak: Numeric) -> Numeric:
    r"""Part of the dense peak that a model's own operations use (MFU).

    .. math:: u = \frac{F}{t\,P}

    Parameters
    ----------
    flops : Numeric
        Operations that the model asks for, without repetition :math:`F`. [operation]
    time : Numeric
        Time that they take :math:`t`. [s]
    peak : Numeric
        Dense peak rate :math:`P`. [operation / s]

    Returns
    -------
    Numeric
        Utilization :math:`u`, at most one. [dimensionless]

    References
    ----------
    .. [1] A. Chowdhery et al., "PaLM: Scaling language modeling with pathways," 2022,
       app. B. arXiv:2204.02311.
    """
    return minimum(flops / (time * peak), 1.0)
