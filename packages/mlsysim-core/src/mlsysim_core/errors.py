"""Every exception that mlsysim raises on purpose.

.. code-block:: text

    MLSysimError
    ├── InputError (ValueError)
    │   ├── UnsupportedPrecisionError
    │   └── SpecError
    ├── InputTypeError (TypeError)
    ├── UnknownEntryError (KeyError, AttributeError)
    ├── UnknownValueError (AttributeError)
    ├── MissingValueError (ValueError)
    ├── DoesNotFitError (MemoryError)
    ├── CatalogError (RuntimeError)
    └── FrozenError (AttributeError, TypeError)

Each says what was given, what is allowed, and the nearest match.
"""

from collections.abc import Iterable
from typing import Any

__all__ = [
    "CatalogError",
    "DoesNotFitError",
    "FrozenError",
    "InputError",
    "InputTypeError",
    "MLSysimError",
    "MissingValueError",
    "SpecError",
    "UnknownEntryError",
    "UnknownValueError",
    "UnsupportedPrecisionError",
    "nearest",
]


def nearest(word: str, words: Iterable[str], *, count: int = 3) -> list[str]:
    """Return the words most like a misspelt one, best first, whatever their case."""
    from difflib import get_close_matches  # noqa: PLC0415  # only ever needed by an error

    spellings = {candidate.casefold(): candidate for candidate in words}
    return [
        spellings[match]
        for match in get_close_matches(word.casefold(), spellings, n=count, cutoff=0.6)
    ]


_PLURALS = {"hardware": "hardware", "storage": "storage"}
"""Kinds of entries whose plural is not made with an s."""


class MLSysimError(Exception):
    """Base of everything that mlsysim raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, self.__dict__ or None  # of our own: Dask's has no MemoryError


class InputError(MLSysimError, ValueError):
    """An argument whose value cannot be used."""


class UnsupportedPrecisionError(InputError):
    """A device that has no arithmetic for a precision, nor any wider one."""


class SpecError(InputError):
    """A description of a model, a device or a system that cannot be right.

    Attributes
    ----------
    problems : tuple of (str, str)
        The dotted path of each value that is wrong, and what is wrong with it.
    """

    problems: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, what: str, problems: Iterable[tuple[str, str]]) -> "SpecError":
        """Make the error of several problems with one description.

        Parameters
        ----------
        what : str
            What is wrong.
        problems : iterable of (str, str)
            Paths and messages.
        """
        listed = tuple(problems)
        parts = (f"{path}: {message}" if path else message for path, message in listed)
        error = cls(f"{what}: " + "; ".join(parts))
        error.problems = listed
        return error


class InputTypeError(MLSysimError, TypeError):
    """An argument of a kind that cannot be used."""


class MissingValueError(MLSysimError, ValueError):
    """A value that an answer needs and that nobody has published."""


class DoesNotFitError(MLSysimError, MemoryError):
    """Something that the memory of a device does not hold."""


class CatalogError(MLSysimError, RuntimeError):
    """A registry, or an entry of one, that is broken."""


class UnknownValueError(MLSysimError, AttributeError):
    """A value that a result does not have."""


class FrozenError(MLSysimError, AttributeError, TypeError):
    """An attempt to change something that never changes."""


class UnknownEntryError(MLSysimError, KeyError, AttributeError):
    """A name that no registry has.

    Parameters
    ----------
    kind : str
        What was looked for: ``"hardware"``, ``"model"``, …
    name : str
        The name as given.
    known : iterable of str
        Every name that would have been found.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str] = ()) -> None:
        self.kind: str = kind
        self.name: str = name
        self.known: tuple[str, ...] = tuple(known)
        super().__init__(kind, name)  # the message takes a search: only who reads it pays

    def __str__(self) -> str:
        text = f"no {self.kind} named {self.name!r}"
        if not self.known:
            return f"{text}: no registry is installed that has any (install mlsysim-registry)"
        if close := nearest(self.name, self.known):
            return f"{text}; did you mean {' or '.join(close)}?"
        listing = f"mlsysim zoo {_PLURALS.get(self.kind, self.kind + 's')}"
        return f"{text}; `{listing}` lists the {len(self.known)} names"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.kind, self.name, self.known)
