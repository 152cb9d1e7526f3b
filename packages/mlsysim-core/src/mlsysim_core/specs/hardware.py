"""One accelerator, processor or microcontroller, as its data sheet describes it."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from .._registries import Kind
from ..formats import FORMATS
from ..quantities import (
    Bandwidth,
    Bytes,
    Carbon,
    Energy,
    Frequency,
    HourlyPrice,
    Money,
    OperationRate,
    Power,
    Time,
)
from ._base import Count, Fraction, NamedSpec, Spec

__all__ = [
    "CloudPrice", "Compute", "DeviceClass", "HardwareSpec", "Link", "Memory", "Peak", "Store",
]  # fmt: skip

DeviceClass = Literal["microcontroller", "processor", "accelerator"]
"""What software tells devices apart by."""
_SMALL, _SLOWEST = 1e12, 5e9
"""Operations a second below which a device may be a microcontroller, and below which it is."""
_ON_CHIP = 1e8
"""Bytes that fit on the chip of one."""


class Peak(Spec):
    """Dense peak rate of matrix arithmetic by number format, at the marketed clock."""

    fp64: OperationRate | None = None
    fp32: OperationRate | None = None
    tf32: OperationRate | None = None
    fp16: OperationRate | None = None
    bf16: OperationRate | None = None
    fp8: OperationRate | None = None
    int8: OperationRate | None = None
    fp6: OperationRate | None = None
    fp4: OperationRate | None = None
    int4: OperationRate | None = None

    @model_validator(mode="after")
    def _has_a_rate(self) -> "Peak":
        if not self.formats:
            raise ValueError(f"give the rate of at least one of {', '.join(FORMATS)}")
        return self

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that have a rate, widest first."""
        return tuple(name for name in FORMATS if self.__dict__[name] is not None)


class Compute(Spec):
    """The arithmetic of a device."""

    peak: Peak
    vector: OperationRate | None = None
    """Rate of element-wise work; the fp32 peak, or a sixteenth of the best, if not given."""
    units: Count | None = None
    """Independent compute units: streaming multiprocessors, compute units, cores."""
    unit_kind: str | None = None
    threads: Count | None = None
    """Threads that one unit holds at a time, of a processor."""
    clock: Frequency | None = None
    ceiling: Fraction = 0.8
    """Fraction of the dense peak that a very large matrix multiplication sustains."""
    steady: Fraction = 0.85
    """Part of that which training holds for days, at the power limit and with real data."""
    half_sums: Annotated[float, Field(gt=1.0, allow_inf_nan=False)] | None = None
    """Times the fp16 peak of matrices whose products are summed in fp16, not in fp32."""
    sparsity: Annotated[float, Field(gt=1.0, allow_inf_nan=False)] | None = None
    """Times the dense peak of matrices with two zeros in every four weights."""

    @property
    def peak_flops(self) -> Any:
        """The 16-bit peak, or that of the widest format where there is none."""
        for name in ("fp16", "bf16", *self.peak.formats):
            if self.peak.__dict__[name] is not None:
                return getattr(self.peak, name)
        raise AssertionError  # a Peak always has a rate

    @property
    def precision_flops(self) -> dict[str, Any]:
        """The peak of each number format."""
        return {name: getattr(self.peak, name) for name in self.peak.formats}


class Memory(Spec):
    """The memory that holds weights, caches and activations."""

    capacity: Bytes
    """What a program sees."""
    bandwidth: Bandwidth
    kind: str | None = None
    """HBM3, GDDR6X, LPDDR5, SRAM, …"""
    sustained: Fraction = 0.9
    """Fraction of the bandwidth that a long stream reaches."""
    latency: Time | None = None
    """Of one dependent read; that of its kind of memory if not given."""
    cache: Bytes | None = None
    """Last-level cache on the chip."""
    cache_bandwidth: Bandwidth | None = None


class Store(Spec):
    """Memory that keeps weights without power and is read in place, such as flash."""

    capacity: Bytes
    bandwidth: Bandwidth | None = None


class Link(Spec):
    """A connection, one way, over all its lanes together."""

    name: str = ""
    bandwidth: Bandwidth
    latency: Time | None = None
    reduces: bool = False
    """Whether the switches between such links add what crosses them."""


class CloudPrice(Spec):
    """What one device costs by the hour."""

    offer: str
    price: HourlyPrice


class HardwareSpec(NamedSpec):
    """A device.

    Every value is what a data sheet or a measurement says; nothing is guessed, and what
    is not known is ``None``. Quantities are given as text, such as ``"3.35 TB/s"``, or as
    quantities of :data:`mlsysim_core.ureg`, and read back as the latter.

    Examples
    --------
    >>> chip = HardwareSpec(
    ...     name="chip",
    ...     compute={"peak": {"fp16": "200 TFLOP/s"}},
    ...     memory={"capacity": "48 GB", "bandwidth": "1 TB/s"},
    ...     tdp="300 W",
    ... )
    >>> print(chip.memory.capacity)
    48.0 gigabyte
    """

    kind: ClassVar[Kind] = "hardware"

    name: Annotated[str, Field(min_length=1)]
    title: str = ""
    vendor: str = ""
    released: Annotated[int, Field(strict=True, ge=1940, le=2100)] | None = None
    """Year."""
    compute: Compute
    memory: Memory
    flash: Store | None = None
    host_link: Link | None = None
    """To the host's memory, such as PCIe."""
    link: Link | None = None
    """To the device's peers, such as NVLink."""
    tdp: Power | None = None
    idle_power: Power | None = None
    battery: Energy | None = None
    price: Money | None = None
    """List price at launch."""
    cloud_prices: tuple[CloudPrice, ...] = ()
    embodied_carbon: Carbon | None = None
    """Emissions of making it."""
    note: str = ""

    @model_validator(mode="after")
    def _rests(self) -> "HardwareSpec":
        limit, idle = self.number("tdp"), self.number("idle_power")
        if limit is not None and idle is not None and idle > limit:
            raise ValueError(f"idle_power ({idle:g} W) exceeds tdp ({limit:g} W)")
        return self

    @property
    def precisions(self) -> tuple[str, ...]:
        """The formats that it computes in."""
        return self.compute.peak.formats

    @property
    def device_class(self) -> DeviceClass:
        """What kind of software it runs, as its data sheet tells."""
        peak, kind = self.compute.peak, self.memory.kind or ""
        best = max(peak.number(name) or 0.0 for name in peak.formats)
        alone = self.flash is not None or (self.memory.number("capacity") or 0.0) < _ON_CHIP
        if best < _SLOWEST or (alone and best < _SMALL):
            return "microcontroller"
        scalar = self.compute.unit_kind == "core" or {"fp64", "fp32"}.issuperset(peak.formats)
        return "processor" if scalar and kind.startswith(("DDR", "LPDDR")) else "accelerator"

    @property
    def cheapest_offer(self) -> CloudPrice | None:
        """The published offer with the lowest price."""
        return min(self.cloud_prices, key=lambda one: one.number("price") or 0.0, default=None)

    def __repr__(self) -> str:
        return f"<HardwareSpec {self.name}>"
