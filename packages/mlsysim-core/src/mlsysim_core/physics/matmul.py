"""How much of a matrix engine a multiplication of some shape can use."""

from ._numeric import Numeric, ceil, maximum, minimum, remembered, times

__all__ = ["operand_fraction", "padded_fraction", "wave_fraction"]


def operand_fraction(rows: Numeric, columns: Numeric, reuse: Numeric) -> Numeric:
    r"""Part of its speed that a scalar core keeps where it must load operands more often.

    .. math:: f = \frac{2}{r}\Big/\left(\frac{1}{t} + \frac{1}{w}\right),\quad
              w = \min\left(n, \frac{r^2}{\min(m, r)}\right),\;
              t = \min\left(m, \frac{r^2}{w}\right)

    Parameters
    ----------
    rows : Numeric
        Rows of the result :math:`m`. [dimensionless]
    columns : Numeric
        Columns of the result :math:`n`. [dimensionless]
    reuse : Numeric
        Side of the block of results that registers hold :math:`r`; thin results get a thin
        block, :math:`t` by :math:`w`, of as many. [dimensionless]

    Returns
    -------
    Numeric
        Fraction :math:`f`. [dimensionless]

    Examples
    --------
    >>> operand_fraction(100.0, 64.0, reuse=2.0)
    1.0
    >>> operand_fraction(1.0, 64.0, reuse=2.0)  # one row of four instead of two of two
    0.8

    References
    ----------
    .. [1] L. Lai, N. Suda, and V. Chandra, "CMSIS-NN: Efficient neural network kernels for
       Arm Cortex-M CPUs," 2018. arXiv:1801.06601.
    """
    wide = minimum(columns, reuse * reuse / minimum(rows, reuse))
    tall = minimum(rows, reuse * reuse / wide)
    return 2.0 / reuse / (1.0 / tall + 1.0 / wide)


def padded_fraction(rows: Numeric, columns: Numeric, tile: Numeric, least: Numeric) -> Numeric:
    r"""Useful part of the tiles that a matrix is cut into.

    .. math:: f = \frac{m}{\lceil m/t_m\rceil\,t_m}\cdot\frac{n}{\lceil n/t_n\rceil\,t_n}

    Parameters
    ----------
    rows : Numeric
        Rows of the result :math:`m`. [dimensionless]
    columns : Numeric
        Columns of the result :math:`n`. [dimensionless]
    tile : Numeric
        Side of a full tile. [dimensionless]
    least : Numeric
        Smallest side that the engine works on: thin matrices get thin tiles. [dimensionless]

    Returns
    -------
    Numeric
        Fraction :math:`f`. [dimensionless]

    Examples
    --------
    >>> padded_fraction(256.0, 256.0, 128.0, 16.0)
    1.0
    >>> padded_fraction(8.0, 128.0, 128.0, 16.0)
    0.5

    References
    ----------
    .. [1] NVIDIA, "Matrix multiplication background user's guide," 2023, sec. 4.1
       (tile quantization).
    """
    return times(_useful(columns, tile, least), remembered(_useful, rows, tile, least))


def _useful(side: Numeric, tile: Numeric, least: Numeric) -> Numeric:
    """Return the useful part of the tiles along one side."""
    cut = minimum(tile, ceil(side / least) * least)
    return side / (ceil(side / cut) * cut)


def _tiles(side: Numeric, tile: Numeric) -> Numeric:
    """Return the tiles along one side."""
    return ceil(side / tile)


def _splits(inner: Numeric, depth: Numeric) -> Numeric:
    """Return the parts that sums can be split into."""
    return maximum(inner / depth, 1.0)


def wave_fraction(
    rows: Numeric,
    columns: Numeric,
    inner: Numeric,
    groups: Numeric,
    units: Numeric,
    tile: Numeric,
    depth: Numeric,
) -> Numeric:
    r"""Part of the compute units that the tiles of a result keep busy.

    .. math:: f = \frac{T}{\lceil T/U\rceil\,U},\quad
              T = g\,\lceil m/t\rceil\lceil n/t\rceil\,s

    Parameters
    ----------
    rows : Numeric
        Rows of the result :math:`m`. [dimensionless]
    columns : Numeric
        Columns of the result :math:`n`. [dimensionless]
    inner : Numeric
        Length of the sums :math:`k`. [dimensionless]
    groups : Numeric
        Independent multiplications side by side :math:`g`. [dimensionless]
    units : Numeric
        Compute units :math:`U`. [dimensionless]
    tile : Numeric
        Side of a tile :math:`t`. [dimensionless]
    depth : Numeric
        Shortest part of a sum worth giving to another unit. [dimensionless]

    Returns
    -------
    Numeric
        Fraction :math:`f`. [dimensionless]

    Notes
    -----
    Where tiles are fewer than units, the sums are split :math:`s` ways. The last wave of
    a large result is shared likewise, so that its loss is that of a quarter of a tile.

    Examples
    --------
    >>> wave_fraction(1280.0, 1280.0, 4096.0, 1.0, 100.0, 128.0, 512.0)
    1.0

    References
    ----------
    .. [1] NVIDIA, "Matrix multiplication background user's guide," 2023, sec. 4.2
       (wave quantization).
    .. [2] M. Osama et al., "Stream-K: Work-centric parallel decomposition for dense
       matrix-matrix multiplication on the GPU," in PPoPP, 2023. arXiv:2301.03598.
    """
    tiles = remembered(_tiles, rows, tile) * (groups * _tiles(columns, tile))
    pieces = minimum(maximum(units, tiles), times(remembered(_splits, inner, depth), tiles))
    quarter = units / 4.0
    return pieces / (maximum(ceil(pieces / quarter), 4.0) * quarter)
