"""What was asked of the engine, kept so that it can be asked again with one thing changed."""

from typing import Any, NamedTuple

from mlsysim_core import Engine, PerformanceProfile

__all__ = ["Question"]


class Question(NamedTuple):
    """A call of `Engine.solve`."""

    model: Any
    hardware: Any
    settings: dict[str, Any]
    """Keyword arguments that were given; the engine knows the defaults of the others."""

    def ask(self, hardware: Any = None, **changes: Any) -> PerformanceProfile:
        """Solve it, with some things changed."""
        return Engine.solve(self.model, hardware or self.hardware, **{**self.settings, **changes})
