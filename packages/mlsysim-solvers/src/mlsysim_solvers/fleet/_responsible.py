"""What privacy and fairness ask of a training: noise, data, time."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mlsysim_core._arguments import whole_number
from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.physics.assurance import noise_multiplier, privacy_budget, samples_for_margin
from mlsysim_core.solver import Solver

from .._amounts import Amount, amount, at_least, positive, share
from .._quantities import as_quantity

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["ResponsibleEngineeringModel", "ResponsibleEngineeringResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ResponsibleEngineeringResult(Answer):
    """Noise of private training, data of a fair evaluation, and the time."""

    _former: ClassVar[Values] = {
        "additional_data_requirement": OldAttribute(".required_samples"),
        "fairness_data_ratio": OldAttribute(".required_samples"),
        "min_subgroup_prevalence": "prevalence",
        "privacy_cost_ratio": OldAttribute(".dp_slowdown_factor"),
    }

    seconds: float
    """Of training without. [s]"""
    epsilon: float
    delta: float
    steps: int
    slowdown: float | None
    prevalence: float
    margin: float
    risk: float

    @property
    def noise_multiplier(self) -> float:
        """Standard deviation of the noise of a step, over the bound on a gradient."""
        return float(noise_multiplier(self.steps, privacy_budget(self.epsilon, 1.0 / self.delta)))

    @property
    def group_samples(self) -> int:
        """Samples of each group that show its rate within the margin."""
        return math.ceil(float(samples_for_margin(self.margin, 1.0 / self.risk)))

    @property
    def required_samples(self) -> int:
        """Samples of everybody that hold so many of the rarest group, on average."""
        return math.ceil(self.group_samples / self.prevalence)

    @property
    def dp_slowdown_factor(self) -> float:
        """Time of a private step over that of another, as it was measured."""
        if self.slowdown is None:
            raise MissingValueError(
                "how much slower gradients of single samples are has to be measured: give "
                "per_sample_slowdown"
            )
        return self.slowdown

    @property
    def effective_training_time(self) -> "Quantity":
        """Time of private training. [s]."""
        return as_quantity(self.seconds * self.dp_slowdown_factor, "s")

    def explain(self) -> str:
        """Say what is asked for."""
        promise = f"epsilon {self.epsilon:g}, delta {self.delta:g}, {self.steps:,} steps"
        lines = [
            f"{promise}; groups of {self.prevalence:.3g} and more",
            "",
            f"  {self.noise_multiplier:>12,.5g} times the bound on a gradient as noise",
            f"  {self.group_samples:>12,} samples of each group for a margin of {self.margin:g}",
            f"  {self.required_samples:>12,} samples of everybody",
        ]
        if self.slowdown is not None:
            lines.append(f"  {self.slowdown:>12,.5g} times the time")
        return "\n".join(lines)


class ResponsibleEngineeringModel(Solver):
    """Differentially private training, and evaluation of small groups.

    References
    ----------
    .. [1] M. Abadi et al., "Deep learning with differential privacy," in CCS, 2016.
       arXiv:1607.00133.
    .. [2] M. Bun and T. Steinke, "Concentrated differential privacy," in TCC, 2016.
       arXiv:1605.02065.
    .. [3] W. Hoeffding, "Probability inequalities for sums of bounded random variables," J.
       Amer. Statist. Assoc., vol. 58, no. 301, 1963.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "Gaussian noise on clipped gradients; sampling of batches, which needs less, is left out",
        "what privacy costs in accuracy or in time is not predicted: no formula gives it",
    )
    bounds: ClassVar[str] = (
        "noise and samples are bounds from above: they suffice whatever the data are"
    )

    def solve(
        self,
        base_training_time: Amount,
        epsilon: float = 1.0,
        delta: float = 1e-5,
        min_subgroup_prevalence: float = 0.01,
        *,
        steps: int = 1,
        per_sample_slowdown: float | None = None,
        margin: float = 0.01,
        confidence: float = 0.95,
    ) -> ResponsibleEngineeringResult:
        """Work out noise and samples.

        Parameters
        ----------
        base_training_time : quantity
            Without privacy, such as ``"3 days"``. [s]
        epsilon, delta : float
            Bound on the loss of privacy, and the chance to exceed it.
        min_subgroup_prevalence : float
            Part of everybody that the rarest group is.
        steps : int
            Steps that see a person's data.
        per_sample_slowdown : float, optional
            Time of a private step over that of another, measured.
        margin : float
            Within which the rate of each group is to be known.
        confidence : float
            With which.

        Returns
        -------
        ResponsibleEngineeringResult
            Noise, samples, time.

        Raises
        ------
        InputError, InputTypeError
            If an argument cannot be used.
        """
        slow = per_sample_slowdown
        return ResponsibleEngineeringResult(
            seconds=amount("base_training_time", base_training_time, "s"),
            epsilon=positive("epsilon", epsilon),
            delta=_between("delta", delta),
            steps=whole_number("steps", steps),
            slowdown=None if slow is None else at_least("per_sample_slowdown", slow, 1.0),
            prevalence=share("min_subgroup_prevalence", min_subgroup_prevalence, zero=False),
            margin=_between("margin", margin),
            risk=1.0 - _between("confidence", confidence),
        )


def _between(parameter: str, value: float) -> float:
    number = share(parameter, value, zero=False)
    if number == 1.0:
        raise InputError(f"{parameter} must be below 1, got {value}")
    return number
