"""One pass on one device, refused where it does not fit."""

from typing import Any

from mlsysim_core._arguments import check_flag
from mlsysim_core.errors import DoesNotFitError
from mlsysim_core.explanation import brief_bytes
from mlsysim_core.formats import Precision
from mlsysim_core.results import PerformanceProfile
from mlsysim_core.solver import ForwardModel
from mlsysim_core.specs import HardwareSpec, ModelSpec

__all__ = ["SingleNodeModel"]


class SingleNodeModel(ForwardModel):
    """One pass of a model on one device, which can be refused where it does not fit."""

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        batch_size: int = 1,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        raise_errors: bool = False,
        **settings: Any,
    ) -> PerformanceProfile:
        """Predict one pass.

        Parameters
        ----------
        model, hardware, batch_size, precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        raise_errors : bool
            Refuse a pass that does not fit, rather than answer ``feasible=False``.
        **settings
            The engine's keywords.

        Returns
        -------
        PerformanceProfile
            What :meth:`mlsysim_core.Engine.solve` returns.

        Raises
        ------
        DoesNotFitError
            If it does not fit, and ``raise_errors`` is true.
        """
        refuse = check_flag("raise_errors", raise_errors)
        profile = super().solve(model, hardware, batch_size, precision, efficiency, **settings)
        details = profile.details
        if refuse and not profile.feasible:
            raise DoesNotFitError(
                f"{details.model} needs {brief_bytes(details.footprint)}, but {details.hardware} "
                f"has {brief_bytes(details.capacity)}: try a smaller batch, a narrower precision, "
                "a shorter context or, with ServingModel or DistributedModel, more devices"
            )
        return profile
