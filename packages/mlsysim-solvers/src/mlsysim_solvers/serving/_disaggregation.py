"""Prompts on some devices, tokens on others, and the cache that travels between them."""

import math
from dataclasses import replace
from heapq import heapreplace
from typing import Any, ClassVar

from mlsysim_core._arguments import whole_number
from mlsysim_core.errors import InputError
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._amounts import positive
from ._replica import Replica
from ._replica_settings import cache_tokens, replica_of
from ._requests import Requests
from ._simulation import Share, collect
from ._simulation_loop import simulate
from ._simulation_policy import Policy, Run
from ._simulation_result import SimulationResult
from ._steps import Steps

__all__ = ["DisaggregatedModel", "transfer_seconds"]

_PORT = 50e9
"""A port of 400 Gb/s for each device, one way. [byte / s]"""


class DisaggregatedModel(Solver):
    """Replicas that only read prompts, and others, of another kind perhaps, that only write.

    References
    ----------
    .. [1] Y. Zhong et al., "DistServe: Disaggregating prefill and decoding for
       goodput-optimized large language model serving," in OSDI, 2024. arXiv:2401.09670.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "prompts wait in one line for the next free reading replica, which reads them one by one",
        "the first token comes from the reading replica; then the whole cache is sent",
        "a cache travels at the pace of the side with the slower ports",
        "requests go to the writing replicas in turn",
    )
    bounds: ClassVar[str] = (
        "neither side: stacks are fitted to measurements; the Ideal stack bounds times from below"
    )

    def solve(
        self,
        model: ModelSpec | str,
        prefill_hardware: HardwareSpec | str,
        decode_hardware: HardwareSpec | str,
        requests: Requests,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        prefill_replicas: int = 1,
        decode_replicas: int = 1,
        prefill_settings: dict[str, Any] | None = None,
        decode_settings: dict[str, Any] | None = None,
        network_bandwidth: float | None = None,
        max_batch: int = 256,
        record: bool = False,
    ) -> SimulationResult:
        """Serve open arrivals.

        Parameters
        ----------
        model : ModelSpec or str
            What runs.
        prefill_hardware, decode_hardware : HardwareSpec or str
            What reads prompts, and what writes tokens.
        requests : Requests
            Lengths and arrivals.
        precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        prefill_replicas, decode_replicas : int
            Copies of the model on either side.
        prefill_settings, decode_settings : dict, optional
            ``tp``, ``pp``, ``ep``, ``dp_attention``, ``kv_precision``,
            ``activation_precision`` and ``stack`` of either side.
        network_bandwidth : float, optional
            Bytes that a device sends to the other side, or takes from it, in a second; a port of
            400 Gb/s if not given, or the link to its host where that is slower. [byte / s]
        max_batch : int
            Sequences that decode together at most.
        record : bool
            Keep every pass for a trace.

        Returns
        -------
        SimulationResult
            As of :class:`SimulationModel`; its first replicas are those that read.
        """
        if requests.arrivals is None:
            raise InputError("disaggregated serving is simulated for open arrivals only")
        reader = replica_of(
            model, prefill_hardware, precision, efficiency, **prefill_settings or {}
        )
        writer = replica_of(model, decode_hardware, precision, efficiency, **decode_settings or {})
        network = (
            None if network_bandwidth is None else positive("network_bandwidth", network_bandwidth)
        )
        mean = (sum(requests.prompts) + sum(requests.outputs)) / len(requests)
        first, reading = _read(
            reader,
            requests,
            whole_number("prefill_replicas", prefill_replicas),
            mean,
            record=record,
        )
        ready = [
            done + transfer_seconds(reader, writer, length, network)
            for done, length in zip(first, requests.prompts, strict=True)
        ]
        order = sorted(range(len(ready)), key=ready.__getitem__)
        copies = whole_number("decode_replicas", decode_replicas)
        rules = Policy(
            limit=whole_number("max_batch", max_batch), budget=10**12, reserve=True, read=False
        )
        steps, capacity = Steps(writer, mean), cache_tokens(writer, math.ceil(mean))
        shares: list[Share] = []
        arrived = requests.arrivals
        for index in range(copies):
            chosen = order[index::copies]
            if not chosen:
                continue
            part = Requests(
                prompts=tuple(requests.prompts[one] for one in chosen),
                outputs=tuple(requests.outputs[one] for one in chosen),
                arrivals=tuple(ready[one] for one in chosen),
            )
            run = simulate(
                steps, rules, part.prompts, part.outputs, part.arrivals, 0, capacity, record=record
            )
            # Times count from the arrival of the request, not from that of its cache.
            for place, one in enumerate(chosen):
                run.finish[place] += ready[one] - arrived[one]
                run.first[place] = first[one] - arrived[one]
                run.start[place] += ready[one] - arrived[one]
            shares.append(Share(part, run))
        answer = collect(writer, shares, "disaggregated", requests, mean)
        return _with_readers(answer, reading, reader)


def transfer_seconds(reader: Replica, writer: Replica, length: int, network: float | None) -> float:
    """Return the time to send the cache of one prompt, at the pace of the slower side [s]."""
    kept = float(reader.held(1.0, float(length)).cache) * reader.devices
    paces = [side.devices * (network or _port(side)) for side in (reader, writer)]
    return kept / min(paces)


def _port(side: Replica) -> float:
    """Return the bytes that a device sends in a second, by way of its host where it has one."""
    host = side.machine.host
    return _PORT if host is None else min(_PORT, host)


def _read(
    reader: Replica, requests: Requests, copies: int, mean: float, *, record: bool
) -> tuple[list[float], Run]:
    """Read prompts in order of arrival, each on the replica that is free first."""
    steps = Steps(reader, mean)
    free = [0.0] * copies
    run = Run([], [], [])
    for came, length in zip(requests.arrivals or (), requests.prompts, strict=True):
        begins = max(free[0], came + reader.front_end)
        seconds = steps.prefill(1, length, steps.reading[length])
        heapreplace(free, begins + seconds)
        run.first.append(begins + seconds)
        run.busy += seconds
        run.read += length
        if record:
            run.trace.append(("prefill", begins, seconds, 0))
    run.end = max(free)
    return run.first, run


def _with_readers(answer: SimulationResult, run: Run, reader: Replica) -> SimulationResult:
    """Add what the reading replicas did."""
    note = f"prompts are read on {reader.devices} x {reader.hardware.name} each"
    behind = -1
    return replace(
        answer,
        tokens_read=run.read,
        passes=(*((behind, *one) for one in run.trace), *answer.passes),
        watts=None,
        notes=(*answer.notes, note, "power counts for neither side"),
    )
