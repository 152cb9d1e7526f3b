"""For labs (experimental): guess, see the answer and its derivation, check exercises."""

from mlsysim_solvers.teaching import *  # noqa: F403  # whatever is public there is public here
from mlsysim_solvers.teaching import __all__ as __all__  # noqa: PLC0414  # for type checkers
