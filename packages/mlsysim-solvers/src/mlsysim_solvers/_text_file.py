"""Lines of a text file, packed or not, with errors that name it."""

import csv
import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mlsysim_core.errors import InputError

__all__ = ["lines_of"]


@contextmanager
def lines_of(path: str | Path) -> Iterator[Iterator[str]]:
    """Open a file in UTF-8, or one packed by gzip, for its lines.

    Raises
    ------
    InputError
        If it cannot be read, or whoever reads the lines finds that they are no CSV.
    """
    where, number = Path(path), 0

    def lines(file: Iterable[str]) -> Iterator[str]:
        nonlocal number
        for number, line in enumerate(file, 1):  # an error tells it
            if "\0" in line:
                raise InputError(f"{path}: line {number} has a NUL byte: this is no text")
            yield line

    if where.is_dir():
        raise InputError(f"{path} is a directory: name a file")
    try:
        opened = gzip.open if where.suffix == ".gz" else open
        with opened(where, "rt", encoding="utf-8-sig", newline="") as file:
            yield lines(file)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: no text in UTF-8: {error.reason}") from None
    except csv.Error as error:
        raise InputError(f"{path}: line {number} is no CSV: {error}") from None
    except (OSError, EOFError) as error:  # gzip has no errors of its own but these
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
