"""What is wrong with a question, as data: the parameter, its value, what is allowed."""

import re
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from mlsysim_core.errors import MLSysimError, SpecError, UnknownEntryError, nearest
from mlsysim_solvers.plans._problems import PlanError

__all__ = ["Refusal", "check", "explained"]

_PLANS = "what the resource mlsysim://schema/plan describes"


class Refusal(Exception):  # noqa: N818  # no error of ours: the question is at fault
    """A question that cannot be answered as it was asked."""

    def __init__(
        self,
        kind: str,
        message: str,
        parameter: str | None = None,
        value: Any = None,
        allowed: Any = None,
        close: list[str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.record: dict[str, Any] = {
            "type": kind,
            "message": message,
            "parameter": parameter,
            "value": value,
            "allowed": allowed,
            "nearest": close or [],
            **more,
        }


def check(arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    """Hold arguments against the schema of a tool."""
    known = schema["properties"]
    for name, value in arguments.items():
        if name not in known:
            close = nearest(name, known)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            message = f"no parameter {name!r}: choose {', '.join(known)}{hint}"
            raise Refusal("UnknownParameter", message, name, value, list(known), close)
    for name in schema["required"]:
        if name not in arguments:
            about = known[name].get("description", "")
            raise Refusal(
                "MissingParameter", f"{name} is needed: {about}", name, None, _allowed(known[name])
            )
    validator = Draft202012Validator(schema)
    for problem in sorted(validator.iter_errors(arguments), key=lambda one: list(one.path)):
        path = ".".join(str(part) for part in problem.path)
        rule = problem.schema if isinstance(problem.schema, dict) else {}
        words = [str(one) for one in rule.get("enum", ())]
        close = nearest(str(problem.instance), words)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        message = f"{path}: {problem.message}{hint}"
        raise Refusal("InvalidValue", message, path, problem.instance, _allowed(rule), close)


def _allowed(rule: Mapping[str, Any]) -> Any:
    """Return the rules of a parameter, without what is said about it."""
    if "enum" in rule:
        return rule["enum"]
    return {name: one for name, one in rule.items() if name not in {"description", "default"}}


def explained(error: MLSysimError, arguments: Mapping[str, Any]) -> Refusal:
    """Make data of an error that the library raised."""
    kind, message = type(error).__name__, str(error)
    if isinstance(error, UnknownEntryError):
        parameter = _with_value(arguments, error.name)
        allowed = f"one of {len(error.known):,} names; search_zoo lists them"
        close = nearest(error.name, error.known)
        return Refusal(kind, message, parameter, error.name, allowed, close)
    if isinstance(error, PlanError):
        problems = [one._asdict() for one in error.problems]
        return Refusal(kind, message, "plan", None, _PLANS, problems=problems)
    parameter = _subject(arguments, message)
    value = arguments.get(parameter) if parameter else None
    if isinstance(error, SpecError):
        problems = [{"path": path, "message": text} for path, text in error.problems]
        described = [name for name, one in arguments.items() if isinstance(one, dict)]
        parameter = parameter or (described[0] if len(described) == 1 else None)
        allowed = "what the resource mlsysim://schema/model or mlsysim://schema/hardware describes"
        return Refusal(kind, message, parameter, value, allowed, problems=problems)
    meant = re.search(r"did you mean (.+?)\?", message)
    close = meant[1].split(" or ") if meant else []
    return Refusal(kind, message, parameter, value, message, close)


def _subject(arguments: Mapping[str, Any], message: str) -> str | None:
    """Find the parameter that a message begins with, or whose value it quotes."""
    for name in arguments:
        if message.startswith((f"{name} ", f"{name}:", f"{name}=")):
            return name
    quoted = re.findall(r"'([^']+)'", message)
    for name, value in arguments.items():
        if any(word in str(value) for word in quoted):
            return name
    return None


def _with_value(arguments: Mapping[str, Any], value: str) -> str | None:
    return next((name for name, one in arguments.items() if _holds(one, value)), None)


def _holds(one: Any, value: str) -> bool:
    if isinstance(one, list | dict):
        return any(_holds(part, value) for part in (one.values() if isinstance(one, dict) else one))
    return bool(one == value)
