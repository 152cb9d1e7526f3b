"""A model to train on a system: everything that no strategy changes."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from mlsysim_core._arguments import (
    check_efficiency,
    check_flag,
    check_length,
    find_model,
    find_stack,
)
from mlsysim_core.device import Machine, machine
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.formats import WIDTH, resolve
from mlsysim_core.operators import Workload
from mlsysim_core.operators._training import Recompute, gradient_format, gradient_width, state_width
from mlsysim_core.physics._numeric import Numeric
from mlsysim_core.specs import (
    HardwareSpec,
    ModelSpec,
    Network,
    NodeSpec,
    StackSpec,
    SystemSpec,
    Totals,
)

from .._cluster import Cluster, cluster, find_system
from .._sharding import Shards
from ._block import Block, block, halfway, sizes
from ._costs import Run
from ._layout import Recomputation, Schedule
from ._plan import Plan

__all__ = ["Job"]

_CONTEXT = 2048


class Job:
    """A model to train on a system: everything that no strategy changes."""

    def __init__(
        self,
        model: ModelSpec | str,
        system: SystemSpec | NodeSpec | HardwareSpec | str,
        precision: object,
        efficiency: object,
        *,
        seq_len: object = None,
        stack: StackSpec | str | None = None,
        optimizer: str = "adam",
        flash_attention: bool = True,
        dropout: bool = False,
        lora_rank: int | None = None,
        gradient_precision: object = None,
        steady: bool = True,
        expert_imbalance: float = 1.0,
        offload: bool = False,
    ) -> None:
        self.model = find_model(model)
        self.stack = find_stack(stack)
        self.efficiency = None if efficiency is None else check_efficiency(efficiency)
        self.precision = resolve(precision)
        if WIDTH[self.precision] < 0.5 or self.precision.startswith("int"):
            raise InputError(
                f"precision {precision!r} cannot be trained in: it has no gradients; "
                "use fp32, tf32, bf16, fp16, fp8 or fp4"
            )
        self.cluster: Cluster = cluster(
            find_system(system), ideal=self.stack.ideal, fabric=self.stack.training.fabric
        )
        # Narrow formats are formats of multiplications; everything else stays at 16 bits.
        self.storage = self.precision if WIDTH[self.precision] >= WIDTH["bf16"] else "bf16"
        hardware = self.cluster.hardware
        self.machine: Machine = machine(hardware, self.precision, self.stack, steady=steady)
        plain = machine(hardware, self.storage, self.stack, steady=steady)
        self.per_step = self.machine.per_call + self.machine.per_pass
        self.plain = _passing(plain)
        self.quick = _passing(self.machine)
        self.length, self.notes = _length(self.model, seq_len)
        self.sizes = sizes(self.model)
        frozen = 1.0
        if lora_rank is not None:
            frozen = _adapters(self.model, lora_rank) / self.model.architecture.parameters
        self.gradients = gradient_format(self.stack.training, self.precision)
        if gradient_precision is not None:
            self.gradients = resolve(gradient_precision, "gradient_precision")
        self.run = Run(
            habits=self.stack.training,
            flash=check_flag("flash_attention", flash_attention),
            dropout=check_flag("dropout", dropout),
            frozen=frozen,
            imbalance=expert_imbalance,
            plain=None if self.storage == self.precision else self.plain,
        )
        self.optimizer = optimizer
        if not expert_imbalance >= 1.0:
            raise InputError(f"expert_imbalance must be at least 1, got {expert_imbalance}")
        self.offload = check_flag("offload_optimizer", offload)
        if self.offload and self.machine.host is None:
            raise MissingValueError(f"{hardware.name} has no host_link to offload over")

    def work(self, batch: float) -> Workload:
        """Describe the pass of one micro-batch."""
        return Workload.of("training", float(batch), float(self.length or 1), self.storage)

    def block(self, by: Shards, recompute: Recomputation, microbatch: int) -> Block:
        """Time one micro-batch on one rank."""
        if recompute == "alternate":
            return halfway(
                self.block(by, "full", microbatch), self.block(by, "selective", microbatch)
            )
        return block(*self._of_block(by, recompute, float(microbatch)))

    def blocks(self, by: Shards, recompute: Recompute, microbatches: Numeric) -> Block:
        """Time micro-batches of many sizes at once; they are not remembered."""
        return block.__wrapped__(*self._of_block(by, recompute, microbatches))

    def _of_block(self, by: Shards, recompute: Any, microbatch: Numeric) -> tuple[Any, ...]:
        work = Workload.of("training", microbatch, float(self.length or 1), self.storage)
        return (
            self.model,
            self.quick,
            self.cluster,
            work,
            by,
            recompute,
            self.run,
            self.efficiency,
        )

    @property
    def widths(self) -> dict[str, float]:
        """Bytes that each parameter takes as a weight, a gradient and the optimizer's state."""
        work = self.work(1.0)
        return {
            "weight_width": work.weights,
            "gradient_width": gradient_width(work, self.gradients),
            "state_width": state_width(work, self.optimizer),
        }

    def plan(self, overlap: tuple[str, ...], schedule: Schedule, **numbers: Any) -> Plan:
        """Turn a strategy into numbers."""
        return Plan(
            **numbers,
            **self.widths,
            overlap=frozenset(overlap),
            schedule=schedule,
            frozen=self.run.frozen,
            adds=0.0 if self.run.habits.adds_in_place else 1.0,
            update_bandwidth=self.plain.bandwidth,
            offload=self.machine.host if self.offload else None,
            overhead=self.per_step + self.plain.launch,
            gathers=float(self.run.habits.gathers),
            copy_per_rank=self.run.habits.number("copy_per_rank") or 0.0,
        )


@lru_cache(maxsize=1024)
def _passing(machine: Machine) -> Machine:
    """Leave out what a pass costs once."""
    return replace(machine, per_call=0.0, per_pass=0.0)


def _length(model: ModelSpec, seq_len: object) -> tuple[int | None, tuple[str, ...]]:
    shape = model.architecture
    if isinstance(shape, Network) or (isinstance(shape, Totals) and not shape.autoregressive):
        return None, ()
    if seq_len is None:
        length = min(_CONTEXT, model.max_context or _CONTEXT)
        return length, (f"sequences of {length:,} tokens (seq_len was not given)",)
    return check_length(seq_len), ()


def _adapters(model: ModelSpec, rank: int) -> float:
    """Parameters of low-rank adapters beside the projections of each layer."""
    shape = model.architecture
    hidden, layers = getattr(shape, "hidden", 0), getattr(shape, "layers", 0)
    if not hidden:
        raise InputError(f"lora_rank needs a transformer; {model.name} is none")
    ffn = getattr(shape, "ffn", 0) or 4 * hidden
    return float(rank * layers * (8 * hidden + 2 * (hidden + ffn)))
