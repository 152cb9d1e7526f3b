"""The best ways to serve a model: over devices, layouts, precisions and batches."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from mlsysim_core._arguments import find_hardware, find_model, whole_number
from mlsysim_core.answer import Answer
from mlsysim_core.errors import DoesNotFitError, InputError, MLSysimError
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._amounts import positive
from ._batching import steady_state
from ._search_choice import Reader, ServingChoice, choice, reader_of
from ._steady_state import SteadyState

__all__ = ["ServingChoice", "ServingOptimizer", "ServingSearchResult"]

_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
_RANKS = (1, 2, 4, 8)


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
            reader = f"{one.prefill_devices:.2g} x {one.prefill_hardware} tp{one.prefill_tp}"
            where = f", prompts read by {reader}" if one.disaggregated else ""
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
        "what reads has the writers' format, and the layout that needs the fewest devices",
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
        prefill_hardware: Iterable[HardwareSpec | str] | HardwareSpec | str | None = None,
        network_bandwidth: float | None = None,
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
        prefill_hardware : spec, str, or several, optional
            What may read prompts for others; all of ``hardware`` if not given.
        network_bandwidth : float, optional
            Bytes that a device sends or takes in a second, where prompts are read elsewhere; a
            port of 400 Gb/s if not given, or the link to its host where that is slower. [byte / s]
        **settings
            ``kv_precision``, ``activation_precision`` and ``stack``.

        Returns
        -------
        ServingSearchResult
            Choices within the limits, the Pareto front, and what was refused.
        """
        spec = find_model(model)
        devices = _several(hardware)
        readers = devices if prefill_hardware is None else _several(prefill_hardware)
        if not devices or not readers or not precisions or not batches:
            raise InputError("give at least one device, one precision and one batch")
        network = (
            None if network_bandwidth is None else positive("network_bandwidth", network_bandwidth)
        )
        layouts = _layouts(spec, whole_number("max_devices", max_devices))
        states: dict[tuple[str, str], list[SteadyState]] = {}
        refused: dict[str, str] = {}
        for device in dict.fromkeys([*devices, *readers]):
            for precision in precisions:
                fitting = states[device.name, precision] = []
                for ranks, spread in layouts:
                    name = f"{device.name} {precision} tp {ranks} ep {spread}"
                    try:
                        state = steady_state(
                            spec, device, seq_len, output_len, precision, efficiency,
                            limit=max(batches), tp=ranks, ep=spread, **settings,
                        )  # fmt: skip
                        if state.most < 1:
                            raise DoesNotFitError("does not fit")
                    except MLSysimError as error:
                        refused[name] = str(error)
                    else:
                        fitting.append(state)
        found: list[ServingChoice] = []
        tried = 0
        for precision in precisions:
            ways = [_frugal(states[one.name, precision], ttft_ms / 1e3) for one in readers]
            for device in devices:
                for state in states[device.name, precision]:
                    tried += len(batches) * (1 + len(ways))
                    found += [
                        choice(state, batch, reader, network)
                        for reader in (None, *filter(None, ways))
                        for batch in sorted(batches)
                        if batch <= state.most
                    ]
        limits = ttft_ms / 1e3, tpot_ms / 1e3
        kept = [
            one for one in found if one.ttft_seconds <= limits[0] and one.itl_seconds <= limits[1]
        ]
        kept.sort(key=lambda one: (-one.tokens_per_second_per_device, one.itl_seconds))
        return ServingSearchResult(choices=tuple(kept), tried=tried, refused=tuple(refused.items()))


def _several(given: Iterable[HardwareSpec | str] | HardwareSpec | str) -> list[HardwareSpec]:
    """Find one device or several, each once."""
    some = [given] if isinstance(given, HardwareSpec | str) else given
    return list(dict.fromkeys(map(find_hardware, some)))


def _layouts(model: ModelSpec, most: int) -> list[tuple[int, int]]:
    """Return the ranks of tensors, and of experts, that are tried."""
    experts = getattr(model.architecture, "experts", None) is not None
    counts = (count for count in _RANKS if count <= most)
    return [(count, spread) for count in counts for spread in sorted({1, count if experts else 1})]


def _frugal(states: Iterable[SteadyState], limit: float) -> Reader | None:
    """Return what reads prompts on the fewest devices, and within a limit [s]."""
    quick = [reader for reader in map(reader_of, states) if reader.first <= limit]
    return min(quick, key=lambda reader: (reader.work, reader.first), default=None)
