"""What serving engines do besides running kernels: a few habits each, by stack."""

from dataclasses import dataclass

__all__ = ["Habits", "habits_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Habits:
    """How an engine schedules, as its documentation describes the defaults."""

    mixed: bool = True
    """Prompts pass together with the tokens of others."""
    chunked: bool = True
    """Prompts are cut to fill a pass."""
    reserve: bool = True
    """A request is admitted only with memory for its whole output."""
    cache_as_weights: bool = False
    """Checkpoints in fp8 keep the cache in fp8 as well."""
    per_step: float = 0.0
    """Time of the engine's loop around each pass, that the device waits for. [s]"""
    per_sequence: float = 0.0
    """Time of the host for each sequence of a step, that the device waits for. [s]"""


# Times of hosts are chosen on a coarse grid over the generate and serve rows of each stack.
# With one source left out, the best point moves: 0.35 to 1.4 ms and 50 to 65 us (vLLM), 0 to
# 0.35 ms at 20 us (TensorRT-LLM), 0 to 1 ms at 40 us (SGLang, two sources only). The other
# habits are documented defaults, looked up after a first comparison with the same rows.
_HABITS = {
    # Without chunks unless asked, and never more requests than memory for whole outputs.
    "TensorRTLLM": Habits(chunked=False, cache_as_weights=True, per_sequence=2e-5),
    "TensorRT": Habits(chunked=False, cache_as_weights=True),
    # Prompts go first, and tokens wait.
    "SGLang": Habits(mixed=False, per_step=3.5e-4, per_sequence=2.5e-5),
    # Python prepares the inputs and reads the outputs of each sequence.
    "VLLM": Habits(per_step=1e-3, per_sequence=5e-5),
}
_USUAL = Habits()


def habits_of(stack: str) -> Habits:
    """Return the habits of a stack; those of most engines where it is not listed."""
    return _HABITS.get(stack, _USUAL)
