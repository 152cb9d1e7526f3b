"""Libraries that only some people need."""

from importlib import import_module
from typing import Any

from mlsysim_core.errors import MissingValueError

__all__ = ["imported"]


def imported(module: str, what: str, extra: str = "") -> Any:
    """Import a module that may not be installed, or say how to get it.

    Parameters
    ----------
    module : str
        Its name.
    what : str
        What needs it.
    extra : str
        The extra of this package that brings it along, if one does.
    """
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        way = f"install {package}" + (f", or mlsysim-solvers[{extra}]" if extra else "")
        raise MissingValueError(f"{what} needs {package}: {way}") from error
