"""Arrays that are sums of the batch, the length and their product, as four numbers.

Most of what a pass moves or computes is proportional to its samples or its tokens. Between
operators such arrays need no array at all: a product with a number, a sum, and a comparison
that has one outcome everywhere are taken on their coefficients. Whatever else is asked of
them makes the array, once. Formulas see no difference.
"""

from collections.abc import Callable
from operator import add, ge, gt, le, lt, mul, sub, truediv
from typing import Any

__all__ = ["Linear", "linear", "plain"]

Coefficients = tuple[float, float, float, float]
"""Of one, of the batch, of the length, and of batch times length."""


class Linear:
    """One such array. Batch and length are positive."""

    __slots__ = ("_array", "_bases", "coefficients")

    def __init__(self, bases: "_Bases", coefficients: Coefficients) -> None:
        self._bases, self.coefficients, self._array = bases, coefficients, None

    @property
    def array(self) -> Any:
        """The elements."""
        if self._array is None:
            self._array = self._bases.combined(self.coefficients)
        return self._array

    @property
    def memory(self) -> dict[Any, Any]:
        """What was worked out of arrays of the same batch and length."""
        return self._bases.memory

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the elements."""
        found: tuple[int, ...] = self.array.shape
        return found

    @property
    def dtype(self) -> Any:
        """Kind of the elements."""
        return self.array.dtype

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return self.array if dtype is None else self.array.astype(dtype)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **settings: Any) -> Any:
        return getattr(ufunc, method)(*map(plain, inputs), **settings)

    def _other(self, other: Any) -> Coefficients | None:
        """Return the coefficients of what this is combined with, if it has any."""
        if type(other) is Linear:
            return other.coefficients if other._bases is self._bases else None  # noqa: SLF001
        return (float(other), 0.0, 0.0, 0.0) if isinstance(other, int | float) else None

    def _plus(self, other: Any, sign: float) -> "Linear | None":
        theirs = self._other(other)
        if theirs is None:
            return None
        a, b, c, d = self.coefficients
        e, f, g, h = theirs
        return Linear(self._bases, (a + sign * e, b + sign * f, c + sign * g, d + sign * h))

    def _scaled(self, factor: float) -> "Linear":
        a, b, c, d = self.coefficients
        return Linear(self._bases, (a * factor, b * factor, c * factor, d * factor))

    def __add__(self, other: Any) -> Any:
        found = self._plus(other, 1.0)
        return add(self.array, plain(other)) if found is None else found

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        found = self._plus(other, -1.0)
        return sub(self.array, plain(other)) if found is None else found

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __neg__(self) -> "Linear":
        return self._scaled(-1.0)

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, int | float):
            return self._scaled(other)
        product = None if type(other) is not Linear else _product(self, other)
        return mul(self.array, plain(other)) if product is None else product

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, int | float) and other:
            a, b, c, d = self.coefficients
            return Linear(self._bases, (a / other, b / other, c / other, d / other))
        return truediv(self.array, plain(other))

    def __rtruediv__(self, other: Any) -> Any:
        return truediv(other, self.array)

    def __mod__(self, other: Any) -> Any:
        return self.array % plain(other)

    def __rmod__(self, other: Any) -> Any:
        return other % self.array

    def __floordiv__(self, other: Any) -> Any:
        return self.array // plain(other)

    def __rfloordiv__(self, other: Any) -> Any:
        return other // self.array

    def __pow__(self, other: Any) -> Any:
        return self.array ** plain(other)

    def __rpow__(self, other: Any) -> Any:
        return other**self.array

    def _compared(self, other: Any, comparison: Callable[[Any, Any], Any]) -> Any:
        """Compare; with one truth value where that holds for every element."""
        difference = self._plus(other, -1.0)
        if difference is not None:
            signs = [one for one in difference.coefficients if one]
            if not signs or all(one > 0.0 for one in signs) or all(one < 0.0 for one in signs):
                return bool(comparison(signs[0] if signs else 0.0, 0.0))
        return comparison(self.array, plain(other))

    def __lt__(self, other: Any) -> Any:
        return self._compared(other, lt)

    def __le__(self, other: Any) -> Any:
        return self._compared(other, le)

    def __gt__(self, other: Any) -> Any:
        return self._compared(other, gt)

    def __ge__(self, other: Any) -> Any:
        return self._compared(other, ge)

    def __eq__(self, other: object) -> Any:
        return self.array == plain(other)

    __hash__ = None  # type: ignore[assignment]  # as of an array


class _Bases:
    """Batch, length and their product, and what was worked out of them."""

    __slots__ = ("_known", "memory")

    def __init__(self, batch: Any, length: Any) -> None:
        self._known = {1: batch, 2: length}
        self.memory: dict[Any, Any] = {}

    def combined(self, coefficients: Coefficients) -> Any:
        """Return the array of some coefficients."""
        if coefficients[3] and 3 not in self._known:
            self._known[3] = self._known[1] * self._known[2]
        found: Any = None
        for place in (1, 2, 3):
            factor = coefficients[place]
            if factor:
                part = self._known[place] if factor == 1.0 else factor * self._known[place]
                found = part if found is None else found + part
        constant = coefficients[0]
        if found is None:
            return 0.0 * self._known[1] + constant
        return found + constant if constant else found


def _product(left: Linear, right: Linear) -> Linear | None:
    """Multiply, where the product is a sum of the same terms."""
    if left._bases is not right._bases:  # noqa: SLF001
        return None
    a, b, c, d = left.coefficients
    e, f, g, h = right.coefficients
    squares = (b and (f or h)) or (c and (g or h)) or (d and (f or g or h))
    if squares:
        return None
    return Linear(left._bases, (a * e, a * f + b * e, a * g + c * e, a * h + d * e + b * g + c * f))  # noqa: SLF001


def linear(batch: Any, length: Any) -> tuple[Linear, Any]:
    """Return batch and length as such arrays; a length that is one number stays one.

    Parameters
    ----------
    batch : array_like
        Positive numbers.
    length : array_like or float
        Positive numbers.
    """
    bases = _Bases(batch, length)
    one = Linear(bases, (0.0, 1.0, 0.0, 0.0))
    return one, length if isinstance(length, float) else Linear(bases, (0.0, 0.0, 1.0, 0.0))


def plain(value: Any) -> Any:
    """Return the elements of what may be such an array."""
    return value.array if type(value) is Linear else value
