"""How a training step is laid out over devices, and what can be laid out so."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, get_args

from mlsysim_core._arguments import check_choice, check_flag, whole_number
from mlsysim_core.errors import InputError
from mlsysim_core.operators._training import OPTIMIZER_STATES
from mlsysim_core.specs import Decoder, Encoder, EncoderDecoder, ModelSpec, Overlap, StateSpace

from ._block import layers_of

__all__ = [
    "OVERLAPS",
    "RECOMPUTATIONS",
    "SCHEDULES",
    "Layout",
    "Recomputation",
    "Schedule",
    "even",
    "layout",
    "overlaps",
    "shared_out",
]

Schedule = Literal["1f1b", "zero_bubble", "dualpipe"]
SCHEDULES: tuple[str, ...] = get_args(Schedule)
Recomputation = Literal["none", "selective", "alternate", "full"]
"""What the backward pass computes again: nothing, the scores of attention, every other layer,
or all."""
RECOMPUTATIONS: tuple[str, ...] = get_args(Recomputation)
OVERLAPS: tuple[str, ...] = get_args(Overlap)
"""Kinds of communication that computation can hide."""
_ZERO_STAGES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A strategy, checked: every size divides what it shares."""

    devices: int
    tp: int
    pp: int
    cp: int
    ep: int
    dp: int
    chunks: int
    """Parts of the model that each device holds in turn (virtual stages)."""
    microbatch: int
    """Sequences of one micro-batch on one data-parallel rank."""
    microbatches: int
    zero: int
    shard_group: int
    """Ranks over which ZeRO shards; fewer than ``dp`` where replicas remain (HSDP)."""
    sequence: bool
    recompute: Recomputation
    optimizer: str
    overlap: tuple[str, ...]
    schedule: Schedule


def even(layers: int, parts: int) -> bool:
    """Tell whether layers can be cut in equal parts, with or without both ends as layers."""
    return layers % parts == 0 or (parts > 1 and (layers + 2) % parts == 0)


def shared_out(layers: int, parts: int) -> bool:
    """Tell whether parts of as many layers each, but for a shorter last one, all have some."""
    return layers > (parts - 1) * math.ceil(layers / parts)


def layout(
    model: ModelSpec,
    devices: int,
    batch_size: Any,
    *,
    tp_size: Any = 1,
    pp_size: Any = 1,
    ep_size: Any = 1,
    cp_size: Any = 1,
    v_stages: Any = 1,
    microbatch_count: Any = None,
    zero_stage: Any = 0,
    shard_size: Any = None,
    sequence_parallel: Any = None,
    recompute: Any = "selective",
    overlap: tuple[str, ...] = OVERLAPS,
    schedule: Any = "1f1b",
    gradient_accumulation_steps: Any = None,
    optimizer: Any = "adam",
    uneven: bool = False,
) -> Layout:
    """Check a strategy.

    Raises
    ------
    InputError
        If a size does not divide what it shares; the error names sizes that do.
    """
    tp, pp, cp, ep, chunks = (
        whole_number(name, value)
        for name, value in (
            ("tp_size", tp_size),
            ("pp_size", pp_size),
            ("cp_size", cp_size),
            ("ep_size", ep_size),
            ("v_stages", v_stages),
        )
    )
    batch = whole_number("batch_size", batch_size)
    zero = whole_number("zero_stage", zero_stage, 0, _ZERO_STAGES)
    used = tp * pp * cp
    if devices % used:
        near = " x ".join(map(str, _nearest(devices, (tp, pp, cp))))
        raise InputError(
            f"tp_size x pp_size x cp_size = {tp} x {pp} x {cp} = {used} does not divide "
            f"the {devices:,} devices; {near} would"
        )
    dp = devices // used
    _check_model(model, tp, pp, cp, ep, chunks, uneven=uneven)
    if (dp * cp * tp) % ep:
        _refuse("ep_size", ep, "the ranks of a stage", dp * cp * tp)
    if batch % dp:
        _refuse_batch(batch, dp)
    if microbatch_count is None and pp > 1:
        microbatch_count = gradient_accumulation_steps or batch // dp
    microbatch, count = _microbatches(batch // dp, microbatch_count, gradient_accumulation_steps)
    if pp > 1 and chunks > 1 and count % pp and not uneven:
        _refuse("pp_size", pp, "the micro-batches of an interleaved schedule", count)
    schedule = check_choice("schedule", schedule, SCHEDULES)
    if schedule == "dualpipe":
        _check_dual(pp, chunks, count)
    group = dp if shard_size is None else whole_number("shard_size", shard_size)
    if dp % group:
        _refuse("shard_size", group, "the data-parallel ranks", dp)
    if sequence_parallel is None:
        sequence_parallel = tp > 1
    return Layout(
        devices=devices,
        tp=tp,
        pp=pp,
        cp=cp,
        ep=ep,
        dp=dp,
        chunks=chunks,
        microbatch=microbatch,
        microbatches=count,
        zero=zero,
        shard_group=group,
        sequence=check_flag("sequence_parallel", sequence_parallel) and tp > 1,
        recompute=check_choice("recompute", recompute, RECOMPUTATIONS),  # type: ignore[arg-type]
        optimizer=check_choice("optimizer", optimizer, tuple(OPTIMIZER_STATES)),
        overlap=overlap,
        schedule=schedule,
    )


def _check_model(
    model: ModelSpec, tp: int, pp: int, cp: int, ep: int, chunks: int, *, uneven: bool
) -> None:
    shape = model.architecture
    transformer = isinstance(shape, Decoder | Encoder | EncoderDecoder | StateSpace)
    if not transformer:
        for name, size in (("tp_size", tp), ("pp_size", pp), ("cp_size", cp), ("ep_size", ep)):
            if size > 1:
                raise InputError(
                    f"{name}={size}: {model.name} is no transformer; only data parallelism "
                    "splits it here"
                )
        return
    heads = getattr(shape, "heads", None) or getattr(getattr(shape, "mixer", None), "heads", None)
    if heads is not None and heads % tp:
        _refuse("tp_size", tp, f"the heads of {model.name}", heads)
    layers = layers_of(model)
    if chunks > 1 and pp == 1:
        raise InputError(f"v_stages={chunks} needs pp_size of at least 2")

    def cuts(parts: int) -> bool:
        return even(layers, parts) or shared_out(layers, parts)

    if not cuts(pp * chunks) and not (uneven and pp * chunks <= layers):
        known = [str(size) for size in range(1, layers + 1) if cuts(size)]
        raise InputError(
            f"pp_size x v_stages = {pp} x {chunks} leaves a stage without any of the {layers} "
            f"layers of {model.name}; these would not: {', '.join(known)}"
        )
    if ep > 1:
        experts = shape.experts.count if isinstance(shape, Decoder) and shape.experts else 1
        if experts % ep:
            _refuse("ep_size", ep, f"the experts of {model.name}", experts)


def _check_dual(pp: int, chunks: int, count: int) -> None:
    """Refuse what cannot be fed from both ends of the pipeline at once."""
    given = f"pp_size={pp}, v_stages={chunks} and {count} micro-batches"
    if pp % 2 or chunks > 1 or count % 2 or count < 2 * pp:
        raise InputError(
            "schedule 'dualpipe' needs an even pp_size, v_stages=1 and an even number of at least "
            f"2 x pp_size micro-batches; got {given}"
        )


def _microbatches(each: int, count: Any, steps: Any) -> tuple[int, int]:
    """Cut what one data-parallel rank gets into micro-batches."""
    if steps is not None:
        steps = whole_number("gradient_accumulation_steps", steps)
        if count is not None and count != steps:
            raise InputError(
                "microbatch_count and gradient_accumulation_steps are the same thing; "
                f"got {count} and {steps}"
            )
        count = steps
    number = 1 if count is None else whole_number("microbatch_count", count)
    if each % number:
        _refuse("microbatch_count", number, "the sequences of a data-parallel rank", each)
    return each // number, number


def overlaps(value: Any, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Check kinds of communication that computation hides; the usual ones where none is given."""
    if value is None:
        return usual
    if isinstance(value, bool):
        return OVERLAPS if value else ()
    if isinstance(value, str):
        value = (value,)
    return tuple(sorted(check_choice("overlap", one, OVERLAPS) for one in value))


def _divisors(number: int) -> str:
    found = [one for one in range(1, min(number, 4096) + 1) if number % one == 0]
    return ", ".join(map(str, found))


def _nearest(devices: int, sizes: Iterable[int]) -> Iterator[int]:
    """Yield for each size the one closest to it that divides what the others leave."""
    for size in sizes:
        fitting = [one for one in range(1, devices + 1) if devices % one == 0]
        near = min(fitting, key=lambda one: abs(math.log(one / size)))
        yield near
        devices //= near


def _refuse(name: str, value: int, what: str, number: int) -> NoReturn:
    raise InputError(
        f"{name}={value} does not divide {what} ({number:,}); these would: {_divisors(number)}"
    )


def _refuse_batch(batch: int, dp: int) -> NoReturn:
    below, above = batch // dp * dp, -(-batch // dp) * dp
    near = f"{below:,} or {above:,}" if below else f"{above:,}"
    raise InputError(
        f"batch_size={batch:,} does not divide among {dp:,} data-parallel ranks; {near} would"
    )
