"""What a release may do to the surface of an earlier one of the same minor series.

Each rule yields one sentence for each thing that would break a user.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from packaging.version import Version

Surface = dict[str, Any]


def bound_by(version: str, releases: Iterable[str]) -> list[str]:
    """Return the releases whose promise a version must keep: the earlier ones of its series."""
    mine = Version(version)
    found = [Version(release) for release in releases]
    kept = [one for one in found if one.release[:2] == mine.release[:2] and one <= mine]
    return [str(one) for one in sorted(kept, reverse=True)]


def breakages(old: Surface, new: Surface) -> Iterator[str]:
    """Yield everything in ``new`` that breaks code written for ``old``."""
    for path, before in old["stable"].items():
        after = new["stable"].get(path)
        if after is None:
            yield f"mlsysim.{path} is gone"
            continue
        yield from _parameters(path, before.get("parameters", []), after.get("parameters", []))
        yield from (
            f"{path}: {name} must be given, and needed not be"
            for name in after.get("required", [])
            if name not in before["required"]
        )
        yield from _members(path, "field", before.get("fields", {}), after.get("fields", {}))
        yield from _members(path, "entry", before.get("entries", {}), after.get("entries", {}))
        if before.get("type") != after.get("type"):
            yield f"{path} was a {before.get('type')} and is a {after.get('type')}"
    for name, about in old["deprecated"].items():
        if name not in new["deprecated"]:
            yield f"deprecated name mlsysim.{name} was removed before {about['removal']}"


def _parameters(path: str, before: list[Any], after: list[Any]) -> Iterator[str]:
    for position, was in enumerate(before):
        now = after[position] if position < len(after) else {}
        where = f"{path}: parameter {position}"
        for key in ("name", "kind", "default"):
            if was[key] != now.get(key):
                yield f"{where}: {key} was {was[key]} and is {now.get(key)}"
        if refused := [one for one in was["accepts"] if not _accepts(now.get("accepts", []), one)]:
            yield f"{where}: {was['name']} no longer accepts {', '.join(refused)}"


def _accepts(now: list[str], one: str) -> bool:
    return one in now or (one.startswith("'") and "str" in now)


def _members(path: str, what: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name, value in before.items():
        if name not in after:
            yield f"{path}: {what} {name} is gone"
        elif after[name] != value:
            yield f"{path}: {what} {name} was {value} and is {after[name]}"
