"""Sections of a plan, made from what the solvers take: nothing of it is written twice."""

import inspect
from collections.abc import Callable, Iterable
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mlsysim_core.catalog import find, names
from mlsysim_core.errors import UnknownEntryError, nearest
from mlsysim_core.quantities import UnitOf, parse
from mlsysim_core.specs._base import Spec
from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError, core_schema

from .._parameters import Parameter, parameters

__all__ = ["entry", "found", "quantity_text", "refused", "section"]


def refused(message: str) -> PydanticCustomError:
    """Make an error that says itself what was given."""
    return PydanticCustomError("quantity", "{message}", {"message": message})


def section(
    name: str,
    about: str,
    sources: Iterable[Callable[..., Any]],
    *,
    only: Iterable[str] | None = None,
    without: Iterable[str] = (),
    optional: Iterable[str] = (),
    **own: Any,
) -> type[Spec]:
    """Make a section out of the parameters of functions.

    Parameters
    ----------
    name : str
        Of the class.
    about : str
        What it describes.
    sources : iterable of callable
        Whose parameters; what the first says of one goes before what later ones say.
    only, without : iterable of str
        Which of them; all if not given.
    optional : iterable of str
        Those that a plan need not give, though the function asks for them.
    **own
        Fields beside them.
    """
    known: dict[str, Parameter] = {}
    for source in sources:
        known |= {k: one for k, one in parameters(source).items() if k not in known}
    chosen = list(known) if only is None else list(only)
    left, free = set(without), set(optional)
    fields = {
        one: _field(known[one], free=one in free) for one in chosen if one not in left | own.keys()
    }
    described: dict[str, Any] = {**own, **fields}
    return create_model(name, __base__=Spec, __doc__=about, __module__=__name__, **described)


def _field(one: Parameter, *, free: bool) -> tuple[Any, Any]:
    default = None if free else ... if one.needed else one.default
    about = one.about
    if one.unit and not _quantity(one):
        about += f" [{one.unit}]"
    annotation = _read(one)
    if free:
        annotation = annotation | None
    return annotation, Field(default, description=about)


def _quantity(one: Parameter) -> bool:
    return Any in (one.annotation, *get_args(one.annotation))


def _read(one: Parameter) -> Any:
    """Return how a value is read: strictly, and as text where it has a unit."""
    parts = _parts(one.annotation)
    optional = type(None) in parts
    kinds = [getattr(part, "kind", None) for part in parts if _spec(part)]
    kept = [part for part in parts if not _spec(part) and part is not type(None)]
    if kinds:
        read: Any = entry(*kinds)
    elif Any in kept:
        read = quantity_text(one.unit)
    else:
        read = _union([_strict(part) for part in kept])
    return read | None if optional else read


def _parts(annotation: Any) -> list[Any]:
    if get_origin(annotation) in {Union, UnionType}:
        return [part for one in get_args(annotation) for part in _parts(one)]
    return [annotation]


def _spec(part: Any) -> bool:
    return inspect.isclass(part) and issubclass(part, Spec)


def _union(parts: list[Any]) -> Any:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole | part
    return whole


def _strict(part: Any) -> Any:
    if get_origin(part) is Literal:
        return _word(get_args(part))
    if part in {int, float, bool, str}:
        return Annotated[part, Field(strict=True)]
    return part


def _word(choices: tuple[str, ...]) -> Any:
    def read(value: Any) -> Any:
        if isinstance(value, str) and (word := value.casefold()) in choices:
            return word
        close = nearest(str(value), choices, count=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise refused(f"choose {', '.join(choices)}; got {value!r:.60}{hint}")

    return Annotated[str, BeforeValidator(read), WithJsonSchema({"enum": list(choices)})]


def entry(*kinds: Any) -> Any:
    """Return the type of the name of an entry of one of some kinds; it stays a name."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise refused(f"expected the name of {listed}, got {value!r:.60}")
        found(value, *kinds)
        return value

    listed = " or ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds)
    told = WithJsonSchema({"type": "string", "description": f"The name of {listed}."})
    return Annotated[str, BeforeValidator(read), told]


def found(name: str, *kinds: Any) -> Any:
    """Return the entry of a name, of whichever of some kinds has it."""
    for kind in kinds:
        try:
            return find(kind, name)
        except UnknownEntryError:
            continue
    known = (one for kind in kinds for one in names(kind))
    raise refused(str(UnknownEntryError(kinds[0], name, known)))


class _Text:
    """A quantity that stays the text that it is, once it has been looked at."""

    def __init__(self, unit: str) -> None:
        self.kept = UnitOf(unit, zero=True)

    def _validate(self, value: object) -> object:
        self.kept._validate(value)  # noqa: SLF001  # the same check, and the same words
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.kept.__get_pydantic_json_schema__(schema, handler)


def quantity_text(unit: str) -> Any:
    """Return the type of a quantity as text, such as ``"700 W"``."""
    parse(f"1 {unit}", unit)  # a unit that nobody knows is our own mistake
    return Annotated[Any, _Text(unit)]
