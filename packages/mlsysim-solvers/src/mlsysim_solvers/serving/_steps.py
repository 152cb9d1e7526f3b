"""Times of engine steps as tables, so that millions of steps can be added up quickly.

A pass is a sum over operators. What depends on the tokens alone, what depends on the scores,
and what depends on each sequence are therefore tabulated apart and added: exactly as the
replica would time the whole pass.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

from mlsysim_core.account import add_up
from mlsysim_core.operators import Lowered
from mlsysim_core.specs import Totals
from mlsysim_core.specs.encoder import EncoderDecoder

from ._passes import SEQUENTIAL, chunk_pass, decode_pass, sequences_like
from ._replica import Replica

__all__ = ["Steps"]

_GRID = ((64, 1), (1024, 16), (16384, 128))
"""Distance of the sizes that are timed, up to which size; matrix engines work in such tiles."""

Size = TypeVar("Size")
Timed = TypeVar("Timed")


class _Table(dict[Size, Timed], Generic[Size, Timed]):
    """Numbers by size, worked out when they are first asked for."""

    def __init__(self, work_out: Callable[[Size], Timed]) -> None:
        self._work_out: Callable[[Size], Timed] = work_out

    def __missing__(self, size: Size) -> Timed:
        found = self[size] = self._work_out(size)
        return found


@lru_cache(maxsize=64)
def _times(replica: Replica) -> dict[tuple[str, int, float], float]:  # noqa: ARG001  # the key
    """Times of one replica, which all of its workloads add to."""
    return {}


class Steps:
    """Times of the steps of one replica; filled while they are asked for."""

    def __init__(
        self, replica: Replica, context: float, kept: float | None = None, beams: int = 1
    ) -> None:
        self.replica = replica
        self.context = max(context, 2.0)
        """A long context of the workload: attention is taken as linear up to there. [token]"""
        self._kept = kept  # tokens that are read whatever the context is
        self._beams = beams  # sequences of one request, which the host schedules together
        self._separate = not isinstance(replica.model.architecture, Totals | EncoderDecoder)
        self._stages = replica.layout.pipeline
        self._nodes = _times(replica)
        self._alone = _Table(self._sequence)
        self._machine = machine = replica.machine
        self.overhead = machine.per_pass + machine.per_call
        self.plain = self._separate and self._stages == 1
        """Whether a pass over prompts is the sum of its tokens, scores and attention."""
        self.tokens = _Table[int, float](lambda count: self._table("tokens", count))
        """Time of a pass over some tokens, without attention and scores. [s]"""
        self.scores = _Table[int, float](
            lambda count: self._table("scores", count) - self.overhead if count else 0.0
        )
        """Time to score the vocabulary for some tokens, and to choose. [s]"""
        self.reading = _Table[int, float](
            lambda length: self._table("reading", length) - self.overhead if length else 0.0
        )
        """Time in which the tokens of one prompt attend to each other. [s]"""
        self.lines = _Table(self._line)
        """Time of a decode step at no context, and what one more token in every sequence
        adds. [s]"""

    def _line(self, sequences: int) -> tuple[float, float]:
        if self._separate:
            together = max(math.ceil(sequences / self._stages), 1)
            near = self._attending(together, self._kept or 1.0)
            far = self._attending(together, self._kept or self.context)
            rest = self.tokens[together] + (self.scores[together] - self.overhead)
        else:
            near = self.replica.decode(sequences, 1.0).seconds
            far = self.replica.decode(sequences, self.context).seconds
            rest = 0.0
        near, far = (
            one + rest + self.replica.loop(sequences / self._beams, one + rest)
            for one in (near, far)
        )
        slope = (far - near) / (self.context - 1.0)
        return near - slope, slope

    def decode(self, sequences: int, context: float) -> float:
        """Return the time of a decode step [s]."""
        start, slope = self.lines[sequences]
        return start + slope * context

    def prefill(self, prompts: int, total: int, reading: float) -> float:
        """Return the time to read prompts of ``total`` tokens, given their attention [s]."""
        if not self._separate:
            return reading + prompts * self.overhead
        waves = min(self._stages, prompts)
        share = math.ceil(total / waves)
        whole = self.tokens[share] + self.scores[math.ceil(prompts / waves)] + reading / waves
        return whole if waves == 1 else whole * (waves + self._stages - 1) / self._stages

    def _table(self, what: str, size: int) -> float:
        below, above = _neighbours(size)
        if above == size or what != "reading":
            return self._node(what, above)  # a tile that is not full takes as long as a full one
        first = self._node(what, below)
        part = (size - below) / (above - below)
        return first + part * (self._node(what, above) - first)

    def _node(self, what: str, size: int) -> float:
        key = what, size, 0.0
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = self._seconds(what, size)
        return found

    def _seconds(self, what: str, size: int) -> float:
        replica = self.replica
        if what == "reading":
            if not self._separate:
                return replica.prefill(1.0, float(size)).seconds
            kept = self._only(chunk_pass(replica.model, replica.widths, 1.0, float(size)), what)
            return self._latency(*replica.part(kept, kept))
        groups = replica.layout.data
        own = max(size / groups, 1.0)
        part = whole = self._only(decode_pass(replica.model, replica.widths, own, 1.0), what)
        if groups > 1:
            whole = self._only(decode_pass(replica.model, replica.widths, own * groups, 1.0), what)
        return self._latency(*replica.part(part, whole))

    def _attending(self, together: int, context: float) -> float:
        key = "attending", together, context
        found = self._nodes.get(key)
        if found is None:
            own = max(together / self.replica.layout.data, 1.0)
            alone, waiting = self._alone[context]
            found = self._nodes[key] = self._latency(sequences_like(alone, own), waiting)
        return found

    def _latency(self, own: Lowered, waiting: float) -> float:
        """Return the time of what one device does, and of what it waits for [s]."""
        account = add_up(own, self._machine, self.replica.efficiency)
        return float(account.latency) + waiting

    def _sequence(self, context: float) -> tuple[Lowered, float]:
        """Return what one device does to decode one sequence, and what it waits for [s]."""
        replica = self.replica
        kept = self._only(decode_pass(replica.model, replica.widths, 1.0, context), "reading")
        return replica.part(kept, kept)

    @staticmethod
    def _only(lowered: Lowered, what: str) -> Lowered:
        """Keep the operators of one table; memory is looked after elsewhere."""
        chosen = []
        for one in lowered.operators:
            kind = "tokens"
            if one.kind in SEQUENTIAL:
                kind = "reading"
            elif one.name.startswith("head"):
                kind = "scores"
            if kind == what:
                chosen.append(one)
        items = lowered.items if what == "tokens" else 0.0
        return lowered._replace(
            operators=tuple(chosen),
            items=items,
            weights=0.0,
            cache=0.0,
            activations=0.0,
        )


def _neighbours(size: int) -> tuple[int, int]:
    """Return the sizes around one that are timed."""
    for limit, step in _GRID:
        if size <= limit:
            below = size // step * step
            return max(below, 1), size if below == size else below + step
    step = 1 << (size.bit_length() - 5)
    below = size // step * step
    return below, size if below == size else below + step
