"""What a spec refuses, said in terms of its fields."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from ..errors import SpecError, nearest

__all__ = ["refusal"]

_UNKNOWN = "no such field"
_MOST_GIVEN = 80


def refusal(spec: type[BaseModel], error: ValidationError) -> SpecError:
    """Say in one line each what pydantic found wrong, and what was meant."""
    try:
        found = error.errors(include_url=False)
    except UnicodeEncodeError:  # pydantic's own, of half a character
        return SpecError.of(spec.__name__, [("", "it has text that is not valid Unicode")])
    # A list is too short, too, if it has no element that is right.
    inside = {one["loc"][:length] for one in found for length in range(len(one["loc"]))}
    problems = [_problem(spec, one) for one in found if one["loc"] not in inside]
    # What is misspelt explains what is missing.
    problems.sort(key=lambda problem: not problem[1].startswith(_UNKNOWN))
    return SpecError.of(spec.__name__, problems)


def _problem(spec: type[BaseModel], one: Any) -> tuple[str, str]:
    """Path and message of one problem."""
    kind, given = one["type"], one["input"]
    if kind == "extra_forbidden":
        path, parts = _followed(spec, one["loc"][:-1])
        last = str(one["loc"][-1])
        return ".".join([*path, last]), f"{_UNKNOWN}{_hint(last, _fields(parts))}"
    path, parts = _followed(spec, one["loc"])
    where = ".".join(path)
    if kind == "missing":
        return where, "missing"
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        key = one["ctx"]["discriminator"].strip("'")
        tags = [tag for part in parts if (tag := _tag(part))]
        known = ", ".join(tags)
        if kind == "union_tag_not_found":
            return f"{where}.{key}", f"missing; choose one of {known}"
        tag = str(one["ctx"]["tag"])
        return f"{where}.{key}", f"{tag!r:.60} is none of {known}{_hint(tag, tags)}"
    message = one["msg"].removeprefix("Value error, ")
    if not where or kind == "quantity" or isinstance(given, Mapping | BaseModel):
        return where, message
    return where, f"{message} (got {given!r:.{_MOST_GIVEN}})"


def _hint(word: str, known: list[str]) -> str:
    close = nearest(word, known)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _followed(spec: Any, location: tuple[Any, ...]) -> tuple[list[str], list[Any]]:
    """Follow pydantic's path through a spec: the same in terms of its fields, and what is there.

    The steps by which pydantic tells members of a union apart are none of ours.
    """
    parts, path = [spec], []
    for step in location:
        chosen = [part for part in parts if step in {_tag(part), part.__name__}]
        if len(parts) > 1 and chosen:
            parts = chosen
            continue
        path.append(str(step))
        fields = [field for part in parts if (field := part.model_fields.get(step))]
        parts = [inner for field in fields for inner in _specs_in(field.annotation)] or parts
    return path, parts


def _tag(part: Any) -> str | None:
    """Return what tells a spec from others of a union, if anything does."""
    for name in ("kind", "op"):
        if name in part.model_fields:
            return str(part.model_fields[name].default)
    return None


def _fields(parts: list[Any]) -> list[str]:
    return [name for part in parts for name in part.model_fields]


def _specs_in(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [spec for part in get_args(annotation) for spec in _specs_in(part)]
