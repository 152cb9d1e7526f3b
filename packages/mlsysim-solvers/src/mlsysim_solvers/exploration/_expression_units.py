"""Units of expressions, and the dimensions that tell which go together."""

from typing import NamedTuple

__all__ = ["NONE", "UNITS", "Dimension", "spelt"]


class Dimension(NamedTuple):
    """Powers of units that no other makes; tokens and samples only count."""

    time: int = 0
    data: int = 0
    work: int = 0
    energy: int = 0
    money: int = 0
    carbon: int = 0
    volume: int = 0

    def times(self, other: "Dimension", power: int = 1) -> "Dimension":
        """Return the dimension of a product, or with a power of -1 that of a quotient."""
        return Dimension(*(a + power * b for a, b in zip(self, other, strict=True)))


NONE = Dimension()
_WORDS = ("s", "byte", "operation", "J", "USD", "gCO2e", "liter")
_NAMES = {
    "time": Dimension(time=1),
    "data": Dimension(data=1),
    "work": Dimension(work=1),
    "energy": Dimension(energy=1),
    "power": Dimension(time=-1, energy=1),
    "rate": Dimension(time=-1),
    "money": Dimension(money=1),
    "carbon": Dimension(carbon=1),
    "volume": Dimension(volume=1),
}
_LARGE = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
_SMALL = {"n": 1e-9, "u": 1e-6, "µ": 1e-6, "μ": 1e-6, "m": 1e-3}  # both mu are typed
_BINARY = {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40}


def _units() -> dict[str, tuple[float, Dimension]]:
    found = {
        "token": (1.0, NONE),
        "tokens": (1.0, NONE),
        "sample": (1.0, NONE),
        "samples": (1.0, NONE),
        "h": (3600.0, _NAMES["time"]),
        "hour": (3600.0, _NAMES["time"]),
        "minute": (60.0, _NAMES["time"]),
        "day": (86400.0, _NAMES["time"]),
        "days": (86400.0, _NAMES["time"]),
        "byte": (1.0, _NAMES["data"]),
        "tCO2e": (1e6, _NAMES["carbon"]),
        "USD": (1.0, _NAMES["money"]),
        "liter": (1.0, _NAMES["volume"]),
    }
    for unit, factor, kind, prefixes in (
        ("s", 1.0, "time", _SMALL),
        ("B", 1.0, "data", _LARGE | _BINARY),
        ("FLOP", 1.0, "work", _LARGE),
        ("OP", 1.0, "work", _LARGE),
        ("J", 1.0, "energy", _SMALL | _LARGE),
        ("Wh", 3600.0, "energy", _SMALL | _LARGE),
        ("W", 1.0, "power", _SMALL | _LARGE),
        ("Hz", 1.0, "rate", _LARGE),
        ("gCO2e", 1.0, "carbon", _SMALL | {"k": 1e3}),
        ("L", 1.0, "volume", _SMALL | {"k": 1e3, "M": 1e6}),
    ):
        for prefix, scale in {"": 1.0, **prefixes}.items():
            found[prefix + unit] = (factor * scale, _NAMES[kind])
    return found


UNITS = _units()
"""Each unit with its size in the units of :func:`spelt`, and its dimension."""


def spelt(dimension: Dimension) -> str:
    """Write a dimension for an error."""
    words = dict(zip(Dimension._fields, _WORDS, strict=True))
    above = [
        f"{words[n]}{'' if p == 1 else f'^{p}'}"
        for n, p in zip(words, dimension, strict=True)
        if p > 0
    ]
    below = [
        f"{words[n]}{'' if p == -1 else f'^{-p}'}"
        for n, p in zip(words, dimension, strict=True)
        if p < 0
    ]
    if not above and not below:
        return "a number without a unit"
    return "*".join(above or ["1"]) + "".join(f"/{one}" for one in below)
