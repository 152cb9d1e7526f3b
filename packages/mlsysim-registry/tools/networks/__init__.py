"""Builds the layer lists of the networks that no closed form describes.

Run it from the folder above::

    python -m networks --check --facts models.yaml
    python -m networks --write FOLDER

The check needs ``mlsysim_core`` and PyYAML; building and writing need nothing.
"""

from .catalogue import ENTRIES
from .fragments import fragment_of

__all__ = ["NAMES", "fragment"]

NAMES = tuple(sorted(ENTRIES))
"""Networks that can be built, by the name they have in the facts."""


def fragment(name: str) -> str | None:
    """``[architecture]`` of a network as TOML, or nothing if its layers are not known."""
    entry = ENTRIES.get(name)
    return entry and fragment_of(entry.build(), entry.note)
