"""The device that somebody's description of one means."""

import re
from collections.abc import Iterator
from functools import lru_cache

from mlsysim_core.catalog import find
from mlsysim_core.errors import UnknownEntryError
from mlsysim_core.specs import HardwareSpec

__all__ = ["device_of", "forget_devices"]

_MAKERS = re.compile(
    r"\b(nvidia|amd|intel|apple|google|aws|amazon|qualcomm|hailo|huawei|raspberry|broadcom"
    r"|tesla|geforce|radeon|instinct|quadro|corporation|inc)\b"
)
"""Makers and brands, which names of products leave out as often as not."""
_PARTS = re.compile(r"\b(gpu|cpu|npu|soc|accelerator|graphics|card|module|oam|developer kit)\b")
"""Words for what every such thing is."""
_MEMORY = re.compile(r"\b(\d+) ?(gb|gib|g)\b|\b(hbm|gddr|lpddr|ddr)\d*[a-z]*\b")
_CLOSE = 0.15
"""Difference between a capacity on a label and the one that a program sees."""


@lru_cache(maxsize=1024)
def device_of(description: str) -> HardwareSpec:
    """Return the device of that name, or of the name without its maker, brand and memory.

    Parameters
    ----------
    description : str
        A name of a registered device, as people and drivers write it:
        ``"NVIDIA H100 80GB HBM3"``.

    Returns
    -------
    HardwareSpec
        The device. Where the description tells a memory, the device has it.

    Raises
    ------
    UnknownEntryError
        If no registered device is meant.
    """
    try:
        return find("hardware", description)
    except UnknownEntryError:
        for shorter, memory in _shorter(description):
            try:
                found = find("hardware", shorter)
            except UnknownEntryError:
                continue
            held = found.memory.number("capacity") or 0.0
            if memory is None or abs(held / memory - 1.0) < _CLOSE:
                return found
        raise


def _shorter(description: str) -> Iterator[tuple[str, float | None]]:
    """Yield what is left of a description, and the memory that was taken out. [byte]."""
    words = re.sub(r"[^a-z0-9+.]+", " ", description.casefold()).strip()
    bare = " ".join(_MAKERS.sub(" ", words).split())
    for text in dict.fromkeys((words, bare)):
        sizes = [float(found[1]) for found in _MEMORY.finditer(text) if found[1]]
        memory = sizes[0] * 1e9 if sizes else None
        without = " ".join(_MEMORY.sub(" ", text).split())
        plain = " ".join(_PARTS.sub(" ", without).split())
        yield text, None
        yield without, memory
        yield plain, memory


def forget_devices() -> None:
    """Read every device anew, after a registry was installed or changed."""
    device_of.cache_clear()
