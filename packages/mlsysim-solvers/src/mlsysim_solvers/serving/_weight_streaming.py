"""Weights that do not stay: layer after layer, they stream in from a memory outside."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from mlsysim_core._arguments import check_batch_size, check_choice, check_length
from mlsysim_core.account import add_up
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.explanation import brief_time
from mlsysim_core.formats import Precision
from mlsysim_core.operators import Lowered
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._quantities import as_quantity, as_time
from ._passes import chunk_pass, decode_pass
from ._replica import Replica
from ._replica_settings import replica_of

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["WeightStreamingModel", "WeightStreamingResult"]

_MOST = 2**24


@dataclass(frozen=True, kw_only=True, slots=True)
class WeightStreamingResult(Answer):
    """A pass whose weights come over a link while the layer before computes."""

    feasible: bool
    """Whether cache, activations and two layers fit on the device."""
    layers: int
    layer_compute_seconds: float
    """Mean time of a layer whose weights are there."""
    layer_injection_seconds: float
    """Mean time in which the weights of a layer arrive."""
    seconds: float
    """Time of the pass: the slower of both for each layer, and the first arrival."""
    tokens: float
    optimal_batch_size: int | None
    """Smallest batch whose layers compute as long as weights take; none where memory ends
    before."""
    memory_utilization: float

    @property
    def bottleneck(self) -> Literal["Compute", "Injection"]:
        """What a layer waits for."""
        slower = self.layer_injection_seconds > self.layer_compute_seconds
        return "Injection" if slower else "Compute"

    @property
    def latency(self) -> "Quantity":
        """Time of the pass. [s]."""
        return as_time(self.seconds)

    @property
    def layer_compute_time(self) -> "Quantity":
        """Mean time of a layer whose weights are there. [s]."""
        return as_time(self.layer_compute_seconds)

    @property
    def layer_injection_time(self) -> "Quantity":
        """Mean time in which the weights of a layer arrive. [s]."""
        return as_time(self.layer_injection_seconds)

    @property
    def throughput_tokens_per_sec(self) -> float:
        """Tokens read or written in a second [token / s]."""
        return self.tokens / self.seconds if self.feasible else 0.0

    @property
    def throughput(self) -> "Quantity":
        """Tokens read or written in a unit of time. [1 / s]."""
        return as_quantity(self.throughput_tokens_per_sec, "token/s")

    @property
    def wafer_memory_utilization(self) -> float:
        """Part of the memory that is needed; above one if it does not fit."""
        return self.memory_utilization

    def explain(self) -> str:
        """Say what each layer waits for."""
        needed = f"{self.memory_utilization:.1%} of the memory"
        lines = [
            f"{self.layers:,} layers stream in; {needed} {'' if self.feasible else 'does not fit'}",
            "",
            f"  {brief_time(self.layer_compute_seconds):>10}  to compute a layer",
            f"  {brief_time(self.layer_injection_seconds):>10}  until its weights are there",
            f"  {brief_time(self.seconds):>10}  pass, limited by {self.bottleneck.lower()}",
        ]
        if self.optimal_batch_size is not None:
            lines.append(f"  {self.optimal_batch_size:>10,}  sequences balance the two")
        return "\n".join(line.rstrip() for line in lines)


class WeightStreamingModel(Solver):
    """A device that keeps the cache and streams the weights.

    References
    ----------
    .. [1] Y. Sheng et al., "FlexGen: High-throughput generative inference of large language
       models with a single GPU," in ICML, 2023. arXiv:2303.06865.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "the weights of the next layer arrive while this one computes",
        "two layers of weights are on the device at a time",
        "weights arrive over the link to the host, or at the bandwidth that is given",
    )
    bounds: ClassVar[str] = (
        "times are bounded from below: streaming and computing overlap perfectly"
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        seq_len: int = 2048,
        batch_size: int = 1,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        phase: str = "decode",
        *,
        injection_bandwidth: float | None = None,
        **settings: Any,
    ) -> WeightStreamingResult:
        """Predict one pass.

        Parameters
        ----------
        model, hardware : spec or str
            What runs, on what; or their names.
        seq_len : int
            Tokens of context, or of each prompt.
        batch_size : int
            Sequences that pass together.
        precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        phase : str
            ``"decode"`` or ``"prefill"``.
        injection_bandwidth : float, optional
            Bytes of weights that arrive in a second; the host link's if not given. [byte / s]
        **settings
            ``kv_precision``, ``activation_precision`` and ``stack``.

        Returns
        -------
        WeightStreamingResult
            Times of layers, throughput, the batch that balances them.
        """
        replica = replica_of(model, hardware, precision, efficiency, **settings)
        if replica.devices > 1:
            raise InputError("weights stream to one device: leave out tp, pp, ep, dp_attention")
        what = check_choice("phase", phase, ("decode", "prefill"))
        length, batch = check_length(seq_len), check_batch_size(batch_size)
        link = replica.machine.host if injection_bandwidth is None else injection_bandwidth
        if link is None:
            raise MissingValueError(f"{replica.hardware.name} has no published link to its host")
        if not 0.0 < link < float("inf"):
            raise InputError(f"injection_bandwidth must be above 0 and finite, got {link}")
        layers = int(getattr(replica.model.architecture, "layers", 1))
        streamed, compute, needed, tokens = _pass(replica, what, batch, length, layers)
        injection = streamed / link
        capacity = replica.machine.capacity
        balanced = _balanced(replica, what, length, layers, injection, capacity)
        each_in, each_run = injection / layers, compute / layers
        return WeightStreamingResult(
            feasible=needed <= capacity,
            layers=layers,
            layer_compute_seconds=each_run,
            layer_injection_seconds=each_in,
            seconds=each_in + (layers - 1) * max(each_in, each_run) + each_run,
            tokens=tokens,
            optimal_batch_size=balanced,
            memory_utilization=needed / capacity,
        )


def _pass(
    replica: Replica, phase: str, batch: int, length: int, layers: int
) -> tuple[float, float, float, float]:
    """Return bytes of weights, time without loading them, memory needed, and tokens."""
    lowered: Lowered = (
        decode_pass(replica.model, replica.widths, batch, length)
        if phase == "decode"
        else chunk_pass(replica.model, replica.widths, batch, length)
    )
    streamed = sum(
        (
            float(one.count) * float(one.weights)
            for one in lowered.operators
            if one.kind != "gather"
        ),
        0.0,
    )
    alone = Lowered(
        operators=lowered.operators,
        items=lowered.items,
        unit=lowered.unit,
        weights=0.0,
        cache=0.0,
        activations=0.0,
        flops=lowered.flops,
    )
    seconds = float(add_up(alone, replica.machine, replica.efficiency).latency)
    needed = float(lowered.cache) + float(lowered.activations) + replica.machine.reserve
    return streamed, seconds, needed + 2.0 * streamed / layers, float(lowered.items)


def _balanced(
    replica: Replica, phase: str, length: int, layers: int, injection: float, capacity: float
) -> int | None:
    """Return the smallest batch that computes as long as its weights take to arrive."""

    def enough(batch: int) -> bool:
        return _pass(replica, phase, batch, length, layers)[1] >= injection

    def fits(batch: int) -> bool:
        return _pass(replica, phase, batch, length, layers)[2] <= capacity

    high = 1
    while not enough(high):
        if not fits(high) or high > _MOST:
            return None
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high if fits(high) else None
