"""What the operators of one rank cost, forward, backward and repeated."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from mlsysim_core.account import add_up
from mlsysim_core.device import Machine
from mlsysim_core.formats import WIDTH
from mlsysim_core.operators import Lowered, Operator
from mlsysim_core.operators._training import SCORES, Recompute, slowed, step
from mlsysim_core.physics._numeric import Numeric, maximum
from mlsysim_core.specs import TrainingHabits

from .._sharding import present

__all__ = ["Cost", "Run", "cost_of"]

_UNNORMALISED = (".output", ".down", "experts.up")
"""Multiplications whose input is no normalisation's result."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What a run asks of its software, whatever the strategy."""

    habits: TrainingHabits
    flash: bool = True
    """Whether attention is one kernel that never writes its scores."""
    dropout: bool = False
    frozen: float = 1.0
    """Part of the weights whose gradients are needed; small for adapters."""
    imbalance: float = 1.0
    """Load of the busiest rank's experts, for each one of the mean."""
    plain: Machine | None = None
    """The device at the precision of all but the layers' multiplications; the same if none."""


class Cost(NamedTuple):
    """Times of one micro-batch on one rank, forward, backward and repeated. [s]."""

    compute: Numeric = 0.0
    weights: Numeric = 0.0
    activations: Numeric = 0.0
    launch: Numeric = 0.0
    repeated: Numeric = 0.0
    """Time of what the backward pass computes again; no part of the sum."""
    ahead: Numeric = 0.0
    """Time of the forward pass; no part of the sum."""
    deferrable: Numeric = 0.0
    """Time of gradients of weights, which can wait; no part of the sum."""
    arithmetic: Numeric = 0.0
    movement: Numeric = 0.0
    queue: Numeric = 0.0
    """Time that the host needs to start the kernels; no part of the sum."""
    tensor: Numeric = 0.0
    """Collectives of tensor parallelism."""
    hideable: Numeric = 0.0
    """What gradients of weights can hide of them; no part of the sum."""
    context: Numeric = 0.0
    expert: Numeric = 0.0
    flops: Numeric = 0.0
    """Operations done, repetitions included. [operation]"""
    saved: Numeric = 0.0
    """Bytes kept for the backward pass. [byte]"""
    entry: Numeric = 0.0
    """Bytes that enter, and are kept under full recomputation. [byte]"""

    @property
    def busy(self) -> Numeric:
        """Time of arithmetic, memory and kernels. [s]."""
        return self.compute + self.weights + self.activations + self.launch

    def over(self, count: float) -> "Cost":
        """Return the cost of one of ``count`` equal parts."""
        return Cost._make(one / count for one in self)


def cost_of(
    operators: list[Operator],
    whole: Lowered,
    machine: Machine,
    recompute: Recompute,
    run: Run,
    efficiency: float | None,
) -> Cost:
    if not operators:
        return Cost()
    # Fused attention always computes its scores again.
    listed = step(operators, "selective" if run.flash and recompute == "none" else recompute)
    if run.frozen < 1.0:
        listed = [_adapted(one, run.frozen) for one in listed]
    timed = [slowed(one, run.habits, run.imbalance) for one in listed]
    nothing = whole._replace(weights=0.0, cache=0.0, activations=0.0, optimizer=0.0)
    groups = [(machine, timed)]
    if run.plain is not None and run.plain != machine:
        narrow = [one for one in timed if _narrow(one)]
        groups = [
            (machine, narrow),
            (run.plain, [one for one in timed if not _narrow(one)] + _casts(narrow, machine)),
        ]
    # The host runs ahead: its time counts for the whole pass, and not kernel by kernel.
    accounts = [
        add_up(nothing._replace(operators=tuple(some)), _unhurried(on), efficiency)
        for on, some in groups
    ]
    kernels = sum((one.count * one.kernels for _, some in groups for one in some), 0.0)
    ahead: Numeric = 0.0
    repeated: Numeric = 0.0
    deferrable: Numeric = 0.0
    for account in accounts:
        for row in account.rows:
            name = row.name
            time = maximum(row.compute, row.memory) + row.launch
            if name.endswith(".recomputed"):
                repeated = repeated + time
            elif name.endswith("weight_gradient"):
                deferrable = deferrable + time
            elif not name.endswith("gradient"):
                ahead = ahead + time
    return Cost(
        compute=sum((one.compute for one in accounts), 0.0),
        weights=sum((one.weights for one in accounts), 0.0),
        activations=sum((one.activations + one.cache for one in accounts), 0.0),
        launch=sum((one.launch for one in accounts), 0.0),
        repeated=repeated,
        ahead=ahead,
        deferrable=deferrable,
        arithmetic=sum((one.arithmetic for one in accounts), 0.0),
        movement=sum((one.movement for one in accounts), 0.0),
        queue=kernels * machine.kernels * machine.dispatch,
        flops=sum(
            (one.count * one.flops for one in listed if one.kind not in {"elementwise", "gather"}),
            0.0,
        ),
    )


@lru_cache(maxsize=1024)
def _unhurried(machine: Machine) -> Machine:
    """Let kernels start as soon as they may."""
    return replace(machine, dispatch=0.0)


def _narrow(operator: Operator) -> bool:
    """Tell whether an operator runs in the narrow format of mixed-precision training."""
    return operator.kind == "matmul" and not operator.name.startswith(SCORES)


def _casts(operators: list[Operator], machine: Machine) -> list[Operator]:
    """Write what the narrow multiplications read in their format, upright and transposed.

    A normalisation casts its result on the way; what other kernels leave at 16 bits, gradients
    among it, is read once more [1]_.

    References
    ----------
    .. [1] NVIDIA, Transformer Engine 1.9, transformer_engine/pytorch/module/linear.py.
    """
    width, wide = WIDTH[machine.arithmetic], WIDTH["bf16"]
    casts = []
    for one in operators:
        if one.name.endswith(".input_gradient"):
            rows, _, columns, groups = one.shape
            moved = rows * columns * groups * (wide + 2.0 * width)
        elif present(one.saved) and not one.name.endswith((".recomputed", "gradient")):
            read = wide if one.name.endswith(_UNNORMALISED) else 0.0
            moved = one.saved / wide * (read + 2.0 * width)
        else:
            continue
        casts.append(
            one.changed(
                name=f"{one.name}.cast",
                kind="elementwise",
                flops=0.0,
                weights=0.0,
                activations=moved,
                shape=(),
                kernels=1,
            )
        )
    return casts


def _adapted(operator: Operator, part: float) -> Operator:
    """Leave out the gradients of frozen weights."""
    if not operator.name.endswith("weight_gradient"):
        return operator
    return operator.changed(
        flops=operator.flops * part,
        activations=operator.activations * part,
        weights=operator.weights * part,
    )
