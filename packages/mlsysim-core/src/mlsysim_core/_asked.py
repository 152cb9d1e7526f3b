"""What is asked of the engine, settled: the phase, the lengths, the format of training."""

from functools import lru_cache

from ._arguments import check_choice, check_length
from .errors import InputError
from .formats import WIDTH
from .operators import Phase
from .specs import ModelSpec, Network, Totals

__all__ = ["check_trainable", "reads_sequences", "settle_length", "settle_phase"]

_DEFAULT_CONTEXT = 2048


def settle_phase(model: ModelSpec, phase: object, is_training: bool) -> Phase:
    """Settle what one pass of the model is."""
    known: tuple[Phase, ...] = ("decode", "prefill") if model.autoregressive else ("forward",)
    if phase is None:
        return "training" if is_training else known[0]
    chosen = check_choice("phase", phase, known, f"{model.name} knows")
    if is_training:
        raise InputError("a training step has no phase: leave out phase, or is_training")
    return chosen  # type: ignore[return-value]


def reads_sequences(model: ModelSpec) -> bool:
    """Tell whether a pass has a length."""
    shape = model.architecture
    return not (
        isinstance(shape, Network) or (isinstance(shape, Totals) and not model.autoregressive)
    )


def settle_length(model: ModelSpec, seq_len: object) -> tuple[int | None, tuple[str, ...]]:
    """Settle the tokens of each sequence, and say what was assumed."""
    if not reads_sequences(model):
        if seq_len is not None:
            raise InputError(f"{model.name} does not read sequences: leave out seq_len")
        return None, ()
    limit = model.max_context
    if seq_len is None:
        length = min(_DEFAULT_CONTEXT, limit or _DEFAULT_CONTEXT)
        return length, _assumed(length)
    length = check_length(seq_len)
    if limit is not None and length > limit:
        raise InputError(f"seq_len must be at most {limit:,} for {model.name}, got {length:,}")
    return length, ()


@lru_cache(maxsize=256)
def _assumed(length: int) -> tuple[str, ...]:
    return (f"sequences of {length:,} tokens (seq_len was not given)",)


def check_trainable(precision: object, name: str) -> None:
    """Refuse a format that has no gradients."""
    if WIDTH[name] < 1.0 or name == "int8":
        raise InputError(
            f"precision {precision!r} cannot be trained in: it has no gradients; "
            "use fp32, tf32, bf16, fp16 or fp8"
        )
