"""What a scheduler is told, and what a simulated replica leaves behind."""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Policy", "Run"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What a scheduler does when requests wait."""

    limit: int
    """Sequences that decode together at most."""
    budget: int
    """Prompt tokens in one pass at most; a longer prompt passes alone, or in chunks."""
    mixed: bool = False
    """Prompts pass together with the tokens of others, not between them."""
    chunked: bool = False
    """Prompts are cut to fill the budget."""
    static: bool = False
    """A batch is formed, and finished, before the next."""
    cached: float = 0.0
    """Part of every prompt that a prefix cache has."""
    reserve: bool = False
    """A request is admitted only with memory for its whole output: nothing is pre-empted."""
    read: bool = True
    """Whether prompts are read here, and not elsewhere."""

    @classmethod
    def of(cls, name: str, **rules: Any) -> "Policy":
        """Return the policy of that name."""
        return cls(
            mixed=name in {"chunked", "continuous"},
            chunked=name == "chunked",
            static=name == "static",
            **rules,
        )


@dataclass(slots=True)
class Run:
    """What happened on one replica. Times in seconds, by request."""

    first: list[float]
    finish: list[float]
    start: list[float]
    """When a request was first admitted."""
    busy: float = 0.0
    """Time in which the replica worked. [s]"""
    prefill_seconds: float = 0.0
    """Part of it in passes that read prompts. [s]"""
    prefill_passes: int = 0
    sequence_seconds: float = 0.0
    """Integral of the sequences that decode. [s]"""
    end: float = 0.0
    preempted: int = 0
    decoded: int = 0
    """Tokens written by decode steps."""
    read: int = 0
    """Prompt tokens read, again after a pre-emption."""
    gaps: list[float] = field(default_factory=list)
    """Mean time of the steps of each run of steps. [s]"""
    weights: list[int] = field(default_factory=list)
    """Tokens that came with such a gap."""
    trace: list[tuple[str, float, float, int]] = field(default_factory=list)
    """Passes: kind, start, duration, sequences."""
