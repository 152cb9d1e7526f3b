"""The time of a pass as a sum: where each part of it goes."""

from collections.abc import Iterable
from typing import NamedTuple

from .device import ON_VECTORS, Machine
from .operators import Lowered, Operator
from .physics._numeric import Numeric, maximum, uniform, where

__all__ = ["Account", "Row", "add_up"]


_row = tuple.__new__  # what calls it for a named tuple takes longer than it does
_FUSING = ("matmul", "convolution")
"""Kinds into which a good stack fuses the element-wise work that follows."""


class Row(NamedTuple):
    """What the operators of one name take together, all their repetitions included."""

    name: str
    times: Numeric
    compute: Numeric
    """[s]"""
    memory: Numeric
    """[s]"""
    launch: Numeric
    """[s]"""
    apart: Numeric
    """Part of the memory time that runs on its own, after the rest. [s]"""

    @property
    def exposed(self) -> tuple[Numeric, Numeric, Numeric]:
        """What arithmetic, memory and launches add to the time of the pass. [s]"""
        beside = self.memory - self.apart
        bound = self.compute > beside
        return where(bound, self.compute, 0.0), where(bound, self.apart, self.memory), self.launch

    @property
    def time(self) -> Numeric:
        """What the operators add to the time of the pass. [s]"""
        return sum(self.exposed[1:], self.exposed[0])


class Account(NamedTuple):
    """Times of a pass; they add up to its latency. [s]"""

    compute: Numeric
    """Operators that arithmetic limits."""
    weights: Numeric
    """Weights read by operators that memory limits."""
    cache: Numeric
    """Cache or state read and written by them."""
    activations: Numeric
    """Activations read and written by them."""
    launch: Numeric
    """Kernels started and waited for, and the host's part of a pass."""
    host: Numeric
    """Bytes that do not fit, brought over the host link."""
    arithmetic: Numeric
    """Arithmetic of all operators, hidden or not; no part of the sum."""
    movement: Numeric
    """Data of all operators, hidden or not; no part of the sum."""
    traffic: Numeric
    """Bytes moved, of every kind. [byte]"""
    spill: Numeric
    """Bytes that do not fit. [byte]"""
    rows: tuple[Row, ...]

    @property
    def memory(self) -> Numeric:
        """Time that memory limits, the host link included."""
        return self.weights + self.cache + self.activations + self.host

    @property
    def latency(self) -> Numeric:
        """Sum of the parts, in the order in which an explanation lists them."""
        return sum(
            (self.weights, self.cache, self.activations, self.launch, self.host), self.compute
        )


def add_up(
    lowered: Lowered, machine: Machine, efficiency: Numeric | None, *, detailed: bool = True
) -> Account:
    """Give every operator its time, and sort the times by what limits them.

    Parameters
    ----------
    lowered : Lowered
        The pass; its numbers may be arrays.
    machine : Machine
        The device.
    efficiency : Numeric or None
        Fraction of the dense peak, where it is given rather than predicted.
    detailed : bool
        Whether to keep the times of each operator, and to tell kinds of bytes apart: arrays of
        them crowd a core's cache. If not, what memory limits is counted as activations.

    Returns
    -------
    Account
        The sum and its parts.
    """
    compute = weights = cache = activations = launch = arithmetic = movement = traffic = 0.0
    beside = extra = 0.0
    weight_bandwidth, bandwidth = machine.weight_bandwidth, machine.bandwidth
    per_kernel, least = machine.kernels * machine.launch, machine.kernels * machine.dispatch
    attending = not machine.grouped or machine.fused_keys != float("inf")
    apart = attending or machine.unpacking > 0.0 or machine.activation_passes > 1.0
    resident = lowered.weights + lowered.cache + lowered.optimizer
    spill = machine.fits(lowered.weights, lowered.cache + lowered.activations + lowered.optimizer)
    spilled = not _nowhere(spill)
    near = 1.0 - (where(spill > 0.0, spill / maximum(resident, spill), 0.0) if spilled else 0.0)
    rows: list[Row] = []
    for operator in lowered.operators:
        name, kind, count, _, read, kept, passed, _, kernels, _, _, _ = operator
        if kind == "attention" and attending:
            kept, passed, beside = machine.attended(operator)
            traffic = traffic + count * beside
        computing = count * machine.compute_time(operator, efficiency)
        loading = count * read / weight_bandwidth
        caching = count * kept / bandwidth
        passing = count * passed / (machine.vector_bandwidth if kind in ON_VECTORS else bandwidth)
        if spilled:  # the rest crosses the link
            loading = _times(loading, near)
            caching = _times(caching, near)
        moving = loading + caching + passing
        starting = count * kernels * per_kernel
        if least:
            busy = maximum(computing, moving) + starting
            starting = starting + maximum(count * kernels * least - busy, 0.0)
        if apart:
            extra = _alone(operator, machine, passing, beside)
        if not detailed:
            loading, caching, passing = 0.0, 0.0, moving
        bound = computing > moving
        if bound is True:
            compute = compute + computing
        elif bound is False:
            weights = weights + loading
            cache = cache + caching
            activations = activations + passing
        else:
            so_far, times = (
                (compute, weights, cache, activations),
                (computing, loading, caching, passing),
            )
            compute, weights, cache, activations = _divided(bound, so_far, times)
        if apart:
            activations, moving = activations + extra, moving + extra
        launch, arithmetic = launch + starting, arithmetic + computing
        movement = movement + moving
        traffic = traffic + count * (read + kept + passed)
        if detailed:
            rows.append(_row(Row, (name, count, computing, moving, starting, extra)))
    launch = launch + machine.per_call + machine.per_pass
    return Account(
        compute=compute,
        weights=weights,
        cache=cache,
        activations=activations,
        launch=launch,
        host=_crossing(lowered, machine, spill, resident) if spilled else 0.0,
        arithmetic=arithmetic,
        movement=movement,
        traffic=traffic,
        spill=spill,
        rows=tuple(rows),
    )


def _alone(operator: Operator, machine: Machine, passing: Numeric, scores: Numeric) -> Numeric:
    """Return the time of what runs on its own, before an operator or after it. [s]"""
    if operator.kind == "attention":
        return operator.count * scores / machine.vector_bandwidth
    extra: Numeric = 0.0
    if operator.kind in _FUSING:  # what follows does not fuse
        extra = (machine.activation_passes - 1.0) * passing
    if machine.unpacking and operator.kind == "matmul":
        extra = extra + operator.count * machine.unpacked(operator)
    return extra


def _crossing(lowered: Lowered, machine: Machine, spill: Numeric, resident: Numeric) -> Numeric:
    """Return the time of the bytes that do not fit, over the host link. [s]"""
    if machine.host is None:
        return where(spill > 0.0, float("inf"), 0.0)
    moved = sum((one.count * (one.weights + one.cache) for one in lowered.operators), 0.0)
    away = where(spill > 0.0, spill / maximum(resident, spill), 0.0)
    # What exceeds even the weights and the cache are activations: out and in again.
    beyond = maximum(spill - resident, 0.0)
    return (away * moved + 2.0 * beyond) / machine.host


def _times(time: Numeric, part: Numeric) -> Numeric:
    """Return part of a time; nothing costs nothing."""
    return time if _nothing(time) else time * part


def _divided(
    bound: Numeric, so_far: Iterable[Numeric], times: Iterable[Numeric]
) -> tuple[Numeric, ...]:
    """Add the first of these times where arithmetic is the limit, the others where it is not.

    As arrays even where one limit is everywhere, so that no point depends on those beside it.
    """
    from .physics._linear import plain  # noqa: PLC0415  # one answer needs no arrays

    bound = uniform(bound)
    (computed, *moved), (computing, *moving) = map(plain, so_far), map(plain, times)
    return (
        _where(bound, computed, computing),
        *(_elsewhere(bound, *pair) for pair in zip(moved, moving, strict=True)),
    )


def _where(bound: Numeric, so_far: Numeric, time: Numeric) -> Numeric:
    """Add a time where this is the limit."""
    if bound is False or _nothing(time):
        return so_far
    return so_far + (time if bound is True else where(bound, time, 0.0))


def _elsewhere(bound: Numeric, so_far: Numeric, time: Numeric) -> Numeric:
    """Add a time where something else is the limit."""
    if bound is True or _nothing(time):
        return so_far
    return so_far + (time if bound is False else where(bound, 0.0, time))


def _nothing(time: Numeric) -> bool:
    return isinstance(time, float) and not time


def _nowhere(spill: Numeric) -> bool:
    """Tell whether nothing spills, anywhere in an array."""
    nothing = spill == 0.0
    return nothing if isinstance(nothing, bool) else bool(nothing.all())
