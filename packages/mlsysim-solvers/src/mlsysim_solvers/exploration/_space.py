"""A design space: what is tried of each parameter, and which combinations count."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, product
from typing import TYPE_CHECKING, Any

from mlsysim_core._arguments import (
    check_batch_size,
    check_efficiency,
    check_length,
    find_hardware,
    find_model,
    find_stack,
)
from mlsysim_core.arrays import Setting, numpy_or_error
from mlsysim_core.errors import FrozenError, InputError

from ._axes import Interval, numeric_axis, several
from ._block import FAST, NUMBERS, Block, condition, formula, keep_pages
from ._expressions import Expression

if TYPE_CHECKING:
    from ._sampling import Sample

__all__ = ["Space"]


class Space:
    """Combinations of models, devices and whatever else a pass is asked with.

    Parameters
    ----------
    models, hardware
        One or several, by name or as specs.
    batch_size, seq_len, efficiency
        A number, several, a ``range``, or text: ``"1,2,4"``, ``"1:256"``, ``"1:256:8"``,
        ``"1:256:log2"`` with both ends; for one of the first two an expression as well,
        such as ``seq_len="131072 / batch_size"``. Without steps, an efficiency of
        ``"0.2:0.9"`` and any of them as ``"1:256:log"`` are for ``sample`` and
        ``DSE.optimize`` alone.
    precision, stack, phase
        One or several of what :meth:`mlsysim_core.Engine.solve` takes one of.
    where : str or sequence of str
        Comparisons of these parameters, such as ``"batch_size * seq_len <= 1e6"``; points
        for which one is false are no points of the space.
    kv_precision, is_training, recompute, optimizer
        As in :meth:`mlsysim_core.Engine.solve`, the same for all.

    Examples
    --------
    >>> space = Space("Llama3_8B", ["A100", "H100"], batch_size="1:256:log2")
    >>> space.size
    18
    """

    __slots__ = ("_dependent", "_where", "batch_size", "efficiency", "seq_len", "settings")

    settings: tuple[Setting, ...]
    """Every combination of what is no number."""
    batch_size: Sequence[int] | Interval
    seq_len: Sequence[int | None] | Interval
    efficiency: Sequence[float | None] | Interval
    _dependent: dict[str, Expression]
    _where: list[Expression]

    def __init__(
        self,
        models: Any,
        hardware: Any,
        *,
        batch_size: Any = 1,
        seq_len: Any = None,
        precision: Any = "fp16",
        efficiency: Any = None,
        stack: Any = None,
        phase: Any = None,
        where: str | Sequence[str] = (),
        **fixed: Any,
    ) -> None:
        values = {
            "batch_size": numeric_axis("batch_size", batch_size, check_batch_size),
            "seq_len": numeric_axis("seq_len", seq_len, check_length),
            "efficiency": numeric_axis("efficiency", efficiency, check_efficiency, whole=False),
        }
        dependent: dict[str, Expression] = {}
        for name, value in values.items():
            if isinstance(value, str):
                dependent[name] = formula(name, value)
        if "efficiency" in dependent or len(dependent) > 1:
            raise InputError("only one of batch_size and seq_len may depend on the others")
        for name in ("batch_size", "seq_len"):
            given = values[name]
            if isinstance(given, list) and None in given and (len(given) > 1 or name != "seq_len"):
                raise InputError(f"{name} must be numbers, got None")
        unknown = fixed.keys() - {"kv_precision", "is_training", "recompute", "optimizer"}
        if unknown:
            raise InputError(f"a space has no parameter {', '.join(sorted(unknown))}")
        settings = tuple(
            Setting(*chosen, **fixed).checked()
            for chosen in product(
                [find_model(one) for one in several("models", models)],
                [find_hardware(one) for one in several("hardware", hardware)],
                several("precision", precision),
                [find_stack(one) for one in several("stack", stack)],
                several("phase", phase),
            )
        )
        conditions = [where] if isinstance(where, str) else list(where)
        found = {
            **{name: [None] if name in dependent else one for name, one in values.items()},
            "settings": settings,
            "_dependent": dependent,
            "_where": [condition(one) for one in conditions],
        }
        self._fill(found)

    def _fill(self, found: dict[str, Any]) -> None:
        for name, one in found.items():
            object.__setattr__(self, name, one)

    @property
    def size(self) -> int:
        """Points, before those that ``where`` leaves out."""
        return len(self.settings) * math.prod(map(len, self._grid()))

    @property
    def extent(self) -> str:
        """Number of points, for people."""
        endless = any(isinstance(one, Interval) for one in self.axes.values())
        return "no end of points" if endless else f"{self.size:,} points"

    @property
    def axes(self) -> dict[str, Any]:
        """What is tried of each number: values, an interval, or the text of an expression."""
        texts = {name: one.text for name, one in self._dependent.items()}
        return {name: texts.get(name, getattr(self, name)) for name in NUMBERS}

    @property
    def conditions(self) -> list[str]:
        """Texts of what points must fulfil to be in the space."""
        return [one.text for one in self._where]

    def sample(self, points: int, method: str = "random", seed: int = 0) -> "Sample":
        """Draw points, rather than take all.

        Parameters
        ----------
        points : int
            How many, before those that ``where`` leaves out.
        method : str
            ``"random"``, each for itself, or ``"latin"``, a Latin hypercube, in which every
            stretch of every parameter has its share; that needs scipy, and has a million
            points at most.
        seed : int
            Equal seeds draw equal points.

        Returns
        -------
        Sample
            What ``DSE`` takes in place of a space.

        Examples
        --------
        >>> space = Space("Llama3_8B", "H100", batch_size="1:4096:log", efficiency="0.2:0.9")
        >>> space.sample(1000, seed=7)
        <Sample: 1,000 points, random, seed 7>
        """
        from ._sampling import Sample  # noqa: PLC0415  # it is made of a space

        return Sample(self, points, method, seed)

    def _grid(self) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
        """Return the numbers that are tried, or say that there is no end of them."""
        for name in NUMBERS:
            if isinstance(axis := getattr(self, name), Interval):
                raise InputError(
                    f"{name} may be anything in {axis}, which makes no grid: give it steps, such "
                    f"as '{axis.low:g}:{axis.high:g}:{'log2' if axis.log else 0.1}', or take "
                    "a sample"
                )
        return self.efficiency, self.batch_size, self.seq_len

    def blocks(self, points: int | None = None) -> Iterator[Block]:
        """Go through the space in order, at most so many points at a time."""
        np = numpy_or_error("exploring a design space")
        keep_pages()
        for setting in self.settings:
            for efficiency, batch, length in self._tiles(points or FAST):
                yield self.block(
                    setting,
                    None if efficiency[0] is None else np.array(efficiency)[:, None, None],
                    _numbers(np, batch, (1, -1, 1)),
                    _numbers(np, length, (1, 1, -1)),
                )

    def parts(self, points: int) -> "list[Space]":
        """Return the space in parts of about so many points, in its order; each is a space."""
        together = points // (self.size // len(self.settings))
        if together > 1:
            starts = range(0, len(self.settings), together)
            return [self._part(self.settings[start : start + together]) for start in starts]
        tiles = list(self._tiles(points))
        return [self._part((setting,), *tile) for setting in self.settings for tile in tiles]

    def _part(self, settings: tuple[Setting, ...], *tile: Sequence[Any]) -> "Space":
        found = {name: getattr(self, name) for name in self.__slots__}
        found |= zip(NUMBERS, tile, strict=False)
        part = Space.__new__(Space)
        part._fill({**found, "settings": settings})  # noqa: SLF001
        return part

    def _tiles(self, points: int) -> Iterator[tuple[Sequence[Any], Sequence[Any], Sequence[Any]]]:
        """Cut what is asked of each setting into efficiencies, batch sizes and lengths."""
        efficiencies, batches, lengths = self._grid()
        inner = min(len(lengths), points)
        middle = min(len(batches), max(1, points // inner))
        outer = max(1, points // (inner * middle))
        for given, run in groupby(efficiencies, lambda one: one is not None):
            fractions: list[Any] = list(run)
            step = outer if given else 1
            for first in range(0, len(fractions), step):
                for second in range(0, len(batches), middle):
                    for third in range(0, len(lengths), inner):
                        yield (
                            fractions[first : first + step],
                            batches[second : second + middle],
                            lengths[third : third + inner],
                        )

    def block(self, setting: Setting, efficiency: Any, batch: Any, length: Any) -> Block:
        """Make a block of arrays that broadcast to its points."""
        return Block.of(setting, (efficiency, batch, length), self._dependent, self._where)

    def __len__(self) -> int:
        return self.size

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenError(f"a Space never changes; {name} cannot be set")

    def __reduce__(self) -> tuple[Any, ...]:
        found = {name: getattr(self, name) for name in self.__slots__}
        found["_dependent"] = [(name, one.text) for name, one in self._dependent.items()]
        found["_where"] = [one.text for one in self._where]
        return _restored, (found,)

    def __repr__(self) -> str:
        return f"<Space: {self.extent}, {len(self.settings):,} settings>"


def _restored(found: dict[str, Any]) -> Space:
    """Make a space anew from what was pickled: expressions are read again."""
    found["_dependent"] = {name: formula(name, text) for name, text in found["_dependent"]}
    found["_where"] = [condition(text) for text in found["_where"]]
    space = Space.__new__(Space)
    space._fill(found)  # noqa: SLF001
    return space


def _numbers(np: Any, values: Sequence[Any], shape: tuple[int, ...]) -> Any:
    if isinstance(values, range):
        return np.arange(values.start, values.stop, values.step, dtype=float).reshape(shape)
    return None if values[0] is None else np.array(values, dtype=float).reshape(shape)
