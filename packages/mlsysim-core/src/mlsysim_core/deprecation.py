"""Old names: kept for a while with a warning, then gone with a pointer."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from .errors import nearest

__all__ = ["Deprecated", "MLSysimDeprecationWarning", "module_getattr"]


class MLSysimDeprecationWarning(DeprecationWarning):
    """A name of mlsysim that a later release removes.

    A :class:`DeprecationWarning` of its own class: the two can be filtered apart, with
    ``-W error::mlsysim_core.deprecation.MLSysimDeprecationWarning``.
    """


@dataclass(frozen=True, kw_only=True, slots=True)
class Deprecated:
    """Where an old name now lives, and for how long the old name works."""

    target: str
    """``module:attribute`` that the old name stands for."""
    use: str
    """Import statement to write instead, as shown to the user."""
    since: str
    """Version that began to warn."""
    removal: str
    """First version without the old name."""

    def resolve(self) -> Any:
        """Return the object that the old name stands for."""
        module, _, attribute = self.target.partition(":")
        return getattr(import_module(module), attribute)


def module_getattr(
    module: str,
    deprecated: Mapping[str, Deprecated],
    removed: Mapping[str, str] | None = None,
    lazy: Mapping[str, str] | None = None,
) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a module out of its tables of names.

    Parameters
    ----------
    module : str
        The module's ``__name__``.
    deprecated : mapping of str to Deprecated
        Names that still work, with a warning at the line that uses them.
    removed : mapping of str to str, optional
        Names that no longer work, each with the import to write instead.
    lazy : mapping of str to str, optional
        Names that are loaded when they are first asked for, each from ``module:attribute``.

    Returns
    -------
    callable
        The function. A module must use it as it is: one more frame between, and the
        warning would point into the module instead of at its user.
    """

    def look_up(name: str) -> Any:
        if lazy and (target := lazy.get(name)):
            source, _, attribute = target.partition(":")
            found = import_module(source)
            return getattr(found, attribute) if attribute else found
        if old := deprecated.get(name):
            warnings.warn(
                f"{module}.{name} is deprecated since {old.since} and will be removed in "
                f"{old.removal}. Use: {old.use}",
                MLSysimDeprecationWarning,
                stacklevel=2,
            )
            return old.resolve()
        if removed and (use := removed.get(name)):
            # `from module import name` drops the message of an AttributeError.
            raise ImportError(f"{module}.{name} was removed. Use: {use}", name=module)
        close = nearest(name, (*(lazy or ()), *deprecated)) if not name.startswith("_") else []
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise AttributeError(f"module {module!r} has no attribute {name!r}{hint}")

    return look_up
