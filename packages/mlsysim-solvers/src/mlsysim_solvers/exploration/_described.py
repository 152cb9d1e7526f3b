"""What a sweep is, as plain data for people, and to its last value as a digest."""

import json
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from ._axes import Interval
from ._choice import Choice
from ._sampling import Sample
from ._space import Space

__all__ = ["described", "digest"]

_FEW = 20
"""Values that are listed one by one."""


def described(
    space: Space | Sample, objective: str | None, constraints: Sequence[str], choice: Choice
) -> dict[str, Any]:
    """Describe a sweep for people.

    Parameters
    ----------
    space : Space or Sample
        What is swept.
    objective : str or None
        What is looked for.
    constraints : sequence of str
        What must be kept.
    choice : Choice
        Which points are kept.
    """
    whole = space.space if isinstance(space, Sample) else space
    settings = space.settings
    found: dict[str, Any] = {"mlsysim": version("mlsysim-core"), "points": space.size}
    for name in ("model", "hardware", "stack"):
        found[name] = _few(list(dict.fromkeys(getattr(one, name).name for one in settings)))
    for name in ("precision", "phase", "kv_precision", "is_training", "recompute", "optimizer"):
        found[name] = _few(list(dict.fromkeys(getattr(one, name) for one in settings)))
    for name, axis in whole.axes.items():
        found[name] = axis if isinstance(axis, str) else _axis(axis)
    found["where"] = whole.conditions
    found["objective"], found["constraints"] = objective, list(constraints)
    if isinstance(space, Sample):
        found["sample"] = [space.points, space.method, space.seed]
    if not choice.all:
        found["kept"] = {"top": choice.top, "pareto": choice.pareto and list(choice.pareto)}
    return found


def digest(space: Space | Sample, described: dict[str, Any]) -> str:
    """Return few letters that differ as soon as any value of a sweep does.

    Parameters
    ----------
    space : Space or Sample
        What is swept.
    described : dict
        The same for people, and whatever else must not change.
    """
    whole = space.space if isinstance(space, Sample) else space
    numbers: dict[int, str] = {}
    specs: list[str] = []

    def number(spec: Any) -> str:
        if id(spec) not in numbers:
            numbers[id(spec)] = str(len(specs))
            specs.append(spec.model_dump_json())
        return numbers[id(spec)]

    settings = [
        [number(one) if hasattr(one, "model_dump_json") else one for one in setting]
        for setting in space.settings
    ]
    axes = [str(axis) for axis in whole.axes.values()]
    return sha256(json.dumps([described, settings, specs, axes]).encode()).hexdigest()


def _few(words: list[Any]) -> Any:
    if len(words) == 1:
        return words[0]
    return words if len(words) <= _FEW else [*words[:_FEW], f"and {len(words) - _FEW:,} more"]


def _axis(axis: Sequence[Any] | Interval) -> Any:
    if isinstance(axis, Interval):
        return str(axis)
    if isinstance(axis, range):
        return f"{axis[0]}:{axis[-1]}:{axis.step}"
    return _few(list(axis))
