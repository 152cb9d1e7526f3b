"""Passes of a serving engine as operators: prompts, chunks of prompts, tokens, and mixtures.

Everything is put together from what core lowers; no formula is written a second time.
"""

from mlsysim_core.errors import InputError
from mlsysim_core.operators import Lowered, Operator, Workload, lower_once
from mlsysim_core.physics._numeric import Numeric
from mlsysim_core.specs import ModelSpec

__all__ = [
    "SEQUENTIAL",
    "Widths",
    "chunk_pass",
    "decode_pass",
    "mixed_pass",
    "sequences_like",
    "verify_pass",
]

SEQUENTIAL = {"attention", "scan"}
"""Kinds whose work depends on which sequence a token belongs to."""


class Widths:
    """Bytes of a stored weight, an activation and a cached element."""

    __slots__ = ("activations", "cache", "weights")

    def __init__(self, weights: float, activations: float, cache: float) -> None:
        self.weights, self.activations, self.cache = weights, activations, cache

    def work(self, phase: str, batch: float, length: float) -> Workload:
        """Describe one pass."""
        return Workload(
            phase=phase,  # type: ignore[arg-type]
            batch=float(batch),
            length=float(length),
            weights=self.weights,
            activations=self.activations,
            cache=self.cache,
        )


def decode_pass(model: ModelSpec, widths: Widths, batch: float, context: float) -> Lowered:
    """One new token for each of ``batch`` sequences of ``context`` tokens."""
    return lower_once(model, widths.work("decode", batch, max(context, 1.0)))


def chunk_pass(
    model: ModelSpec, widths: Widths, batch: float, new: float, cached: float = 0.0
) -> Lowered:
    """``new`` tokens of prompt for each sequence, after ``cached`` ones that are known."""
    fresh = lower_once(model, widths.work("prefill", batch, new))
    if not cached:
        return fresh
    if any(operator.name.startswith("cross.") for operator in fresh.operators):
        raise InputError(f"{model.name} reads its source at once: it has no cached prefix")
    whole = _by_name(lower_once(model, widths.work("prefill", batch, new + cached)))
    before = _by_name(lower_once(model, widths.work("prefill", batch, cached)))
    past = _by_name(lower_once(model, widths.work("decode", batch, cached)))
    kept = _by_name(lower_once(model, widths.work("decode", batch, 1.0)))
    operators = []
    for one in fresh.operators:
        operator = one
        if operator.kind == "attention":
            name = operator.name
            # A decode step writes one token and reads the others that it attends to.
            reading = past[name].cache - kept[name].cache / 2.0
            asked = whole[name].flops - before[name].flops
            operator = operator.changed(
                flops=asked,
                cache=operator.cache + reading,
                shape=_stretched(operator, asked),
            )
        operators.append(operator)
    longer = lower_once(model, widths.work("decode", batch, new + cached))
    return fresh._replace(
        operators=tuple(operators),
        cache=longer.cache,
        flops=fresh.flops + _attention_flops(operators) - _attention_flops(fresh.operators),
    )


def sequences_like(lowered: Lowered, sequences: float) -> Lowered:
    """Repeat the sequential operators of one sequence, of whatever length, for several."""
    return lowered._replace(
        operators=tuple(
            one.changed(
                flops=one.flops * sequences,
                cache=one.cache * sequences,
                activations=one.activations * sequences,
                shape=(one.shape[0] * sequences, *one.shape[1:]) if one.shape else (),
            )
            for one in lowered.operators
        ),
    )


def verify_pass(
    model: ModelSpec, widths: Widths, batch: float, context: float, tokens: int
) -> Lowered:
    """Score ``tokens`` proposed tokens of each sequence at once, every one of them."""
    if tokens == 1:
        return decode_pass(model, widths, batch, context)
    together = decode_pass(model, widths, batch * tokens, context)
    chunk = _by_name(chunk_pass(model, widths, batch, float(tokens), context))
    operators = tuple(
        chunk[one.name] if one.kind in SEQUENTIAL else one.changed(cache=chunk[one.name].cache)
        for one in together.operators
    )
    alone = decode_pass(model, widths, batch, context + tokens)
    return together._replace(operators=operators, cache=alone.cache)


def mixed_pass(
    model: ModelSpec,
    widths: Widths,
    decoding: float,
    context: float,
    new: float,
    cached: float = 0.0,
) -> Lowered:
    """One token for each of ``decoding`` sequences, and a chunk of one prompt, in one pass.

    Weights are read once for both; attention and recurrences keep to their own sequences.
    """
    if not new:
        return decode_pass(model, widths, decoding, context)
    chunk = chunk_pass(model, widths, 1.0, new, cached)
    if not decoding:
        return chunk
    tokens = decode_pass(model, widths, decoding, context)
    together = decode_pass(model, widths, decoding + new, context)
    scored = _by_name(decode_pass(model, widths, decoding + 1.0, context))
    own, others = _by_name(chunk), _by_name(tokens)
    operators: list[Operator] = []
    for one in together.operators:
        if one.kind in SEQUENTIAL:
            operators += [others[one.name], own[one.name]]
        elif one.name.startswith("head"):
            operators.append(scored[one.name])
        else:
            cache = others[one.name].cache + own[one.name].cache
            operators.append(one._replace(cache=cache))
    return Lowered(
        operators=tuple(operators),
        items=tokens.items + chunk.items,
        unit="token",
        weights=tokens.weights,
        cache=tokens.cache + chunk.cache,
        activations=tokens.activations + chunk.activations,
        flops=tokens.flops + chunk.flops,
        notes=tokens.notes,
    )


def _by_name(lowered: Lowered) -> dict[str, Operator]:
    return {operator.name: operator for operator in lowered.operators}


def _attention_flops(operators: "tuple[Operator, ...] | list[Operator]") -> Numeric:
    return sum((one.count * one.flops for one in operators if one.kind == "attention"), 0.0)


def _stretched(operator: Operator, flops: Numeric) -> tuple[Numeric, ...]:
    """Lengthen the keys of a shape to what its work says."""
    batch, heads, queries, keys, *rest = operator.shape
    return (batch, heads, queries, keys * flops / operator.flops, *rest)
