"""The software between a model and a chip, as a few numbers."""

from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import Field

from .._registries import Kind
from ..formats import Precision
from ..quantities import Time
from ._base import Fraction, NamedSpec, Spec, stamped
from ._habits import ServingHabits, TrainingHabits
from ._restoring import restored
from .hardware import DeviceClass

__all__ = ["FormatFraction", "StackSpec", "ideal_stack", "optimized_stack"]


class FormatFraction(Spec):
    """How well kernels read weights that are stored in some format, and compute in it."""

    precision: Precision
    bandwidth_fraction: Fraction = 1.0
    compute_fraction: Fraction | None = None
    """Of arithmetic in that format; that of the stack if not given."""


class StackSpec(NamedSpec):
    """A software stack: what it adds to the time that the chip needs."""

    kind: ClassVar[Kind] = "stack"

    name: Annotated[str, Field(min_length=1)]
    title: str = ""
    launch: Time
    """Time between two kernels, that no work hides."""
    dispatch: Time | None = None
    """Time that the host needs for a kernel; on a faster device it is the limit."""
    kernels: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] = 1.0
    """Kernels for each one of a fused stack."""
    exchange: Time | None = None
    """Time that each collective among devices takes besides: its own kernels and their waiting,
    where the stack leaves it to a library."""
    per_call: Time | None = None
    """Time to call and to wait for whatever is timed as a whole."""
    per_pass: Time | None = None
    """Time that each pass of a model takes on the host besides: scheduling, sampling."""
    compute_fraction: Fraction = 1.0
    """Part of the device's own ceiling that its kernels reach."""
    bandwidth_fraction: Fraction = 1.0
    """Part of the device's sustained bandwidth that its kernels reach."""
    activation_passes: Annotated[float, Field(ge=1.0, allow_inf_nan=False)] = 1.0
    """Times that the activations of multiplications move, where what follows does not fuse."""
    formats: tuple[FormatFraction, ...] = ()
    """Fractions of a format, beside ``bandwidth_fraction`` and for ``compute_fraction``."""
    bytes_per_cycle: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    """Most that one compute unit streams in a clock cycle, where kernels keep few reads in
    flight."""
    vector_bytes_per_cycle: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    """The same for element-wise work, where each thread keeps one element in flight."""
    operations_per_cycle: Annotated[float, Field(gt=0.0, allow_inf_nan=False)] | None = None
    """Most that one compute unit multiplies in a clock cycle with these kernels."""
    half_sums: bool = False
    """Whether its kernels sum products of fp16 in fp16."""
    rows_at_once: Annotated[int, Field(gt=0, strict=True)] | None = None
    """Rows of a multiplication that it works on at a time, where it writes weights out in the
    format of the arithmetic anew for each such part, not in the kernel that multiplies."""
    parts_in_flight: Annotated[int, Field(gt=0, strict=True)] = 1
    """Parts of a prompt that devices which share its layers work on at the same time, if their
    weights need not be written out."""
    grouped: bool = True
    """Whether query heads that share keys and values read them together, in decoding."""
    fused_keys: Annotated[int, Field(ge=0, strict=True)] | None = None
    """Longest context whose scores its attention keeps on the chip; any if not given."""
    ideal: bool = False
    """Whether every kernel runs at the peak of the data sheet."""
    keywords: tuple[str, ...] = ()
    """Words by which people's descriptions of their software are recognised; an empty one stands
    for whatever no other word does."""
    vendor: str = ""
    """Maker of the devices that it is for, where other devices have another of its name."""
    device_class: DeviceClass | None = None
    """Class of the devices that it is for, likewise."""
    reserve: Annotated[float, Field(ge=0.0, lt=1.0, strict=True)] = 0.02
    """Part of the memory that the runtime keeps to itself."""
    expert_fraction: Fraction = 1.0
    """Part of the rate of one multiplication that those of many experts reach together."""
    serving: ServingHabits = Field(default_factory=ServingHabits)
    """How it schedules requests."""
    training: TrainingHabits = Field(default_factory=TrainingHabits)
    """How it trains."""
    note: str = ""


def _built_in(**values: Any) -> StackSpec:
    stack = restored(StackSpec, values)
    stamped(stack, "")  # core's own: of no registry's data
    return stack


@cache
def optimized_stack() -> StackSpec:
    """Return the default: fused kernels, launched as one graph."""
    return _built_in(
        name="Optimized",
        title="A well-optimised stack: fused kernels, launched as one graph",
        launch=1e-6,
    )


@cache
def ideal_stack() -> StackSpec:
    """Return the textbook roofline: no overhead, every peak reached."""
    return _built_in(
        name="Ideal",
        title="The textbook roofline: no overhead, every peak reached",
        launch=0.0,
        ideal=True,
        reserve=0.0,
    )
