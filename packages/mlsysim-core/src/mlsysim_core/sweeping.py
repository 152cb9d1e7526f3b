"""Many points in one call, as records."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, product
from typing import Any, NamedTuple, overload

from ._arguments import (
    check_batch_size,
    check_efficiency,
    check_length,
    find_hardware,
    find_model,
    find_stack,
)
from .arrays import Predictions, Setting, attempt, numpy_or_error
from .errors import InputError
from .specs import Spec

__all__ = ["Sweep", "SweepPoint", "sweep"]

DOES_NOT_FIT = "does not fit in memory"
_MOST = 10**7
"""Points that are kept at once."""


class SweepPoint(NamedTuple):
    """One point of a sweep: what was asked, and the answer as plain numbers in SI units."""

    model: str
    hardware: str
    precision: str
    stack: str
    phase: str
    efficiency: float | None
    batch_size: int
    seq_len: int | None
    """Tokens, also where they were assumed; nothing for models that read no sequences."""
    latency: float | None
    """Nothing, like the other numbers, where there is no answer. [s]"""
    throughput: float | None
    """[token / s] or [sample / s]"""
    bottleneck: str | None
    mfu: float | None
    feasible: bool
    energy: float | None
    """Nothing where the power of the device is unknown. [J]"""
    memory: float | None
    """[byte]"""
    reason: str
    """Why there is no answer, or what is wrong with it; empty for what is feasible."""


class _Block(NamedTuple):
    """The points of one setting: arrays that broadcast to efficiency x batch x length."""

    setting: Setting
    efficiency: Any
    batch: Any
    found: Predictions


class Sweep(Sequence[SweepPoint]):
    """The points of :meth:`mlsysim_core.Engine.sweep`, in the order of their arguments.

    A sequence of :class:`SweepPoint`; records are made when they are read. What does not
    fit, or has no answer, is marked by ``feasible`` and ``reason`` and stays in its place.
    """

    def __init__(self, blocks: Iterable[_Block]) -> None:
        self._blocks = tuple(blocks)
        self._ends: list[int] = []
        for block in self._blocks:
            before = self._ends[-1] if self._ends else 0
            self._ends.append(before + int(block.found.seconds.size))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[SweepPoint]:
        for block in self._blocks:
            yield from _points(block, 0, block.found.seconds.size)

    @overload
    def __getitem__(self, index: int) -> SweepPoint: ...
    @overload
    def __getitem__(self, index: slice) -> list[SweepPoint]: ...
    def __getitem__(self, index: int | slice) -> SweepPoint | list[SweepPoint]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(f"point {index} of {len(self)}")
        for block, end in zip(self._blocks, self._ends, strict=True):
            if place < end:
                start = place - end + block.found.seconds.size
                return next(_points(block, start, start + 1))
        raise AssertionError  # the last end is the length

    def __repr__(self) -> str:
        fit = sum(int(block.found.feasible.sum()) for block in self._blocks)
        return f"<Sweep: {len(self):,} points, {fit:,} feasible>"


def _points(block: _Block, start: int, stop: int) -> Iterator[SweepPoint]:
    setting, found = block.setting, block.found
    shape = found.seconds.shape
    np = numpy_or_error()

    def column(values: Any) -> list[Any]:
        if values is None:
            return [None] * (stop - start)
        chosen: list[Any] = np.broadcast_to(values, shape).reshape(-1)[start:stop].tolist()
        return chosen

    fixed = (
        setting.model.name,
        setting.hardware.name,
        setting.precision,
        setting.stack.name,
        setting.phase_name,
    )
    columns = zip(
        column(block.efficiency),
        column(block.batch),
        column(found.tokens),
        column(found.seconds),
        column(found.items_per_second),
        column(found.compute_bound),
        column(found.mfu),
        column(found.feasible),
        column(found.joules),
        column(found.footprint),
        column(found.answered),
        strict=True,
    )
    for efficiency, batch, tokens, seconds, items, bound, mfu, fits, joules, held, told in columns:
        length = None if tokens is None else int(tokens)
        asked = (*fixed, efficiency, int(batch), length)
        if not told:
            yield SweepPoint(*asked, None, None, None, None, False, None, None, found.reason)
            continue
        yield SweepPoint(
            *asked,
            seconds,
            items,
            "Compute" if bound else "Memory",
            mfu,
            fits,
            None if joules != joules else joules,  # noqa: PLR0124  # not a number
            held,
            "" if fits else DOES_NOT_FIT,
        )


def sweep(
    models: Any,
    hardware: Any,
    batch_sizes: Any,
    precisions: Any,
    efficiencies: Any,
    *,
    phases: Any,
    seq_lens: Any,
    stacks: Any,
    **fixed: Any,
) -> Sweep:
    """Predict every combination; :meth:`Engine.sweep` says what the arguments are."""
    np = numpy_or_error()
    batch = np.array([check_batch_size(one) for one in several("batch_sizes", batch_sizes)])
    lengths = [None if one is None else check_length(one) for one in several("seq_lens", seq_lens)]
    fractions = [
        None if one is None else check_efficiency(one)
        for one in several("efficiencies", efficiencies)
    ]
    settings = [
        Setting(*chosen, **fixed).checked()
        for chosen in product(
            [find_model(one) for one in several("models", models)],
            [find_hardware(one) for one in several("hardware", hardware)],
            several("precisions", precisions),
            [find_stack(one) for one in several("stacks", stacks)],
            several("phases", phases),
        )
    ]
    points = len(settings) * len(batch) * len(lengths) * len(fractions)
    if points > _MOST:
        raise InputError(
            f"{points:,} points are too many to keep, the most are {_MOST:,}: "
            "mlsysim_solvers.DSE goes through any number in bounded memory"
        )
    return Sweep(_blocks(np, settings, fractions, batch, lengths))


def _blocks(
    np: Any, settings: list[Setting], fractions: list[Any], batch: Any, lengths: list[Any]
) -> Iterator[_Block]:
    if len(lengths) > 1 and None in lengths:
        raise InputError("seq_lens must be numbers, or left out; got None among others")
    tokens = None if lengths == [None] else np.array(lengths)[None, None, :]
    for setting in settings:
        for given, some in groupby(fractions, lambda one: one is not None):
            part = list(some)
            efficiency = np.array(part)[:, None, None] if given else None
            for _ in range(1 if given else len(part)):
                column = batch[None, :, None]
                yield _Block(
                    setting, efficiency, column, attempt(setting, column, tokens, efficiency)
                )


def several(parameter: str, value: Any) -> list[Any]:
    """Take one value, or any number of them, as a list."""
    if value is None or isinstance(value, str | Spec) or not isinstance(value, Iterable):
        return [value]
    found = list(value.tolist() if hasattr(value, "tolist") else value)
    if not found:
        raise InputError(f"{parameter} must not be empty")
    return found
