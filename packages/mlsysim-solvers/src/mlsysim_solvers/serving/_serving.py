"""A batch of requests from the first token to the last."""

from dataclasses import replace
from typing import ClassVar

from mlsysim_core._arguments import check_batch_size, check_length, whole_number
from mlsysim_core._former import Inputs
from mlsysim_core.errors import InputError
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec, StackSpec

from ._replica import Replica
from ._replica_settings import replica_of
from ._result import Ledger, ServingResult, Settings, merged_parts
from ._speculation import speculation_of
from ._timed_pass import Pass

__all__ = ["ServingModel"]

_POINTS = 9
"""Contexts at which a growing one is looked at."""


class ServingModel(Solver):
    """Requests of one length that are read together, and then written token by token.

    References
    ----------
    .. [1] R. Pope et al., "Efficiently scaling transformer inference," in MLSys, 2023.
       arXiv:2211.05102.
    .. [2] Y. Leviathan, M. Kalman, and Y. Matias, "Fast inference from transformers via
       speculative decoding," in ICML, 2023. arXiv:2211.17192.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "the requests of the batch start together and are equally long",
        "the first token comes out of the pass that reads the prompts",
        "proposed tokens are accepted independently, each with the same chance",
        "arithmetic and data movement of an operator overlap; operators do not",
    )
    bounds: ClassVar[str] = (
        "neither side: stacks are fitted to measurements; the Ideal stack bounds times from below"
    )
    _former: ClassVar[Inputs] = {
        "decode_hardware": "ask DisaggregatedModel",
        "network_bandwidth": "ask DisaggregatedModel",
    }

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        seq_len: int = 2048,
        batch_size: int = 1,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        output_len: int = 1,
        activation_precision: Precision | None = None,
        kv_precision: Precision | None = None,
        cached_prefix_len: int = 0,
        tp: int = 1,
        pp: int = 1,
        ep: int = 1,
        dp_attention: int = 1,
        prefill_chunk: int | None = None,
        draft_model: ModelSpec | str | None = None,
        draft_tokens: int = 4,
        draft_acceptance_rate: float = 0.7,
        prediction_layers: int = 0,
        adapters: int = 0,
        adapter_rank: int = 16,
        kv_offload: float = 0.0,
        stack: StackSpec | str | None = None,
    ) -> ServingResult:
        """Predict the latencies, the memory and the energy of a batch of requests.

        Parameters
        ----------
        model, hardware : spec or str
            What runs, on what; or their names.
        seq_len : int
            Tokens of each prompt.
        batch_size : int
            Requests served together.
        precision : str
            Format of the weights and of arithmetic.
        efficiency : float, optional
            Fraction of the dense peak; predicted from the shapes if not given.
        output_len : int
            Tokens written for each request. With one, the inter-token latency is that of
            a second token.
        activation_precision, kv_precision : str, optional
            Formats of activations and cache; 16 bits or wider if not given.
        cached_prefix_len : int
            Tokens of each prompt whose cache is already there.
        tp, pp, ep, dp_attention : int
            Devices that share each layer; stages that share the layers; groups among which
            the experts are dealt out; groups that attend to sequences of their own and share
            only the experts. The replica has ``tp * pp * dp_attention`` devices.
        prefill_chunk : int, optional
            Tokens of a prompt that pass together; the whole prompt if not given.
        draft_model : ModelSpec or str, optional
            A smaller model that proposes tokens, which this one checks in one pass.
        draft_tokens : int
            Tokens proposed in each round.
        draft_acceptance_rate : float
            Chance that a proposed token is accepted, given that those before it were:
            0.0 yields one token a round, 1.0 all of them and one more.
        prediction_layers : int
            Layers of the model itself that propose tokens instead of a draft model
            (multi-token prediction).
        adapters, adapter_rank : int
            Low-rank adapters that the requests choose from at random, and their rank.
        kv_offload : float
            Part of the cache that is kept in the host's memory, 0.0 to 1.0.
        stack : StackSpec or str, optional
            Software; ``"Optimized"`` if not given.

        Returns
        -------
        ServingResult
            Latencies, throughput, memory, energy; it can explain itself.

        Notes
        -----
        The first token takes what :meth:`mlsysim_core.Engine.solve` answers for the phase
        ``"prefill"``; the token that follows a context of ``seq_len`` what it answers for
        ``"decode"``. Over more outputs the latency is the mean over the growing context.
        A stack that is a server adds what its front end and its loop take (the parts
        ``"front_end"`` and ``"overhead"``); ``"Optimized"`` and ``"Ideal"`` add nothing.
        """
        replica = replica_of(
            model,
            hardware,
            precision,
            efficiency,
            activation_precision=activation_precision,
            kv_precision=kv_precision,
            tp=tp,
            pp=pp,
            ep=ep,
            dp_attention=dp_attention,
            stack=stack,
        )
        if isinstance(kv_offload, bool) or not 0.0 <= kv_offload <= 1.0:
            raise InputError(f"kv_offload must be from 0.0 to 1.0, got {kv_offload!r}")
        replica = replace(
            replica,
            adapters=whole_number("adapters", adapters, 0),
            adapter_rank=whole_number("adapter_rank", adapter_rank),
            offload=float(kv_offload),
        )
        draft = speculation_of(
            replica, draft_model, draft_tokens, draft_acceptance_rate, prediction_layers
        )
        batch = check_batch_size(batch_size)
        length = check_length(seq_len)
        outputs = whole_number("output_len", output_len)
        cached = whole_number("cached_prefix_len", cached_prefix_len, 0)
        check_lengths(replica.model, length, outputs, cached)
        chunk = length if prefill_chunk is None else whole_number("prefill_chunk", prefill_chunk)
        first = _read(replica, batch, length, cached, chunk)
        if draft is not None:
            own = _read(draft.draft, batch, length, cached, chunk)
            first = first.plus("draft", own.seconds, (own.joules or 0.0) / own.seconds)
        first = first.plus("front_end", replica.front_end)
        steps = []
        for weight, context in growing(length, outputs):
            if draft is None:
                step = replica.write(batch, context)
            else:
                step = draft.step(replica, batch, context)
            steps.append((weight, step))
        itl = sum((weight * step.seconds for weight, step in steps), 0.0)
        held = replica.held(batch, length + outputs - 1)
        device = replica.machine
        memory = Ledger(
            weights=float(held.weights),
            cache=float(held.cache) * (1.0 - kv_offload),
            activations=max(float(held.activations), first.alive),
            reserve=device.reserve,
            capacity=device.capacity,
            draft=0.0 if draft is None else draft.held(batch, length + outputs - 1),
            adapters=replica.adapter_memory(),
            offloaded=float(held.cache) * kv_offload,
        )
        beside = memory.cache + memory.activations + memory.draft + memory.adapters
        return ServingResult(
            ttft_seconds=first.seconds,
            itl_seconds=itl,
            end_to_end_seconds=first.seconds + (outputs - 1) * itl,
            feasible=bool(device.fits(memory.weights, beside) == 0.0),
            memory=memory,
            joules=energy_of(first, steps, outputs),
            prefill_parts=first.parts,
            decode_parts=merged_parts(steps),
            settings=Settings(
                model=replica.model.name,
                hardware=replica.hardware.name,
                precision=replica.precision,
                batch_size=batch,
                seq_len=length,
                output_len=outputs,
                cached_prefix_len=cached,
                devices=replica.devices,
                stack=replica.stack.name,
                layout=replica.layout,
            ),
            notes=(*device.notes, *held.notes),
        )


def _read(replica: Replica, batch: int, length: int, cached: int, chunk: int) -> Pass:
    """Read prompts, whole or chunk by chunk."""
    if length - cached <= chunk:
        return replica.prefill(batch, float(length - cached), float(cached))
    passes = [
        replica.prefill(batch, float(min(chunk, length - start)), float(start))
        for start in range(cached, length, chunk)
    ]
    joules = None
    if passes[0].joules is not None:
        joules = sum((one.joules or 0.0 for one in passes), 0.0)
    parts = merged_parts((1.0, one) for one in passes)
    return Pass(
        parts,
        sum((one.seconds for one in passes), 0.0),
        joules,
        max(one.alive for one in passes),
    )


def check_lengths(model: ModelSpec, length: int, outputs: int, cached: int = 0) -> None:
    """Refuse a prompt and an output that the model cannot hold together."""
    if cached >= length:
        raise InputError(
            f"cached_prefix_len must be below seq_len ({length:,}): the last token of a prompt "
            f"is always computed; got {cached:,}"
        )
    limit = model.max_context
    if limit is not None and length + outputs - 1 > limit:
        raise InputError(
            f"seq_len + output_len must be at most {limit + 1:,} for {model.name}, "
            f"got {length:,} + {outputs:,}"
        )


def growing(length: int, outputs: int) -> list[tuple[float, float]]:
    """Return contexts that stand for the steps of a generation, with their weights.

    The first step reads ``length`` tokens, each later one a token more.
    """
    last = max(outputs - 2, 0)
    if last < _POINTS:
        return [(1.0 / (last + 1), float(length + index)) for index in range(last + 1)]
    step = last / (_POINTS - 1)
    inner = 1.0 / (_POINTS - 1)
    return [
        (inner / 2 if index in {0, _POINTS - 1} else inner, length + index * step)
        for index in range(_POINTS)
    ]


def energy_of(first: Pass, steps: list[tuple[float, Pass]], outputs: int) -> float | None:
    """Energy of a prompt and of the steps after it [J]."""
    if first.joules is None:
        return None
    later = sum((weight * (step.joules or 0.0) for weight, step in steps), 0.0)
    return first.joules + (outputs - 1) * later
