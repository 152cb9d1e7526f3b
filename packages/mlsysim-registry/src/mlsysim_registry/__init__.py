"""Hardware, models, systems and scenarios of mlsysim, each value with its source.

The namespaces give entries as attributes; the functions make this module a registry that
:mod:`mlsysim_core.catalog` finds by entry point.
"""

from ._loader import aliases, get, names, provenance
from ._namespaces import (
    Applications,
    Archetypes,
    Hardware,
    Infra,
    Models,
    Scenarios,
    Stacks,
    Systems,
    Tiers,
)

__all__ = [
    "Applications",
    "Archetypes",
    "Hardware",
    "Infra",
    "Models",
    "Scenarios",
    "Stacks",
    "Systems",
    "Tiers",
    "aliases",
    "get",
    "names",
    "provenance",
]
