"""Points drawn from a design space, rather than all of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlsysim_core.arrays import Setting, numpy_or_error
from mlsysim_core.errors import InputError, nearest

from ._axes import Interval, drawn
from ._block import NUMBERS, Block, keep_pages
from ._optional import imported
from ._space import Space

__all__ = ["Sample"]

_MOST = 10**6
"""Points of a Latin hypercube, which is drawn as a whole."""
_TURN = 16384
"""Points that one generator draws: with another number, a seed would give other points."""
_METHODS = ("random", "latin")


class _Draw(NamedTuple):
    """Points that are drawn together, all of one setting."""

    setting: Setting
    place: int
    """Of the setting in the space."""
    turn: int
    points: int


class Sample:
    """Points of a space, drawn by ``Space.sample``, setting after setting.

    Points of equal seeds are equal, whatever they are cut into to be worked out.
    """

    __slots__ = ("_draws", "_settings", "method", "points", "seed", "space")

    def __init__(self, space: Space, points: int, method: str = "random", seed: int = 0) -> None:
        for name, value, least in (("points", points, 1), ("seed", seed, 0)):
            if type(value) is not int or value < least:
                raise InputError(f"{name} must be a whole number from {least}, got {value!r}")
        if method not in _METHODS:
            close = nearest(str(method), _METHODS)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise InputError(f"method must be one of {', '.join(_METHODS)}, got {method!r}{hint}")
        if method == "latin" and points > _MOST:
            raise InputError(
                f"a Latin hypercube has at most {_MOST:,} points, got {points:,}: "
                "method='random' has no limit"
            )
        fractions = space.efficiency
        if not isinstance(fractions, Interval) and len(fractions) > 1 and None in fractions:
            raise InputError("efficiency must be numbers, or left out; got None among others")
        self.space, self.points, self.method, self.seed = space, points, method, seed
        self._settings = len(space.settings)
        self._draws = [
            _Draw(space.settings[place], place, turn, min(_TURN, count - turn * _TURN))
            for place, count in enumerate(self._counts())
            for turn in range(-(-count // _TURN))
        ]

    @property
    def size(self) -> int:
        """Points, before those that ``where`` leaves out."""
        return sum(one.points for one in self._draws)

    @property
    def extent(self) -> str:
        """Number of points, for people."""
        return f"{self.size:,} points"

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Combinations of what is no number, as far as they were drawn."""
        return tuple(dict.fromkeys(one.setting for one in self._draws))

    def blocks(self, points: int | None = None) -> Iterator[Block]:
        """Go through the sample, at most so many points at a time."""
        keep_pages()
        whole = self._hypercube() if self.method == "latin" else None
        for draw in self._draws:
            if whole is None:
                shares = self._generator(draw.place, draw.turn).random((draw.points, 3))
            else:
                places, numbers = whole
                first = int(numpy_or_error().searchsorted(places, draw.place)) + draw.turn * _TURN
                shares = numbers[first : first + draw.points]
            for start in range(0, draw.points, points or _TURN):
                yield self._block(draw.setting, shares[start : start + (points or _TURN)])

    def parts(self, points: int) -> "list[Sample]":
        """Return the sample in parts of about so many points, in its order."""
        parts: list[list[_Draw]] = []
        gathered = points
        for draw in self._draws:
            if gathered >= points:
                parts.append([])
                gathered = 0
            parts[-1].append(draw)
            gathered += draw.points
        return [self._part(one) for one in parts]

    def _part(self, draws: list[_Draw]) -> "Sample":
        part = Sample.__new__(Sample)
        part.space = self.space._part(())  # noqa: SLF001  # draws bring their own settings
        part.points, part.method, part.seed = self.points, self.method, self.seed
        part._settings, part._draws = self._settings, draws  # noqa: SLF001
        return part

    def _block(self, setting: Setting, shares: Any) -> Block:
        axes = (getattr(self.space, name) for name in NUMBERS)
        return self.space.block(
            setting,
            *(
                None
                if not isinstance(axis, Interval) and axis[0] is None
                else drawn(axis, shares[:, place])
                for place, axis in enumerate(axes)
            ),
        )

    def _generator(self, *place: int) -> Any:
        np = numpy_or_error("sampling a design space")
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=place))

    def _counts(self) -> list[int]:
        """Return how many points each setting has."""
        np = numpy_or_error("sampling a design space")
        if self.method == "latin":
            places, _ = self._hypercube()
            counts = np.bincount(places, minlength=self._settings)
        else:
            likely = np.full(self._settings, 1.0 / self._settings)
            counts = self._generator().multinomial(self.points, likely)
        found: list[int] = counts.tolist()
        return found

    def _hypercube(self) -> tuple[Any, Any]:
        """Draw all points: the places of their settings, in order, and shares of numbers."""
        np = numpy_or_error("sampling a design space")
        qmc = imported("scipy.stats.qmc", "a Latin hypercube", "sampling")
        shares = qmc.LatinHypercube(4, rng=self._generator()).random(self.points)
        places = np.minimum((shares[:, 0] * self._settings).astype(np.int64), self._settings - 1)
        order = np.argsort(places, kind="stable")
        return places[order], shares[order, 1:]

    def __len__(self) -> int:
        return self.size

    def __repr__(self) -> str:
        return f"<Sample: {self.extent}, {self.method}, seed {self.seed}>"
