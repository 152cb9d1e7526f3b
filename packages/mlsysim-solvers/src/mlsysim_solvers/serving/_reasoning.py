"""Chains of thought: the context grows with every token that is thought."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core._arguments import whole_number
from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.formats import Precision
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from .._quantities import as_quantity, as_time
from ._result import ServingResult
from ._serving import ServingModel

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["InferenceScalingModel", "ReasoningResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasoningResult(Answer):
    """One question, thought about at length."""

    _former: ClassVar[Values] = {
        "serving_detail": "serving",
    }

    serving: ServingResult
    """The whole generation, as one batch."""
    reasoning_steps: int
    tokens_per_step: int
    chains: int
    """Chains that are thought side by side, for one question."""

    @property
    def feasible(self) -> bool:
        """Whether the longest context of all chains fits."""
        return self.serving.feasible

    @property
    def tokens_generated(self) -> int:
        """Tokens of all steps of one chain."""
        return self.reasoning_steps * self.tokens_per_step

    @property
    def total_reasoning_time(self) -> "Quantity":
        """Time from the question to the last token. [s]."""
        return self.serving.end_to_end

    @property
    def time_per_step(self) -> "Quantity":
        """Mean time of a step, without the time to the first token. [s]."""
        served = self.serving
        later = served.end_to_end_seconds - served.ttft_seconds
        return as_time(later / self.reasoning_steps)

    @property
    def ttft(self) -> "Quantity":
        """Time to the first token. [s]."""
        return self.serving.ttft

    @property
    def itl(self) -> "Quantity":
        """Mean time between tokens, over the growing context. [s]."""
        return self.serving.itl

    @property
    def energy_per_query(self) -> "Quantity":
        """Energy of the question, all chains together; not a number where unknown. [J]."""
        return as_quantity(self.serving.joules, "J")

    def explain(self) -> str:
        """Say what is thought, and where the time goes."""
        title = f"{self.reasoning_steps:,} steps of {self.tokens_per_step:,} tokens"
        side = "" if self.chains == 1 else f", {self.chains:,} chains side by side"
        return f"{title}{side}\n{self.serving.explain()}"


class InferenceScalingModel(Solver):
    """Time and energy of thinking longer, or in more chains, before the answer.

    References
    ----------
    .. [1] J. Wei et al., "Chain-of-thought prompting elicits reasoning in large language
       models," in NeurIPS, 2022. arXiv:2201.11903.
    .. [2] R. Pope et al., "Efficiently scaling transformer inference," in MLSys, 2023.
       arXiv:2211.05102.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "every token of a chain stays in its context",
        "chains of one question share the batch, each with a cache of its own",
    )
    bounds: ClassVar[str] = (
        "neither side: stacks are fitted to measurements; the Ideal stack bounds times from below"
    )

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        reasoning_steps: int = 8,
        context_length: int = 2048,
        precision: Precision = "fp16",
        efficiency: float | None = None,
        *,
        tokens_per_step: int = 50,
        chains: int = 1,
        **settings: Any,
    ) -> ReasoningResult:
        """Predict a chain of thought.

        Parameters
        ----------
        model, hardware : spec or str
            What runs, on what; or their names.
        reasoning_steps : int
            Steps of the chain.
        context_length : int
            Tokens of the question.
        precision, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        tokens_per_step : int
            Tokens that each step writes.
        chains : int
            Chains side by side, as in best of so many.
        **settings
            Whatever else :meth:`ServingModel.solve` takes.

        Returns
        -------
        ReasoningResult
            Times, energy, feasibility.
        """
        steps = whole_number("reasoning_steps", reasoning_steps)
        each = whole_number("tokens_per_step", tokens_per_step)
        count = whole_number("chains", chains)
        served = ServingModel().solve(
            model, hardware, context_length, count, precision, efficiency,
            output_len=steps * each, **settings,
        )  # fmt: skip
        return ReasoningResult(
            serving=served, reasoning_steps=steps, tokens_per_step=each, chains=count
        )
