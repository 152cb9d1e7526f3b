"""Plans in files: one, several in a file, or a folder of them."""

import os
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from mlsysim_core._files import read_text
from mlsysim_core.errors import InputTypeError, SpecError, UnknownEntryError

from ._plan import Plan
from ._problems import PlanError, Problem
from ._sections import KINDS
from ._yaml import Document, Path, documents

__all__ = ["SUFFIXES", "files_of", "load_plans", "plans_in"]

SUFFIXES = (".yaml", ".yml", ".json")
"""Of files that may have plans; JSON is YAML."""
_EXPECTED = {
    "Input should be a valid integer": "expected a whole number",
    "Input should be a valid number": "expected a number",
    "Input should be a valid string": "expected text",
    "Input should be a valid boolean": "expected true or false",
    "Input should be a valid tuple": "expected a list",
    "Input should be a valid dictionary or object to extract fields from": "expected keys",
    "Input should be": "expected",
}
"""What pydantic says, in the words of plans."""
_DIGITS = 6
"""As many as the place of a value in a list may have: plans have fewer values."""
_KIND = f"choose {', '.join(KINDS)}"


def load_plans(path: "str | os.PathLike[str]") -> tuple[Plan, ...]:
    """Read every plan of a file, whose plans are parted by ``---``, or of a folder.

    Parameters
    ----------
    path : str or path
        The file or the folder.

    Returns
    -------
    tuple of Plan
        In the order of the names of the files.

    Raises
    ------
    PlanError
        If one cannot be read, or there is none.
    """
    return tuple(
        plan
        for file in files_of(path)
        for plan in plans_in(read_text(file, error=PlanError), str(file))
    )


def files_of(path: "str | os.PathLike[str]") -> list[FilePath]:
    """Return the files of plans of a folder, or the file."""
    try:
        root = FilePath(path)
    except TypeError:
        raise InputTypeError(f"path must be a path, got {path!r:.80}") from None
    if not root.is_dir():
        if root.suffix == ".toml":
            raise PlanError(f"{root}: plans are YAML or JSON, not TOML")
        return [root]
    found = sorted(
        one for one in root.iterdir() if one.suffix in SUFFIXES and not one.name.startswith(".")
    )
    if not found:
        raise PlanError(f"{root}: has no plans, which end in {', '.join(SUFFIXES)}")
    return found


def plans_in(text: str, file: str) -> list[Plan]:
    """Read every plan of a text."""
    found = documents(text, file)
    stem = FilePath(file).stem
    plans: list[Plan] = []
    problems: list[Problem] = []
    for place, document in enumerate(found, 1):
        name = stem if len(found) == 1 else f"{stem} {place}"
        try:
            plans.append(_plan(document, name))
        except PlanError as error:
            problems += error.problems
    if problems:
        raise PlanError.of(problems)
    return plans


def _plan(document: Document, name: str) -> Plan:
    if not isinstance(document.value, dict):
        raise PlanError.of([document.problem((), "is no plan: a plan has keys, such as model")])
    if empty := [path for path, one in _leaves(document.value) if one is None]:
        wrong = "is empty: give a value, or leave out the key"
        raise PlanError.of(document.problem(path, wrong, key=True) for path in empty)
    try:
        plan = Plan.model_validate({"name": name, **document.value})
    except SpecError as error:
        raise PlanError.of(_problem(document, *one) for one in error.problems) from None
    except UnknownEntryError as error:  # of a spec that names others
        path = next((at for at, one in _leaves(document.value) if one == error.name), ())
        raise PlanError.of([document.problem(path, str(error))]) from None
    object.__setattr__(plan, "_document", document)
    plan.checked()
    return plan


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if not isinstance(value, dict | list):
        yield path, value
        return
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _leaves(one, (*path, key))


def _problem(document: Document, where: str, message: str) -> Problem:
    """Find the place of what pydantic found wrong; tags of unions are no keys of the file."""
    path: Path = ()
    parts = where.split(".")
    while parts:
        for count in range(len(parts), 0, -1):  # a key may have dots of its own, or digits only
            word = ".".join(parts[:count])
            steps = (word, int(word)) if word.isdecimal() and len(word) <= _DIGITS else (word,)
            found = [(*path, step) for step in steps if (*path, step) in document.values]
            if found:
                path = found[0]
                break
        del parts[:count]
    if message.startswith("no such field"):
        key = str(path[-1])
        former = Plan.former.get(key) if len(path) == 1 else None
        message = f"no such key{f': {former}' if former else message.removeprefix('no such field')}"
        return document.problem(path, message, key=True)
    if path == ("workload",) and message.startswith(_KIND):
        return document.problem((*path, "kind"), message)
    for theirs, ours in _EXPECTED.items():
        message = message.replace(theirs, ours)
    if message == "missing":
        missing = where.rpartition(".")[2]
        return document.problem(path, f"{missing} is missing")
    return document.problem(path, message)
