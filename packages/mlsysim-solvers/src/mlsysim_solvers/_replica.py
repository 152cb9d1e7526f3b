"""One copy of a model on its devices: how long each pass of it takes, and what it keeps."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mlsysim_core.account import Account, add_up
from mlsysim_core.device import Machine, machine
from mlsysim_core.errors import InputError
from mlsysim_core.formats import WIDTH, resolve
from mlsysim_core.operators import Lowered
from mlsysim_core.physics.energy import pass_energy
from mlsysim_core.specs import HardwareSpec, ModelSpec, StackSpec

from ._passes import Widths, chunk_pass, decode_pass, mixed_pass, verify_pass

__all__ = ["Pass", "Replica"]


@dataclass(frozen=True, slots=True)
class Pass:
    """The time of one pass, as parts that add up."""

    account: Account
    exchange: float = 0.0
    """Collectives among the devices. [s]"""
    overhead: float = 0.0
    """Scheduling on the host, that no device work hides. [s]"""
    joules: float | None = None
    """Energy of all devices, if their power is known. [J]"""
    alive: float = 0.0
    """Activations that each device holds. [byte]"""

    @property
    def seconds(self) -> float:
        """Duration [s]."""
        return float(self.account.latency) + self.exchange + self.overhead

    @property
    def parts(self) -> dict[str, float]:
        """Seconds by part; only what is not zero."""
        names = ("compute", "weights", "cache", "activations", "launch", "host")
        found = {name: float(getattr(self.account, name)) for name in names}
        found |= {"exchange": self.exchange, "overhead": self.overhead}
        return {name: seconds for name, seconds in found.items() if seconds}


@dataclass(frozen=True, kw_only=True, slots=True)
class Replica:
    """A model on a device at its precisions, on a stack."""

    model: ModelSpec
    hardware: HardwareSpec
    stack: StackSpec
    precision: str
    activation_precision: str | None = None
    kv_precision: str | None = None
    efficiency: float | None = None

    def __post_init__(self) -> None:
        if not self.model.autoregressive:
            raise InputError(
                f"{self.model.name} does not write token after token: serve it with Engine.solve"
            )

    @property
    def machine(self) -> Machine:
        """The device as numbers."""
        return machine(self.hardware, self.precision, self.stack)

    @property
    def widths(self) -> Widths:
        """Bytes of a weight, an activation, a cached element."""
        return _widths(self.precision, self.activation_precision, self.kv_precision)

    @property
    def devices(self) -> int:
        """Devices that the copy occupies."""
        return 1

    def prefill(self, batch: float, new: float, cached: float = 0.0) -> Pass:
        """Read ``new`` tokens of each prompt, after ``cached`` ones."""
        return self._timed(chunk_pass(self.model, self.widths, batch, new, cached))

    def decode(self, batch: float, context: float) -> Pass:
        """Write one token of each sequence."""
        return self._timed(decode_pass(self.model, self.widths, batch, context))

    def verify(self, batch: float, context: float, tokens: int) -> Pass:
        """Score proposed tokens of each sequence."""
        return self._timed(verify_pass(self.model, self.widths, batch, context, tokens))

    def mixed(self, decoding: float, context: float, new: float, cached: float = 0.0) -> Pass:
        """Write one token of each sequence, and read a chunk of another's prompt."""
        return self._timed(mixed_pass(self.model, self.widths, decoding, context, new, cached))

    def held(self, batch: float, context: float) -> Lowered:
        """What a decode step of the batch keeps in memory."""
        return decode_pass(self.model, self.widths, batch, context)

    def _timed(self, lowered: Lowered) -> Pass:
        device = self.machine
        account = add_up(lowered, device, self.efficiency)
        joules = None
        if device.power is not None:
            joules = float(
                pass_energy(
                    account.latency,
                    account.arithmetic,
                    account.movement,
                    device.power,
                    device.idle,
                )
            )
        return Pass(account, 0.0, 0.0, joules, float(lowered.activations))


@lru_cache(maxsize=256)
def _widths(precision: str, activations: str | None, cache: str | None) -> Widths:
    # As in the engine: a narrow format is one of weights, and activations stay at 16 bits.
    asked = WIDTH[precision] if activations is None else WIDTH[activations]
    wide = max(asked, 2.0)
    return Widths(WIDTH[precision], wide, wide if cache is None else WIDTH[cache])


def format_or_none(value: Any, parameter: str) -> str | None:
    """Accept the name of a number format, or nothing."""
    return None if value is None else resolve(value, parameter)
