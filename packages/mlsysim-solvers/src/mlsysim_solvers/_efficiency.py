"""How far kernels stay below the peak of a device, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core._arguments import check_choice, check_flag, find_hardware, find_model, find_stack
from mlsysim_core.answer import Answer
from mlsysim_core.device import machine
from mlsysim_core.engine import Engine
from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_time
from mlsysim_core.formats import Precision
from mlsysim_core.operators import Operator, asked_flops
from mlsysim_core.solver import ForwardModel, Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from ._lowered import lowered_pass, time_kernels
from ._quantities import as_quantity
from ._sharding import unfuse

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["EfficiencyModel", "EfficiencyResult"]

_KINDS: dict[str, Callable[[Operator], bool]] = {
    "ffn": lambda one: "mlp." in one.name or "experts." in one.name,
    "attention": lambda one: one.kind == "attention",
    "conv": lambda one: one.kind == "convolution",
    "matmul": lambda one: one.kind == "matmul",
    "all": lambda one: True,  # noqa: ARG005  # every operator
}


@dataclass(frozen=True, kw_only=True, slots=True)
class EfficiencyResult(Answer):
    """The rate that some operators of a pass reach, and what keeps it below the peak."""

    model: str
    hardware: str
    workload_type: str
    use_flash_attention: bool
    phase: str
    peak: float
    """Dense, at the format of the arithmetic. [operation / s]"""
    flops: float
    """Operations that the model asks for. [operation]"""
    compute_seconds: float
    """For which arithmetic alone would take. [s]"""
    busy_seconds: float
    """The longer of arithmetic and of moving data, operator by operator. [s]"""
    launch_seconds: float
    """For starting kernels. [s]"""

    @property
    def seconds(self) -> float:
        """Time of these operators. [s]."""
        return self.busy_seconds + self.launch_seconds

    @property
    def mfu(self) -> float:
        """Operations that the model asks for, over time and peak."""
        return self.flops / self.peak / self.seconds

    @property
    def peak_flops(self) -> "Quantity":
        """Dense peak, at the format of the arithmetic. [operation / s]."""
        return as_quantity(self.peak, "operation/s")

    @property
    def achievable_flops(self) -> "Quantity":
        """Rate that is reached. [operation / s]."""
        return as_quantity(self.mfu * self.peak, "operation/s")

    @property
    def overhead_breakdown(self) -> MappingProxyType[str, float]:
        """Parts of the time in which the peak does not work; with ``mfu`` they are one.

        ``occupancy_loss``: tiles, waves, the device's ceiling, and work that the model did not
        ask for; ``memory_stall``: arithmetic waits for data; ``launch``: kernels start.
        """
        return MappingProxyType(
            {
                "occupancy_loss": self.compute_seconds / self.seconds - self.mfu,
                "memory_stall": (self.busy_seconds - self.compute_seconds) / self.seconds,
                "launch": self.launch_seconds / self.seconds,
            }
        )

    def explain(self) -> str:
        """Say where the peak goes: a sum that adds up."""
        lost = self.overhead_breakdown
        rate = f"{self.mfu * self.peak / 1e12:,.4g} of {self.peak / 1e12:,.4g} TFLOP/s"
        lines = [
            f"{self.workload_type} of {self.model} on {self.hardware}, {self.phase}",
            f"  {rate}, {brief_time(self.seconds)}",
            "",
            f"  {self.mfu:7.2%}  operations that the model asks for",
            f"  {lost['occupancy_loss']:7.2%}  arithmetic below the peak: tiles, waves, ceiling",
            f"  {lost['memory_stall']:7.2%}  waiting for data",
            f"  {lost['launch']:7.2%}  kernels started",
            "  100.00%  time",
        ]
        return "\n".join(lines)


class EfficiencyModel(Solver):
    """Utilization of a device by kind of kernel, out of the engine's own sum.

    References
    ----------
    .. [1] T. Dao, D. Y. Fu, S. Ermon, A. Rudra, and C. Ré, "FlashAttention: Fast and
       memory-efficient exact attention with IO-awareness," in NeurIPS, 2022. arXiv:2205.14135.
    .. [2] S. Williams, A. Waterman, and D. Patterson, "Roofline: An insightful visual
       performance model for multicore architectures," Commun. ACM, vol. 52, no. 4, 2009.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "the model fits: kernels do not wait for bytes that cross the link to the host",
        "without fused attention scores are written and read, and their masked half is computed",
        "what a pass takes on the host once, whatever its kernels are, is left out",
    )
    bounds: ClassVar[str] = ForwardModel.bounds

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        workload_type: str = "ffn",
        use_flash_attention: bool = True,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        batch_size: int = 1,
        **settings: Any,
    ) -> EfficiencyResult:
        """Predict the rate of a kind of kernel.

        Parameters
        ----------
        model, hardware, precision, efficiency, batch_size
            As in :meth:`mlsysim_core.Engine.solve`.
        workload_type : str
            ``"ffn"``, ``"attention"`` (its kernel alone), ``"conv"``, ``"matmul"`` or ``"all"``.
        use_flash_attention : bool
            Whether attention is one kernel that never writes its scores.
        **settings
            ``phase``, ``seq_len``, ``kv_precision`` and ``stack`` of the engine.

        Returns
        -------
        EfficiencyResult
            Rate, utilization, and what is lost to what.

        Raises
        ------
        InputError, InputTypeError
            If an argument cannot be used, or the model has no such kernels.
        """
        chosen = _KINDS[check_choice("workload_type", workload_type, tuple(_KINDS))]
        fused = check_flag("use_flash_attention", use_flash_attention)
        if settings.get("is_training"):
            raise InputError("is_training is not for kernels of one pass: ask DistributedModel")
        spec, device = find_model(model), find_hardware(hardware)
        asked = Engine.solve(spec, device, batch_size, precision, efficiency, **settings).details
        work, lowered = lowered_pass(spec, asked, settings)
        mine = [one for one in lowered.operators if chosen(one)]
        if not mine:
            known = [name for name, has in _KINDS.items() if any(map(has, lowered.operators))]
            raise InputError(
                f"a pass of {spec.name} has no {workload_type}: choose from {', '.join(known)}"
            )
        done = mine if fused else unfuse(spec, mine, work, flash=False, dropout=False)
        software = find_stack(settings.get("stack"))
        numbers = machine(device, asked.precision, software)
        account, launch = time_kernels(lowered, done, numbers, efficiency)
        return EfficiencyResult(
            model=spec.name,
            hardware=device.name,
            workload_type=workload_type,
            use_flash_attention=fused,
            phase=asked.phase,
            peak=numbers.peak,
            flops=float(asked_flops(mine)),
            compute_seconds=float(account.arithmetic),
            busy_seconds=float(account.compute + account.memory),
            launch_seconds=launch,
        )
