"""Hardware, models, systems and scenarios of mlsysim, each value with its source.

The namespaces give entries as attributes; the functions make this module a registry that
:mod:`mlsysim_core.catalog` finds by entry point.
"""

from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from ._audit import audit
    from ._importer import import_model
    from ._own import OwnEntries, load

__all__ = [
    "Applications",
    "Archetypes",
    "Hardware",
    "Infra",
    "Models",
    "OwnEntries",
    "Scenarios",
    "Stacks",
    "Systems",
    "Tiers",
    "aliases",
    "audit",
    "get",
    "import_model",
    "load",
    "names",
    "provenance",
]

_LAZY = {
    "OwnEntries": "_own",
    "audit": "_audit",
    "import_model": "_importer",
    "load": "_own",
}
"""What most processes never need, and the module that has it."""


def __getattr__(name: str) -> Any:
    if module := _LAZY.get(name):
        from importlib import import_module  # noqa: PLC0415

        value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
