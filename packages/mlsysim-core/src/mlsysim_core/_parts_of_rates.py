"""What a device and a stack make of each other: parts of the rates, and the ramp of a kernel."""

from .specs import HardwareSpec, StackSpec

__all__ = ["compute_fraction", "format_fraction", "ramp"]

_RAMP_READS = 6.0
"""Dependent reads, one after another, that a kernel waits for while it fills and drains."""
_LATENCY = {"SRAM": 5e-9, "LPDDR": 1.2e-7, "DDR": 1e-7, "GDDR": 5e-7, "HBM": 6e-7}
"""Latency of a dependent read by kind of memory, where the device states none. [s]"""
_MAIN = ("DDR", "LPDDR")
"""Kinds of memory that processors have next to them."""


def compute_fraction(stack: StackSpec, arithmetic: str) -> float:
    """Return how much of a device's ceiling a stack's kernels reach in a format."""
    for entry in stack.formats:
        if entry.precision == arithmetic and entry.compute_fraction is not None:
            return entry.compute_fraction
    return stack.compute_fraction


def format_fraction(stack: StackSpec, precision: str) -> float:
    """Return how well a stack's kernels read weights of a format."""
    for entry in stack.formats:
        if entry.precision == precision:
            return entry.bandwidth_fraction
    return 1.0


def ramp(hardware: HardwareSpec) -> float:
    """Return the time that a kernel takes to fill and drain the device."""
    latency = hardware.memory.number("latency")
    if latency is None:
        kind = hardware.memory.kind or "HBM"
        if hardware.device_class == "accelerator" and kind.startswith(_MAIN):
            kind = "GDDR"  # its own queues and caches are most of the way, whatever is behind
        latency = next((value for name, value in _LATENCY.items() if kind.startswith(name)), 5e-7)
    return _RAMP_READS * latency
