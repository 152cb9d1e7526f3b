"""Many devices taken as one, which none of them can beat."""

from typing import Any

from .specs import HardwareSpec

__all__ = ["together"]


def together(hardware: HardwareSpec, count: int) -> HardwareSpec:
    """Return devices as if they were one: so many times the memory, the rates and the power.

    Parameters
    ----------
    hardware : HardwareSpec
        One of them.
    count : int
        How many.
    """
    if count == 1:
        return hardware
    update: dict[str, Any] = {"name": f"{count:,} x {hardware.name}"}

    def times(path: str, part: Any, name: str, unit: str) -> None:
        if part is not None and (number := part.number(name)) is not None:
            update[path] = f"{number * count!r} {unit}"

    for name in hardware.precisions:
        times(f"compute.peak.{name}", hardware.compute.peak, name, "FLOP/s")
    times("compute.vector", hardware.compute, "vector", "FLOP/s")
    times("memory.capacity", hardware.memory, "capacity", "B")
    times("memory.bandwidth", hardware.memory, "bandwidth", "B/s")
    times("flash.capacity", hardware.flash, "capacity", "B")
    times("flash.bandwidth", hardware.flash, "bandwidth", "B/s")
    times("host_link.bandwidth", hardware.host_link, "bandwidth", "B/s")
    for name in ("tdp", "idle_power"):
        times(name, hardware, name, "W")
    if hardware.compute.units:
        update["compute.units"] = hardware.compute.units * count
    return hardware.model_copy(update=update)
