"""The numbers of a strategy, as a step is put together from them."""

from typing import Any, NamedTuple

from mlsysim_core.physics._numeric import Numeric

__all__ = ["Plan"]


class Plan(NamedTuple):
    """The numbers of a strategy; arrays where many are tried at once."""

    tp: Numeric
    pp: Numeric
    cp: Numeric
    ep: Numeric
    dp: Numeric
    chunks: Numeric
    microbatches: Numeric
    zero: Numeric
    shard_group: Numeric
    sequence: Any
    overlap: frozenset[str]
    schedule: str
    weight_width: float
    """Bytes of a weight as it travels and lies. [byte]"""
    gradient_width: float
    state_width: float
    """Bytes of optimizer state for each parameter. [byte]"""
    frozen: float
    """Part of the weights that is trained."""
    adds: float
    """Passes in which a new gradient is added to the others; none where its multiplication
    does it."""
    update_bandwidth: float
    """[byte / s]"""
    overhead: float
    """Time of a step on the host. [s]"""
    gathers: float
    """Messages in which the weights of one layer are gathered, where they are sharded."""
    copy_per_rank: float
    """Time to put one rank's part of such a message into its place. [s]"""
    offload: float | None = None
    """Bandwidth to the host's memory, if the optimizer works there. [byte / s]"""

    @property
    def copies(self) -> float:
        """Stages that hold the same layers: two where micro-batches enter at both ends."""
        return 2.0 if self.schedule == "dualpipe" else 1.0

    @property
    def sharers(self) -> Numeric:
        """Ranks among which ZeRO shards."""
        return self.shard_group * self.copies
