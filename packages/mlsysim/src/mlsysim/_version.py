"""The version of the installed distribution, read when somebody asks."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("mlsysim")
