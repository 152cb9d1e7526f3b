"""A folder of Parquet files that a sweep fills part by part, and can go on filling.

A part is written beside its place, and comes to its place whole, by renaming: whatever is
killed, at whatever moment, a part is there once or not at all, and what is there is done.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from mlsysim_core.errors import InputError

from ._arrow import arrow_or_error, from_arrow, write_parquet
from ._choice import Choice
from ._table import DesignTable, Levels

__all__ = ["Counts", "Store", "write_part"]

_MANIFEST = "_sweep.json"  # readers of folders pass over what begins so
_COUNTS = "mlsysim"
_PARTIAL = ".partial"


class Counts(NamedTuple):
    """What came of some points."""

    points: int
    feasible: int
    accepted: int
    refusals: Mapping[str, int]
    """How many were refused for each reason."""

    def __add__(self, other: object) -> "Counts":
        if not isinstance(other, Counts):
            return NotImplemented
        return Counts(
            self.points + other.points,
            self.feasible + other.feasible,
            self.accepted + other.accepted,
            Counter(self.refusals) + Counter(other.refusals),
        )


class Store:
    """One such folder: how many parts there will be, and the digest of what is swept."""

    def __init__(self, folder: Path, digest: str, parts: int, sweep: Mapping[str, Any]) -> None:
        self.folder, self.digest, self.parts, self.sweep = folder, digest, parts, sweep

    @classmethod
    def open(cls, folder: Any) -> "Store":
        """Open a folder in which a sweep has begun."""
        found = Path(folder).absolute()
        manifest = found / _MANIFEST
        try:
            document = json.loads(manifest.read_text(encoding="utf-8"))
            return cls(found, document["digest"], document["parts"], document["sweep"])
        except FileNotFoundError:
            raise InputError(f"{folder} holds no sweep") from None
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise InputError(f"{manifest} is no record of a sweep: {error}") from None

    @classmethod
    def begin(cls, folder: Any, digest: str, parts: int, sweep: Mapping[str, Any]) -> "Store":
        """Begin a sweep, or go on with the same one.

        Parameters
        ----------
        folder : path
            Made if it is not there.
        digest : str
            Of what is swept, to its last value; the folder takes no part of anything else.
        parts : int
            How many there will be.
        sweep : mapping
            The same as plain data, for people.
        """
        new = cls(Path(folder).absolute(), digest, parts, sweep)
        manifest = new.folder / _MANIFEST
        if manifest.exists():
            cls.open(folder).refuse_unless(new)
            return new
        if new.folder.is_dir():
            if any(one.suffix != _PARTIAL for one in new.folder.iterdir()):
                raise InputError(f"{folder} holds something else than a sweep: name another folder")
        elif new.folder.exists():
            raise InputError(f"{folder} is a file: name a folder")
        new.folder.mkdir(parents=True, exist_ok=True)
        document = {"format": 1, "digest": digest, "parts": parts, "sweep": sweep}
        text = json.dumps(document, indent=1) + "\n"
        _into_place(manifest, lambda path: path.write_text(text, encoding="utf-8"))
        return new

    def refuse_unless(self, new: "Store") -> None:
        """Let nothing but the same sweep go on here."""
        if self.digest == new.digest:
            return
        then, now = self.sweep, json.loads(json.dumps(new.sweep))
        different = [
            f"{name} was {then.get(name)!r:.120} and is {now.get(name)!r:.120}"
            for name in dict.fromkeys([*then, *now])
            if then.get(name) != now.get(name)
        ]
        why = "; ".join(different[:3]) or "what its models or devices are has changed"
        raise InputError(
            f"{self.folder} holds another sweep ({why}): name another folder, or remove this one"
        )

    def path(self, part: int) -> Path:
        """Return where a part belongs."""
        return self.folder / f"part-{part:0{max(6, len(str(self.parts)))}}.parquet"

    def missing(self) -> list[int]:
        """Return the parts that are not there yet."""
        there = {one.name for one in self.folder.iterdir()}
        return [part for part in range(self.parts) if self.path(part).name not in there]

    def counts(self, part: int) -> Counts:
        """Return what came of a part that is there.

        Raises
        ------
        InputError
            If the file is broken, or belongs to another sweep.
        """
        pa = arrow_or_error("a stored sweep")
        path = self.path(part)
        try:
            found = json.loads(pa.parquet.read_metadata(path).metadata[_COUNTS.encode()])
        except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
            raise InputError(f"{path} is broken ({error}): remove it, and sweep again") from None
        if found.pop("digest") != self.digest:
            raise InputError(f"{path} belongs to another sweep: remove it, and sweep again")
        return Counts(**found)

    def tables(self) -> Iterator[DesignTable]:
        """Read the points, some at a time, in their order."""
        pa = arrow_or_error("a stored sweep")
        levels = Levels()
        for part in range(self.parts):
            with pa.parquet.ParquetFile(self.path(part)) as file:
                for place in range(file.num_row_groups):
                    yield from_arrow(file.read_row_group(place), levels)

    def tidy(self) -> None:
        """Remove what killed processes left half written."""
        for path in self.folder.glob(f".*{_PARTIAL}"):
            path.unlink(missing_ok=True)


def write_part(tables: Iterable[DesignTable], path: Path, choice: Choice, digest: str) -> Counts:
    """Write a part, whole or not at all.

    Parameters
    ----------
    tables : iterable of DesignTable
        Its points, in their order.
    path : Path
        Where it belongs.
    choice : Choice
        Which of them are kept.
    digest : str
        Of the sweep that it is part of.

    Returns
    -------
    Counts
        What came of the points, those that are not kept as well.
    """
    found = Counts(0, 0, 0, {})

    def counted() -> Iterator[DesignTable]:
        nonlocal found
        for table in tables:
            accepted, feasible = table["accepted"].sum(), table["feasible"].sum()
            found += Counts(len(table), int(feasible), int(accepted), table.refusals())
            yield table

    def told() -> dict[str, str]:
        return {_COUNTS: json.dumps({"digest": digest, **found._asdict()})}

    def write(place: Path) -> None:
        kept = counted() if choice.all else [choice.fold(counted())]
        write_parquet(
            kept, place, lambda: {_COUNTS: json.dumps({"digest": digest, **found._asdict()})}
        )

    _into_place(path, write)
    return found


def _into_place(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place, and rename it once it is on the disk."""
    beside = path.with_name(f".{path.name}.{uuid4().hex}{_PARTIAL}")
    try:
        write(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        try:
            beside.replace(path)
        except FileNotFoundError:
            if not path.exists():  # somebody else was faster, and tidied up
                raise
    finally:
        beside.unlink(missing_ok=True)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
