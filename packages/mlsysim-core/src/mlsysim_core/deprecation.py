"""Old names: kept for a while with a warning, then gone with a pointer."""

import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from .errors import UnknownValueError, nearest

__all__ = [
    "SINCE",
    "UNTIL",
    "Deprecated",
    "MLSysimDeprecationWarning",
    "OldAttribute",
    "OldAttributes",
    "attributes_of_core",
    "module_getattr",
    "old_attribute",
    "read_old_attribute",
    "warn_of_old_name",
]

SINCE, UNTIL = "0.1.0", "1.0.0"
"""Names that 0.1 never promised, but that scripts for its predecessors use, warn all the while."""


class MLSysimDeprecationWarning(DeprecationWarning):
    """A name of mlsysim that a later release removes.

    A :class:`DeprecationWarning` of its own class: the two can be filtered apart, with
    ``-W error::mlsysim_core.deprecation.MLSysimDeprecationWarning``.
    """


@dataclass(frozen=True, kw_only=True, slots=True)
class Deprecated:
    """Where an old name now lives, and for how long the old name works."""

    target: str | Callable[[], Any]
    """``module:attribute`` that the old name stands for, or what makes it."""
    use: str
    """What to write instead, as shown to the user: an import statement, if it is an import."""
    since: str = SINCE
    """Version that began to warn."""
    removal: str = UNTIL
    """First version without the old name."""

    def resolve(self) -> Any:
        """Return the object that the old name stands for."""
        if callable(self.target):
            return self.target()
        module, _, attribute = self.target.partition(":")
        return reduce(getattr, attribute.split("."), import_module(module))


def module_getattr(
    module: str,
    deprecated: Mapping[str, Deprecated],
    removed: Mapping[str, str] | None = None,
    lazy: Mapping[str, str] | None = None,
    older: str | None = None,
    starred: Iterable[str] = (),
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
    older : str, optional
        A module with more of both, ``DEPRECATED`` and ``REMOVED``, which is loaded only for a
        name that nothing else knows.
    starred : iterable of str, optional
        Old names that ``from module import *`` brings, all under one warning.

    Returns
    -------
    callable
        The function. A module must use it as it is: one more frame between, and the
        warning would point into the module instead of at its user.
    """

    def look_up(name: str) -> Any:
        if name == "__all__" and starred:
            warn_of_old_name(f"{module}.*", "the names of mlsysim, one by one", stacklevel=3)
            vars(sys.modules[module]).update({one: deprecated[one].resolve() for one in starred})
            return sorted(starred)
        if lazy and (target := lazy.get(name)):
            source, _, attribute = target.partition(":")
            found = import_module(source)
            return getattr(found, attribute) if attribute else found
        known, gone = deprecated, removed or {}
        if older and name not in known and name not in gone and not name.startswith("_"):
            tables = import_module(older)
            known, gone = tables.DEPRECATED, tables.REMOVED
        if old := known.get(name):
            warn_of_old_name(f"{module}.{name}", old.use, old.since, old.removal, stacklevel=3)
            return old.resolve()
        if use := gone.get(name):
            # `from module import name` drops the message of an AttributeError.
            raise ImportError(f"{module}.{name} was removed. Use: {use}", name=module)
        words = (*(lazy or ()), *deprecated, *known)
        close = nearest(name, words) if not name.startswith("_") else []
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise AttributeError(f"module {module!r} has no attribute {name!r}{hint}")

    return look_up


class OldAttribute(NamedTuple):
    """What an old attribute of an object stands for."""

    use: str
    """What to write instead; begins with a dot where it follows the object."""
    read: Callable[[Any], Any] | None = None
    """Makes the value from the object; nothing of the kind can be made if not given."""


OldAttributes: TypeAlias = Mapping[str, Mapping[str, str | OldAttribute]]
"""Old attributes by the name of their class; a plain text is the path to the new one."""


def old_attribute(owner: Any, name: str, tables: Callable[[], OldAttributes]) -> Any:
    """Read an old attribute, with a warning at the line that asks for it.

    To be called by ``__getattr__`` itself: the warning points at whoever is above that. The
    tables are asked for only when they are needed.

    Raises
    ------
    AttributeError
        If there is none of that name, or nothing that it could mean.
    """
    kind = type(owner).__name__
    if name.startswith("_"):  # asked for by whoever copies, pickles or draws an object
        raise AttributeError(f"{kind} has no {name}", name=name, obj=owner)
    old = _inherited(type(owner).__mro__, tables).get(name)
    if old is None:
        called = getattr(owner, "__dict__", {}).get("name")
        which = f"{kind} {called!r}" if called else kind
        raise AttributeError(f"{which} has no {name}", name=name, obj=owner)
    return read_old_attribute(owner, name, old)


def read_old_attribute(owner: Any, name: str, old: "str | OldAttribute") -> Any:
    """Read an old attribute that is known, two calls below whoever asks for it.

    Raises
    ------
    UnknownValueError
        If there is nothing that it could mean.
    """
    kind = type(owner).__name__
    if isinstance(old, str):
        old = OldAttribute(f".{old}", _path(old))
    if old.read is None:
        raise UnknownValueError(f"{kind} has no {name} any more. Use: {old.use}")
    warn_of_old_name(f"{kind}.{name}", old.use, stacklevel=5)
    return old.read(owner)


@lru_cache(maxsize=256)
def _inherited(
    kinds: tuple[type, ...], tables: Callable[[], OldAttributes]
) -> Mapping[str, str | OldAttribute]:
    known = tables()
    return {
        name: old for base in reversed(kinds) for name, old in known.get(base.__name__, {}).items()
    }


def _path(path: str) -> Callable[[Any], Any]:
    return lambda owner: reduce(getattr, path.split("."), owner)


def warn_of_old_name(
    what: str, use: str, since: str = SINCE, removal: str = UNTIL, *, stacklevel: int
) -> None:
    """Warn that a name is old, at a line that is so many calls away."""
    warnings.warn(
        f"{what} is deprecated since {since} and will be removed in {removal}. Use: {use}",
        MLSysimDeprecationWarning,
        stacklevel=stacklevel,
    )


def attributes_of_core() -> OldAttributes:
    """Old attributes of what the core makes: specs and profiles."""
    from ._old_attributes import ATTRIBUTES  # noqa: PLC0415  # it needs the specs

    return ATTRIBUTES
