"""The bases that every solver derives from."""

import inspect
from typing import Any, ClassVar

from .engine import Engine
from .formats import Precision
from .results import PerformanceProfile
from .specs import HardwareSpec, ModelSpec

__all__ = ["ForwardModel", "Solver"]


class Solver:
    """Something that answers a question about a system, and says what it assumes.

    A solver keeps no state: everything comes with the call of its ``solve``.
    """

    assumptions: ClassVar[tuple[str, ...]] = ()
    """What the answer takes for granted."""

    @classmethod
    def inputs(cls) -> dict[str, str]:
        """Return the parameters of ``solve``, each with its type and default as text."""
        solve = getattr(cls, "solve", None)
        if solve is None:
            return {}
        _, *parameters = inspect.signature(solve).parameters.values()
        return {one.name: str(one).partition(":")[2].strip() for one in parameters}

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class ForwardModel(Solver):
    """One pass of a model on one device: :meth:`Engine.solve` as a solver."""

    assumptions: ClassVar[tuple[str, ...]] = (
        "one device",
        "arithmetic and data movement of an operator overlap; operators do not",
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        batch_size: int = 1,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        **settings: Any,
    ) -> PerformanceProfile:
        """Predict one pass.

        Parameters
        ----------
        model, hardware, batch_size, precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        **settings
            Its keywords.

        Returns
        -------
        PerformanceProfile
            What :meth:`mlsysim_core.Engine.solve` returns.
        """
        return Engine.solve(model, hardware, batch_size, precision, efficiency, **settings)
