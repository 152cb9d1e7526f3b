"""A training step on many devices."""

from typing import ClassVar

from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.formats import Precision
from mlsysim_core.physics.energy import pass_energy
from mlsysim_core.physics.metrics import utilization
from mlsysim_core.solver import ForwardModel
from mlsysim_core.specs import HardwareSpec, ModelSpec, NodeSpec, StackSpec, SystemSpec

from .._sharding import Shards
from ._job import Job
from ._layout import Layout, Recomputation, Schedule, even, layout, overlaps
from ._ledger import ledger
from ._result import DistributedResult, items_of
from ._step import take

__all__ = ["DistributedModel", "solve_layout"]


class DistributedModel(ForwardModel):
    """A training step on a system of devices, by any mixture of parallelism.

    Every rank's operators are the engine's own, shared; on one device the answer is the
    engine's.

    References
    ----------
    .. [1] D. Narayanan et al., "Efficient large-scale language model training on GPU
       clusters using Megatron-LM," in SC, 2021. arXiv:2104.04473.
    .. [2] S. Rajbhandari, J. Rasley, O. Ruwase, and Y. He, "ZeRO: Memory optimizations
       toward training trillion parameter models," in SC, 2020. arXiv:1910.02054.
    .. [3] V. Korthikanti et al., "Reducing activation recomputation in large transformer
       models," 2022. arXiv:2205.05198.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "ranks are placed with tensor parallelism innermost, then context, data and pipeline",
        "experts are met evenly, and no device is slower than another",
        "collectives of one kind do not compete with those of another for the same link",
    )
    bounds: ClassVar[str] = (
        "neither side: links and stacks are fitted to measurements; stragglers are left out"
    )
    _former: ClassVar[Inputs] = {
        "fleet": Renamed("system"),
        "is_lora": "give lora_rank",
        "activation_recomputation": "give recompute: none, selective, alternate or full",
        "overlap_comm": Renamed("overlap"),
        "overlap_efficiency": "what computation hides follows from overlap, kind by kind",
        "congestion_factor": "give the fabric an oversubscription",
        "straggler_factor": "give it to training_run",
        "topology_override": "give the system another fabric",
    }

    def solve(  # type: ignore[override]
        self,
        model: ModelSpec | str,
        system: SystemSpec | NodeSpec | HardwareSpec | str,
        batch_size: int = 1,
        precision: Precision = "bf16",
        efficiency: float | None = None,
        *,
        tp_size: int = 1,
        pp_size: int = 1,
        ep_size: int = 1,
        cp_size: int = 1,
        v_stages: int = 1,
        microbatch_count: int | None = None,
        zero_stage: int = 0,
        shard_size: int | None = None,
        sequence_parallel: bool | None = None,
        recompute: Recomputation = "selective",
        overlap: bool | str | tuple[str, ...] | None = None,
        schedule: Schedule = "1f1b",
        seq_len: int | None = None,
        gradient_accumulation_steps: int | None = None,
        optimizer: str = "adam",
        flash_attention: bool = True,
        dropout: bool = False,
        lora_rank: int | None = None,
        gradient_precision: Precision | None = None,
        expert_imbalance: float = 1.0,
        offload_optimizer: bool = False,
        stack: StackSpec | str | None = None,
    ) -> DistributedResult:
        """Predict one training step.

        Parameters
        ----------
        model : ModelSpec or str
            What is trained, or its name.
        system : SystemSpec, NodeSpec, HardwareSpec or str
            What it is trained on, or its name. A bare device is one device.
        batch_size : int
            Sequences or samples of one step, of the whole system.
        precision : str
            Format of multiplications. Below 16 bits, everything else stays at 16.
        efficiency : float, optional
            Fraction of the dense peak that arithmetic reaches; predicted if not given.
        tp_size, pp_size, cp_size : int
            Ranks of tensor, pipeline and context parallelism. What is left of the devices
            is data-parallel.
        ep_size : int
            Ranks among which experts are dealt out, out of the data-parallel ones.
        v_stages : int
            Parts of the model that each stage holds in turn (interleaving).
        microbatch_count : int, optional
            Micro-batches of each data-parallel rank; one of everything if not given, or of
            one sequence each where there is a pipeline.
        zero_stage : int
            What is sharded among data-parallel ranks: 0 nothing, 1 optimizer state, 2
            gradients too, 3 weights too (FSDP).
        shard_size : int, optional
            Ranks over which they are sharded; all of the data-parallel ones if not given.
        sequence_parallel : bool, optional
            Share along the sequence what tensor parallelism leaves whole; on by default.
        recompute : str
            ``"none"``, ``"selective"`` (the scores of attention, which fused attention computes
            again anyway), ``"alternate"`` (every other layer) or ``"full"``.
        overlap : bool, str or tuple of str, optional
            Kinds of communication that computation may hide: ``"data"``, ``"tensor"``,
            ``"context"``, ``"expert"``, ``"pipeline"``; those that the stack hides if not given.
        schedule : str
            Order of a pipeline's passes: ``"1f1b"``, ``"zero_bubble"`` (gradients of weights
            fill the bubble) or ``"dualpipe"`` (micro-batches enter at both ends, and hide each
            other's communication).
        seq_len : int, optional
            Tokens of a sequence; 2,048, or the longest that the model takes.
        gradient_accumulation_steps : int, optional
            Another name for ``microbatch_count``.
        optimizer : str
            As in :meth:`mlsysim_core.Engine.solve`.
        flash_attention : bool
            Whether attention is one kernel that never writes its scores.
        dropout : bool
            Whether activations are dropped, and masks kept.
        lora_rank : int, optional
            Train adapters of this rank, and freeze the weights.
        gradient_precision : str, optional
            Format in which gradients are added up and reduced; that of the weights, but no
            narrower than 16 bits, if not given.
        expert_imbalance : float
            Load of the busiest rank's experts, for each one of the mean.
        offload_optimizer : bool
            Keep the optimizer's state in the host's memory, and update there.
        stack : StackSpec or str, optional
            Software.

        Returns
        -------
        DistributedResult
            Latency of the step, its parts, memory, utilization and energy.

        Raises
        ------
        InputError
            If a size does not divide what it shares; the error names sizes that do.
        MissingValueError
            If a link that is needed has no published bandwidth.
        """
        job = Job(
            model,
            system,
            precision,
            efficiency,
            seq_len=seq_len,
            stack=stack,
            optimizer=optimizer,
            flash_attention=flash_attention,
            dropout=dropout,
            lora_rank=lora_rank,
            gradient_precision=gradient_precision,
            expert_imbalance=expert_imbalance,
            offload=offload_optimizer,
        )
        chosen = layout(
            job.model,
            job.cluster.devices,
            batch_size,
            tp_size=tp_size,
            pp_size=pp_size,
            ep_size=ep_size,
            cp_size=cp_size,
            v_stages=v_stages,
            microbatch_count=microbatch_count,
            zero_stage=zero_stage,
            shard_size=shard_size,
            sequence_parallel=sequence_parallel,
            recompute=recompute,
            overlap=overlaps(overlap, job.run.habits.overlap),
            schedule=schedule,
            gradient_accumulation_steps=gradient_accumulation_steps,
            optimizer=optimizer,
        )
        return solve_layout(job, chosen)


def solve_layout(job: Job, chosen: Layout) -> DistributedResult:
    """Predict one step of a job by a checked strategy."""
    by = Shards(chosen.tp, chosen.cp, chosen.ep, chosen.sequence)
    one = job.block(by, chosen.recompute, chosen.microbatch)
    plan = job.plan(
        chosen.overlap,
        chosen.schedule,
        tp=float(chosen.tp),
        pp=float(chosen.pp),
        cp=float(chosen.cp),
        ep=float(chosen.ep),
        dp=float(chosen.dp),
        chunks=float(chosen.chunks),
        microbatches=float(chosen.microbatches),
        zero=float(chosen.zero),
        shard_group=float(chosen.shard_group),
        sequence=chosen.sequence,
    )
    step = take(one, job.sizes, job.cluster, plan)
    held = ledger(one, job.sizes, plan, job.machine.reserve, full=chosen.recompute == "full")
    capacity = job.machine.capacity
    spill = max(float(sum(held.values(), 0.0)) - capacity, 0.0)
    parts = {name: float(value) for name, value in step.parts.items()}
    parts["host"] = 0.0
    if spill:
        # What does not fit goes out and comes back with every micro-batch.
        link = job.machine.host
        crossing = 2.0 * spill * chosen.microbatches
        parts["host"] = crossing / link if link else float("inf")
    latency = sum(parts.values(), 0.0)
    asked = float(one.asked) * chosen.microbatches * chosen.dp
    done = float(step.flops) * chosen.dp
    devices = chosen.devices
    peak = job.machine.peak
    notes = (*job.notes, *job.machine.notes, *one.notes)
    layers = one.layers
    if not even(layers, chosen.pp):
        each = -(-layers // chosen.pp)
        rest = max(layers - (chosen.pp - 1) * each, 0)
        notes = (*notes, f"stages of {each} layers, and {rest} in the last")
    joules = None
    if job.machine.power is not None:
        each = pass_energy(
            latency,
            float(step.arithmetic),
            float(step.movement),
            job.machine.power,
            job.machine.idle,
        )
        joules = devices * float(each)
    else:
        notes = (*notes, f"{job.machine.name} has no published power: its energy is unknown")
    return DistributedResult(
        model=job.model.name,
        system=job.cluster.name,
        precision=job.precision,
        layout=chosen,
        seconds=latency,
        items=float(one.items) * chosen.microbatches * chosen.dp,
        unit=one.unit,
        mfu=float(utilization(asked, latency, peak * devices)) if latency else 0.0,
        hfu=float(utilization(done, latency, peak * devices)) if latency else 0.0,
        feasible=spill == 0.0,
        joules=joules,
        capacity=capacity,
        peak=peak,
        flops=asked,
        forward_share=float(step.ahead) / float(step.busy) if step.busy else 0.0,
        part_items=items_of(parts),
        communication_items=items_of(step.communication),
        held_items=items_of(held),
        notes=notes,
    )
