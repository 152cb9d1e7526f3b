"""Continuous batching in a steady state: a closed loop of clients, or open arrivals."""

import math
from typing import Any, ClassVar

from mlsysim_core._arguments import check_length, whole_number
from mlsysim_core.errors import InputError
from mlsysim_core.formats import Precision
from mlsysim_core.physics.metrics import rate
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._amounts import positive
from ._batching_result import BatchingResult
from ._replica_settings import cache_tokens, replica_of
from ._serving import check_lengths
from ._steady_state import SteadyState, closed_loop, open_loop
from ._steps import Steps

__all__ = ["ContinuousBatchingModel", "steady_state"]


class ContinuousBatchingModel(Solver):
    """Requests that join a running batch as soon as one of its places is free.

    References
    ----------
    .. [1] G.-I. Yu, J. S. Jeong, G.-W. Kim, S. Kim, and B.-G. Chun, "Orca: A distributed
       serving system for transformer-based generative models," in OSDI, 2022.
    .. [2] W. Kwon et al., "Efficient memory management for large language model serving
       with PagedAttention," in SOSP, 2023. arXiv:2309.06180.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "all requests are equally long, and a place is kept until the last token",
        "prompts pass with the tokens of others, and delay them",
        "open arrivals are random (Poisson), and the requests in the engine share its time",
        "a static batch waits for its longest request, drawn with the stated variation",
    )
    bounds: ClassVar[str] = (
        "neither side: stacks are fitted to measurements; the Ideal stack bounds times from below"
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        seq_len: int = 2048,
        max_batch_size: int = 256,
        page_size: int = 16,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        output_len: int = 128,
        concurrency: int | None = None,
        arrival_rate: float | None = None,
        cached_prefix_len: int = 0,
        output_variation: float = 0.0,
        **settings: Any,
    ) -> BatchingResult:
        """Predict the steady state.

        Parameters
        ----------
        model, hardware : spec or str
            What runs, on what; or their names.
        seq_len : int
            Tokens of each prompt.
        max_batch_size : int
            Sequences that decode together at most.
        page_size : int
            Tokens of one block of the cache.
        precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        output_len : int
            Tokens written for each request.
        concurrency : int, optional
            Clients that send a new request when theirs is finished; ``max_batch_size`` if
            neither it nor ``arrival_rate`` is given.
        arrival_rate : float, optional
            Requests that arrive in a second. [1 / s]
        cached_prefix_len : int
            Tokens of each prompt whose cache is there already.
        output_variation : float
            Standard deviation of the outputs over their mean, for the static batches that
            the answer is compared with.
        **settings
            ``tp``, ``pp``, ``ep``, ``dp_attention``, ``kv_precision``,
            ``activation_precision`` and ``stack``, as in :class:`ServingModel`.

        Returns
        -------
        BatchingResult
            Latencies, throughput, and how full the engine is.
        """
        state = steady_state(
            model, hardware, seq_len, output_len, precision, efficiency,
            limit=max_batch_size, page=page_size, cached=cached_prefix_len, **settings,
        )  # fmt: skip
        if concurrency is not None and arrival_rate is not None:
            raise InputError("give concurrency or arrival_rate, not both")
        if state.most < 1:
            return _nothing(state)
        if arrival_rate is not None:
            arriving = positive("arrival_rate", arrival_rate)
            found = open_loop(state, arriving)
            if found is None:
                return _answer(
                    state, float(state.most), math.inf, 1.0, arriving, False, 0.0, arriving
                )
            return _answer(state, *found, arriving, True, output_variation, arriving)
        clients = whole_number("concurrency", concurrency or max_batch_size)
        together, waiting = closed_loop(state, clients)
        served = state.rate(together)
        chance = float(waiting > 0.0)
        # In a closed loop, a request meets the others only.
        others = served * max(together - 1.0, 0.0) / together
        return _answer(state, together, waiting, chance, served, True, output_variation, others)


def steady_state(
    model: Any,
    hardware: Any,
    seq_len: int,
    output_len: int,
    precision: Any,
    efficiency: float | None,
    *,
    limit: int = 256,
    page: int = 16,
    cached: int = 0,
    **settings: Any,
) -> SteadyState:
    """Check the arguments of a steady state, and build it."""
    replica = replica_of(model, hardware, precision, efficiency, **settings)
    length = check_length(seq_len)
    outputs = whole_number("output_len", output_len)
    hit = whole_number("cached_prefix_len", cached, 0)
    check_lengths(replica.model, length, outputs, hit)
    return SteadyState(
        Steps(replica, float(length + outputs)),
        replica,
        length - hit,
        length,
        outputs,
        whole_number("max_batch_size", limit),
        whole_number("page_size", page),
    )


def _answer(
    state: SteadyState,
    active: float,
    waiting: float,
    chance: float,
    arriving: float,
    stable: bool,
    variation: float,
    others: float,
) -> BatchingResult:
    peak = state.rate(state.most)
    served = min(arriving, peak)
    together = max(active, 1.0)
    own = state.reading(together)
    # Little's law: the means of the numbers are those of the times.
    inside = max(active / served, state.residence(1)) if stable else state.residence(together)
    before = state.replica.front_end + waiting / served if stable else math.inf
    first = min(state.first_token(together, others), inside)
    later = max(state.written - 1, 1)
    step = state.step(together)
    gap = (inside - first) / later if state.written > 1 else step
    longest = state.paged
    held = state.replica.held(float(state.most), float(longest))
    notes = (
        ()
        if stable
        else (
            f"unstable: {arriving:.4g} requests arrive in a second, at most {peak:.4g} are served",
        )
    )
    return BatchingResult(
        feasible=True,
        stable=stable,
        max_active_requests=state.most,
        mean_active=active,
        mean_waiting=waiting,
        waiting_probability=chance,
        requests_per_second=served,
        output_len=state.written,
        ttft_seconds=before + first,
        itl_seconds=gap,
        end_to_end_seconds=before + inside,
        prefill_share=min(served * own, 1.0),
        utilization=arriving / peak,
        peak_requests_per_second=peak,
        memory_fragmentation=1.0 - (state.prompt + state.written - 1) / longest,
        paged_bytes=float(held.cache),
        speedup_vs_static=_against_static(state, together, variation) if stable else math.nan,
        joules_per_token=_joules(state, together, served),
        notes=notes,
    )


def _against_static(state: SteadyState, together: float, variation: float) -> float:
    """Compare with batches that all start, and end with their longest."""
    if not 0.0 <= variation < math.inf:
        raise InputError(f"output_variation must not be negative, got {variation}")
    count = max(round(together), 1)
    attention = state.steps.reading[state.prompt] - state.steps.reading[state.prompt - state.read]
    prompts = state.steps.prefill(count, count * state.read, count * attention)
    longest = float(state.written)
    if variation and count > 1:
        from statistics import NormalDist  # noqa: PLC0415

        spread = math.sqrt(math.log1p(variation * variation))
        # The middle of the longest of so many log-normal draws (Blom, 1958).
        place = NormalDist().inv_cdf((count - 0.375) / (count + 0.25))
        longest *= math.exp(spread * place - spread * spread / 2.0)
    batch = prompts + (longest - 1.0) * state.step(count)
    return state.rate(count) * batch / count


def _joules(state: SteadyState, together: float, served: float) -> float | None:
    replica = state.replica
    device = replica.machine
    if device.power is None:
        return None
    step = replica.write(together, state.context)
    chunk = replica.prefill(1.0, float(state.read))
    reading = min(served * state.reading(together), 1.0)
    writing = min(served * (state.written - 1) * state.step(together) / together, 1.0 - reading)
    power = reading * (chunk.joules or 0.0) / chunk.seconds
    power += writing * (step.joules or 0.0) / step.seconds
    power += max(1.0 - reading - writing, 0.0) * device.idle * replica.devices
    return power / float(rate(served * state.written, 1.0))


def _nothing(state: SteadyState) -> BatchingResult:
    """Answer where not even one request fits."""
    tokens = cache_tokens(state.replica, state.paged)
    nan = math.nan
    return BatchingResult(
        feasible=False, stable=False, max_active_requests=0, mean_active=0.0, mean_waiting=nan,
        waiting_probability=1.0, requests_per_second=0.0, output_len=state.written,
        ttft_seconds=math.inf, itl_seconds=math.inf, end_to_end_seconds=math.inf,
        prefill_share=0.0, utilization=math.inf, peak_requests_per_second=0.0,
        memory_fragmentation=nan, paged_bytes=0.0, speedup_vs_static=nan, joules_per_token=None,
        notes=(f"memory for {tokens:,.0f} tokens of cache; a request needs {state.paged:,}",),
    )  # fmt: skip
