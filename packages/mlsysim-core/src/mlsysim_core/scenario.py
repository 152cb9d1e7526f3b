"""A workload on a system, with the limits that it must keep."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from ._registries import Kind, find
from .errors import UnknownEntryError
from .quantities import Bandwidth, Power, Time
from .specs import HardwareSpec, ModelSpec, NamedSpec
from .specs._base import Fraction
from .specs.system import SystemSpec, named

if TYPE_CHECKING:
    from .scorecard import Evaluation

__all__ = ["Scenario"]


def _system(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return find("hardware", value)
    except UnknownEntryError:
        return find("system", value)


class Scenario(NamedSpec):
    """A workload on a system, with its limits."""

    kind: ClassVar[Kind] = "scenario"

    name: Annotated[str, Field(min_length=1)]
    title: str = ""
    workload: Annotated[ModelSpec, BeforeValidator(named("model"))]
    system: Annotated[HardwareSpec | SystemSpec, BeforeValidator(_system)]
    sla_latency: Time | None = None
    """Longest time that one pass may take."""
    power_budget: Power | None = None
    target_accuracy: Fraction | None = None
    data_rate: Bandwidth | None = None
    """Input that must be taken in."""
    note: str = ""

    @property
    def model(self) -> ModelSpec:
        """The workload."""
        return self.workload

    @property
    def hardware(self) -> HardwareSpec:
        """The device: of the system's nodes, where there are many."""
        if isinstance(self.system, SystemSpec):
            return self.system.accelerator
        return self.system

    def evaluate(
        self, batch_size: int = 1, precision: str | None = None, **settings: Any
    ) -> "Evaluation":
        """Predict a pass, and hold it against every limit of the scenario (experimental).

        Parameters
        ----------
        batch_size : int
            Sequences or samples that pass together.
        precision : str, optional
            Format; if not given, the one that the model was made in, or the nearest that
            the device has.
        **settings
            Keywords of :meth:`mlsysim_core.Engine.solve`; and ``predict``, a function of
            scenario, batch size and precision that predicts the pass in the engine's place.

        Returns
        -------
        Evaluation
            Checks of feasibility, performance, energy and quality; ``passed`` sums them up,
            and ``scorecard()`` writes them down.

        Notes
        -----
        On a system of many devices, each pass is divided evenly over those of a node, or over
        as many nodes as it takes to hold it, and communication is not counted.
        """
        from .evaluation import evaluate  # noqa: PLC0415  # the engine is made of specs

        return evaluate(self, batch_size, precision, **settings)
