"""The entry point: what a model does on a device."""

from typing import TYPE_CHECKING, Any, Literal, Never

from ._arguments import (
    check_batch_size,
    check_choice,
    check_efficiency,
    check_flag,
    find_hardware,
    find_model,
    find_stack,
)
from ._asked import check_trainable, settle_length, settle_phase
from .account import add_up
from .details import Details
from .device import machine
from .formats import Precision, resolve
from .operators import Phase, Workload, lower_once
from .operators._training import OPTIMIZER_STATES, Recompute, gradient_format
from .physics.energy import pass_energy
from .physics.metrics import rate, utilization
from .results import PerformanceProfile
from .specs import HardwareSpec, ModelSpec, Network, StackSpec, data_version

if TYPE_CHECKING:
    from .sweeping import Sweep

__all__ = ["Engine"]


class Engine:
    """Predicts what one pass of a model takes on one device."""

    @staticmethod
    def solve(
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        batch_size: int = 1,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        phase: Literal["decode", "prefill", "forward"] | None = None,
        seq_len: int | None = None,
        kv_precision: Precision | None = None,
        stack: StackSpec | str | None = None,
        is_training: bool = False,
        recompute: Recompute = "selective",
        optimizer: str = "adam",
        **unknown: Never,
    ) -> PerformanceProfile:
        """Predict one pass.

        The first five parameters are stable; the others are experimental.

        Parameters
        ----------
        model : ModelSpec or str
            What runs, or its name in an installed registry.
        hardware : HardwareSpec or str
            What it runs on, or its name.
        batch_size : int
            Sequences or samples that pass together, at least one.
        precision : str
            Format of stored weights and of arithmetic: ``fp32``, ``fp16``, ``bf16``,
            ``int8``, ``int4``, and ``fp64``, ``tf32``, ``fp8``, ``fp6``, ``fp4``. A device
            without such arithmetic computes in the next wider format, and the notes say so.
        efficiency : float, optional
            Fraction of the dense peak that arithmetic reaches, 0.0 to 1.0. Predicted from
            the shape of each operator if not given. It never touches memory time.
        phase : str, optional
            For autoregressive models: ``"decode"``, one new token for each sequence (the
            default), or ``"prefill"``, whole prompts. Others know ``"forward"`` only.
        seq_len : int, optional
            Tokens of context, or of each sequence; 2,048, or the longest that the model
            takes, if not given.
        kv_precision : str, optional
            Format of the cache; as wide as the activations if not given.
        stack : StackSpec or str, optional
            Software: ``"Optimized"`` (the default) or ``"Ideal"``, the textbook roofline.
        is_training : bool
            Predict a training step over ``batch_size`` sequences or samples instead.
        recompute : str
            What the backward pass of a training step computes again: ``"none"``,
            ``"selective"`` (the scores of attention) or ``"full"`` (each layer).
        optimizer : str
            ``"adam"``, ``"adamw"``, ``"adam_8bit"``, ``"sgd"``, ``"momentum"`` or
            ``"adafactor"``.
        **unknown
            Refused: what is meant is named.

        Returns
        -------
        PerformanceProfile
            Latency, throughput, bottleneck, mfu, feasibility and energy.

        Raises
        ------
        UnknownEntryError
            If no registry has the model or the device.
        InputError, InputTypeError
            If an argument cannot be used; they say what can.
        UnsupportedPrecisionError
            If the device has no arithmetic for the precision, nor any wider.

        Examples
        --------
        >>> from mlsysim_core import Engine, HardwareSpec, ModelSpec
        >>> model = ModelSpec(name="m", architecture={"kind": "totals", "parameters": 10**9})
        >>> chip = HardwareSpec(
        ...     name="chip",
        ...     compute={"peak": {"fp16": "200 TFLOP/s"}},
        ...     memory={"capacity": "48 GB", "bandwidth": "1 TB/s"},
        ... )
        >>> Engine.solve(model, chip, batch_size=8).bottleneck
        'Memory'
        """
        if unknown:
            from ._unknown import refuse  # noqa: PLC0415  # only ever needed by an error

            refuse("Engine.solve", Engine.solve, unknown)
        model = find_model(model)
        hardware = find_hardware(hardware)
        batch_size = check_batch_size(batch_size)
        precision_name = resolve(precision)
        if efficiency is not None:
            efficiency = check_efficiency(efficiency)
        what: Phase = settle_phase(model, phase, check_flag("is_training", is_training))
        length, assumed = settle_length(model, seq_len)
        check_choice("recompute", recompute, ("none", "selective", "full"))
        check_choice("optimizer", optimizer, tuple(OPTIMIZER_STATES))
        software = find_stack(stack)
        settings: dict[str, Any] = {}
        if what == "training":
            settings = {
                "recompute": recompute,
                "optimizer": optimizer,
                "habits": software.training,
                "gradients": gradient_format(software.training, precision_name),
            }
            check_trainable(precision, precision_name)
        work = Workload.of(
            what,
            float(batch_size),
            float(length or 1),
            precision_name,
            kv_precision=None if kv_precision is None else resolve(kv_precision, "kv_precision"),
            integer_activations=isinstance(model.architecture, Network),
        )
        lowered = lower_once(model, work, **settings)
        device = machine(hardware, precision_name, software, steady=what == "training")
        account = add_up(lowered, device, efficiency)
        latency = account.latency
        joules = None
        notes = (*assumed, *device.notes, *lowered.notes)
        if device.power is not None:
            joules = pass_energy(
                latency, account.arithmetic, account.movement, device.power, device.idle
            )
        else:
            notes = (*notes, f"{hardware.name} has no published power: its energy is unknown")
        return PerformanceProfile(
            seconds=latency,
            items_per_second=rate(lowered.items, latency) if latency else float("inf"),
            bottleneck="Compute" if account.compute > account.memory else "Memory",
            mfu=utilization(lowered.flops, latency, device.peak) if latency else 0.0,
            feasible=account.spill == 0.0,
            joules=joules,
            account=account,
            details=Details(
                model=model.name,
                hardware=hardware.name,
                precision=precision_name,
                arithmetic=device.arithmetic,
                phase=what,
                batch_size=batch_size,
                seq_len=length,
                efficiency=efficiency,
                stack=software.name,
                unit=lowered.unit,
                flops=lowered.flops,
                peak=device.peak,
                bandwidth=device.bandwidth,
                weights=lowered.weights,
                cache=lowered.cache,
                activations=lowered.activations,
                optimizer=lowered.optimizer,
                reserve=device.reserve,
                capacity=device.room,
                rent=device.rent,
                notes=notes,
                data_version=data_version(model, hardware, software),
            ),
        )

    @staticmethod
    def sweep(
        models: Any,
        hardware: Any,
        batch_sizes: Any = 1,
        precisions: Any = "fp16",
        efficiencies: Any = None,
        *,
        phases: Any = None,
        seq_lens: Any = None,
        stacks: Any = None,
        kv_precision: Precision | None = None,
        is_training: bool = False,
        recompute: Recompute = "selective",
        optimizer: str = "adam",
    ) -> "Sweep":
        """Predict every combination (experimental): :meth:`solve`, with arrays for numbers.

        Parameters
        ----------
        models, hardware, batch_sizes, precisions, efficiencies, phases, seq_lens, stacks
            One value or several of what :meth:`solve` takes one of.
        kv_precision, is_training, recompute, optimizer
            As in :meth:`solve`, the same for all.

        Returns
        -------
        Sweep
            A sequence of :class:`mlsysim_core.sweeping.SweepPoint`. Where :meth:`solve`
            would raise an ``InputError``, such as for a precision that a device lacks, the
            point says why instead.

        Raises
        ------
        MissingValueError
            If numpy is not installed.
        UnknownEntryError, InputError, InputTypeError
            If a name or a value can be no point's.
        """
        from .sweeping import sweep  # noqa: PLC0415  # one answer does without

        return sweep(
            models,
            hardware,
            batch_sizes,
            precisions,
            efficiencies,
            phases=phases,
            seq_lens=seq_lens,
            stacks=stacks,
            kv_precision=kv_precision,
            is_training=is_training,
            recompute=recompute,
            optimizer=optimizer,
        )

    @staticmethod
    def infer(model: ModelSpec | str, hardware: HardwareSpec | str, **settings: Any) -> Any:
        """Predict one pass of inference (experimental): :meth:`solve` by keywords."""
        return Engine.solve(model, hardware, **settings, is_training=False)

    @staticmethod
    def train(model: ModelSpec | str, hardware: HardwareSpec | str, **settings: Any) -> Any:
        """Predict one training step (experimental): :meth:`solve` by keywords."""
        return Engine.solve(model, hardware, **settings, is_training=True)
