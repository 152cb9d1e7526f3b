"""`Hardware.H100`: attribute access to the data files.

Type checkers and editors read ``_namespaces.pyi`` instead, which
``nox -s registry`` writes from the same files.
"""

from collections.abc import Iterator
from functools import reduce
from types import ModuleType
from typing import Any, NoReturn

from mlsysim_core.catalog import Kind
from mlsysim_core.deprecation import warn_of_old_name
from mlsysim_core.errors import FrozenError, InputError, UnknownEntryError, nearest

from ._loader import entries, get, paths

__all__ = [
    "Applications",
    "Archetypes",
    "Hardware",
    "Infra",
    "Models",
    "Namespace",
    "Scenarios",
    "Stacks",
    "Systems",
    "Tiers",
]


class Namespace(ModuleType):
    """Entries as attributes: of some kinds, or of one group of a kind.

    Iterating gives names, :meth:`list` gives entries, and ``in`` asks for either a name or
    one of the other names that are promised here.
    """

    # A module may look for what it lacks in a function of its own (PEP 562). Completers trust
    # that, but evaluate no attribute of an object whose class does the same.

    _path: str
    _kinds: tuple[Kind, ...]
    _group: str | None
    _groups: dict[str, "Namespace"]

    def __init__(
        self,
        path: str,
        *kinds: Kind,
        group: str | None = None,
        grouped: bool = False,
        groups: "dict[str, Namespace] | None" = None,
    ) -> None:
        super().__init__(path, type(self).__doc__)
        self.__dict__.update(
            _path=path,
            _kinds=kinds,
            _group=group,
            _grouped=grouped,
            _groups=groups or {},
            __getattr__=self._missing,
        )

    def __iter__(self) -> Iterator[str]:
        """Names of its entries, sorted."""
        return iter(self._own())

    def __len__(self) -> int:
        return len(self._own())

    def __contains__(self, name: object) -> bool:
        return name in self._own() or name in self._promised()

    def __dir__(self) -> list[str]:
        return sorted({*self._subspaces(), *self._own(), *self._promised(), "list"})

    def _missing(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            found = self._find(name)
        except UnknownEntryError:
            from ._older import OLDER  # noqa: PLC0415  # only for what is missing

            if (now := OLDER.get(f"{self._path}.{name}")) is None:
                raise
            warn_of_old_name(f"{self._path}.{name}", now, stacklevel=3)
            space, *rest = now.split(".")
            return reduce(getattr, rest, globals()[space])
        self.__dict__[name] = found
        return found

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise FrozenError(
            f"{self._path} never changes; "
            "publish entries of your own as a registry, or pass a spec to whatever takes a name"
        )

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenError(f"{self._path} never changes")

    def __repr__(self) -> str:
        inside = ", ".join(self._subspaces())
        count = f"{len(self)} {'entry' if len(self) == 1 else 'entries'}" if len(self) else ""
        return f"<{self._path}: {'; '.join(part for part in (count, inside) if part)}>"

    def __reduce__(self) -> Any:
        parent, _, name = self._path.rpartition(".")
        if not parent:
            return name
        return getattr, (globals()[parent], name)

    def list(self, sort_by: str | None = None, reverse: bool = False) -> "list[Any]":
        """Return every entry, sorted by name or by a value.

        Parameters
        ----------
        sort_by : str, optional
            A value, such as ``"tdp"`` or ``"memory.bandwidth"``. Quantities are compared as
            quantities, whatever their units; entries without a value come last.
        reverse : bool, default False
            Largest first.

        Returns
        -------
        list of Spec
            The entries.
        """
        found = [get(kind, name) for kind, name in self._own().values()]
        if sort_by is None:
            return found[::-1] if reverse else found
        pairs = [(_value(entry, sort_by), entry) for entry in found]
        known = [pair for pair in pairs if pair[0] is not None]
        if not known and found:
            fields = [name for name in type(found[0]).model_fields if name != "note"]
            close = nearest(sort_by, fields)
            hint = f"; did you mean {' or '.join(close)}?" if close else f": {', '.join(fields)}"
            raise InputError(f"no entry of {self._path} has a value {sort_by!r} to sort by{hint}")
        known.sort(key=lambda pair: pair[0], reverse=reverse)
        return [entry for _, entry in known] + [entry for value, entry in pairs if value is None]

    def _own(self) -> "dict[str, tuple[Kind, str]]":
        """Names of its entries, each with its kind and its name there."""
        if not self._kinds:
            return self._promised()
        return {
            name: (kind, name)
            for kind in self._kinds
            for name, entry in entries(kind).items()
            if self._group in (None, entry.group)
        }

    def _promised(self) -> "dict[str, tuple[Kind, str]]":
        """Other names that are promised here."""
        return paths().get(self._path, {})

    def _subspaces(self) -> "list[str]":
        groups = {entry.group for kind in self._kinds for entry in entries(kind).values()}
        return sorted({*self._groups, *(groups - {""} if self._grouped else ())})

    def _find(self, name: str) -> Any:
        if space := self._groups.get(name):
            return space
        if target := self._own().get(name) or self._promised().get(name):
            return get(*target)
        if name in self._subspaces():
            return Namespace(f"{self._path}.{name}", *self._kinds, group=name)
        what = self._kinds[0] if len(self._kinds) == 1 else self._path
        raise UnknownEntryError(what, name, [*self._own(), *self._promised(), *self._subspaces()])


def _value(entry: Any, path: str) -> Any:
    """One value of an entry, comparable with the same of others, or None."""
    *parents, last = path.split(".")
    try:
        for parent in parents:
            entry = getattr(entry, parent)
        value = getattr(entry, last)
    except AttributeError:
        return None
    return value.to_root_units().magnitude if hasattr(value, "to_root_units") else value


Hardware = Namespace(
    "Hardware",
    "hardware",
    grouped=True,
    groups={"Networks": Namespace("Hardware.Networks", "fabric")},
)
Models = Namespace("Models", "model", grouped=True)
Tiers = Namespace("Tiers", "tier")
Systems = Namespace(
    "Systems",
    groups={
        "Clusters": Namespace("Systems.Clusters", "system"),
        "Fabrics": Namespace("Systems.Fabrics", "fabric"),
        "Links": Namespace("Systems.Links", "link"),
        "Nodes": Namespace("Systems.Nodes", "node"),
        "Racks": Namespace("Systems.Racks", "rack"),
        "Storage": Namespace("Systems.Storage", "storage"),
        "Tiers": Namespace("Systems.Tiers", "tier"),
    },
)
Infra = Namespace(
    "Infra",
    "grid",
    "rack",
    groups={
        "Failures": Namespace("Infra.Failures", "failure"),
        "Grids": Namespace("Infra.Grids", "grid"),
        "Operators": Namespace("Infra.Operators", "operator"),
        "Racks": Namespace("Infra.Racks", "rack"),
        "Regions": Namespace("Infra.Regions", "region"),
    },
)
Scenarios = Namespace("Scenarios", "scenario")
Applications = Namespace("Applications")
Archetypes = Namespace("Archetypes")
Stacks = Namespace("Stacks", "stack")
