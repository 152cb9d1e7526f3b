"""What software does besides running kernels: how it schedules requests, and how it trains."""

from typing import Annotated, Literal

from pydantic import Field

from ..formats import Precision
from ..quantities import Time
from ._base import Count, Fraction, Spec

__all__ = ["Overlap", "SchedulingPolicy", "ServingHabits", "TrainingHabits"]

Overlap = Literal["data", "tensor", "context", "expert", "pipeline"]
"""A kind of communication in training, by the parallelism that it is of."""

SchedulingPolicy = Literal["chunked", "continuous", "prefill_first", "static"]
"""How a scheduler mixes prompts and tokens: prompts, cut to fit, pass with the tokens of others;
whole prompts do; prompts pass between tokens; a batch is finished before the next."""

_Factor = Annotated[float, Field(gt=0.0, allow_inf_nan=False, strict=True)]
_Passes = Annotated[float, Field(ge=1.0, allow_inf_nan=False, strict=True)]


class ServingHabits(Spec):
    """How an engine schedules requests."""

    policy: SchedulingPolicy = "chunked"
    """How prompts and tokens share its passes, unless asked otherwise."""
    reserve: bool = False
    """Whether a request is admitted only with memory for its whole output."""
    cache_as_weights: bool = False
    """Whether checkpoints in fp8 keep the cache in fp8 as well."""
    per_step: Time | None = None
    """Time of the engine's loop around each pass, that the device waits for."""
    per_sequence: Time | None = None
    """Time of the host for each sequence of a pass, that the device waits for."""
    overlapped: bool = False
    """Whether the host does that beside a pass, so that only what takes longer is waited for."""
    front_end: Time | None = None
    """Time of a request between client and scheduler: connection, tokens, queues of processes."""
    max_tokens: Count = 8192
    """Tokens of one pass that reads prompts, at most, unless asked otherwise."""


class TrainingHabits(Spec):
    """What a training step takes besides its multiplications."""

    overlap: tuple[Overlap, ...] = ("data", "tensor", "context", "expert", "pipeline")
    """Kinds of communication that computation hides."""
    attention: _Factor = 1.0
    """Rate of fused attention forward, for each one of the device model's."""
    attention_backward: _Factor = 1.0
    """The same for its gradients."""
    passes: _Passes = 1.0
    """Times that element-wise work moves its data, where it does not fuse."""
    depthwise: _Passes = 1.0
    """Times that convolutions of one channel each move their data, whose kernels reuse little."""
    routing: _Passes = 1.0
    """Times that tokens move when they are sorted by expert, and back."""
    fabric: Fraction = 1.0
    """Part of what long collectives sustain between nodes that its own reach."""
    gathers: Count = 1
    """Messages in which the weights of one layer are gathered, where they are sharded."""
    copy_per_rank: Time | None = None
    """Time to put one rank's part of such a message into its place."""
    gradients: Precision | None = None
    """Format in which gradients of weights in bf16 are summed, unless asked otherwise; that of
    the weights if none."""
    adds_in_place: bool = True
    """Whether multiplications add to the gradients, which else takes a pass of its own."""
