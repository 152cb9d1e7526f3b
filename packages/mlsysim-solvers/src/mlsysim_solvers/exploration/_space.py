"""A design space: what is tried of each parameter, and which combinations count."""

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from typing import Any, NamedTuple

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

from ._axes import numeric_axis, several
from ._expression_units import NONE
from ._expressions import Expression, Names, parse

__all__ = ["PARAMETERS", "Block", "Space"]

PARAMETERS: Names = {
    "model": "text",
    "hardware": "text",
    "precision": "text",
    "stack": "text",
    "phase": "text",
    "efficiency": NONE,
    "batch_size": NONE,
    "seq_len": NONE,
}
"""Names that an expression of a space may use."""

_FEW, _MANY = 4096, 16384


class Block(NamedTuple):
    """Part of a space: one setting, and arrays that broadcast to its points."""

    setting: Setting
    efficiency: Any
    batch_size: Any
    seq_len: Any
    kept: Any
    """Which points are in the space; nothing if all are."""
    dependent: str | None
    """The parameter that is an expression, if one is."""
    unusable: Any
    """Where its value cannot be used, and one stands in; nothing without such a parameter."""


class Space:
    """Combinations of models, devices and whatever else a pass is asked with.

    Parameters
    ----------
    models, hardware
        One or several, by name or as specs.
    batch_size, seq_len, efficiency
        A number, several, a ``range``, or text: ``"1,2,4"``, ``"1:256"``, ``"1:256:8"``,
        ``"1:256:log2"`` with both ends; for one of the first two an expression as well,
        such as ``seq_len="131072 / batch_size"``.
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
    batch_size: Sequence[int]
    seq_len: Sequence[int | None]
    efficiency: Sequence[float | None]
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
                names = {one: what for one, what in PARAMETERS.items() if one != name}
                dependent[name] = parse(value, names, kind="number", what=name)
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
            "_where": [parse(one, PARAMETERS, kind="truth", what="where") for one in conditions],
        }
        for name, one in found.items():
            object.__setattr__(self, name, one)

    @property
    def size(self) -> int:
        """Points, before those that ``where`` leaves out."""
        numbers = len(self.efficiency) * len(self.batch_size) * len(self.seq_len)
        return len(self.settings) * numbers

    def blocks(self, points: int | None = None) -> Iterator[Block]:
        """Go through the space in order, at most so many points at a time."""
        wanted = points
        np = numpy_or_error("exploring a design space")
        for setting in self.settings:
            points = wanted or self._fast(setting)
            for given, run in groupby(self.efficiency, lambda one: one is not None):
                some: list[Any] = list(run)
                for fractions in [some] if given else [[one] for one in some]:
                    yield from self._stretch(np, setting, fractions, points)

    def _fast(self, setting: Setting) -> int:
        """Return how many points at a time suit a core's own cache."""
        # Most of a decode step depends on the batch alone, and takes no room for each length.
        apart = setting.phase_name == "decode" and not self._dependent
        return _MANY if apart else _FEW

    def _stretch(
        self, np: Any, setting: Setting, fractions: list[Any], points: int
    ) -> Iterator[Block]:
        inner = min(len(self.seq_len), points)
        middle = min(len(self.batch_size), max(1, points // inner))
        outer = max(1, points // (inner * middle))
        for first in range(0, len(fractions), outer):
            part = fractions[first : first + outer]
            efficiency = None if part[0] is None else np.array(part)[:, None, None]
            for second in range(0, len(self.batch_size), middle):
                batch = _numbers(np, self.batch_size[second : second + middle], (1, -1, 1))
                for third in range(0, len(self.seq_len), inner):
                    length = _numbers(np, self.seq_len[third : third + inner], (1, 1, -1))
                    yield self._block(np, setting, efficiency, batch, length)

    def _block(self, np: Any, setting: Setting, efficiency: Any, batch: Any, length: Any) -> Block:
        found = {"efficiency": efficiency, "batch_size": batch, "seq_len": length}
        words = {
            "model": setting.model.name,
            "hardware": setting.hardware.name,
            "precision": setting.precision,
            "stack": setting.stack.name,
            "phase": setting.phase_name,
        }

        def lookup(name: str) -> Any:
            if name in words:
                return words[name]
            return np.nan if found[name] is None else found[name]

        dependent, unusable = None, None
        for dependent, expression in self._dependent.items():
            values = np.asarray(expression(lookup), dtype=float)
            usable = np.isfinite(values) & (values >= 1.0) & (values == np.floor(values))
            unusable = ~usable
            found[dependent] = np.where(usable, values, 1.0)
        kept = None
        for condition in self._where:
            true = condition(lookup)
            kept = true if kept is None else np.logical_and(kept, true)
        return Block(setting, **found, kept=kept, dependent=dependent, unusable=unusable)

    def __len__(self) -> int:
        return self.size

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenError(f"a Space never changes; {name} cannot be set")

    def __repr__(self) -> str:
        return f"<Space: {self.size:,} points, {len(self.settings):,} settings>"


def _numbers(np: Any, values: Sequence[Any], shape: tuple[int, ...]) -> Any:
    if isinstance(values, range):
        return np.arange(values.start, values.stop, values.step, dtype=float).reshape(shape)
    return None if values[0] is None else np.array(values, dtype=float).reshape(shape)
