"""A batch of requests from the first token to the last."""

from typing import ClassVar

from mlsysim_core._arguments import check_batch_size, check_length, whole_number
from mlsysim_core.errors import InputError
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec, StackSpec

from ._replica import Pass
from ._replica_settings import replica_of
from ._serving_result import Ledger, ServingResult, Settings, merged_parts

__all__ = ["ServingModel"]

_POINTS = 9
"""Contexts at which a growing one is looked at."""


class ServingModel(Solver):
    """Requests of one length that are read together, and then written token by token."""

    assumptions: ClassVar[tuple[str, ...]] = (
        "the requests of the batch start together and are equally long",
        "the first token comes out of the pass that reads the prompts",
        "arithmetic and data movement of an operator overlap; operators do not",
    )

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
        batch = check_batch_size(batch_size)
        length = check_length(seq_len)
        outputs = whole_number("output_len", output_len)
        cached = whole_number("cached_prefix_len", cached_prefix_len, 0)
        check_lengths(replica.model, length, outputs, cached)
        first = replica.prefill(batch, length - cached, float(cached))
        steps = [
            (weight, replica.decode(batch, context)) for weight, context in growing(length, outputs)
        ]
        itl = sum((weight * step.seconds for weight, step in steps), 0.0)
        held = replica.held(batch, length + outputs - 1)
        device = replica.machine
        memory = Ledger(
            weights=float(held.weights),
            cache=float(held.cache),
            activations=max(float(held.activations), first.alive),
            reserve=device.reserve,
            capacity=device.capacity,
        )
        return ServingResult(
            ttft_seconds=first.seconds,
            itl_seconds=itl,
            end_to_end_seconds=first.seconds + (outputs - 1) * itl,
            feasible=device.fits(memory.weights, memory.cache + memory.activations) == 0.0,
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
            ),
            notes=(*device.notes, *held.notes),
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
