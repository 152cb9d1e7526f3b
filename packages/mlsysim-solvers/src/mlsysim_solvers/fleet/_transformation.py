"""Whether hosts prepare samples as fast as devices take them."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._arguments import check_flag, find_hardware, whole_number
from mlsysim_core._former import Inputs, Renamed
from mlsysim_core.answer import Answer
from mlsysim_core.explanation import brief_time
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec

from .._amounts import Amount, amount, at_least
from .._quantities import as_time
from ._fleet import host_link

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["TransformationModel", "TransformationResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class TransformationResult(Answer):
    """A step of a device, and what its batch takes before."""

    batch_size: int
    transform_seconds: float
    """In which all workers prepare a batch. [s]"""
    transfer_seconds: float
    """In which it crosses the link to the device; zero if no device was given. [s]"""
    step_seconds: float
    """For which the device computes. [s]"""
    workers: int
    overlapped: bool
    """Whether the next batch is prepared while the device computes."""

    @property
    def transform_time(self) -> "Quantity":
        """Time in which all workers prepare a batch. [s]."""
        return as_time(self.transform_seconds)

    @property
    def transfer_time(self) -> "Quantity":
        """Time in which a batch crosses the link to the device. [s]."""
        return as_time(self.transfer_seconds)

    @property
    def accelerator_step_time(self) -> "Quantity":
        """Time for which the device computes. [s]."""
        return as_time(self.step_seconds)

    @property
    def seconds(self) -> float:
        """From one step to the next. [s]."""
        stages = self.transform_seconds, self.transfer_seconds, self.step_seconds
        return max(stages) if self.overlapped else sum(stages)

    @property
    def is_bottleneck(self) -> bool:
        """Whether the device waits for its batches."""
        return self.seconds > self.step_seconds

    @property
    def accelerator_utilization(self) -> float:
        """Part of the time in which the device computes."""
        return self.step_seconds / self.seconds

    @property
    def slowdown_factor(self) -> float:
        """Time from step to step, over that of the device alone."""
        return self.seconds / self.step_seconds

    @property
    def samples_per_second(self) -> float:
        """Samples that are learned from in a second. [sample / s]."""
        return self.batch_size / self.seconds

    @property
    def workers_needed(self) -> int:
        """Fewest workers that prepare a batch while the device computes."""
        return max(math.ceil(self.transform_seconds * self.workers / self.step_seconds), 1)

    def explain(self) -> str:
        """Say what a batch takes, and who waits for whom."""
        how = "side by side" if self.overlapped else "one after another"
        lines = [
            f"batches of {self.batch_size:,}, {self.workers:,} workers; stages work {how}",
            "",
            f"  {brief_time(self.transform_seconds):>10}  prepared by the workers",
            f"  {brief_time(self.transfer_seconds):>10}  sent to the device",
            f"  {brief_time(self.step_seconds):>10}  computed",
            f"  {brief_time(self.seconds):>10}  from step to step",
            "",
            f"  the device computes {self.accelerator_utilization:.1%} of the time",
        ]
        if self.workers_needed > self.workers:
            lines[-1] += f"; {self.workers_needed:,} workers would keep up"
        return "\n".join(lines)


class TransformationModel(Solver):
    """Samples that hosts decode, augment and send before devices compute.

    References
    ----------
    .. [1] D. G. Murray et al., "tf.data: A machine learning data processing framework," Proc.
       VLDB Endow., vol. 14, no. 12, 2021. arXiv:2101.12127.
    .. [2] J. Mohan, A. Phanishayee, A. Raniwala, and V. Chidambaram, "Analyzing and mitigating
       data stalls in DNN training," Proc. VLDB Endow., vol. 14, no. 5, 2021. arXiv:2007.06775.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "workers are equally fast, and no lock or memory holds them up",
        "batches are prepared at a steady rate: enough of them are buffered for jitter",
        "what is sent to the device is as large as what was read, times the expansion",
    )
    bounds: ClassVar[str] = "waiting is bounded from below: workers scale perfectly"
    _former: ClassVar[Inputs] = {
        "sample_size_bytes": Renamed("sample_size", lambda number: f"{number!r} B"),
    }

    def solve(
        self,
        batch_size: int,
        sample_size: Amount,
        cpu_throughput: Amount,
        accelerator_step_time: Amount,
        *,
        workers: int = 1,
        overlapped: bool = True,
        hardware: HardwareSpec | str | None = None,
        expansion: float = 1.0,
    ) -> TransformationResult:
        """Compare workers, link and device.

        Parameters
        ----------
        batch_size : int
            Samples of a step.
        sample_size : quantity
            Of one sample as it is read, such as ``"110 kB"``. [byte]
        cpu_throughput : quantity
            What one worker prepares: bytes as they are read, such as ``"150 MB/s"``, or
            samples, such as ``"1200 sample/s"``.
        accelerator_step_time : quantity
            For which the device computes, such as the latency of a training step. [s]
        workers : int
            That prepare samples side by side.
        overlapped : bool
            Whether the next batch is prepared and sent while the device computes.
        hardware : HardwareSpec or str, optional
            The device, whose link to the host batches cross; they are there at once if not
            given.
        expansion : float
            Bytes of a prepared sample for each byte that was read.

        Returns
        -------
        TransformationResult
            Times of the stages, utilization of the device, workers that would keep up.

        Raises
        ------
        MissingValueError
            If the device has no published link to its host.
        InputError, InputTypeError
            If an argument cannot be used.
        """
        count = whole_number("batch_size", batch_size)
        size = amount("sample_size", sample_size, "byte") * count
        many = whole_number("workers", workers)
        larger = at_least("expansion", expansion, 0.0)
        transfer = 0.0
        if hardware is not None:
            transfer = size * larger / host_link(find_hardware(hardware))
        return TransformationResult(
            batch_size=count,
            transform_seconds=_preparing(size, count, cpu_throughput) / many,
            transfer_seconds=transfer,
            step_seconds=amount("accelerator_step_time", accelerator_step_time, "s"),
            workers=many,
            overlapped=check_flag("overlapped", overlapped),
        )


def _preparing(size: float, count: int, given: Amount) -> float:
    """Return the time in which one worker prepares a batch. [s]."""
    if "sample" in str(given):
        return count / amount("cpu_throughput", given, "sample/s")
    return size / amount("cpu_throughput", given, "byte/s")
