"""The unit registry of every quantity that mlsysim takes or returns.

Bytes, operations, money and CO2e are dimensions of their own; tokens and samples are
counting units, which print and convert to plain numbers. The registry is made when it is
first asked for: nothing that computes with plain numbers pays for pint.
"""

import copyreg
from importlib.resources import as_file, files
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pint

    Quantity: TypeAlias = pint.Quantity[Any]
    ureg: "pint.UnitRegistry[Any]"

__all__ = ["Q_", "Quantity", "si", "ureg"]

_LOCK = RLock()


def _registry() -> Any:
    import pint  # noqa: PLC0415  # a process that prints no quantity does without

    base: Any = pint.UnitRegistry
    library: Any = pint
    ours = files(__package__) / "units.txt"

    class UnitRegistry(base):  # type: ignore[misc]
        """Knows the units of this field at once, and all of pint's on demand."""

        _complete = False

        def _complete_itself(self) -> None:
            with _LOCK:
                if not self._complete:
                    self._complete = True
                    for one in (files("pint") / "default_en.txt", ours):
                        with as_file(one) as path:
                            self.load_definitions(path)
                    self._build_cache()

        def get_name(self, name_or_alias: str, case_sensitive: bool | None = None) -> str:
            try:
                return str(super().get_name(name_or_alias, case_sensitive))
            except pint.UndefinedUnitError:
                self._complete_itself()
                return str(super().get_name(name_or_alias, case_sensitive))

        def get_system(self, name: str, create_if_needed: bool = True) -> Any:
            self._complete_itself()
            return super().get_system(name, create_if_needed)

    UnitRegistry.__module__, UnitRegistry.__qualname__ = "pint", "UnitRegistry"
    with as_file(ours) as path:
        registry = UnitRegistry(path, on_redefinition="ignore")
    copyreg.pickle(registry.Quantity, _reduced)
    application = library.get_application_registry()
    if isinstance(application.get(), library.registry.LazyRegistry):
        # Nobody has chosen another: quantities then survive pickling in this registry.
        library.set_application_registry(registry)
    return registry


def _reduced(quantity: Any) -> tuple[Any, ...]:
    return _restored, (quantity.magnitude, f"{quantity.units}")


def _restored(magnitude: Any, units: str) -> Any:
    """Make a pickled quantity again, in the registry of whichever process reads it."""
    return __getattr__("ureg").Quantity(magnitude, units)


def __getattr__(name: str) -> Any:
    if name == "ureg":
        with _LOCK:  # quantities of two registries do not mix
            if name not in globals():
                globals()[name] = _registry()
            return globals()[name]
    if name in {"Quantity", "Q_"}:
        import pint  # noqa: PLC0415

        value = pint.Quantity if name == "Quantity" else __getattr__("ureg").Quantity
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def si(quantity: "Quantity", unit: str) -> float:
    """Take the number off a quantity.

    Parameters
    ----------
    quantity : pint.Quantity
        Any quantity of the unit's dimension.
    unit : str
        Unit to express it in.

    Returns
    -------
    float
        The plain number.

    Examples
    --------
    >>> from mlsysim_core import ureg
    >>> si(ureg("3.35 TB/s"), "byte/s")
    3350000000000.0
    """
    return float(quantity.m_as(unit))
