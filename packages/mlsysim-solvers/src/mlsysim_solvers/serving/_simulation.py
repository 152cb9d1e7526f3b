"""Serving, simulated request by request."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar, get_args

from mlsysim_core._arguments import check_choice, check_flag, whole_number
from mlsysim_core.errors import InputError
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec, SchedulingPolicy

from ._replica import Replica
from ._replica_settings import cache_tokens, replica_of
from ._requests import Requests
from ._simulation_energy import mean_power
from ._simulation_loop import simulate
from ._simulation_policy import Policy, Run
from ._simulation_result import SimulationResult
from ._steps import Steps

__all__ = ["POLICIES", "Share", "SimulationModel", "collect", "serve_share"]

POLICIES: tuple[str, ...] = get_args(SchedulingPolicy)
"""How a scheduler mixes prompts and tokens."""
_GROWTH = 3.0
"""Times by which waiting may grow over a run before it is called unstable."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one replica served."""

    requests: Requests
    run: Run


class SimulationModel(Solver):
    """A discrete-event simulation of replicas that serve requests.

    It is deterministic: the same requests give the same answer, bit by bit. Steps that only
    grow by a token in every sequence are added up at once, which keeps it fast.

    References
    ----------
    .. [1] G.-I. Yu, J. S. Jeong, G.-W. Kim, S. Kim, and B.-G. Chun, "Orca: A distributed
       serving system for transformer-based generative models," in OSDI, 2022.
    .. [2] A. Agrawal et al., "Taming throughput-latency tradeoff in LLM inference with
       Sarathi-Serve," in OSDI, 2024. arXiv:2403.02310.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "requests go to the replicas in turn",
        "within a pass, time is a sum over operators",
        "attention is linear in the mean context of a batch",
    )
    bounds: ClassVar[str] = (
        "neither side: stacks are fitted to measurements; the Ideal stack bounds times from below"
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        requests: Requests,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        policy: SchedulingPolicy | None = None,
        concurrency: int | None = None,
        replicas: int = 1,
        max_batch: int = 256,
        max_tokens: int | None = None,
        cached_fraction: float = 0.0,
        reserve: bool | None = None,
        record: bool = False,
        **settings: Any,
    ) -> SimulationResult:
        """Serve requests.

        Parameters
        ----------
        model, hardware : spec or str
            What runs, on what; or their names.
        requests : Requests
            Lengths and arrivals.
        precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        policy : str, optional
            ``"chunked"``: prompts, cut to fit, pass with the tokens of others;
            ``"continuous"``: whole prompts do; ``"prefill_first"``: prompts pass between
            tokens; ``"static"``: a batch is finished before the next. The stack's own if not
            given.
        concurrency : int, optional
            Requests under way at any time in a closed loop; without it, requests need
            arrivals.
        replicas : int
            Copies of the model, which get the requests in turn.
        max_batch : int
            Sequences that decode together at most.
        max_tokens : int, optional
            Tokens of one pass that reads prompts, at most; the stack's own if not given.
        cached_fraction : float
            Part of every prompt whose cache is there already.
        reserve : bool, optional
            Admit a request only if its whole output has memory; otherwise the youngest
            request gives way, and is read again. As the stack does if not given.
        record : bool
            Keep every pass for a trace.
        **settings
            ``tp``, ``pp``, ``ep``, ``dp_attention``, ``kv_precision``,
            ``activation_precision`` and ``stack``, as in :class:`ServingModel`.

        Returns
        -------
        SimulationResult
            Percentiles, attainment, throughput, utilisation.
        """
        if not isinstance(requests, Requests):
            raise InputError("requests must be made by Requests.generate or Requests.read")
        copies = whole_number("replicas", replicas)
        if requests.arrivals is None and concurrency is None:
            raise InputError("requests without arrivals need a concurrency")
        clients = 0 if concurrency is None else whole_number("concurrency", concurrency, copies)
        if not 0.0 <= cached_fraction < 1.0:
            raise InputError(f"cached_fraction must be from 0 to below 1, got {cached_fraction}")
        replica = replica_of(model, hardware, precision, efficiency, **settings)
        habits = replica.stack.serving
        chosen = habits.policy if policy is None else check_choice("policy", policy, POLICIES)
        if reserve is None:
            reserve = habits.reserve
        most = whole_number("max_tokens", habits.max_tokens if max_tokens is None else max_tokens)
        mean = (sum(requests.prompts) + sum(requests.outputs)) / len(requests)
        steps = Steps(replica, mean)
        rules = Policy.of(
            chosen,
            limit=whole_number("max_batch", max_batch),
            budget=10**12 if chosen == "static" else most,
            cached=cached_fraction,
            reserve=check_flag("reserve", reserve) or chosen == "static",
        )
        capacity = cache_tokens(replica, math.ceil(mean))
        shares = []
        for index in range(copies):
            part = _every(requests, index, copies)
            if part is None:
                continue
            closed = concurrency is not None
            arrivals = None if closed else part.arrivals
            own = max(clients // copies + (index < clients % copies), 1)
            run = simulate(
                steps, rules, part.prompts, part.outputs, arrivals, own, capacity,
                front_end=replica.front_end, record=check_flag("record", record),
            )  # fmt: skip
            shares.append(Share(part, run))
        return collect(replica, shares, chosen, requests, mean)


def serve_share(
    replica: Replica, steps: Steps, requests: Requests, *, limit: int, cached: float = 0.0
) -> SimulationResult:
    """Serve open arrivals on one replica, with memory for whole outputs."""
    habits = replica.stack.serving
    rules = Policy.of(
        habits.policy, limit=limit, budget=habits.max_tokens, cached=cached, reserve=True
    )
    mean = (sum(requests.prompts) + sum(requests.outputs)) / len(requests)
    capacity = cache_tokens(replica, math.ceil(mean))
    run = simulate(
        steps, rules, requests.prompts, requests.outputs, requests.arrivals, 0, capacity,
        front_end=replica.front_end,
    )  # fmt: skip
    return collect(replica, [Share(requests, run)], habits.policy, requests, mean)


def _every(requests: Requests, index: int, copies: int) -> Requests | None:
    """Take every so-manieth request."""
    if copies == 1:
        return requests
    prompts = requests.prompts[index::copies]
    if not prompts:
        return None
    arrivals = None if requests.arrivals is None else requests.arrivals[index::copies]
    return Requests(prompts=prompts, outputs=requests.outputs[index::copies], arrivals=arrivals)


def collect(
    replica: Replica, shares: list[Share], policy: str, requests: Requests, mean: float
) -> SimulationResult:
    """Put together what the replicas saw."""
    runs = [share.run for share in shares]
    end = max(run.end for run in runs)
    span = end * len(runs)
    powers = [mean_power(replica, run, mean) for run in runs]
    watts = None
    if None not in powers and end:
        watts = sum((power or 0.0) * run.end for power, run in zip(powers, runs, strict=True)) / end
    stable = all(_settled(share) for share in shares)
    finish = _joined(run.finish for run in runs)
    notes = []
    if left := finish.count(math.inf):
        notes.append(f"{left:,} requests exceed the memory of a replica")
    if not stable:
        notes.append("unstable: requests arrive faster than they are served, and wait ever longer")
    return SimulationResult(
        model=replica.model.name,
        hardware=replica.hardware.name,
        policy=policy,
        devices=replica.devices,
        replicas=len(shares),
        requests=len(requests),
        tokens_read=sum(run.read for run in runs),
        seconds=end,
        first=_joined(run.first for run in runs),
        finish=finish,
        start=_joined(run.start for run in runs),
        outputs=_joined(share.requests.outputs for share in shares),
        gap_seconds=_joined(run.gaps for run in runs),
        gap_tokens=_joined(run.weights for run in runs),
        utilization=sum(run.busy for run in runs) / span if end else 0.0,
        mean_batch=sum(run.sequence_seconds for run in runs) / span if end else 0.0,
        preempted=sum(run.preempted for run in runs),
        watts=watts,
        stable=stable,
        passes=tuple((number, *one) for number, run in enumerate(runs) for one in run.trace),
        notes=tuple(notes),
    )


def _joined(parts: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(parts))


def _settled(share: Share) -> bool:
    """Tell whether waiting did not grow from the first half of the run to its last tenth."""
    if share.requests.arrivals is None:
        return True
    waits = [wait for wait in share.run.start if wait < math.inf]
    tenth = len(waits) // 10
    if not tenth or share.requests.arrivals[-1] == share.requests.arrivals[0]:
        return True
    early = sum(waits[: 5 * tenth]) / (5 * tenth)
    late = sum(waits[-tenth:]) / tenth
    if late <= _GROWTH * early:
        return True
    served = [end for end in share.run.finish if end < math.inf]
    return late <= sum(served) / len(served) - sum(waits) / len(waits)
