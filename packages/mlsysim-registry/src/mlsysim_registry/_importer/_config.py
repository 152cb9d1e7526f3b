"""A configuration, read key by key; whatever is missing or odd is named."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from mlsysim_core.errors import SpecError

__all__ = ["Config", "Family", "Rule", "fixed", "flag", "optional", "whole"]

_LARGEST = 10**9


class Config:
    """The values of a ``config.json``, and where they are from."""

    def __init__(self, values: Mapping[str, Any], where: str, text: str = "") -> None:
        self.values, self.where, self.text = values, where, text

    def get(self, *keys: str) -> Any:
        """Return the value of the first of several spellings of a key that is given."""
        return next((self.values[key] for key in keys if self.values.get(key) is not None), None)

    def whole(self, *keys: str, default: int | None = None, least: int = 1) -> int:
        """Return a whole number, which must be there unless it has a default."""
        value = self.get(*keys)
        if value is None and default is not None:
            return default
        if value is None:
            raise self.error(keys[0], "missing")
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(keys[0], f"must be a whole number, got {value!r:.60}")
        if not least <= value <= _LARGEST:
            raise self.error(keys[0], f"must be from {least} to {_LARGEST:,}, got {value:,}")
        return value

    def flag(self, *keys: str, default: bool) -> bool:
        """Return a yes or no."""
        value = self.get(*keys)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.error(keys[0], f"must be true or false, got {value!r:.60}")
        return value

    def words(self, key: str) -> list[str]:
        """Return a list of words, empty if there is none."""
        value = self.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.error(key, f"must be a list of words, got {value!r:.60}")
        return value

    def error(self, key: str, message: str) -> SpecError:
        """Say what is wrong with a key, and in which line it is, or would be."""
        if not self.text:
            return SpecError(f"{self.where}: {key}: {message}")
        found = re.search(rf'"{re.escape(key)}"\s*:', self.text)
        line = self.text.count("\n", 0, found.start()) + 1 if found else 1
        return SpecError(f"{self.where}:{line}: {key}: {message}")


Rule = Callable[[Config], Any]
"""Gives one value of an architecture."""


class Family(NamedTuple):
    """Models whose configurations have the same keys."""

    title: str
    types: tuple[str, ...]
    """What they call themselves under ``model_type``."""
    kind: str
    """Kind of architecture."""
    rules: dict[str, Rule]
    """Rule of each value of the architecture; one that gives nothing leaves the default."""


def whole(*keys: str, default: int | None = None) -> Rule:
    """Make a rule that reads a whole number under one of several keys."""
    return lambda config: config.whole(*keys, default=default)


def optional(*keys: str) -> Rule:
    """Make a rule that reads a whole number if it is given."""
    return lambda config: None if config.get(*keys) is None else config.whole(*keys)


def flag(*keys: str, default: bool) -> Rule:
    """Make a rule that reads a yes or no."""
    return lambda config: config.flag(*keys, default=default)


def fixed(value: Any) -> Rule:
    """Make a rule that knows the value."""
    return lambda _: value
