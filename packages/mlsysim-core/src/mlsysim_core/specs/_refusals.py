"""What a spec refuses, said in terms of its fields."""

from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from ..errors import SpecError, nearest

__all__ = ["refusal"]


def refusal(spec: type[BaseModel], error: ValidationError) -> SpecError:
    """Say in one line each what pydantic found wrong, and what was meant."""
    try:
        found = error.errors(include_url=False)
    except UnicodeEncodeError:  # pydantic's own, of half a character
        return SpecError.of(spec.__name__, [("", "it has text that is not valid Unicode")])
    problems = []
    for one in found:
        where = ".".join(str(part) for part in one["loc"])
        if one["type"] == "extra_forbidden":
            close = nearest(str(one["loc"][-1]), _fields_at(spec, one["loc"][:-1]))
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            message = f"no such field{hint}"
        elif one["type"] == "missing":
            message = "missing"
        else:
            given = "" if one["type"] == "quantity" else f" (got {one['input']!r:.80})"
            message = one["msg"].removeprefix("Value error, ") + (given if where else "")
        problems.append((where, message))
    return SpecError.of(spec.__name__, problems)


def _fields_at(spec: Any, path: tuple[Any, ...]) -> list[str]:
    """Names of the fields of the part of a spec that a path leads to."""
    parts = [spec]
    for step in path:
        inner: list[Any] = []
        for part in parts:
            if field := getattr(part, "model_fields", {}).get(step):
                inner += _specs_in(field.annotation)
            elif getattr(getattr(part, "model_fields", {}).get("kind"), "default", None) == step:
                inner.append(part)  # the tag of a union is a step of its own
        parts = inner or parts
    return [name for part in parts for name in getattr(part, "model_fields", {})]


def _specs_in(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [spec for part in get_args(annotation) for spec in _specs_in(part)]
