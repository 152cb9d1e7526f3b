"""Compute-optimal models: size and tokens for a budget."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from mlsysim_core._arguments import check_choice, find_hardware, whole_number
from mlsysim_core._former import Values
from mlsysim_core.answer import Answer
from mlsysim_core.device import machine
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.formats import Precision, resolve
from mlsysim_core.physics.scaling import (
    allocation_scale,
    fixed_ratio_parameters,
    optimal_parameters,
    predicted_loss,
    training_operations,
)
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, optimized_stack

from .._amounts import Amount, amount, duration, positive, share

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["ScalingModel", "ScalingResult"]

_OPERATIONS = 6.0
"""For each parameter and token: two forward, four backward."""


class _Law(NamedTuple):
    floor: float
    size_factor: float
    data_factor: float
    size_exponent: float
    data_exponent: float


_LAWS = {
    "hoffmann": _Law(1.69, 406.4, 410.7, 0.34, 0.28),
    "besiroglu": _Law(1.8172, 482.01, 2085.43, 0.3478, 0.3658),
}
_RATIO = "fixed_ratio"


@dataclass(frozen=True, kw_only=True, slots=True)
class ScalingResult(Answer):
    """A model, its tokens, and what training it takes."""

    _former: ClassVar[Values] = {
        "compute_budget_flops": "compute_budget",
    }

    law: str
    operations: float
    """The budget. [operation]"""
    parameters: float
    tokens: float

    @property
    def optimal_parameters(self) -> "Quantity":
        """Parameters of the model. [dimensionless]."""
        return _counted(self.parameters, "parameter")

    @property
    def optimal_tokens(self) -> "Quantity":
        """Tokens to train it on. [dimensionless]."""
        return _counted(self.tokens, "token")

    @property
    def compute_budget(self) -> "Quantity":
        """Operations of the training. [operation]."""
        return _counted(self.operations, "operation")

    @property
    def tokens_per_parameter(self) -> float:
        """Tokens for each parameter."""
        return self.tokens / self.parameters

    @property
    def loss(self) -> float:
        """Loss that the law predicts, in nats for each token."""
        law = _LAWS.get(self.law)
        if law is None:
            raise MissingValueError(
                f"the law {self.law!r} predicts no loss: choose {' or '.join(_LAWS)}"
            )
        return float(predicted_loss(self.parameters, self.tokens, *law))

    def explain(self) -> str:
        """Say what the budget buys."""
        lines = [
            f"{self.operations:.4g} operations by the law {self.law}",
            "",
            f"  {self.parameters / 1e9:>12,.5g} billion parameters",
            f"  {self.tokens / 1e9:>12,.5g} billion tokens",
            f"  {self.tokens_per_parameter:>12,.5g} tokens for each parameter",
        ]
        if self.law in _LAWS:
            lines.append(f"  {self.loss:>12.5g} nats for each token")
        return "\n".join(lines)


class ScalingModel(Solver):
    """Size and tokens that make the most of a training budget.

    References
    ----------
    .. [1] J. Hoffmann et al., "Training compute-optimal large language models," 2022.
       arXiv:2203.15556.
    .. [2] T. Besiroglu, E. Erdil, M. Barnett, and J. You, "Chinchilla scaling: A replication
       attempt," 2024. arXiv:2404.10102.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "a dense transformer: six operations for each parameter and token, attention left out",
        "every token is new, and what serving the model will cost does not matter",
        "the laws were fitted below 1e22 operations, on web text",
    )
    bounds: ClassVar[str] = "neither side: laws are fits to published runs"

    def solve(
        self,
        compute_budget: Amount | None = None,
        target_model_size: float | None = None,
        *,
        law: str = _RATIO,
        tokens_per_parameter: float = 20.0,
        hardware: HardwareSpec | str | None = None,
        devices: int = 1,
        duration_days: float | None = None,
        mfu: float | None = None,
        precision: Precision = "bf16",
    ) -> ScalingResult:
        """Divide a budget between size and data.

        Parameters
        ----------
        compute_budget : quantity, optional
            Operations, such as ``"1e24 FLOP"`` or ``"1e9 PFLOP"``. In its place: a device, how
            many, for how long, at which utilization. [operation]
        target_model_size : float, optional
            Parameters of the model; the budget then only settles its tokens.
        law : str
            ``"fixed_ratio"``, ``"hoffmann"`` (approach 3) or ``"besiroglu"``.
        tokens_per_parameter : float
            Of the fixed ratio.
        hardware : HardwareSpec or str, optional
            A device.
        devices : int
            How many there are.
        duration_days : float, optional
            For how long. [day]
        mfu : float, optional
            Model FLOPs utilization that they reach.
        precision : str
            Whose dense peak counts.

        Returns
        -------
        ScalingResult
            Parameters, tokens, loss.

        Raises
        ------
        MissingValueError
            If neither a budget nor all that makes one is given.
        InputError, InputTypeError
            If an argument cannot be used; bytes, dollars and bare numbers are no budget.
        """
        check_choice("law", law, (_RATIO, *_LAWS))
        if (compute_budget is None) == (hardware is None):
            raise InputError("give compute_budget or hardware, and not both")
        if hardware is None:
            operations = amount("compute_budget", compute_budget, "operation")
        else:
            operations = _operations(hardware, devices, duration_days, mfu, precision)
        ratio = positive("tokens_per_parameter", tokens_per_parameter)
        pairs = operations / float(training_operations(1.0, 1.0, _OPERATIONS))
        if target_model_size is not None:
            parameters = positive("target_model_size", target_model_size)
        elif law == _RATIO:
            parameters = float(fixed_ratio_parameters(pairs, ratio))
        else:
            known = _LAWS[law]
            exponents = known.size_exponent, known.data_exponent
            scale = allocation_scale(known.size_factor, known.data_factor, *exponents)
            parameters = float(optimal_parameters(pairs, scale, *exponents))
        return ScalingResult(
            law=law, operations=operations, parameters=parameters, tokens=pairs / parameters
        )


def _operations(
    hardware: HardwareSpec | str,
    devices: object,
    days: float | None,
    mfu: float | None,
    precision: Precision,
) -> float:
    if days is None or mfu is None:
        raise MissingValueError("a budget of device time needs duration_days and mfu")
    peak = machine(find_hardware(hardware), resolve(precision), optimized_stack()).peak
    reached = peak * share("mfu", mfu, zero=False)
    return reached * whole_number("devices", devices) * duration("duration_days", days)


def _counted(number: float, unit: str) -> "Quantity":
    from mlsysim_core.units import ureg  # noqa: PLC0415  # only who reads a quantity needs pint

    result: Quantity = ureg.Quantity(number, unit)
    return result
