"""The text of an expression: units written as products, and places for errors."""

import re

from mlsysim_core.errors import InputError, nearest

from ._expression_units import UNITS

__all__ = ["ExpressionError", "Source"]

_QUOTED = r"\"[^\"]*\"|'[^']*'"
_WITH_UNIT = re.compile(
    rf"(?P<text>{_QUOTED})"
    r"|(?P<number>(?<![\w.])(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*"
    r"(?P<unit>(?!(?:and|or|not|in|if|is)\b|[eE][+-]?\d)[^\W\d_]\w*)"
)
_MISTAKES = {
    r"=<": "<=",
    r"=>": ">=",
    r"<>": "!=",
    r"&&?": "and",
    r"\|\|?": "or",
    r"!(?!=)": "not",
    r"\^": "**",
    r"(?<![<>=!])=(?!=)": "==",
}


class ExpressionError(InputError):
    """An expression that cannot be understood.

    Attributes
    ----------
    why : str
        What is wrong, without the place.
    place : int
        Where in the text, from 0.
    """

    why: str = ""
    place: int = 0


class Source:
    """An expression as it was written, and as it is parsed.

    Attributes
    ----------
    text : str
        As it was written.
    parsed : str
        With every number and its unit as a product.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._check_operators()
        self._origin: list[int] = []
        self.parsed = self._spaced()

    def error(self, why: str, place: int) -> ExpressionError:
        """Say that something at a place of the written text is wrong."""
        error = ExpressionError(f"{why} (at position {place + 1} of {self.text!r})")
        error.why, error.place = why, place
        return error

    def parsed_error(self, why: str, place: int, *, bytewise: bool = True) -> ExpressionError:
        """Say it for a place of the parsed text, in bytes as a syntax tree has it."""
        if bytewise:
            place = len(self.parsed.encode()[:place].decode(errors="ignore"))
        within = 0 <= place < len(self._origin)
        return self.error(why, self._origin[place] if within else len(self.text))

    def _check_operators(self) -> None:
        # What follows a # would be left out without a word.
        plain = re.sub(_QUOTED, lambda found: "_" * len(found.group()), self.text)
        if "#" in plain:
            raise self.error("this cannot be read", plain.index("#"))
        for mistake, meant in _MISTAKES.items():
            if found := re.search(mistake, plain):
                raise self.error(
                    f"{found.group()!r} is no operator; did you mean {meant}?", found.start()
                )

    def _spaced(self) -> str:
        pieces: list[str] = []
        last = len(self.text) - len(self.text.lstrip())
        for found in _WITH_UNIT.finditer(self.text):
            unit = found["unit"]
            if unit is None:
                continue
            start, end = found.span()
            if unit not in UNITS:
                close = nearest(unit, UNITS)
                hint = f"; did you mean {close[0]}?" if close else ""
                raise self.error(f"no unit is called {unit!r}{hint}", found.start("unit"))
            product = f"({found['number']}*{unit})"
            pieces += [self.text[last:start], product]
            self._origin += [*range(last, start), *[start] * len(product)]
            last = end
        pieces.append(self.text[last:])
        self._origin += range(last, len(self.text))
        return re.sub(r"\s", " ", "".join(pieces))
