"""Predict, then reveal: who has committed to a guess learns from the difference."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mlsysim_core._shown import Shown
from mlsysim_core.errors import InputError, nearest
from mlsysim_core.sheets import Section

from ._expected import Expected
from ._values import number_of, quantity_of, shown

__all__ = ["Prediction", "Reveal", "predict"]


_FIRST = "Guess first: put a number or a word in the place of ..."


@dataclass(frozen=True, slots=True)
class Reveal(Shown):
    """A guess beside the answer."""

    question: str
    guess: Any
    answer: Any
    ratio: float | None
    """The guess over the answer; nothing for words."""
    derivation: Expected | None = None

    @property
    def verdict(self) -> str:
        """How near the guess was, in words."""
        if self.guess is ...:
            return _FIRST
        if self.ratio is None:
            return "as you said" if self.guess == self.answer else "not what you said"
        if not math.isfinite(self.ratio) or self.ratio <= 0.0:
            return "no factor leads from one to the other"
        factor = max(self.ratio, 1.0 / self.ratio)
        side = "more" if self.ratio > 1.0 else "less"
        if factor < 1.1:
            return "as good as right"
        word = (
            "near" if factor < 2.0 else "the right order of magnitude" if factor < 10.0 else "off"
        )
        return f"{word}: {factor:.3g} times {side} than the answer"

    def __str__(self) -> str:
        if self.guess is ...:
            return f"{self.question} {_FIRST}"
        lines = [
            self.question,
            f"  your guess: {shown(self.guess)}",
            f"  the answer: {shown(self.answer)} ({self.verdict})",
        ]
        if self.derivation is not None:
            lines += [f"  {line}" for line in str(self.derivation).splitlines()]
        return "\n".join(lines)

    __repr__ = __str__

    def sections(self) -> list[Section]:
        """Return what notebooks show: guess and answer, and the derivation."""
        if self.guess is ...:
            return [Section(heading=self.question, lines=[_FIRST])]
        row = (shown(self.guess), shown(self.answer), self.verdict)
        header = ("your guess", "the answer", "")
        table = Section(heading=self.question, header=header, rows=[row], right=frozenset({0, 1}))
        return [table, *(self.derivation.sections() if self.derivation else ())]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A guess that its author has committed to: it never changes."""

    question: str
    guess: Any
    """A quantity, one of the choices, or nothing yet."""
    choices: tuple[str, ...] = ()

    def reveal(self, answer: Any) -> Reveal:
        """Show the answer beside the guess.

        Parameters
        ----------
        answer : Expected, quantity, number or str
            The answer; one with a derivation shows that, too.

        Returns
        -------
        Reveal
            Guess, answer, their ratio, and the derivation; while there is no guess, a
            reminder in their place.

        Raises
        ------
        InputError
            If the answer is of another kind than the guess.
        """
        if self.guess is ...:
            return Reveal(self.question, ..., None, None)
        derivation = answer if isinstance(answer, Expected) else None
        value = answer.value if isinstance(answer, Expected) else answer
        if self.choices:
            if value not in self.choices:
                raise InputError(f"answer must be one of {', '.join(self.choices)}; got {value!r}")
            return Reveal(self.question, self.guess, value, None, derivation)
        right = quantity_of("answer", value)
        number = number_of(self.guess, right.units)
        if number is None:
            raise InputError(f"answer is in {right.units:~P}, and the guess is {self.guess:~P}")
        ratio = number / float(right.magnitude) if right.magnitude else math.nan
        return Reveal(self.question, self.guess, right, ratio, derivation)

    def __repr__(self) -> str:
        guess = "..." if self.guess is ... else shown(self.guess)
        return f"{self.question} Your guess: {guess}"


def predict(
    question: str, guess: Any, unit: str | None = None, *, choices: Sequence[str] = ()
) -> Prediction:
    """Commit to a guess, before the answer is seen.

    Parameters
    ----------
    question : str
        What is asked.
    guess : quantity, number or str
        The guess, such as ``"10 ms"``; a bare number is in ``unit``. With ``...`` there is none
        yet, and nothing is revealed.
    unit : str, optional
        Unit of the answer; none for plain numbers.
    choices : sequence of str
        Words to choose from, in place of numbers.

    Returns
    -------
    Prediction
        To be revealed.

    Raises
    ------
    InputError
        If the guess is no such quantity, or none of the choices.

    Examples
    --------
    >>> guess = predict("How long does a step take?", "20 ms", "ms")
    >>> guess.reveal("10 ms")
    How long does a step take?
      your guess: 20 ms
      the answer: 10 ms (the right order of magnitude: 2 times more than the answer)
    """
    if guess is ...:
        return Prediction(question, ..., tuple(choices))
    if choices:
        found = {word.casefold(): word for word in choices}.get(str(guess).casefold())
        if found is None:
            close = nearest(str(guess), choices)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise InputError(f"guess must be one of {', '.join(choices)}; got {guess!r}{hint}")
        return Prediction(question, found, tuple(choices))
    value = quantity_of("guess", guess)
    wanted = quantity_of("unit", f"1 {unit or ''}").units
    if value.unitless and unit:
        value = value * quantity_of("unit", f"1 {unit}")
    if number_of(value, wanted) is None:
        raise InputError(f"guess must be in {unit or 'no unit'}, got {guess!r}")
    return Prediction(question, value)
