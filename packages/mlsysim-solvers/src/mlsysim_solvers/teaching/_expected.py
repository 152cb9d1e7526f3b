"""Answers with their derivations: the steps from what is given to what is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mlsysim_core import Engine, PerformanceProfile
from mlsysim_core._shown import Shown
from mlsysim_core.errors import InputError, nearest
from mlsysim_core.formats import WIDTH
from mlsysim_core.sheets import Section
from mlsysim_core.units import ureg

from ._values import shown

__all__ = ["Expected", "Step", "expected"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation."""

    what: str
    how: str
    """The arithmetic, with its numbers."""
    value: Any
    """A quantity, or a word."""

    def __str__(self) -> str:
        how = f"{self.how} = " if self.how else ""
        return f"{self.what}: {how}{shown(self.value)}"


@dataclass(frozen=True, slots=True)
class Expected(Shown):
    """What is right, and why. Instructors may make their own."""

    what: str
    value: Any
    """A quantity, or a word."""
    steps: tuple[Step, ...] = ()
    assumptions: tuple[str, ...] = ()
    """What was assumed where nothing was said."""

    def __str__(self) -> str:
        lines = [f"{self.what}: {shown(self.value)}"]
        lines += [f"  {step}" for step in self.steps]
        lines += [f"  assumed: {one}" for one in self.assumptions]
        return "\n".join(lines)

    __repr__ = __str__

    def sections(self) -> list[Section]:
        """Return what notebooks show: the steps, and what was assumed."""
        rows = [(step.what, step.how, shown(step.value)) for step in self.steps]
        lines = [f"assumed: {one}" for one in self.assumptions]
        heading = f"{self.what}: {shown(self.value)}"
        return [Section(heading=heading, rows=rows, right=frozenset({1, 2}), lines=lines)]


def expected(
    what: str, model: Any, hardware: Any, batch_size: int = 1, **settings: Any
) -> Expected:
    """Work out an answer, with its derivation.

    Parameters
    ----------
    what : str
        ``latency``, ``throughput``, ``bottleneck``, ``mfu``, ``energy``, ``memory``, ``weights``,
        ``cache``, ``operations``, ``traffic``, ``intensity`` or ``ridge``.
    model, hardware, batch_size, **settings
        As in :meth:`mlsysim_core.Engine.solve`.

    Returns
    -------
    Expected
        The answer; its last step makes it from the ones before.

    Raises
    ------
    InputError
        If ``what`` is nothing that can be worked out, or the pass does not fit and has no
        answer.

    Examples
    --------
    >>> from mlsysim_core import HardwareSpec, ModelSpec
    >>> model = ModelSpec(name="m", architecture={"kind": "totals", "parameters": 10**9})
    >>> chip = HardwareSpec(
    ...     name="chip",
    ...     compute={"peak": {"fp16": "200 TFLOP/s"}},
    ...     memory={"capacity": "48 GB", "bandwidth": "1 TB/s"},
    ... )
    >>> print(expected("ridge", model, chip).steps[-1])
    ridge: 200 TFLOP/s / 1 TB/s = 200 FLOP/B
    """
    if what not in _DERIVED:
        close = nearest(str(what), _DERIVED)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise InputError(f"what must be one of {', '.join(_DERIVED)}; got {what!r}{hint}")
    profile = Engine.solve(model, hardware, batch_size, **settings)
    if not profile.feasible and what in _TIMED:
        raise InputError(
            f"{what}: {profile.details.model} does not fit on {profile.details.hardware}, so it "
            "has none; ask for 'memory'"
        )
    steps = _DERIVED[what](profile, hardware)
    title = f"{what} of {profile.details.model} on {profile.details.hardware}"
    return Expected(title, steps[-1].value, tuple(steps), profile.details.notes)


def _step(what: str, how: str, number: float, unit: str) -> Step:
    return Step(what, how, ureg.Quantity(number, unit))


def _divided(what: str, over: Step, under: Step, unit: str) -> list[Step]:
    value = (over.value / under.value).to(unit)
    return [over, under, Step(what, f"{shown(over.value)} / {shown(under.value)}", value)]


def _summed(what: str, parts: dict[str, float], total: float, unit: str) -> list[Step]:
    steps = [_step(name, "", number, unit) for name, number in parts.items()]
    how = " + ".join(shown(step.value) for step in steps)
    return [*steps, _step(what, how, total, unit)]


def _latency(profile: PerformanceProfile, _: Any) -> list[Step]:
    return _summed("latency", profile.explain().parts, profile.seconds, "s")


def _throughput(profile: PerformanceProfile, _: Any) -> list[Step]:
    unit = profile.details.unit
    items = _step("each pass", "", profile.items_per_second * profile.seconds, unit)
    return _divided("throughput", items, _latency(profile, _)[-1], f"{unit}/s")


def _operations(profile: PerformanceProfile, _: Any) -> list[Step]:
    return [_step("operations of the model", "", profile.details.flops, "flop")]


def _traffic(profile: PerformanceProfile, _: Any) -> list[Step]:
    return [_step("bytes moved", "", float(profile.account.traffic), "byte")]


def _intensity(profile: PerformanceProfile, _: Any) -> list[Step]:
    over, under = _operations(profile, _)[-1], _traffic(profile, _)[-1]
    return _divided("intensity", over, under, "flop/byte")


def _peak(profile: PerformanceProfile) -> Step:
    return _step("peak", "", profile.details.peak, "flop/s")


def _ridge(profile: PerformanceProfile, hardware: Any) -> list[Step]:
    from mlsysim_core.catalog import find  # noqa: PLC0415

    spec: Any = find("hardware", hardware) if isinstance(hardware, str) else hardware
    bandwidth = _step("bandwidth", "", spec.memory.number("bandwidth"), "byte/s")
    return _divided("ridge", _peak(profile), bandwidth, "flop/byte")


def _mfu(profile: PerformanceProfile, _: Any) -> list[Step]:
    done = _divided(
        "operations in a second",
        _operations(profile, _)[-1],
        _latency(profile, _)[-1],
        "flop/s",
    )
    return [*done[:2], *_divided("mfu", done[-1], _peak(profile), "")]


def _bottleneck(profile: PerformanceProfile, _: Any) -> list[Step]:
    account = profile.account
    return [
        _step("time that arithmetic limits", "", float(account.compute), "s"),
        _step("time that memory limits", "", float(account.memory), "s"),
        Step("the larger one", "", profile.bottleneck),
    ]


def _energy(profile: PerformanceProfile, _: Any) -> list[Step]:
    if profile.joules is None:
        raise InputError(f"energy: {profile.details.hardware} has no published power")
    latency = _latency(profile, _)[-1]
    power = _step("mean power", "", profile.joules / profile.seconds, "W")
    how = f"{shown(power.value)} x {shown(latency.value)}"
    return [power, latency, _step("energy", how, profile.joules, "J")]


def _weights(profile: PerformanceProfile, _: Any) -> list[Step]:
    details = profile.details
    width = WIDTH[details.precision]
    how = f"{details.weights / width:.6g} numbers x {width:g} B ({details.precision})"
    return [_step("weights", how, details.weights, "byte")]


def _cache(profile: PerformanceProfile, _: Any) -> list[Step]:
    details = profile.details
    if not details.cache:
        return [_step("cache", "this pass keeps none", 0.0, "byte")]
    tokens = details.batch_size * (details.seq_len or 1)
    each = _step("cache of a token", "", details.cache / tokens, "byte")
    how = f"{shown(each.value)} x {tokens:,} tokens"
    return [each, _step("cache", how, details.cache, "byte")]


def _memory(profile: PerformanceProfile, _: Any) -> list[Step]:
    parts = profile.explain().memory
    return _summed("memory", parts, profile.details.footprint, "byte")


_DERIVED: dict[str, Callable[[PerformanceProfile, Any], list[Step]]] = {
    "latency": _latency,
    "throughput": _throughput,
    "bottleneck": _bottleneck,
    "mfu": _mfu,
    "energy": _energy,
    "memory": _memory,
    "weights": _weights,
    "cache": _cache,
    "operations": _operations,
    "traffic": _traffic,
    "intensity": _intensity,
    "ridge": _ridge,
}
_TIMED = ("latency", "throughput", "mfu", "energy", "bottleneck")
"""What only a pass that fits has."""
