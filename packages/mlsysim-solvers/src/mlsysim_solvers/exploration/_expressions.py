"""Expressions that people write: read by a parser of our own, checked, and never executed.

``ast`` only cuts the text into a tree; every node of it is looked at, and whatever is not
known here is an error that says where it stands. A number may carry a unit: ``50 ms``.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from mlsysim_core.errors import InputError, InputTypeError, nearest

from ._expression_text import ExpressionError, Source
from ._expression_units import NONE, UNITS, Dimension, spelt
from ._expression_values import call, quiet

__all__ = ["Expression", "ExpressionError", "Lookup", "Names", "parse"]

Lookup = Callable[[str], Any]
"""Gives the value of a name, a number or an array."""
Names = Mapping[str, Dimension | str]
"""What each name is: its dimension, or ``"text"``, or ``"truth"``."""

_LONGEST = 1000
_ARITHMETIC = {ast.Add: "add", ast.Sub: "subtract", ast.Mod: "mod"}
_COMPARISONS = {
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
}
_FUNCTIONS = {
    "min": "minimum",
    "max": "maximum",
    "abs": "abs",
    "ceil": "ceil",
    "floor": "floor",
    "sqrt": "sqrt",
    "log": "log",
    "log2": "log2",
    "log10": "log10",
}


class _Part(NamedTuple):
    """A part of an expression: what it is, and how to work it out."""

    kind: str
    """``"number"``, ``"text"`` or ``"truth"``."""
    dimension: Dimension
    bare: bool
    """Whether it is a number without a unit, which goes with any."""
    run: Callable[[Lookup], Any]


class Expression(NamedTuple):
    """An expression that has been read and checked."""

    text: str
    kind: str
    dimension: Dimension
    names: frozenset[str]
    run: Callable[[Lookup], Any]

    def __call__(self, lookup: Lookup) -> Any:
        """Work it out; what has no value is not a number, and never an error."""
        with quiet():
            return self.run(lookup)


def parse(
    text: object,
    names: Names,
    *,
    kind: str,
    what: str = "an expression",
    bare: bool = True,
) -> Expression:
    """Read an expression.

    Parameters
    ----------
    text : str
        Such as ``"latency < 50 ms and memory < 0.9 * capacity"``.
    names : mapping of str
        The names that it may use.
    kind : str
        What it must be: ``"truth"`` or ``"number"``.
    what : str
        What to call it in an error.
    bare : bool
        Whether a number without a unit goes with what has one, in SI units.

    Raises
    ------
    InputError
        If it cannot be understood; the message has the place, and what may be meant.
    """
    if not isinstance(text, str):
        raise InputTypeError(f"{what} must be text, got {text!r:.80} ({type(text).__name__})")
    if len(text) > _LONGEST:
        raise InputError(f"{what} is too long: {len(text):,} characters, the most are {_LONGEST}")
    reader = _Reader(text, names, bare=bare)
    part = reader.read()
    if part.kind != kind:
        wanted = {"truth": "a comparison, such as 'latency < 50 ms'", "number": "a number"}[kind]
        raise ExpressionError(f"{what} must be {wanted}; {text!r} is a {part.kind}")
    return Expression(text, part.kind, part.dimension, frozenset(reader.used), part.run)


class _Reader:
    def __init__(self, text: str, names: Names, *, bare: bool) -> None:
        self.source, self.names, self.bare = Source(text), names, bare
        self.used: set[str] = set()

    def read(self) -> _Part:
        source = self.source
        try:
            tree = ast.parse(source.parsed, mode="eval")
        except SyntaxError as error:
            place = (error.offset or 1) - 1
            raise source.parsed_error("this cannot be read", place, bytewise=False) from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise source.error(f"this cannot be read ({error})", 0) from None
        return self._part(tree.body)

    def _wrong(self, node: ast.AST, why: str) -> InputError:
        return self.source.parsed_error(why, getattr(node, "col_offset", 0))

    def _part(self, node: ast.expr) -> _Part:  # noqa: PLR0911  # one for each kind of node
        match node:
            case ast.Constant(value=bool(truth)):
                return _Part("truth", NONE, False, lambda _: truth)
            case ast.Constant(value=int(number) | float(number)):
                value = float(number) if abs(number) < 1e300 else float("inf")
                return _Part("number", NONE, True, lambda _: value)
            case ast.Constant(value=str(word)):
                return _Part("text", NONE, False, lambda _: word)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.Attribute(attr=last):
                raise self._unknown(node, ast.unparse(node), last)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=inner):
                part = self._number(inner)
                if isinstance(sign, ast.UAdd):
                    return part
                return part._replace(run=lambda look: -1.0 * part.run(look))
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                part = self._truth(inner)
                return part._replace(run=lambda look: call("logical_not", part.run(look)))
            case ast.BoolOp(op=operator, values=values):
                parts = [self._truth(one) for one in values]
                name = "logical_and" if isinstance(operator, ast.And) else "logical_or"
                return _Part("truth", NONE, False, _folded(name, parts))
            case ast.BinOp(left=left, op=operation, right=right):
                return self._operation(node, operation, self._number(left), self._number(right))
            case ast.Compare():
                return self._comparison(node)
            case ast.Call():
                return self._function(node)
        raise self._wrong(node, f"{type(node).__name__} has no place in an expression")

    def _name(self, node: ast.expr, name: str) -> _Part:
        if name in self.names:
            self.used.add(name)
            what = self.names[name]
            if isinstance(what, str):
                return _Part(what, NONE, False, lambda look: look(name))
            return _Part("number", what, False, lambda look: look(name))
        if name in UNITS:
            factor, dimension = UNITS[name]
            return _Part("number", dimension, False, lambda _: factor)
        raise self._unknown(node, name, name)

    def _unknown(self, node: ast.expr, name: str, like: str) -> InputError:
        close = nearest(like, self.names)
        hint = f"did you mean {' or '.join(close)}?" if close else ""
        known = hint or f"choose from {', '.join(sorted(self.names))}"
        return self._wrong(node, f"nothing is called {name!r}; {known}")

    def _number(self, node: ast.expr) -> _Part:
        part = self._part(node)
        if part.kind != "number":
            raise self._wrong(node, f"a number is needed, not a {part.kind}")
        return part

    def _truth(self, node: ast.expr) -> _Part:
        part = self._part(node)
        if part.kind != "truth":
            raise self._wrong(node, f"a comparison is needed, not a {part.kind}")
        return part

    def _same(self, node: ast.AST, left: _Part, right: _Part) -> Dimension:
        """Return the dimension of two numbers that must have the same."""
        if left.dimension == right.dimension or (right.bare and self.bare):
            return left.dimension
        if left.bare and self.bare:
            return right.dimension
        units = f"{spelt(left.dimension)} and {spelt(right.dimension)}"
        raise self._wrong(node, f"{units} do not go together")

    def _operation(
        self, node: ast.expr, operation: ast.operator, left: _Part, right: _Part
    ) -> _Part:
        bare = left.bare and right.bare
        if name := _ARITHMETIC.get(type(operation)):
            dimension = self._same(node, left, right)
        elif isinstance(operation, ast.Mult):
            name, dimension = "multiply", left.dimension.times(right.dimension)
        elif isinstance(operation, ast.Div | ast.FloorDiv):
            name = "divide" if isinstance(operation, ast.Div) else "floor_divide"
            dimension = left.dimension.times(right.dimension, -1)
        elif isinstance(operation, ast.Pow):
            name, dimension = "power", NONE
            if left.dimension != NONE or right.dimension != NONE:
                raise self._wrong(node, "only numbers without units have powers")
        else:
            raise self._wrong(node, f"{type(operation).__name__} is no operator of expressions")
        run = _folded(name, [left, right])
        return _Part("number", dimension, bare, run)

    def _comparison(self, node: ast.Compare) -> _Part:
        parts, left = [], node.left
        for operation, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._compared(left, operation, right))
            left = right
        return _Part("truth", NONE, False, _folded("logical_and", parts))

    def _compared(self, left: ast.expr, operation: ast.cmpop, right: ast.expr) -> _Part:
        if isinstance(operation, ast.In | ast.NotIn):
            if not isinstance(right, ast.Tuple | ast.List) or not right.elts:
                raise self._wrong(right, "after 'in' comes a list, such as ('fp16', 'fp8')")
            equal = [self._compared(left, ast.Eq(), one) for one in right.elts]
            found = _Part("truth", NONE, False, _folded("logical_or", equal))
            if isinstance(operation, ast.In):
                return found
            return found._replace(run=lambda look: call("logical_not", found.run(look)))
        name = _COMPARISONS.get(type(operation))
        if name is None:
            raise self._wrong(right, f"{type(operation).__name__} is no comparison of expressions")
        one, other = self._part(left), self._part(right)
        if one.kind != other.kind:
            raise self._wrong(right, f"a {one.kind} cannot be compared with a {other.kind}")
        if one.kind == "number":
            self._same(right, one, other)
        elif name not in {"equal", "not_equal"}:
            raise self._wrong(right, f"a {one.kind} is neither less nor greater")
        return _Part("truth", NONE, False, _folded(name, [one, other]))

    def _function(self, node: ast.Call) -> _Part:
        name = node.func.id if isinstance(node.func, ast.Name) else "?"
        if name not in _FUNCTIONS:
            close = nearest(name, _FUNCTIONS)
            known = f"did you mean {close[0]}?" if close else f"there are {', '.join(_FUNCTIONS)}"
            raise self._wrong(node, f"no function is called {name!r}; {known}")
        parts = [self._number(one) for one in node.args]
        wanted = 2 if name in {"min", "max"} else 1
        if node.keywords or len(parts) < wanted or (wanted == 1 and len(parts) > 1):
            raise self._wrong(
                node, f"{name} takes {'two or more numbers' if wanted == 2 else 'one number'}"
            )
        dimension = parts[0].dimension
        for one in parts[1:]:
            dimension = self._same(node, parts[0]._replace(dimension=dimension), one)
        if name.startswith(("log", "sqrt")) and dimension != NONE:
            raise self._wrong(node, f"{name} takes a number without a unit, not {spelt(dimension)}")
        return _Part(
            "number", dimension, all(one.bare for one in parts), _folded(_FUNCTIONS[name], parts)
        )


def _folded(name: str, parts: list[_Part]) -> Callable[[Lookup], Any]:
    """Apply a function of one or two arguments to any number of them, from the left."""

    def run(lookup: Lookup) -> Any:
        first, *rest = (part.run(lookup) for part in parts)
        if not rest:
            return first if name.startswith("logical") else call(name, first)
        for one in rest:
            first = call(name, first, one)
        return first

    return run
