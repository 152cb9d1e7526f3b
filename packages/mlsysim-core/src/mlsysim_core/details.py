"""What a prediction was asked, and what it assumed."""

from typing import Literal, NamedTuple

__all__ = ["Details"]


class Details(NamedTuple):
    """What was asked, and what was assumed where nothing was said."""

    model: str
    hardware: str
    precision: str
    arithmetic: str
    """Format that the device computes in."""
    phase: str
    batch_size: int
    seq_len: int | None
    """Tokens of context or of each sequence; nothing for models without."""
    efficiency: float | None
    stack: str
    unit: Literal["token", "sample"]
    """What the throughput counts."""
    flops: float
    """Operations that the model asks for. [operation]"""
    peak: float
    """Dense peak at the format of the arithmetic. [operation / s]"""
    bandwidth: float
    """Sustained bandwidth of the memory. [byte / s]"""
    weights: float
    """[byte]"""
    cache: float
    """Cache or state. [byte]"""
    activations: float
    """[byte]"""
    optimizer: float
    """Gradients and optimizer state. [byte]"""
    reserve: float
    """[byte]"""
    capacity: float
    """[byte]"""
    rent: float | None
    """Cheapest published price of the device. [USD / hour]"""
    notes: tuple[str, ...]
    data_version: str | None = None
    """Version of the registry data that model, device and stack are from, if any is."""

    @property
    def footprint(self) -> float:
        """Memory that the pass needs. [byte]"""
        return self.weights + self.cache + self.activations + self.optimizer + self.reserve
