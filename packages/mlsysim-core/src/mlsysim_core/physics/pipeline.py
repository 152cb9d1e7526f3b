"""Time that the stages of a pipeline wait."""

from ._numeric import Numeric

__all__ = ["bubble_fraction", "bubble_time", "dual_bubble_time", "stashed_microbatches"]


def bubble_time(others: Numeric, chunks: Numeric, deferred: Numeric = 0.0) -> Numeric:
    r"""Time that a stage waits while the pipeline fills and drains.

    .. math:: t = \frac{\sum_{j \ne i} t_j}{v}\,(1 - z)

    Parameters
    ----------
    others : Numeric
        Time of one micro-batch, forward and backward, in all the other stages
        :math:`\sum t_j`. [s]
    chunks : Numeric
        Parts of the model that each device holds in turn, one without interleaving
        :math:`v`. [dimensionless]
    deferred : Numeric
        Part of the bubble that gradients of weights fill, as they can wait: two thirds in the
        schedule ZB-H1 if they take as long as other gradients and as the forward pass, none
        without such a schedule :math:`z`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Notes
    -----
    Exact for one forward and one backward in turn (1F1B), with equal or unequal stages,
    when the micro-batches are at least as many as the stages.

    Examples
    --------
    >>> bubble_time(others=3.0, chunks=1.0)  # four stages of one second
    3.0

    References
    ----------
    .. [1] D. Narayanan et al., "Efficient large-scale language model training on GPU
       clusters using Megatron-LM," in SC, 2021, sec. 2.2. arXiv:2104.04473.
    .. [2] P. Qi et al., "Zero bubble pipeline parallelism," in ICLR, 2024.
       arXiv:2401.10241.
    """
    return others / chunks * (1.0 - deferred)


def dual_bubble_time(
    others: Numeric, backward: Numeric, deferred: Numeric, stages: Numeric
) -> Numeric:
    r"""Time that a stage waits if micro-batches enter a pipeline at both of its ends.

    .. math:: t = \frac{p/2 - 1}{p - 1} \sum_{j \ne i} (t_j + b_j - 3\,w_j)

    Parameters
    ----------
    others : Numeric
        What one micro-batch takes in all stages but this one :math:`\sum t_j`. [s]
    backward : Numeric
        Its backward passes there :math:`\sum b_j`. [s]
    deferred : Numeric
        Their gradients of weights, which can wait :math:`\sum w_j`. [s]
    stages : Numeric
        An even number of stages :math:`p`. [dimensionless]

    Returns
    -------
    Numeric
        Time :math:`t`. [s]

    Notes
    -----
    Each device holds a stage from either end. A forward and a backward pass, one of each
    direction, take as long side by side as one after the other, but hide what both send.

    Examples
    --------
    >>> dual_bubble_time(others=9.0, backward=6.0, deferred=3.0, stages=4.0)
    2.0

    References
    ----------
    .. [1] DeepSeek-AI, "DeepSeek-V3 technical report," 2024, table 2. arXiv:2412.19437.
    """
    return (stages / 2.0 - 1.0) / (stages - 1.0) * (others + backward - 3.0 * deferred)


def bubble_fraction(stages: Numeric, microbatches: Numeric, chunks: Numeric = 1.0) -> Numeric:
    r"""Part of a step that equal stages wait.

    .. math:: f = \frac{p - 1}{v\,m + p - 1}

    Parameters
    ----------
    stages : Numeric
        Stages :math:`p`. [dimensionless]
    microbatches : Numeric
        Micro-batches :math:`m`. [dimensionless]
    chunks : Numeric
        Parts of the model that each device holds in turn :math:`v`. [dimensionless]

    Returns
    -------
    Numeric
        Fraction :math:`f`. [dimensionless]

    Examples
    --------
    >>> bubble_fraction(4.0, 1.0)
    0.75

    References
    ----------
    .. [1] D. Narayanan et al., "Efficient large-scale language model training on GPU
       clusters using Megatron-LM," in SC, 2021, sec. 2.2. arXiv:2104.04473.
    """
    return (stages - 1.0) / (chunks * microbatches + stages - 1.0)


def stashed_microbatches(stages: Numeric, chunks: Numeric = 1.0) -> Numeric:
    r"""Micro-batches whose activations the first stage keeps, of its whole share of layers.

    .. math:: k = p\left(1 + \frac{p - 1}{p\,v}\right)\ (v > 1),\qquad k = p\ (v = 1)

    Parameters
    ----------
    stages : Numeric
        Stages :math:`p`. [dimensionless]
    chunks : Numeric
        Parts of the model that each device holds in turn :math:`v`. [dimensionless]

    Returns
    -------
    Numeric
        Micro-batches :math:`k`; never more than there are. [dimensionless]

    Examples
    --------
    >>> stashed_microbatches(8.0)
    8.0
    >>> stashed_microbatches(8.0, 2.0)
    11.5

    References
    ----------
    .. [1] V. Korthikanti et al., "Reducing activation recomputation in large transformer
       models," in MLSys, 2023, sec. 4.2.3. arXiv:2205.05198.
    """
    interleaved = 1.0 - (chunks == 1.0)
    return stages + interleaved * (stages - 1.0) / chunks
