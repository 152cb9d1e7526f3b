"""Does it fit, and how far: batch, context, devices, precision."""

import math
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from mlsysim_core._arguments import check_batch_size, check_length
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError, MissingValueError, UnsupportedPrecisionError
from mlsysim_core.explanation import brief_bytes
from mlsysim_core.formats import FORMATS, WIDTH, Precision
from mlsysim_core.sheets import Section
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from ._layout import Layout
from ._replica import Replica
from ._replica_settings import replica_of
from ._result import Ledger

__all__ = ["FitModel", "FitResult"]

_MOST = 2**40
_MOST_DEVICES = 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class FitResult(Answer):
    """Whether a model fits, and what would. Limits are none where nothing would."""

    model: str
    hardware: str
    precision: str
    devices: int
    batch_size: int
    seq_len: int
    feasible: bool
    memory: Ledger
    max_batch: int
    """Sequences of that length that fit; zero if not even the weights do."""
    max_context: int
    """Tokens that each sequence of that batch may have; zero likewise."""
    min_devices: int | None
    """Fewest devices that share the model and hold the batch."""
    precisions: tuple[str, ...]
    """Formats of weights, widest first, in which it fits on these devices."""
    reason: str = ""
    """Why fewest devices are not known, where they are not."""

    @property
    def shortage(self) -> float:
        """Bytes that do not fit on each device; zero if all do [byte]."""
        return max(self.memory.total - self.memory.capacity, 0.0)

    def sections(self) -> list[Section]:
        """Return what a notebook or a terminal shows."""
        verdict = self.memory.verdict
        over = f"needs {verdict}: {brief_bytes(self.shortage)} too much"
        devices = f"{self.min_devices:,}" if self.min_devices else f"unknown: {self.reason}"
        rows = [
            ("asked", f"batch {self.batch_size:,}, {self.seq_len:,} tokens, {self.precision}"),
            ("fits", verdict) if self.feasible else ("DOES NOT FIT", over),
            ("largest batch", f"{self.max_batch:,} at {self.seq_len:,} tokens"),
            ("longest context", f"{self.max_context:,} tokens at batch {self.batch_size:,}"),
            ("fewest devices", devices),
            ("precisions that fit", ", ".join(self.precisions) or "none"),
        ]
        heading = f"{self.model} on {self.devices:,} x {self.hardware}"
        return [Section(heading=heading, rows=rows), self.memory.section()]

    def explain(self) -> str:
        """Say what takes the memory, and what would fit."""
        held = " + ".join(f"{name} {brief_bytes(size)}" for name, size in self.memory.parts.items())
        verdict = "of" if self.feasible else "do not fit in"
        lines = [
            (
                f"{self.model} on {self.devices} x {self.hardware}, {self.precision}, batch "
                f"{self.batch_size:,}, {self.seq_len:,} tokens: "
                f"{'fits' if self.feasible else 'does not fit'}"
            ),
            (
                f"  {held} = {brief_bytes(self.memory.total)} {verdict} "
                f"{brief_bytes(self.memory.capacity)} on each device"
            ),
            f"  largest batch at {self.seq_len:,} tokens: {self.max_batch:,}",
            f"  longest context at batch {self.batch_size:,}: {self.max_context:,}",
            f"  fewest devices: {self.min_devices or self.reason}",
            f"  precisions that fit: {', '.join(self.precisions) or 'none'}",
        ]
        return "\n".join(lines)


class FitModel(Solver):
    """Weights, cache and activations against the memory of devices.

    References
    ----------
    .. [1] R. Pope et al., "Efficiently scaling transformer inference," in MLSys, 2023.
       arXiv:2211.05102.
    .. [2] W. Kwon et al., "Efficient memory management for large language model serving
       with PagedAttention," in SOSP, 2023. arXiv:2309.06180.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "a prompt is read in chunks: the activations are those of a decode step",
        "devices share each layer in powers of two, then the layers (stages)",
    )
    bounds: ClassVar[str] = "what fits is bounded from above: fragmentation of memory is left out"

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        seq_len: int = 2048,
        batch_size: int = 1,
        precision: Precision = "fp16",
        **settings: Any,
    ) -> FitResult:
        """Compare what is needed with what there is.

        Parameters
        ----------
        model, hardware : spec or str
            What runs, on what; or their names.
        seq_len : int
            Tokens of each sequence, prompt and output together.
        batch_size : int
            Sequences at a time.
        precision : str
            Format of the weights.
        **settings
            ``tp``, ``pp``, ``ep``, ``dp_attention``, ``kv_precision``,
            ``activation_precision`` and ``stack``, as in :class:`ServingModel`.

        Returns
        -------
        FitResult
            The ledger, and the limits.
        """
        replica = replica_of(model, hardware, precision, None, **settings)
        length, batch = check_length(seq_len), check_batch_size(batch_size)
        limit = replica.model.max_context
        ledger = memory_of(replica, batch, length)
        longest = _largest(lambda count: fits(replica, batch, count), limit or _MOST)
        devices, reason = _fewest(replica, batch, length)
        return FitResult(
            model=replica.model.name,
            hardware=replica.hardware.name,
            precision=replica.precision,
            devices=replica.devices,
            batch_size=batch,
            seq_len=length,
            feasible=fits(replica, batch, length),
            memory=ledger,
            max_batch=_largest(lambda count: fits(replica, count, length), _MOST),
            max_context=longest,
            min_devices=devices,
            precisions=tuple(_precisions(replica, batch, length)),
            reason=reason,
        )


def memory_of(replica: Replica, batch: float, context: float) -> Ledger:
    """Return what one device holds while a batch decodes."""
    held = replica.held(batch, context)
    device = replica.machine
    return Ledger(
        weights=float(held.weights),
        cache=float(held.cache),
        activations=float(held.activations),
        reserve=device.reserve,
        capacity=device.capacity,
    )


def fits(replica: Replica, batch: float, context: float) -> bool:
    """Tell whether a batch of that context fits."""
    held = replica.held(batch, context)
    rest = float(held.cache) + float(held.activations)
    return bool(replica.machine.fits(float(held.weights), rest) == 0.0)


def _largest(keeps: Any, most: int) -> int:
    """Return the largest count that keeps a limit which all smaller ones keep."""
    if not keeps(1):
        return 0
    low, high = 1, 2
    while high < most and keeps(high):
        low, high = high, 2 * high
    if high >= most and keeps(most):
        return most
    high = min(high, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if keeps(middle) else (low, middle)
    return low


def _fewest(replica: Replica, batch: int, length: int) -> tuple[int | None, str]:
    """Return the fewest devices, or why they are not known."""
    for exponent in range(int(math.log2(_MOST_DEVICES)) + 1):
        devices = 2**exponent
        for tensor in (min(devices, 8), min(devices, 4), min(devices, 2), 1):
            layout = Layout(tensor=tensor, pipeline=devices // tensor)
            try:
                wider = replace(replica, layout=layout)
            except InputError:  # it cannot be divided so
                continue
            if not fits(wider, batch, length):
                continue
            try:
                wider.cluster()
            except MissingValueError as error:
                return None, str(error)
            return devices, ""
    return None, f"no layout on up to {_MOST_DEVICES:,} of them holds it"


def _precisions(replica: Replica, batch: int, length: int) -> list[str]:
    found = []
    for name in FORMATS:
        wanted = replace(replica, precision=name, kv_precision=replica.kv_precision)
        if WIDTH[name] > WIDTH["fp32"]:
            continue
        try:
            if fits(wanted, batch, length):
                found.append(name)
        except UnsupportedPrecisionError:
            continue  # the device cannot compute in it, nor in any wider format
    return found
