"""The difference between predictions, explained as the sum that it is."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from ._arguments import check_choice
from ._shown import Shown
from .account import Account
from .errors import InputError
from .explanation import PARTS
from .results import PICTURES, PerformanceProfile
from .sheets import Section, as_text

if TYPE_CHECKING:
    from ._compared_answers import AnswerComparison
    from .answer import Answer
    from .pictures import Picture

__all__ = ["Change", "Comparison", "Difference", "compare", "merged"]

_SETTINGS = (
    *("model", "hardware", "phase", "batch_size", "seq_len", "precision", "arithmetic"),
    *("efficiency", "stack", "data_version"),
)
_OTHER_LAUNCHES = "between kernels"
_HOST = "host link"


class Change(NamedTuple):
    """What one part of the latency contributes to a difference."""

    name: str
    before: float
    """[s]"""
    after: float
    """[s]"""
    compute: float
    """Of the change: arithmetic, where it is the limit. [s]"""
    memory: float
    """Of the change: data movement, where it is the limit. [s]"""
    launch: float
    """Of the change: kernels started and waited for. [s]"""

    @property
    def seconds(self) -> float:
        """The change. [s]"""
        return self.after - self.before


class Difference:
    """Why one prediction differs from another.

    Attributes
    ----------
    before, after : PerformanceProfile
        The two predictions.
    """

    __slots__ = ("after", "before")

    def __init__(self, before: PerformanceProfile, after: PerformanceProfile) -> None:
        self.before = before
        self.after = after

    @property
    def explained(self) -> bool:
        """Whether there are two finite latencies, of passes that fit, to tell apart."""
        sides = (self.before, self.after)
        return all(one.feasible and math.isfinite(one.seconds) for one in sides)

    @property
    def seconds(self) -> float:
        """Latency after less latency before; not a number where one of them has none. [s]"""
        return self.after.seconds - self.before.seconds if self.explained else math.nan

    @property
    def ratio(self) -> float:
        """Latency after over latency before; not a number where one of them has none."""
        return _ratio(self.before.seconds, self.after.seconds) if self.explained else math.nan

    @property
    def settings(self) -> dict[str, tuple[Any, Any]]:
        """What was asked or assumed differently, by name."""
        old, new = self.before.details, self.after.details
        pairs = {name: (getattr(old, name), getattr(new, name)) for name in _SETTINGS}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def parts(self) -> dict[str, float]:
        """Change of each part of the latency; their sum is the difference. [s]"""
        if not self.explained:
            return {}
        old, new = self.before.account, self.after.account
        return {
            name: float(getattr(new, name)) - float(getattr(old, name))
            for name in PARTS
            if getattr(new, name) or getattr(old, name)
        }

    @property
    def operators(self) -> list[Change]:
        """Change of each operator, in the order of the pass; their sum is the difference."""
        return self._changes(whole=True)

    @property
    def groups(self) -> list[Change]:
        """Change of each group of operators, such as attention; their sum is the difference."""
        return self._changes(whole=False)

    @property
    def causes(self) -> dict[str, tuple[float, float, str]]:
        """What the times are made of, before and after, with the unit."""
        old, new = self.before, self.after
        pairs: dict[str, tuple[float, float, str]] = {
            "operations": (old.details.flops, new.details.flops, "operation"),
            "bytes moved": (old.account.traffic, new.account.traffic, "byte"),
            "dense peak": (old.details.peak, new.details.peak, "operation/s"),
            "sustained bandwidth": (old.details.bandwidth, new.details.bandwidth, "byte/s"),
        }
        return pairs

    def _changes(self, *, whole: bool) -> list[Change]:
        if not self.explained:
            return []
        old, new = (_by_name(one.account, whole=whole) for one in (self.before, self.after))
        names = merged(list(old), list(new))
        nothing = (0.0, 0.0, 0.0)
        pairs = ((name, old.get(name, nothing), new.get(name, nothing)) for name in names)
        return [
            Change(name, sum(was), sum(now), *(b - a for a, b in zip(was, now, strict=True)))
            for name, was, now in pairs
        ]


def _by_name(account: Account, *, whole: bool) -> dict[str, tuple[float, float, float]]:
    """Seconds of arithmetic, memory and launches by operator or group; the rest under a name."""
    found: dict[str, tuple[float, float, float]] = {}
    launches = 0.0
    for row in account.rows:
        name = row.name if whole else row.name.partition(".")[0]
        compute, memory, launch = row.exposed
        so_far = found.get(name, (0.0, 0.0, 0.0))
        found[name] = (so_far[0] + compute, so_far[1] + memory, so_far[2] + launch)
        launches += launch
    if account.launch - launches > 1e-12 * account.launch:
        found[_OTHER_LAUNCHES] = (0.0, 0.0, float(account.launch - launches))
    if account.host:
        found[_HOST] = (0.0, float(account.host), 0.0)
    return found


def merged(old: list[str], new: list[str]) -> list[str]:
    """Put what only the second list has after what it follows there."""
    names = list(old)
    place = 0
    for name in new:
        if name in names:
            place = names.index(name) + 1
        else:
            names.insert(place, name)
            place += 1
    return names


def _ratio(before: float, after: float) -> float:
    return after / before if before else math.nan


class Comparison(Shown):
    """Predictions side by side, and why each differs from the first.

    Attributes
    ----------
    results : tuple of PerformanceProfile
        The predictions; the first is what the others are compared with.
    differences : tuple of Difference
        One for each prediction after the first.
    """

    __slots__ = ("differences", "results")

    def __init__(self, results: Iterable[PerformanceProfile]) -> None:
        self.results = tuple(results)
        first, *others = self.results
        self.differences = tuple(Difference(first, other) for other in others)

    def sections(self) -> list[Section]:
        """Return what is shown: the sides, then each difference."""
        from .comparison_report import differing, sides  # noqa: PLC0415  # scripts do without

        return [sides(self), *(one for pair in self.differences for one in differing(pair))]

    def plot(self, kind: str = "breakdown") -> "Picture":
        """Draw the predictions beside each other; kinds are those of a profile's own picture."""
        from . import pictures  # noqa: PLC0415  # most comparisons are never drawn

        draw: Picture = getattr(pictures, check_choice("kind", kind, PICTURES))(*self.results)
        return draw

    def __str__(self) -> str:
        return as_text(self.sections()).rstrip("\n")

    def __repr__(self) -> str:
        return str(self)


@overload
def compare(*results: PerformanceProfile) -> Comparison: ...  # type: ignore[overload-overlap]
@overload
def compare(*results: "Answer") -> "AnswerComparison": ...
def compare(*results: Any) -> Any:
    """Explain why predictions differ (experimental).

    Parameters
    ----------
    *results : PerformanceProfile or Answer
        Two or more of one kind: of :meth:`mlsysim_core.Engine.solve`, or of a solver of
        training or serving. Each is compared with the first.

    Returns
    -------
    Comparison or AnswerComparison
        The account of each difference: what every part of the latency, and of a pass every
        group of operators, contributes. Contributions add up to the difference.

    Raises
    ------
    InputError
        If there are fewer than two.
    InputTypeError
        If one is no such result, or of another kind than the first.

    Examples
    --------
    >>> from mlsysim_core import Engine, HardwareSpec, ModelSpec
    >>> model = ModelSpec(name="m", architecture={"kind": "totals", "parameters": 10**9})
    >>> chip = HardwareSpec(
    ...     name="chip",
    ...     compute={"peak": {"fp16": "200 TFLOP/s"}},
    ...     memory={"capacity": "48 GB", "bandwidth": "1 TB/s"},
    ... )
    >>> faster = chip.model_copy(update={"name": "faster", "memory.bandwidth": "2 TB/s"})
    >>> (difference,) = compare(*(Engine.solve(model, one) for one in (chip, faster))).differences
    >>> max(difference.parts, key=lambda name: abs(difference.parts[name]))
    'weights'
    """
    if len(results) < 2:
        raise InputError(f"compare needs two results or more, got {len(results)}")
    if all(isinstance(one, PerformanceProfile) for one in results):
        return Comparison(results)
    from ._compared_answers import AnswerComparison  # noqa: PLC0415  # passes are more usual

    return AnswerComparison(results)
