"""What installed distributions publish, off the files that installers write.

``importlib.metadata`` reads the same files and takes longer to import than an answer takes. It
is asked wherever a distribution may be elsewhere than in a folder on the path.
"""

import os
import sys
from collections.abc import Iterator
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Published", "published"]


class Published(NamedTuple):
    """An entry point: a name for an object, and where that is."""

    name: str
    value: str
    """``module`` or ``module:attribute``."""

    def load(self) -> Any:
        """Import the object."""
        module, _, attribute = self.value.partition("[")[0].strip().partition(":")
        steps = attribute.split(".") if attribute else []
        return reduce(getattr, steps, import_module(module))


def published(group: str) -> list[Published]:
    """Return the entry points of a group; of distributions of one name, the first one's."""
    if not _plain_folders():
        from importlib.metadata import entry_points  # noqa: PLC0415

        return [Published(one.name, one.value) for one in entry_points(group=group)]
    found: dict[str, list[Published]] = {}
    for folder in map(Path, sys.path):
        for name in _names(folder):
            if name.endswith((".dist-info", ".egg-info")):
                distribution = name.partition("-")[0].casefold().replace(".", "_")
                if distribution not in found:
                    found[distribution] = list(_listed(folder / name, group))
    return [one for several in found.values() for one in several]


def _plain_folders() -> bool:
    """Tell whether nothing but folders can hold distributions."""
    finders = [one for one in sys.meta_path if hasattr(one, "find_distributions")]
    return len(finders) <= 1 and not any(
        path.endswith(".egg") or Path(path).is_file() for path in sys.path
    )


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # one object for each module would take long
    except OSError:
        return []


def _listed(about: Path, group: str) -> Iterator[Published]:
    """Read the entry points of a group that a distribution lists."""
    try:
        text = (about / "entry_points.txt").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == group and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield Published(name.strip(), value.strip())
