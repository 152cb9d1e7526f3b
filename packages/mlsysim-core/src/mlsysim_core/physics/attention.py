"""What attention reads and computes, by the lengths of queries and context."""

from ._numeric import Numeric, minimum

__all__ = ["attended_keys", "causal_keys", "score_flops", "score_traffic"]

UNLIMITED = 2.0**62
"""Reach of a layer without a window: longer than any context, and still finite. [token]"""


def attended_keys(context: Numeric, window: Numeric) -> Numeric:
    r"""Keys that a single new token attends to.

    .. math:: n = \min(c, w)

    Parameters
    ----------
    context : Numeric
        Tokens of context :math:`c`, the new one included. [token]
    window : Numeric
        Longest reach of the layer :math:`w`. [token]

    Returns
    -------
    Numeric
        Keys :math:`n`. [token]

    References
    ----------
    .. [1] I. Beltagy, M. E. Peters, and A. Cohan, "Longformer: The long-document
       transformer," 2020. arXiv:2004.05150.
    """
    return minimum(context, window)


def causal_keys(length: Numeric, window: Numeric, token: Numeric = 1.0) -> Numeric:
    r"""Keys that the tokens of a sequence attend to, on average.

    .. math:: n = \frac{1}{s}\left(\frac{e(e+1)}{2} + (s-e)\,w\right),\quad e = \min(s, w)

    Parameters
    ----------
    length : Numeric
        Tokens of the sequence :math:`s`. [token]
    window : Numeric
        Longest reach of the layer :math:`w`. [token]
    token : Numeric
        One token: each attends to itself as well. [token]

    Returns
    -------
    Numeric
        Mean number of keys :math:`n`. [token]

    Notes
    -----
    The :math:`i`-th token sees itself and those before it, at most :math:`w`.

    Examples
    --------
    >>> causal_keys(3.0, window=100.0)  # (1 + 2 + 3) / 3
    2.0
    >>> causal_keys(4.0, window=2.0)  # (1 + 2 + 2 + 2) / 4
    1.75

    References
    ----------
    .. [1] A. Vaswani et al., "Attention is all you need," in NeurIPS, 2017.
       arXiv:1706.03762.
    """
    growing = minimum(length, window)
    return (growing * (growing + token) / 2.0 + (length - growing) * window) / length


def score_flops(
    queries: Numeric, keys: Numeric, heads: Numeric, key_dim: Numeric, value_dim: Numeric
) -> Numeric:
    r"""Work of the scores and of the sum that they weigh.

    .. math:: F = 2\,q\,n\,h\,(d_k + d_v)

    Parameters
    ----------
    queries : Numeric
        Queries :math:`q`. [dimensionless]
    keys : Numeric
        Keys that each attends to :math:`n`. [dimensionless]
    heads : Numeric
        Heads :math:`h`. [dimensionless]
    key_dim : Numeric
        Width of a key; the work of one is two operations an element :math:`d_k`. [operation]
    value_dim : Numeric
        Width of a value, likewise :math:`d_v`. [operation]

    Returns
    -------
    Numeric
        Operations :math:`F`. [operation]

    Examples
    --------
    >>> score_flops(1.0, 2048.0, 32.0, 128.0, 128.0)
    33554432.0

    References
    ----------
    .. [1] J. Kaplan et al., "Scaling laws for neural language models," 2020, table 1.
       arXiv:2001.08361.
    """
    return 2.0 * queries * keys * heads * (key_dim + value_dim)


def score_traffic(rows: Numeric, keys: Numeric, width: Numeric) -> Numeric:
    r"""Bytes of scores that go through memory where kernels do not fuse them.

    .. math:: w = 4\,r\,n\,b

    Parameters
    ----------
    rows : Numeric
        Queries of all heads and samples :math:`r`. [dimensionless]
    keys : Numeric
        Keys that each attends to :math:`n`. [dimensionless]
    width : Numeric
        Width of a score :math:`b`. [byte]

    Returns
    -------
    Numeric
        Bytes :math:`w`. [byte]

    Notes
    -----
    They are written by the first multiplication, read and written by the softmax, and read by
    the second multiplication.

    Examples
    --------
    >>> score_traffic(12.0 * 384.0, 384.0, 2.0)
    14155776.0

    References
    ----------
    .. [1] T. Dao, D. Y. Fu, S. Ermon, A. Rudra, and C. Ré, "FlashAttention: Fast and
       memory-efficient exact attention with IO-awareness," in NeurIPS, 2022, sec. 2.2.
       arXiv:2205.14135.
    """
    return 4.0 * rows * keys * width
