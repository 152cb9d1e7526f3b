"""The bases that every solver derives from."""

import inspect
from typing import Any, ClassVar, get_type_hints

from ._docstrings import entries, summary
from ._former import Inputs, understanding
from .answer import Answer, described
from .deprecation import warn_of_old_name
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
    bounds: ClassVar[str] = ""
    """On which side of the truth the answer lies."""

    _former: ClassVar[Inputs] = {}

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__(**settings)
        if solve := cls.__dict__.get("solve"):
            cls.solve = understanding(solve, cls._former, cls.__name__)  # type: ignore[attr-defined]

    @classmethod
    def inputs(cls) -> dict[str, str]:
        """Return the parameters of ``solve``, each with its type and default as text."""
        solve = getattr(cls, "solve", None)
        if solve is None:
            return {}
        _, *parameters = inspect.signature(solve).parameters.values()
        return {one.name: str(one).partition(":")[2].strip() for one in parameters}

    @classmethod
    def answers(cls) -> type[Answer]:
        """Return the type of what ``solve`` returns."""
        hints = get_type_hints(inspect.unwrap(cls.solve))  # type: ignore[attr-defined]
        return hints["return"]  # type: ignore[no-any-return]

    @classmethod
    def sources(cls) -> tuple[str, ...]:
        """Return the literature that the formulas are from."""
        found = (entries(kind, "References") for kind in cls.__mro__ if kind.__doc__)
        return tuple(next(filter(None, found), {}).values())

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Return what is asked, what is answered, and on what grounds.

        Returns
        -------
        dict
            Plain texts by name: ``inputs`` and ``outputs`` with types and units,
            ``assumptions``, ``bounds``, ``sources``.
        """
        solve = inspect.unwrap(cls.solve)  # type: ignore[attr-defined]
        _, *parameters = inspect.signature(solve).parameters.values()
        told = entries(solve, "Parameters")
        empty = inspect.Parameter.empty
        return {
            "solver": cls.__name__,
            "summary": summary(cls),
            "assumptions": list(cls.assumptions),
            "bounds": cls.bounds,
            "sources": list(cls.sources()),
            "inputs": {
                one.name: {
                    **described(inspect.formatannotation(one.annotation), told.get(one.name, "")),
                    **({} if one.default is empty else {"default": repr(one.default)}),
                }
                for one in parameters
            },
            "result": cls.answers().__name__,
            "outputs": cls.answers().schema(),
        }

    @classmethod
    def resolver_type(cls) -> str:
        """Return ``model``, ``solver`` or ``optimizer``: deprecated, for the name says it."""
        warn_of_old_name(f"{cls.__name__}.resolver_type", "the name of the class", stacklevel=3)
        kinds = ("solver", "optimizer")
        return next((kind for kind in kinds if cls.__name__.lower().endswith(kind)), "model")

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class ForwardModel(Solver):
    """One pass of a model on one device: :meth:`Engine.solve` as a solver.

    References
    ----------
    .. [1] S. Williams, A. Waterman, and D. Patterson, "Roofline: An insightful visual
       performance model for multicore architectures," Commun. ACM, vol. 52, no. 4, 2009.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "one device",
        "arithmetic and data movement of an operator overlap; operators do not",
    )
    bounds: ClassVar[str] = (
        "neither side: stacks are fitted to measurements; the Ideal stack bounds times from below"
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
