"""One way to serve: prompts read where tokens are written, or on devices of their own."""

import math
from dataclasses import dataclass

from ._capacity import price_of
from ._disaggregation import transfer_seconds
from ._steady_state import SteadyState

__all__ = ["Reader", "ServingChoice", "choice", "reader_of"]

_BUSY = 0.7
"""Part of the time in which devices that only read prompts work."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServingChoice:
    """One way to serve, in its steady state."""

    hardware: str
    precision: str
    tp: int
    ep: int
    batch: int
    """Requests that a writing replica has under way."""
    disaggregated: bool
    prefill_hardware: str = ""
    """What reads prompts for it; empty where it reads itself."""
    prefill_tp: int = 0
    """Devices that read one prompt together; zero where it reads itself."""
    prefill_devices: float
    """Devices that read prompts for one writing replica; zero where it reads itself."""
    devices: float
    """Devices of one replica, those that read for it included."""
    ttft_seconds: float
    itl_seconds: float
    tokens_per_second_per_user: float
    tokens_per_second_per_device: float
    dollars_per_million_tokens: float | None
    """Nothing where a price is unknown."""
    joules_per_token: float | None


@dataclass(frozen=True, slots=True)
class Reader:
    """A replica that only reads prompts."""

    state: SteadyState
    seconds: float
    """Time to read one prompt. [s]"""
    first: float
    """Mean time to the first token, with the wait for others' prompts. [s]"""

    @property
    def work(self) -> float:
        """Devices that one prompt a second keeps busy, with room to spare."""
        return self.seconds / _BUSY * self.state.replica.devices


def reader_of(state: SteadyState) -> Reader:
    """Let a replica only read; prompts wait for each other, as in a line of M/D/1."""
    seconds = state.steps.prefill(1, state.read, state.steps.reading[state.prompt])
    wait = _BUSY / (2.0 * (1.0 - _BUSY))
    return Reader(state, seconds, seconds * (1.0 + wait) + state.replica.front_end)


def choice(
    state: SteadyState, batch: int, reader: Reader | None, network: float | None
) -> ServingChoice:
    """Evaluate a replica that serves so many requests, and reads their prompts if nobody else does.

    Parameters
    ----------
    state : SteadyState
        The replica that writes.
    batch : int
        Requests under way on it.
    reader : Reader or None
        What reads their prompts.
    network : float or None
        Bytes that a device sends in a second, if not those of its port. [byte / s]
    """
    replica, later = state.replica, max(state.written - 1, 1)
    if reader is None:
        reads, readers, rate = state, 0.0, state.rate(batch)
        first = state.first_token(batch, rate * (batch - 1) / batch)
        gap = (state.residence(batch) - first) / later
        first += replica.front_end
    else:
        reads, first, step = reader.state, reader.first, state.step(batch)
        rate = batch / max((state.written - 1) * step, 1e-12)
        readers = rate * reader.work
        gap = step + transfer_seconds(reads.replica, replica, state.prompt, network) / later
    devices, tokens = replica.devices + readers, rate * state.written
    price, reading_price = (price_of(one.replica.hardware, None)[0] for one in (state, reads))
    step_joules = replica.write(batch, state.context).joules
    prompt_joules = reads.replica.prefill(1.0, float(state.read)).joules
    return ServingChoice(
        hardware=replica.hardware.name,
        precision=replica.precision,
        tp=replica.layout.tensor,
        ep=replica.layout.experts,
        batch=batch,
        disaggregated=reader is not None,
        prefill_hardware="" if reader is None else reads.replica.hardware.name,
        prefill_tp=0 if reader is None else reads.replica.layout.tensor,
        prefill_devices=readers,
        devices=devices,
        ttft_seconds=first,
        itl_seconds=gap,
        tokens_per_second_per_user=1.0 / gap if gap else math.inf,
        tokens_per_second_per_device=tokens / devices,
        dollars_per_million_tokens=_both(
            price, replica.devices / (tokens * 3600.0) * 1e6,
            reading_price, readers / (tokens * 3600.0) * 1e6,
        ),
        joules_per_token=_both(step_joules, 1.0 / batch, prompt_joules, 1.0 / state.written),
    )  # fmt: skip


def _both(one: float | None, times: float, other: float | None, others: float) -> float | None:
    """Add so much of two figures, if both are known."""
    return None if one is None or other is None else one * times + other * others
