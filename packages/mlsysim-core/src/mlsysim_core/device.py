"""One device at one precision as plain numbers, and the time that an operator takes on it."""

from dataclasses import dataclass
from functools import lru_cache

from ._parts_of_rates import compute_fraction, format_fraction, ramp
from ._rates import SCALAR_GRAIN, grain_of, matmul_rate, remembered_rate
from .errors import UnsupportedPrecisionError
from .formats import WIDTH, fallbacks
from .operators import Operator
from .physics._numeric import Numeric, ceil, maximum, minimum, remembered, where
from .physics.attention import score_traffic
from .specs import HardwareSpec, StackSpec

__all__ = ["ON_VECTORS", "Machine", "machine"]

_CONVERSION = 2.0
"""Operations that turn one stored weight into the format of the arithmetic."""
_ATTENTION = 0.67
"""Part of a device's matrix ceiling that fused attention reaches (Dao, 2023, arXiv:2307.08691)."""
_FEW_ROWS = 8.0
"""Rows of a multiplication up to which every kernel takes weights as they are stored."""
_EXPERTS = ("experts.up", "experts.down")
_CONVOLUTION = 0.7
"""Part of a multiplication's rate that an implicit one keeps, which gathers its own operands
(Zhou et al., 2021, arXiv:2110.03901)."""
ON_VECTORS = frozenset({"elementwise", "gather", "scan"})
"""Kinds that no matrix engine takes."""
_QUERY_BLOCK, _LAST_BLOCK = 128.0, 0.6
"""Queries of one block of fused attention, and the part of the longest that nothing overlaps."""
_VECTOR_PART = 1.0 / 16.0
"""Vector rate of a device that states only its matrix rate."""
_IDLE_PART = 0.15
"""Idle power of a device that states only its limit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """One device at one precision on one stack, as numbers."""

    name: str
    precision: str
    arithmetic: str
    """Format that it computes in."""
    most: float
    """Rate that no kernel of the stack exceeds. [operation / s]"""
    peak: float
    """Dense peak of that format. [operation / s]"""
    matrix: float
    """Rate that the largest multiplication reaches. [operation / s]"""
    cores: float
    """Rate that it reaches without a matrix engine. [operation / s]"""
    vector: float
    """Rate of element-wise work. [operation / s]"""
    units: float
    bandwidth: float
    """Sustained bandwidth of the memory. [byte / s]"""
    vector_bandwidth: float
    """Sustained bandwidth of element-wise work. [byte / s]"""
    weight_bandwidth: float
    """Sustained bandwidth at which weights are read. [byte / s]"""
    capacity: float
    """Memory for a program. [byte]"""
    reserve: float
    """Memory that the runtime keeps. [byte]"""
    store: float
    """Memory for weights alone, such as flash. [byte]"""
    host: float | None
    """Bandwidth of reading the host's memory. [byte / s]"""
    power: float | None
    """[W]"""
    idle: float
    """[W]"""
    launch: float
    """Between two kernels, and while one fills and drains the device. [s]"""
    dispatch: float
    """Least time from one kernel to the next. [s]"""
    kernels: float
    """Kernels for each one of a fused stack."""
    activation_passes: float
    """Times that the activations of multiplications move."""
    per_call: float
    """[s]"""
    per_pass: float
    """[s]"""
    grain: float
    """Side of the smallest matrix that the engine works on."""
    conversion: float
    """Time to turn one byte of weights into the format of the arithmetic. [s / byte]"""
    unpacking: float
    """Time to write one byte of weights out in that format. [s / byte]"""
    rows_at_once: float
    """Rows of a multiplication that use what was written out."""
    expert_fraction: float
    """Part of that rate which the multiplications of many experts reach together."""
    shaped: bool
    """Whether the shape of an operator matters."""
    grouped: bool
    """Whether heads that share keys read them together."""
    fused_keys: float
    """Longest context whose scores stay on the chip. [token]"""
    rent: float | None
    """Cheapest published price, if there is any. [USD / hour]"""
    notes: tuple[str, ...]

    @property
    def room(self) -> float:
        """Memory for a program and its weights, wherever they are. [byte]"""
        return self.capacity + self.store

    def compute_time(self, operator: Operator, efficiency: Numeric | None) -> Numeric:
        """Return the time that the arithmetic of one operator takes. [s]"""
        kind = operator.kind
        if kind in ON_VECTORS:
            return operator.flops / self.vector
        flops = operator.flops
        if efficiency is not None or not self.shaped:
            rate = self.peak if efficiency is None else self.peak * efficiency
            stuck = isinstance(rate, float) and not rate
            time = flops * float("inf") if stuck else flops / rate
        elif kind == "attention":
            return self._attention_time(operator)
        else:
            rate = self._rate(operator)
            if self.expert_fraction != 1.0 and operator.name.startswith(_EXPERTS):
                rate = rate * self.expert_fraction
            time = flops / rate
        return time + operator.weights * self.conversion if self.conversion else time

    def _rate(self, operator: Operator) -> Numeric:
        """Return the rate at which a multiplication or a convolution runs. [operation / s]"""
        shape = operator.shape
        if not shape:
            return self.matrix
        given = (self.matrix, self.cores, self.most, self.units, self.grain, *shape)
        try:
            rate = remembered_rate(*given)
        except TypeError:  # arrays can be remembered during their own pass only
            rate = remembered(matmul_rate, *given)
        if operator.kind == "convolution" and self.grain > SCALAR_GRAIN:
            return maximum(rate * _CONVOLUTION, min(self.cores, self.most))  # cores do not wait
        return rate

    def _attention_time(self, operator: Operator) -> Numeric:
        """Return the time of fused attention: its blocks share the units, the longest ends last."""
        rate = min(self.matrix, self.most) * _ATTENTION
        shared = operator.flops / rate
        if not operator.shape:
            return shared
        _, _, queries, keys, size = operator.shape
        # One query needs no whole block: its work is spread over the context.
        rows = where(queries > 1.0, minimum(queries, _QUERY_BLOCK), 0.0)
        longest = 4.0 * rows * 2.0 * keys * size / (rate / self.units)
        return shared + _LAST_BLOCK * longest

    def attended(self, operator: Operator) -> tuple[Numeric, Numeric, Numeric]:
        """Return what attention moves of the cache, of activations, and of these on its own.

        Where scores leave the chip, the softmax is a kernel that reads and writes them.
        """
        kept = operator.cache if self.grouped else operator.cache * operator.readers
        if self.fused_keys == float("inf") or not operator.shape:
            return kept, operator.activations, 0.0
        batch, heads, queries, keys, _ = operator.shape
        scores = score_traffic(batch * heads * queries, keys, WIDTH[self.arithmetic])
        half = 0.5 * where(keys > self.fused_keys, scores, 0.0)
        return kept, operator.activations + half, half

    def unpacked(self, operator: Operator) -> Numeric:
        """Return the time in which weights are written out before they are multiplied. [s]"""
        rows = operator.shape[0] if operator.shape else 1.0
        times = ceil(rows / self.rows_at_once)
        return where(rows > _FEW_ROWS, times * operator.weights * self.unpacking, 0.0)

    def fits(self, weights: Numeric, rest: Numeric) -> Numeric:
        """Return the bytes that do not fit; zero where everything does."""
        if self.store:
            beside = maximum(weights - self.store, 0.0)
            return maximum(rest + beside + self.reserve - self.capacity, 0.0)
        return maximum(weights + rest + self.reserve - self.capacity, 0.0)


@lru_cache(maxsize=4096)
def machine(
    hardware: HardwareSpec,
    precision: str,
    stack: StackSpec,
    storage: str | None = None,
    *,
    steady: bool = False,
) -> Machine:
    """Take the units off a device.

    Parameters
    ----------
    hardware : HardwareSpec
        The device.
    precision : str
        Format of the arithmetic, and of stored weights.
    stack : StackSpec
        The software.
    storage : str, optional
        Format of stored weights, where it is another.
    steady : bool
        Whether it works for days at its power limit, as in training.

    Returns
    -------
    Machine
        Its numbers.

    Raises
    ------
    UnsupportedPrecisionError
        If it computes neither in that precision nor in any that holds its numbers.
    """
    compute, memory = hardware.compute, hardware.memory
    have = compute.peak.formats
    arithmetic = next((name for name in (precision, *fallbacks(precision)) if name in have), None)
    if arithmetic is None:
        raise UnsupportedPrecisionError(
            f"{hardware.name} has no {precision} arithmetic, nor any wider; "
            f"it computes in {', '.join(have)}"
        )
    storage = storage or precision
    notes = []
    if arithmetic != precision:
        notes.append(
            f"{hardware.name} has no {precision} arithmetic: it computes in {arithmetic}, "
            f"on {precision} storage"
        )
    peak = compute.peak.number(arithmetic) or 0.0
    best = max(compute.peak.number(name) or 0.0 for name in have)
    vector = compute.number("vector") or compute.peak.number("fp32") or best * _VECTOR_PART
    sustained = 1.0 if stack.ideal else memory.sustained * stack.bandwidth_fraction
    bandwidth = (memory.number("bandwidth") or 0.0) * sustained
    streamed = bandwidth * format_fraction(stack, storage)
    clock = compute.number("clock")
    cycles = (compute.units or 0) * (clock or 0.0)
    ceiling = 1.0 if stack.ideal else compute.ceiling * compute_fraction(stack, arithmetic)
    if stack.half_sums and arithmetic == "fp16":
        ceiling *= compute.half_sums or 1.0
    cores, hot = min(vector, peak) * min(ceiling, 1.0), steady and not stack.ideal
    streamed = min(streamed, (stack.bytes_per_cycle or 0.0) * cycles or streamed)
    most_vector = (stack.vector_bytes_per_cycle or 0.0) * cycles
    packed = stack.rows_at_once is not None and WIDTH[storage] < WIDTH[arithmetic]
    flash, offer = hardware.flash, hardware.cheapest_offer
    power = hardware.number("tdp")
    capacity = memory.number("capacity") or 0.0
    weight_bandwidth = (flash.number("bandwidth") or bandwidth) if flash else streamed
    host = hardware.host_link.number("bandwidth") if hardware.host_link else None
    return Machine(
        name=hardware.name,
        precision=precision,
        arithmetic=arithmetic,
        most=(stack.operations_per_cycle or 0.0) * cycles or float("inf"),
        peak=peak,
        matrix=max(peak * ceiling * (compute.steady if hot else 1.0), cores),
        cores=cores,
        vector=vector,
        units=float(compute.units or 1),
        bandwidth=bandwidth,
        vector_bandwidth=min(bandwidth, most_vector or bandwidth),
        weight_bandwidth=weight_bandwidth,
        capacity=capacity,
        reserve=capacity * stack.reserve,
        store=(flash.number("capacity") or 0.0) if flash else 0.0,
        # What crosses the link goes through memory, too.
        host=None if host is None else min(host, weight_bandwidth, bandwidth),
        power=power,
        idle=hardware.number("idle_power") or (power or 0.0) * _IDLE_PART,
        launch=(stack.number("launch") or 0.0) + (0.0 if stack.ideal else ramp(hardware)),
        dispatch=stack.number("dispatch") or 0.0,
        kernels=stack.kernels,
        activation_passes=stack.activation_passes,
        per_call=stack.number("per_call") or 0.0,
        per_pass=stack.number("per_pass") or 0.0,
        grain=grain_of(peak, compute.units, clock),
        conversion=(0.0 if arithmetic == storage else _CONVERSION / WIDTH[storage] / vector),
        unpacking=WIDTH[arithmetic] / WIDTH[storage] / bandwidth if packed else 0.0,
        rows_at_once=float(stack.rows_at_once or 1),
        expert_fraction=stack.expert_fraction,
        shaped=not stack.ideal,
        grouped=stack.grouped,
        fused_keys=float("inf") if stack.fused_keys is None else float(stack.fused_keys),
        rent=None if offer is None else offer.number("price"),
        notes=tuple(notes),
    )
