"""Sweeps in files: a space, what it is searched for and where its points go, in a few words."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mlsysim_core._arguments import (
    check_batch_size,
    check_efficiency,
    check_length,
    find_hardware,
    find_model,
    find_stack,
)
from mlsysim_core._files import read_text
from mlsysim_core.errors import InputError, MLSysimError, nearest

from ..plans._problems import PlanError, Problem
from ..plans._yaml import Document, Mark, documents
from ._axes import numeric_axis, several
from ._block import condition, formula
from ._exploration import DSE
from ._goal import Goal, constraint
from ._space import Space

__all__ = ["SPACE", "SWEEP", "SweepPlan", "load_sweep"]

SPACE = (
    *("models", "hardware", "batch_size", "seq_len", "precision", "efficiency", "phase", "stack"),
    *("kv_precision", "is_training", "recompute", "optimizer", "where"),
)
"""Keys that make the space."""
SWEEP = (
    *("objective", "constraint", "top", "pareto", "sample", "method", "seed", "optimize"),
    *("out", "workers", "scheduler"),
)
"""Keys that say what comes of it."""
_SAME = {"model": "models", "training": "is_training", "constraints": "constraint"}
"""Other words for some of them."""
_LISTS = ("where", "constraint", "pareto")


class SweepPlan(NamedTuple):
    """A sweep that a file, or a command line, describes."""

    space: Mapping[str, Any]
    """Arguments of ``Space``."""
    objective: str | None = None
    constraint: tuple[str, ...] = ()
    top: int | None = None
    pareto: tuple[str, ...] | None = None
    sample: int | None = None
    """Points to draw, rather than all."""
    method: str = "random"
    seed: int = 0
    optimize: int | None = None
    """Points to try where earlier ones were good, rather than all."""
    out: str | None = None
    """Where the points go."""
    workers: int | None = None
    scheduler: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "SweepPlan":
        """Sort what was given by its keys."""
        chosen = {name: given[name] for name in SWEEP if name in given}
        for name in ("constraint", "pareto"):
            if chosen.get(name) is not None:
                chosen[name] = tuple(_listed(chosen[name]))
        return cls({name: given[name] for name in SPACE if name in given}, **chosen)

    def dse(self) -> DSE:
        """Return the exploration."""
        if missing := [name for name in ("models", "hardware") if name not in self.space]:
            raise InputError(f"a sweep needs {' and '.join(missing)}")
        space = Space(**self.space)
        if self.sample is not None and self.optimize is not None:
            raise InputError("sample and optimize exclude each other")
        if self.sample is None:
            return DSE(space, self.objective, self.constraint)
        drawn = space.sample(self.sample, self.method, self.seed)
        return DSE(drawn, self.objective, self.constraint)


def load_sweep(path: Any) -> dict[str, Any]:
    """Read a sweep from a file of YAML, JSON or TOML.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    dict
        What ``SweepPlan.of`` takes.

    Raises
    ------
    PlanError
        If something in it is wrong: everything that is, with line and column.
    """
    file = Path(path)
    text = read_text(file, error=PlanError)
    document = _toml(text, str(path)) if file.suffix == ".toml" else _yaml(text, str(path))
    if not isinstance(document.value, dict):
        raise PlanError.of([document.problem((), "is no sweep: a sweep has keys, such as models")])
    problems, found = [], {}
    for key, value in document.value.items():
        name = key.replace("-", "_")
        name = _SAME.get(name, name)
        if name not in _CHECKS:
            close = nearest(name, _CHECKS)
            hint = f"did you mean {close[0]}?" if close else f"choose {', '.join(_CHECKS)}"
            problems.append(document.problem((key,), f"no such key; {hint}", key=True))
        elif name in found:
            problems.append(document.problem((key,), f"is {name} once more", key=True))
        else:
            try:
                _CHECKS[name](value)
            except MLSysimError as error:
                problems.append(document.problem((key,), str(error).removeprefix(f"{name}: ")))
            found[name] = value
    needed = [name for name in ("models", "hardware") if name not in found]
    problems += [document.problem((), f"{name} is missing") for name in needed]
    if problems:
        raise PlanError.of(problems)
    return found


def _yaml(text: str, file: str) -> Document:
    found = documents(text, file)
    if len(found) > 1:
        raise PlanError.of([found[1].problem((), "is a second sweep: a file has one")])
    return found[0]


def _toml(text: str, file: str) -> Document:
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        at = (int(place[1]), int(place[2])) if place else (1, 1)
        wrong = f"is not TOML: {str(error).partition(' (at')[0]}"
        raise PlanError.of([Problem(file, *at, "", wrong)]) from None
    keys: dict[tuple[str | int, ...], Mark] = {(): Mark(1, 1)}
    values = dict(keys)
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=\s*", line):
            keys[found[1],] = Mark(number, found.start(1) + 1)
            values[found[1],] = Mark(number, found.end() + 1)
    return Document(file, value, values, keys)


def _listed(value: Any) -> list[Any]:
    """Take one text or several as a list."""
    return [value] if isinstance(value, str) else list(value)


def _each(check: Callable[[Any], object], name: str) -> Callable[[Any], None]:
    def checked(value: Any) -> None:
        for one in several(name, value):
            check(one)

    return checked


def _texts(check: Callable[[str], object]) -> Callable[[Any], None]:
    def checked(value: Any) -> None:
        if not isinstance(value, str | list):
            raise InputError(f"must be text, or a list of texts, got {value!r:.80}")
        for one in _listed(value):
            check(one)

    return checked


def _number(name: str, check: Callable[[object], object], *, whole: bool = True) -> Any:
    def checked(value: Any) -> None:
        found = numeric_axis(name, value, check, whole=whole)
        if isinstance(found, str):
            formula(name, found)

    return checked


def _kind(kind: type, what: str) -> Callable[[Any], None]:
    def checked(value: Any) -> None:
        if type(value) is not kind:
            raise InputError(f"must be {what}, got {value!r:.80}")

    return checked


_TEXT, _WHOLE = _kind(str, "text"), _kind(int, "a whole number")
_CHECKS: dict[str, Callable[[Any], object]] = {
    "models": _each(find_model, "models"),
    "hardware": _each(find_hardware, "hardware"),
    "batch_size": _number("batch_size", check_batch_size),
    "seq_len": _number("seq_len", check_length),
    "precision": _each(_TEXT, "precision"),
    "efficiency": _number("efficiency", check_efficiency, whole=False),
    "phase": _each(_TEXT, "phase"),
    "stack": _each(find_stack, "stack"),
    "kv_precision": _TEXT,
    "is_training": _kind(bool, "true or false"),
    "recompute": _TEXT,
    "optimizer": _TEXT,
    "where": _texts(condition),
    "objective": _texts(Goal.read),
    "constraint": _texts(constraint),
    "top": _WHOLE,
    "pareto": _texts(Goal.read),
    "sample": _WHOLE,
    "method": _TEXT,
    "seed": _WHOLE,
    "optimize": _WHOLE,
    "out": _TEXT,
    "workers": _WHOLE,
    "scheduler": _TEXT,
}
