"""The best ways to serve a model: over devices, layouts, precisions and batches."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from mlsysim_core._arguments import find_hardware, find_model, whole_number
from mlsysim_core.answer import Answer
from mlsysim_core.errors import InputError, MLSysimError
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from ._batching import steady_state
from ._capacity import price_of
from ._disaggregation import transfer_seconds
from ._steady_state import SteadyState

__all__ = ["ServingChoice", "ServingOptimizer", "ServingSearchResult"]

_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
_RANKS = (1, 2, 4, 8)
_NETWORK = 50e9
"""One port of 400 Gb/s for each device, one way. [byte / s]"""
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
    prefill_devices: float
    """Devices that read prompts for one writing replica; zero where it reads itself."""
    devices: float
    """Devices of one replica, those that read for it included."""
    ttft_seconds: float
    itl_seconds: float
    tokens_per_second_per_user: float
    tokens_per_second_per_device: float
    dollars_per_million_tokens: float | None
    """Nothing where the price is unknown."""
    joules_per_token: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ServingSearchResult(Answer):
    """What was tried, and what is worth having."""

    choices: tuple[ServingChoice, ...]
    """Every choice within the limits, the most tokens on each device first."""
    tried: int
    refused: tuple[tuple[str, str], ...]
    """What could not be tried, and why."""

    @property
    def best(self) -> ServingChoice | None:
        """The choice with the most tokens on each device."""
        return self.choices[0] if self.choices else None

    @property
    def cheapest(self) -> ServingChoice | None:
        """The choice with the least cost of a token, among those with a known price."""
        known = [one for one in self.choices if one.dollars_per_million_tokens is not None]
        return min(known, key=lambda one: one.dollars_per_million_tokens or 0.0, default=None)

    @property
    def pareto(self) -> tuple[ServingChoice, ...]:
        """Choices that no other beats in speed for a user and in work of a device."""
        found: list[ServingChoice] = []
        fastest = -math.inf
        for one in self.choices:
            if one.tokens_per_second_per_user > fastest:
                found.append(one)
                fastest = one.tokens_per_second_per_user
        return tuple(found)

    def explain(self) -> str:
        """Say what is worth having: the front of speed and work, and what was refused."""
        lines = [f"{len(self.choices):,} of {self.tried:,} choices keep the limits", ""]
        for one in self.pareto:
            where = ", prompts read elsewhere" if one.disaggregated else ""
            lines.append(
                f"  {one.tokens_per_second_per_device:>10,.5g} token/s a device, "
                f"{one.tokens_per_second_per_user:,.4g} a user: {one.hardware} {one.precision} "
                f"tp{one.tp} ep{one.ep} batch {one.batch:,}{where}"
            )
        lines += [f"  refused: {what}: {why}" for what, why in self.refused]
        return "\n".join(lines)


class ServingOptimizer(Solver):
    """A search over devices, layouts, precisions, batches, and where prompts are read.

    References
    ----------
    .. [1] Y. Zhong et al., "DistServe: Disaggregating prefill and decoding for
       goodput-optimized large language model serving," in OSDI, 2024. arXiv:2401.09670.
    .. [2] R. Pope et al., "Efficiently scaling transformer inference," in MLSys, 2023.
       arXiv:2211.05102.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "closed loops in a steady state; all requests are equally long",
        "apart from the writing devices, just as many read prompts as keep up with them",
    )
    bounds: ClassVar[str] = (
        "neither side: stacks are fitted to measurements; the Ideal stack bounds times from below"
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: Iterable[HardwareSpec | str] | HardwareSpec | str,
        seq_len: int = 2048,
        output_len: int = 256,
        precisions: Sequence[Precision] = ("fp16", "fp8"),
        efficiency: float | None = None,
        *,
        ttft_ms: float = math.inf,
        tpot_ms: float = math.inf,
        batches: Sequence[int] = _BATCHES,
        max_devices: int = 8,
        network_bandwidth: float = _NETWORK,
        **settings: Any,
    ) -> ServingSearchResult:
        """Search.

        Parameters
        ----------
        model : ModelSpec or str
            What runs.
        hardware : spec, str, or several
            What it may run on.
        seq_len, output_len : int
            Tokens of each prompt and each output.
        precisions : sequence of str
            Formats of weights to try.
        efficiency : float, optional
            As in :meth:`mlsysim_core.Engine.solve`.
        ttft_ms, tpot_ms : float
            Limits of the mean time to the first token and between tokens, in milliseconds. [ms]
        batches : sequence of int
            Requests under way on a replica, to try.
        max_devices : int
            Devices of one replica at most; powers of two are tried.
        network_bandwidth : float
            Bytes that a device sends in a second, where prompts are read elsewhere. [byte / s]
        **settings
            ``kv_precision``, ``activation_precision`` and ``stack``.

        Returns
        -------
        ServingSearchResult
            Choices within the limits, the Pareto front, and what was refused.
        """
        spec = find_model(model)
        devices = [hardware] if isinstance(hardware, HardwareSpec | str) else list(hardware)
        if not devices or not precisions or not batches:
            raise InputError("give at least one device, one precision and one batch")
        limits = ttft_ms / 1e3, tpot_ms / 1e3
        most = whole_number("max_devices", max_devices)
        found: list[ServingChoice] = []
        refused: list[tuple[str, str]] = []
        tried = 0
        experts = getattr(spec.architecture, "experts", None) is not None
        for one in (find_hardware(device) for device in devices):
            for precision in precisions:
                for ranks in (count for count in _RANKS if count <= most):
                    for spread in sorted({1, ranks if experts else 1}):
                        name = f"{one.name} {precision} tp {ranks} ep {spread}"
                        try:
                            state = steady_state(
                                spec, one, seq_len, output_len, precision, efficiency,
                                limit=max(batches), tp=ranks, ep=spread, **settings,
                            )  # fmt: skip
                            for apart in (False, True):
                                some = _choices(
                                    state, sorted(batches), network_bandwidth, apart=apart
                                )
                                tried += len(batches)
                                found += some
                        except MLSysimError as error:
                            refused.append((name, str(error)))
                            continue
                        if state.most < 1:
                            refused.append((name, "does not fit"))
        kept = [
            one for one in found if one.ttft_seconds <= limits[0] and one.itl_seconds <= limits[1]
        ]
        kept.sort(key=lambda one: (-one.tokens_per_second_per_device, one.itl_seconds))
        return ServingSearchResult(choices=tuple(kept), tried=tried, refused=tuple(refused))


def _choices(
    state: SteadyState, batches: Sequence[int], network: float, *, apart: bool
) -> list[ServingChoice]:
    """Evaluate the batches that fit, with prompts read here or elsewhere."""
    replica = state.replica
    price, _ = price_of(replica.hardware, None)
    found = []
    for batch in (count for count in batches if count <= state.most):
        alone = state.steps.prefill(1, state.read, state.steps.reading[state.prompt])
        if apart:
            step = state.step(batch)
            rate = batch / max((state.written - 1) * step, 1e-12)
            moved = transfer_seconds(replica, replica, state.prompt, network)
            # Readers are busy most of the time, and prompts wait for them (M/D/1 at 0.7).
            readers = rate * alone / _BUSY * replica.devices
            first = alone * (1.0 + _BUSY / (2.0 * (1.0 - _BUSY)))
            gap = step + moved / max(state.written - 1, 1)
        else:
            rate, readers = state.rate(batch), 0.0
            first = state.first_token(batch, rate * (batch - 1) / batch)
            gap = (state.residence(batch) - first) / max(state.written - 1, 1)
        first += replica.front_end
        devices = replica.devices + readers
        tokens = rate * state.written
        joules = None
        step_pass = replica.write(batch, state.context)
        if step_pass.joules is not None:
            reading = replica.prefill(1.0, float(state.read)).joules or 0.0
            joules = step_pass.joules / batch + reading / state.written
        found.append(
            ServingChoice(
                hardware=replica.hardware.name,
                precision=replica.precision,
                tp=replica.layout.tensor,
                ep=replica.layout.experts,
                batch=batch,
                disaggregated=apart,
                prefill_devices=readers,
                devices=devices,
                ttft_seconds=first,
                itl_seconds=gap,
                tokens_per_second_per_user=1.0 / gap if gap else math.inf,
                tokens_per_second_per_device=tokens / devices,
                dollars_per_million_tokens=(
                    None if price is None else price * devices / (tokens * 3600.0) * 1e6
                ),
                joules_per_token=joules,
            )
        )
    return found
