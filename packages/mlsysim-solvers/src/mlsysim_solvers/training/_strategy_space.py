"""Every strategy that a model, a batch and a number of devices allow, as arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from mlsysim_core.arrays import numpy_or_error
from mlsysim_core.errors import InputError
from mlsysim_core.specs import Decoder, Encoder, EncoderDecoder, ModelSpec, StateSpace

from .._sharding import Shards
from ._block import Block, halfway, layers_of
from ._costs import Cost
from ._job import Job
from ._layout import RECOMPUTATIONS, even, shared_out

if TYPE_CHECKING:
    import numpy as np

__all__ = ["COLUMNS", "Space", "Table", "space", "table"]

COLUMNS = (
    "block", "tp", "pp", "cp", "ep", "dp", "chunks", "microbatch", "microbatches", "zero",
    "sequence", "full", "recompute",
)  # fmt: skip
"""What an array of strategies has for each of them."""

_RECOMPUTES = RECOMPUTATIONS
_MOST_CHUNKS = 16


def _divisors(number: int, most: int | None = None) -> list[int]:
    small = [one for one in range(1, int(number**0.5) + 1) if number % one == 0]
    found = sorted({*small, *(number // one for one in small)})
    return [one for one in found if most is None or one <= most]


@dataclass(frozen=True, slots=True)
class Space:
    """What is tried of each setting; everything possible where nothing is said."""

    tp: Sequence[int] | None = None
    pp: Sequence[int] | None = None
    cp: Sequence[int] | None = (1,)
    ep: Sequence[int] | None = None
    chunks: Sequence[int] | None = None
    microbatch: Sequence[int] | None = None
    zero: Sequence[int] = (0, 1, 2, 3)
    sequence: Sequence[bool] | None = (False, True)
    """Wherever there is tensor parallelism, if none."""
    recompute: Sequence[str] = _RECOMPUTES


def _allowed(found: list[int], wanted: Sequence[int] | None, name: str) -> list[int]:
    """Return what is possible of what is wanted.

    Raises
    ------
    InputError
        If that is nothing; the error lists what would be possible.
    """
    if wanted is None:
        return found
    kept = [one for one in found if one in set(wanted)]
    if not kept:
        asked, possible = (", ".join(map(str, some)) for some in (sorted(set(wanted)), found))
        raise InputError(f"{name}: none of {asked} divides what it shares; these would: {possible}")
    return kept


def _splits(model: ModelSpec, devices: int, tried: Space) -> tuple[list[int], list[int], list[int]]:
    """Return sizes of tensor, context and expert parallelism that the model allows."""
    shape = model.architecture
    if not isinstance(shape, Decoder | Encoder | EncoderDecoder | StateSpace):
        return [1], [1], [1]
    heads = getattr(shape, "heads", None) or 1
    experts = shape.experts.count if isinstance(shape, Decoder) and shape.experts else 1
    tensor = _allowed([one for one in _divisors(heads) if devices % one == 0], tried.tp, "tp_sizes")
    context = _allowed(_divisors(devices, 64), tried.cp, "cp_sizes")
    expert = _allowed(
        [one for one in _divisors(experts) if devices % one == 0], tried.ep, "ep_sizes"
    )
    return tensor, context, expert


def _cuts(layers: int, pp: int, chunks: int) -> bool:
    """Tell whether stages are equal or, where none could be, but for a shorter last one."""
    parts = pp * chunks
    return even(layers, parts) or (not even(layers, pp) and shared_out(layers, parts))


def _stages(model: ModelSpec, devices: int, tried: Space) -> list[tuple[int, int]]:
    """Return stages and chunks that cut the layers."""
    shape = model.architecture
    layers = layers_of(model)
    if not isinstance(shape, Decoder | Encoder | EncoderDecoder | StateSpace):
        return [(1, 1)]
    possible = _allowed(list(range(1, _MOST_CHUNKS + 1)), tried.chunks, "v_stages")
    return [
        (pp, chunks)
        for pp in _allowed(_divisors(devices, layers), tried.pp, "pp_sizes")
        for chunks in possible
        if (chunks == 1 or pp > 1) and _cuts(layers, pp, chunks)
    ]


def _grids(
    model: ModelSpec, devices: int, batch: int, tried: Space
) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Yield every way to divide the devices that divides the batch as well."""
    tensor, context, expert = _splits(model, devices, tried)
    stages = _stages(model, devices, tried)
    for tp, cp, (pp, chunks), ep in product(tensor, context, stages, expert):
        dp, rest = divmod(devices, tp * cp * pp)
        if not rest and batch % dp == 0 and (dp * cp * tp) % ep == 0:
            yield tp, pp, cp, ep, dp, chunks


def space(job: Job, devices: int, batch: int, tried: Space) -> tuple["np.ndarray", list[Any]]:
    """List every valid strategy: one row each, and the blocks that the rows refer to."""
    np = numpy_or_error("searching strategies")
    keys: dict[tuple[Any, ...], int] = {}
    rows: list[Any] = []
    for tp, pp, cp, ep, dp, chunks in _grids(job.model, devices, batch, tried):
        micros = _divisors(batch // dp, 64)
        if tried.microbatch is not None:
            micros = [one for one in micros if one in tried.microbatch]
        sequences = (tp > 1,) if tried.sequence is None else tried.sequence
        for micro, sequence, recompute in product(micros, sequences, tried.recompute):
            count = batch // dp // micro
            if (chunks > 1 and count % pp) or (sequence and tp == 1):
                continue
            index = keys.setdefault((tp, cp, ep, sequence, recompute, micro), len(keys))
            kind = _RECOMPUTES.index(recompute)
            rows.append(
                (index, tp, pp, cp, ep, dp, chunks, micro, count, 0, sequence,
                 recompute == "full", kind)
            )  # fmt: skip
    if not rows:
        raise InputError(
            f"no strategy cuts {batch:,} sequences of {job.model.name} among {devices:,} devices"
        )
    one = np.array(rows, dtype=np.float64)
    stages_of_zero = sorted(set(tried.zero))
    many = np.repeat(one, len(stages_of_zero), axis=0)
    many[:, COLUMNS.index("zero")] = np.tile(stages_of_zero, len(one))
    # On one data-parallel rank there is nothing to shard.
    keep = (many[:, COLUMNS.index("dp")] > 1) | (
        many[:, COLUMNS.index("zero")] == stages_of_zero[0]
    )
    return np.ascontiguousarray(many[keep].T), list(keys)


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of many blocks, a column for each."""

    numbers: Any
    names: tuple[tuple[str, str], ...]
    layers: int
    unit: str

    def block(self, rows: Any) -> Block:
        """Return one block whose numbers are arrays: those of the rows asked for."""
        taken = self.numbers[:, rows]
        parts: dict[str, dict[str, Any]] = {"front": {}, "layer": {}, "head": {}, "": {}}
        for (part, name), values in zip(self.names, taken, strict=True):
            parts[part][name] = values
        return Block(
            front=Cost(**parts["front"]),
            layer=Cost(**parts["layer"]),
            head=Cost(**parts["head"]),
            layers=self.layers,
            unit=self.unit,
            notes=(),
            **parts[""],
        )


def table(job: Job, keys: list[Any]) -> Table:
    """Time every block once."""
    np = numpy_or_error("searching strategies")
    names = [(part, name) for part in ("front", "layer", "head") for name in Cost._fields]
    names += [("", name) for name in ("boundary", "alive", "logits", "asked", "items")]
    numbers = np.empty((len(names), len(keys)))
    # Strategies that differ in the size of micro-batches alone are timed together.
    groups: dict[Any, list[int]] = {}
    for at, key in enumerate(keys):
        groups.setdefault(key[:-1], []).append(at)
    timed = cache(lambda *one: job.blocks(Shards(*one[:4]), one[4], np.array(one[5])))
    for (*by, recompute), where in groups.items():
        micros = tuple(float(keys[at][-1]) for at in where)
        if recompute == "alternate":
            one = halfway(timed(*by, "full", micros), timed(*by, "selective", micros))
        else:
            one = timed(*by, recompute, micros)
        for row, (part, name) in enumerate(names):
            numbers[row, where] = getattr(getattr(one, part) if part else one, name)
    # What costs no block anything need not be an array.
    kept = [row for row, (part, _) in enumerate(names) if not part or numbers[row].any()]
    return Table(numbers[kept], tuple(names[row] for row in kept), one.layers, one.unit)
