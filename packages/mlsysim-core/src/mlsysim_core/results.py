"""What the engine answers: six stable fields, and where they come from."""

import json
import math
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ._arguments import check_choice
from ._former import Values
from .account import Account, Row
from .answer import Answer
from .deprecation import OldAttribute
from .details import Details
from .errors import FrozenError, InputError
from .explanation import Explanation, brief_time

if TYPE_CHECKING:
    from .pictures import Picture
    from .sheets import Section
    from .units import Quantity

__all__ = ["PICTURES", "PerformanceProfile"]


@cache
def _unit(name: str) -> Any:
    from .units import ureg  # noqa: PLC0415  # only whoever reads a quantity needs pint

    return ureg.Quantity, ureg.Unit(name)


def _quantity(number: float, name: str) -> "Quantity":
    make, unit = _unit(name)
    result: Quantity = make(number, unit)
    return result


PICTURES = ("breakdown", "memory", "roofline")
"""What can be drawn of a result."""
_VALUES = (
    "seconds",
    "items_per_second",
    "bottleneck",
    "mfu",
    "feasible",
    "joules",
    "account",
    "details",
)


class PerformanceProfile(Answer):
    """The prediction for one pass. Frozen, hashable, picklable.

    Six fields are stable: :attr:`latency`, :attr:`throughput`, :attr:`bottleneck`,
    :attr:`mfu`, :attr:`feasible`, :attr:`energy`. Quantities are made when they are read.
    """

    __slots__ = _VALUES

    _former: ClassVar[Values] = {
        "constraint_trace": "details.notes",
        "energy_per_inference": "energy",
        "hfu": OldAttribute(".mfu, or .hfu of mlsysim.solvers.DistributedModel().solve(...)"),
        "offload_spill_bytes": OldAttribute(
            ".account.spill", lambda profile: _quantity(profile.account.spill, "byte")
        ),
        "peak_bw_actual": OldAttribute(".memory.bandwidth of the device"),
        "peak_flops_actual": OldAttribute(
            ".details.peak", lambda profile: _quantity(profile.details.peak, "operation/s")
        ),
        "summary": OldAttribute(
            "str(profile.explain())", lambda profile: lambda: str(profile.explain())
        ),
    }

    seconds: float
    """The latency as a plain number. [s]"""
    items_per_second: float
    """The throughput as a plain number. [token / s] or [sample / s]"""
    bottleneck: Literal["Compute", "Memory"]
    """What the larger part of the operators' time is limited by."""
    mfu: float
    """Model FLOPs utilization: the model's own operations over latency and dense peak."""
    feasible: bool
    """Whether weights, cache, activations and the runtime's reserve fit in memory."""
    joules: float | None
    """The energy as a plain number, if the power is known. [J]"""
    account: Account
    """The parts of the latency."""
    details: Details
    """What was asked and assumed."""

    def __init__(self, **values: Any) -> None:
        for name, put in _WRITERS:
            put(self, values[name])

    @property
    def latency(self) -> "Quantity":
        """Wall-clock time of one pass. [s]."""
        return _quantity(self.seconds * 1e3, "ms")

    @property
    def throughput(self) -> "Quantity":
        """Tokens or samples in a unit of time. [1 / s]."""
        return _quantity(self.items_per_second, f"{self.details.unit}/s")

    @property
    def energy(self) -> "Quantity":
        """Energy of the pass on the device; not a number where its power is unknown. [J]."""
        return _quantity(math.nan if self.joules is None else self.joules, "J")

    @property
    def dollars(self) -> float | None:
        """What renting the device for the pass costs, at its cheapest published price. [USD]"""
        rent = self.details.rent
        return None if rent is None else rent * self.seconds / 3600.0

    @property
    def latency_compute(self) -> "Quantity":
        """Time that all arithmetic takes, whether data movement hides it or not. [s]."""
        return _quantity(self.account.arithmetic * 1e3, "ms")

    @property
    def latency_memory(self) -> "Quantity":
        """Time that all data movement takes, whether arithmetic hides it or not. [s]."""
        return _quantity((self.account.movement + self.account.host) * 1e3, "ms")

    @property
    def latency_overhead(self) -> "Quantity":
        """Time spent starting kernels. [s]."""
        return _quantity(self.account.launch * 1e3, "ms")

    @property
    def arithmetic_intensity(self) -> "Quantity":
        """Operations that the model asks for, for each byte moved. [operation / byte]."""
        return _quantity(self.details.flops / self.account.traffic, "flop/byte")

    @property
    def memory_footprint(self) -> "Quantity":
        """Memory that the pass needs, the runtime's reserve included. [byte]."""
        return _quantity(self.details.footprint / 1e9, "GB")

    def sums(self) -> dict[str, dict[str, float]]:
        """Return the latency with its parts. [s]"""
        return {"latency": self.explain().parts}

    def explain(self) -> Explanation:
        """Break the latency down into a sum, part by part and operator by operator."""
        return Explanation(self.seconds, self.feasible, self.account, self.details)

    def sections(self) -> "list[Section]":
        """Return what a notebook shows."""
        from .report import breakdown, memory, outcome  # noqa: PLC0415  # few are shown
        from .sheets import Section  # noqa: PLC0415

        explanation = self.explain()
        notes = [Section(heading="Notes", lines=self.details.notes)] if self.details.notes else []
        return [outcome(self), breakdown(explanation), memory(explanation), *notes]

    def plot(self, kind: str = "breakdown") -> "Picture":
        """Draw the result (experimental).

        Parameters
        ----------
        kind : str
            ``"breakdown"`` of the latency, ``"memory"`` or ``"roofline"``.

        Returns
        -------
        Picture
            Shown by notebooks; ``picture.save("x.svg")`` writes it.
        """
        from . import pictures  # noqa: PLC0415  # most results are never drawn

        draw: Picture = getattr(pictures, check_choice("kind", kind, PICTURES))(self)
        return draw

    def to_json(self) -> str:
        """Write the result as JSON, without loss; infinities as text.

        Returns
        -------
        str
            One JSON object: plain numbers in SI units, by name.
        """
        values = dict(zip(_VALUES, self._key(), strict=True))
        values["account"] = self.account._asdict() | {
            "rows": [row._asdict() for row in self.account.rows]
        }
        values["details"] = self.details._asdict()
        return json.dumps(_told(values), allow_nan=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "PerformanceProfile":
        """Read a result as :meth:`to_json` writes it.

        Parameters
        ----------
        text : str or bytes
            The JSON object.

        Returns
        -------
        PerformanceProfile
            An equal result.

        Raises
        ------
        InputError
            If the text is no such object.
        """
        try:
            values = _untold(json.loads(text))
            account, details = values["account"], values["details"]
            account["rows"] = tuple(Row(**row) for row in account["rows"])
            details["notes"] = tuple(details["notes"])
            values |= {"account": Account(**account), "details": Details(**details)}
            return cls(**values)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"not a result as to_json writes it: {error}") from None

    def __repr__(self) -> str:
        return (
            f"<PerformanceProfile {self.details.model} on {self.details.hardware}: "
            f"{brief_time(self.seconds)}, {self.items_per_second:.4g} {self.details.unit}/s, "
            f"{self.bottleneck}-bound, mfu {self.mfu:.3f}"
            f"{'' if self.feasible else ', does not fit'}>"
        )

    def _key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in _VALUES)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PerformanceProfile):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash((self.seconds, self.items_per_second, self.details))

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenError(f"a PerformanceProfile never changes; {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise FrozenError(f"a PerformanceProfile never changes; {name} cannot be deleted")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self._key(),)


_WRITERS = tuple((name, getattr(PerformanceProfile, name).__set__) for name in _VALUES)


def _rebuild(values: tuple[Any, ...]) -> PerformanceProfile:
    return PerformanceProfile(**dict(zip(_VALUES, values, strict=True)))


_INFINITIES = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


def _told(value: Any) -> Any:
    """Spell what JSON has no number for."""
    if isinstance(value, dict):
        return {key: _told(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": str(value)}
    return value


def _untold(value: Any) -> Any:
    """Undo the spelling of what JSON has no number for."""
    if isinstance(value, dict):
        if value.keys() == {"number"}:
            return _INFINITIES[value["number"]]
        return {key: _untold(one) for key, one in value.items()}
    return [_untold(one) for one in value] if isinstance(value, list) else value
