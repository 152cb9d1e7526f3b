"""Energy, carbon and water of machines in a building, and their part of what making them took."""

from ._numeric import Numeric

__all__ = [
    "amortised_share",
    "carbon_emitted",
    "cooling_energy",
    "power_at_load",
    "water_consumed",
]


def power_at_load(idle: Numeric, limit: Numeric, load: Numeric) -> Numeric:
    r"""Mean power of a device between rest and its limit.

    .. math:: P = P_i + u\,(P_l - P_i)

    Parameters
    ----------
    idle : Numeric
        Power at rest :math:`P_i`. [W]
    limit : Numeric
        Power limit :math:`P_l`. [W]
    load : Numeric
        Part of the range between them that is used :math:`u`. [dimensionless]

    Returns
    -------
    Numeric
        Power :math:`P`. [W]

    Examples
    --------
    >>> power_at_load(100.0, 700.0, 0.5)
    400.0

    References
    ----------
    .. [1] X. Fan, W.-D. Weber, and L. A. Barroso, "Power provisioning for a warehouse-sized
       computer," in ISCA, 2007. doi:10.1145/1250662.1250665.
    """
    return idle + load * (limit - idle)


def cooling_energy(energy: Numeric, effectiveness: Numeric) -> Numeric:
    r"""Energy that a building uses beside its computers.

    .. math:: E_c = E\,(\mathrm{PUE} - 1)

    Parameters
    ----------
    energy : Numeric
        Energy of the computers :math:`E`. [J]
    effectiveness : Numeric
        Energy of the building over that of the computers, PUE. [dimensionless]

    Returns
    -------
    Numeric
        Energy :math:`E_c` of cooling, of power conversion and of all else. [J]

    Examples
    --------
    >>> cooling_energy(100.0, 1.5)
    50.0

    References
    ----------
    .. [1] ISO/IEC 30134-2, Data centres: Key performance indicators, Part 2: Power usage
       effectiveness (PUE), 2016.
    """
    return energy * (effectiveness - 1.0)


def carbon_emitted(energy: Numeric, intensity: Numeric) -> Numeric:
    r"""Emissions of generating electricity.

    .. math:: C = E\,I

    Parameters
    ----------
    energy : Numeric
        Energy of the whole building :math:`E`. [J]
    intensity : Numeric
        Carbon intensity of the grid :math:`I`. [gCO2e / J]

    Returns
    -------
    Numeric
        Emissions :math:`C`. [gCO2e]

    Examples
    --------
    >>> carbon_emitted(3.6e6, 400.0 / 3.6e6)
    400.0

    References
    ----------
    .. [1] D. Patterson et al., "Carbon emissions and large neural network training," 2021.
       arXiv:2104.10350.
    """
    return energy * intensity


def water_consumed(energy: Numeric, effectiveness: Numeric) -> Numeric:
    r"""Water used on site.

    .. math:: V = E\,\mathrm{WUE}

    Parameters
    ----------
    energy : Numeric
        Energy of the computers alone :math:`E`. [J]
    effectiveness : Numeric
        Water for each unit of that energy, WUE. [liter / J]

    Returns
    -------
    Numeric
        Volume :math:`V`. [liter]

    Notes
    -----
    Not the energy of the building: that would count cooling twice.

    Examples
    --------
    >>> water_consumed(4e6, 5e-7)
    2.0

    References
    ----------
    .. [1] ISO/IEC 30134-9, Data centres: Key performance indicators, Part 9: Water usage
       effectiveness (WUE), 2022.
    """
    return energy * effectiveness


def amortised_share(used: Numeric, life: Numeric, utilization: Numeric = 1.0) -> Numeric:
    r"""Part of what a thing cost to make that a use of it has to bear.

    .. math:: s = \frac{t}{u\,L}

    Parameters
    ----------
    used : Numeric
        Time for which it is used :math:`t`. [s]
    life : Numeric
        Time until it is replaced :math:`L`. [s]
    utilization : Numeric
        Part of that time in which anybody uses it :math:`u`. [dimensionless]

    Returns
    -------
    Numeric
        Share :math:`s`. [dimensionless]

    Examples
    --------
    >>> amortised_share(1.0, 4.0, 0.5)
    0.5

    References
    ----------
    .. [1] A. S. Luccioni, S. Viguier, and A.-L. Ligozat, "Estimating the carbon footprint of
       BLOOM, a 176B parameter language model," J. Mach. Learn. Res., vol. 24, 2023.
    """
    return used / (life * utilization)
