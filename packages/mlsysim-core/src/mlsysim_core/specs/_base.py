"""What every spec is: frozen, validated, hashable, and honest about what it refuses."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .._registries import Kind, Provenance, find, provenance
from .._shown import Shown
from ..deprecation import attributes_of_core, old_attribute
from ..errors import FrozenError, MissingValueError, UnknownEntryError
from ..quantities import quantity, unit_of
from ._refusals import refusal

if TYPE_CHECKING:
    from ..sheets import Section
    from ..units import Quantity

__all__ = ["Count", "Fraction", "NamedSpec", "Spec", "Whole", "data_version", "stamped"]

Count = Annotated[int, Field(strict=True, gt=0)]
"""A whole number of at least one; no bool, fraction or text passes for it."""
Whole = Annotated[int, Field(strict=True, ge=0)]
"""A whole number of at least zero."""
Fraction = Annotated[float, Field(gt=0.0, le=1.0, allow_inf_nan=False, strict=True)]
"""A part of one, above zero."""


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)


class _Meta(ModelMetaclass):
    """Turns pydantic's refusals into ours at the outermost call only."""

    if not TYPE_CHECKING:

        def __call__(cls, *arguments: Any, **values: Any) -> Any:
            try:
                return super().__call__(*arguments, **values)
            except ValidationError as error:
                raise refusal(cls, error) from None


class Spec(Shown, BaseModel, metaclass=_Meta):
    """Base of every description: frozen, hashable, picklable, lossless in JSON."""

    __slots__ = ("_data_version", "_hash")

    model_config = ConfigDict(
        frozen=True, extra="forbid", protected_namespaces=(), defer_build=True
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        inherited = {
            name: base.model_fields[name]
            for base in reversed(cls.__mro__[1:])
            if issubclass(base, BaseModel)
            for name in base.model_fields
            if isinstance(cls.model_fields[name].default, property)
        }
        if inherited:  # pydantic takes the properties below for defaults of a subclass
            cls.model_fields.update(inherited)
            cls.model_rebuild(force=True)
        for name, field in cls.model_fields.items():
            if unit := _unit(field):
                setattr(cls, name, _quantity_property(name, unit, field.description))

    def number(self, name: str) -> float | None:
        """Return a field as the plain SI number that is kept, without a unit."""
        value: float | None = self.__dict__[name]
        return value

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Build from a mapping, such as a parsed file."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise refusal(cls, error) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Build from JSON text, as :meth:`model_dump_json` writes it."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            raise refusal(cls, error) from None

    def model_copy(
        self,
        *,
        update: Mapping[str, Any] | None = None,
        deep: bool = False,  # noqa: ARG002  # pydantic gives it
    ) -> Self:
        """Copy with some values changed; the copy is checked like any other spec.

        Parameters
        ----------
        update : mapping of str to object
            New values by field. A dotted name, or a mapping, changes a part of a part.
        deep : bool
            Accepted for pydantic's sake; nothing in a spec can change.

        Examples
        --------
        >>> from mlsysim_core import HardwareSpec
        >>> chip = HardwareSpec(
        ...     name="chip",
        ...     compute={"peak": {"fp16": "100 TFLOP/s"}},
        ...     memory={"capacity": "16 GB", "bandwidth": "1 TB/s"},
        ... )
        >>> print(chip.model_copy(update={"memory.bandwidth": "2 TB/s"}).memory.bandwidth)
        2.0 terabyte / second
        """
        if not update:
            return self
        values = self.model_dump()  # with what was not set: unions need their tags
        for path, value in update.items():
            *parents, name = path.split(".")
            part = values
            for parent in parents:
                inner = part.get(parent)
                part[parent] = part = dict(inner) if isinstance(inner, Mapping) else {}
            inner = part.get(name)
            merge = isinstance(value, Mapping) and isinstance(inner, Mapping)
            part[name] = {**inner, **value} if merge else value  # type: ignore[dict-item]
        return type(self).model_validate(values)

    def __copy__(self) -> Self:
        return self  # nothing in it can change

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return self

    def __getstate__(self) -> dict[Any, Any]:
        version = getattr(self, "_data_version", None)
        return {**super().__getstate__(), "_data_version": version}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        if version := state.get("_data_version"):
            stamped(self, version)

    def __repr_args__(self) -> Any:
        """Show what was given, in units."""
        return self.model_dump(exclude_unset=True).items()

    def __str__(self) -> str:
        lines = [repr(self)]
        stated = _leaves(self.model_dump(exclude_unset=True))
        lines += [f"  {path} = {value}" for path, value in stated]
        return "\n".join(lines)

    def sections(self) -> "list[Section]":
        """Return what a notebook shows: every value that is stated."""
        from ..sheets import Section  # noqa: PLC0415  # few specs are shown

        rows = [(path, str(one)) for path, one in _leaves(self.model_dump(exclude_unset=True))]
        return [Section(heading=repr(self).strip("<>").partition("(")[0], rows=rows)]

    def __hash__(self) -> int:
        try:
            return self._hash  # type: ignore[attr-defined,no-any-return]
        except AttributeError:
            value = hash((type(self), *self.__dict__.values()))
            object.__setattr__(self, "_hash", value)
            return value

    if not TYPE_CHECKING:  # or a misspelt attribute would pass

        def __getattr__(self, name: str) -> Any:
            return old_attribute(self, name, attributes_of_core)

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenError(self._frozen(name))

    def __delattr__(self, name: str) -> None:
        raise FrozenError(self._frozen(name))

    def _frozen(self, name: str) -> str:
        return (
            f"{type(self).__name__} never changes; "
            f'copy it with .model_copy(update={{"{name}": ...}})'
        )


class NamedSpec(Spec):
    """A description that a registry can have."""

    kind: ClassVar[Kind]
    """What it is called among the kinds of entries."""

    @property
    def provenance(self) -> Provenance:
        """Who vouches for its values: those of registry entries only.

        Raises
        ------
        MissingValueError
            If no registry has it, as it is, under its name.
        """
        name = str(self.__dict__["name"])
        kind = self.kind
        try:
            same = find(kind, name) == self
        except UnknownEntryError:
            raise MissingValueError(
                f"{kind} {name} has no provenance: it is in no registry"
            ) from None
        if not same:
            raise MissingValueError(
                f"{kind} {name} has no provenance: its values are not those that the registry "
                f"has under that name; mlsysim_core.catalog.provenance({kind!r}, {name!r}) tells "
                "about those"
            )
        return provenance(kind, name)


def stamped(spec: Spec, version: str) -> None:
    """Note on an entry which version of which registry's data it is from."""
    object.__setattr__(spec, "_data_version", version)


def data_version(*specs: Spec) -> str | None:
    """Return the versions of the data that specs are from; nothing if made by hand."""
    return _together(*[getattr(spec, "_data_version", None) for spec in specs])


@lru_cache(maxsize=256)
def _together(*versions: str | None) -> str | None:
    return "; ".join(dict.fromkeys(filter(None, versions))) or None


def _leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted paths of what a spec states; of lists, only their length."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            yield f"{prefix}{name}", f"{len(value)} entries"
        elif value not in (None, "", ()):
            yield f"{prefix}{name}", value


def _unit(field: Any) -> str | None:
    for part in field.metadata:
        if unit := getattr(part, "unit", None):
            return str(unit)
    return unit_of(field.annotation)


def _quantity_property(name: str, unit: str, description: str | None) -> property:
    def read(self: Spec) -> "Quantity | None":
        number = self.__dict__[name]
        return None if number is None else quantity(number, unit)

    return property(read, doc=description)
