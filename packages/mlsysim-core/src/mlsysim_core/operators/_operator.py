"""The unit of work: what every architecture is lowered to, and every solver reads."""

from typing import Any, Literal, NamedTuple

from ..formats import WIDTH
from ..physics._numeric import Numeric

__all__ = ["Lowered", "Operator", "Phase", "Workload", "asked_flops"]

Phase = Literal["decode", "prefill", "forward", "training"]
"""What one pass is: a decode step, whole prompts, whole samples, or a training step."""


class Operator(NamedTuple):
    """One operator of a pass, or several equal ones. Bytes and operations are of one."""

    name: str
    kind: str
    """``matmul``, ``attention``, ``convolution``, ``elementwise``, ``gather`` or ``scan``."""
    count: Numeric
    """Times that it runs in the pass."""
    flops: Numeric
    """Operations of one: two for each multiply-accumulate. [operation]"""
    weights: Numeric
    """Weights read by one. [byte]"""
    cache: Numeric
    """Cache or state read and written by one. [byte]"""
    activations: Numeric
    """Activations read and written by one. [byte]"""
    shape: tuple[Numeric, ...] = ()
    """``matmul`` and ``convolution``: rows, columns, inner, groups; else empty."""
    kernels: int = 1
    """Kernels that one takes in a fused stack."""
    reduced: Numeric = 0.0
    """Output that ranks must sum if they share the operator. [byte]"""
    saved: Numeric = 0.0
    """Inputs of one that a backward pass needs. [byte]"""
    readers: Numeric = 1.0
    """``attention``: query heads that share the same keys and values in the cache."""

    def changed(self, **values: Any) -> "Operator":
        """Return it with other values, in half the time that ``_replace`` takes."""
        found = list(self)
        for name, value in values.items():
            found[_PLACES[name]] = value
        return Operator._make(found)


_PLACES = {name: place for place, name in enumerate(Operator._fields)}


class Workload(NamedTuple):
    """What a pass is asked to do; batch and lengths may be arrays."""

    phase: Phase
    batch: Numeric
    length: Numeric
    """Tokens of context (decode), or of each sequence."""
    weights: float
    """Width of a stored weight. [byte]"""
    activations: float
    """Width of an activation. [byte]"""
    cache: float
    """Width of a cached element. [byte]"""

    @classmethod
    def of(
        cls,
        phase: Phase,
        batch: Numeric,
        length: Numeric,
        precision: str,
        *,
        kv_precision: str | None = None,
        integer_activations: bool = False,
    ) -> "Workload":
        """Choose the widths that go with a precision.

        Weights are stored in it. Activations stay at 16 bits or wider in language models,
        whose narrow formats are formats of weights; a network of layers that runs in
        integers keeps its activations in bytes. The cache is as wide as the activations.
        """
        width = WIDTH[precision]
        floor = 1.0 if integer_activations else 2.0
        activations = max(width, floor)
        return cls(
            phase=phase,
            batch=batch,
            length=length,
            weights=width,
            activations=activations,
            cache=activations if kv_precision is None else WIDTH[kv_precision],
        )


class Lowered(NamedTuple):
    """A workload as operators, and what it keeps in memory."""

    operators: tuple[Operator, ...]
    items: Numeric
    """Tokens or samples that the pass produces or reads."""
    unit: Literal["token", "sample"]
    weights: Numeric
    """Resident weights. [byte]"""
    cache: Numeric
    """Resident cache or state of the whole batch. [byte]"""
    activations: Numeric
    """Activations alive at the same time, at most. [byte]"""
    flops: Numeric
    """Operations of the whole pass that the model asks for: without element-wise work, and
    without what a backward pass repeats. [operation]"""
    optimizer: Numeric = 0.0
    """Gradients, optimizer state and master weights. [byte]"""
    notes: tuple[str, ...] = ()


def asked_flops(operators: "list[Operator]") -> Numeric:
    """Operations that a model asks for in one pass: those of its weights and its attention."""
    return sum(
        (
            operator.count * operator.flops
            for operator in operators
            if operator.kind not in {"elementwise", "gather"}
        ),
        0.0,
    )
