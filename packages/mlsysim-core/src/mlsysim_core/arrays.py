"""One model on one device over arrays of batch sizes, lengths and efficiencies.

The same operators and the same device as :meth:`mlsysim_core.Engine.solve`, with arrays in
place of numbers. Needs numpy, which is imported when the first sweep asks for it.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from ._arguments import check_choice, check_flag
from ._asked import check_trainable, reads_sequences, settle_length, settle_phase
from .account import add_up
from .device import machine
from .errors import InputError, MissingValueError
from .formats import resolve
from .operators import Lowered, Workload, lower
from .operators._training import OPTIMIZER_STATES, gradient_format
from .physics._linear import linear, plain
from .physics.energy import pass_energy
from .physics.metrics import rate, utilization
from .specs import HardwareSpec, ModelSpec, Network, StackSpec

__all__ = ["Predictions", "Setting", "attempt", "numpy_or_error", "predict"]

_RECOMPUTES = ("none", "selective", "full")


def numpy_or_error(what: str = "sweeping") -> Any:
    """Import numpy, or say how to get it."""
    try:
        import numpy  # noqa: ICN001, PLC0415  # only whoever sweeps needs it
    except ImportError as error:
        raise MissingValueError(
            f"{what} needs numpy: install numpy, or mlsysim-core[arrays]"
        ) from error
    return numpy


class Setting(NamedTuple):
    """What stays the same over the arrays of one evaluation."""

    model: ModelSpec
    hardware: HardwareSpec
    precision: str
    stack: StackSpec
    phase: str | None = None
    """As :meth:`Engine.solve` takes it."""
    kv_precision: str | None = None
    is_training: bool = False
    recompute: str = "selective"
    optimizer: str = "adam"

    def checked(self) -> "Setting":
        """Return it with its words checked and precisions under their own names."""
        if self.phase is not None:
            check_choice("phase", self.phase, ("decode", "prefill", "forward"))
        check_flag("is_training", self.is_training)
        check_choice("recompute", self.recompute, _RECOMPUTES)
        check_choice("optimizer", self.optimizer, tuple(OPTIMIZER_STATES))
        cached = self.kv_precision
        return self._replace(
            precision=resolve(self.precision),
            kv_precision=None if cached is None else resolve(cached, "kv_precision"),
        )

    @property
    def phase_name(self) -> str:
        """What one pass is, for a table, even where the model knows no such pass."""
        if self.phase is not None:
            return self.phase
        return settle_phase(self.model, None, self.is_training)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Predictions:
    """Predictions for arrays, all of one shape; not a number where there is no answer."""

    seconds: Any
    """[s]"""
    items_per_second: Any
    """[token / s] or [sample / s]"""
    compute_bound: Any
    """Whether the bottleneck is ``"Compute"``."""
    mfu: Any
    """[dimensionless]"""
    feasible: Any
    joules: Any
    """Not a number where the power of the device is unknown. [J]"""
    footprint: Any
    """Memory that the pass needs. [byte]"""
    answered: Any
    """Whether there is an answer; :attr:`reason` says why there is none."""
    capacity: float
    """[byte]"""
    tokens: Any = None
    """Tokens of context or of each sequence, assumed ones as well; nothing without."""
    reason: str = ""
    """Why some points have no answer."""


def predict(
    setting: Setting, batch_size: Any, seq_len: Any = None, efficiency: Any = None
) -> Predictions:
    """Predict one pass for arrays.

    Parameters
    ----------
    setting : Setting
        Model, device and all that stays the same.
    batch_size : array_like
        Whole numbers of at least one.
    seq_len : array_like, optional
        Whole numbers of at least one; what :meth:`Engine.solve` assumes if not given.
    efficiency : array_like, optional
        Fractions of the dense peak; predicted if not given.

    Returns
    -------
    Predictions
        Arrays of the shape to which the arguments broadcast; those along an axis of their
        own are computed once for each of their values, not for each point.

    Raises
    ------
    InputError
        Where :meth:`Engine.solve` would raise it for every point.
    """
    np = numpy_or_error()
    model, hardware = setting.model, setting.hardware
    phase = settle_phase(model, setting.phase, setting.is_training)
    limit, precision = model.max_context, resolve(setting.precision)
    settings: dict[str, Any] = {}
    if phase == "training":
        settings = {
            "recompute": setting.recompute,
            "optimizer": setting.optimizer,
            "habits": setting.stack.training,
            "gradients": gradient_format(setting.stack.training, precision),
        }
        check_trainable(setting.precision, precision)
    batch = np.asarray(batch_size, dtype=float)
    assumed = seq_len is None or not reads_sequences(model)
    if assumed:
        tokens, _ = settle_length(model, seq_len)
        length: Any = float(tokens or 1)
    else:
        tokens = length = np.asarray(seq_len, dtype=float)
    if efficiency is not None:
        efficiency = np.asarray(efficiency, dtype=float)
    shape = np.broadcast_shapes(batch.shape, np.shape(length), np.shape(efficiency))
    work = Workload.of(
        phase,
        *linear(batch, length),
        precision,
        kv_precision=setting.kv_precision,
        integer_activations=isinstance(model.architecture, Network),
    )
    device = machine(hardware, precision, setting.stack, steady=phase == "training")
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        lowered = _settled(lower(model, work, **settings))
        account = add_up(lowered, device, efficiency, detailed=False)
        seconds = account.latency
        mfu = np.where(seconds > 0.0, utilization(lowered.flops, seconds, device.peak), 0.0)
        joules: Any = np.nan
        if device.power is not None:
            joules = pass_energy(
                seconds, account.arithmetic, account.movement, device.power, device.idle
            )
        found = {
            "seconds": seconds,
            "items_per_second": rate(lowered.items, seconds),
            "mfu": mfu,
            "joules": joules,
            "footprint": lowered.weights
            + lowered.cache
            + lowered.activations
            + lowered.optimizer
            + device.reserve,
        }
        bound = account.compute > account.memory
    answered: Any = True
    reason = ""
    if limit is not None and not assumed:
        answered = length <= limit
        if not np.all(answered):
            reason = f"seq_len must be at most {limit:,} for {model.name}"
            found = {name: np.where(answered, one, np.nan) for name, one in found.items()}
    return Predictions(
        **{name: np.broadcast_to(one, shape) for name, one in found.items()},
        compute_bound=np.broadcast_to(bound, shape),
        feasible=np.broadcast_to((account.spill == 0.0) & answered, shape),
        answered=np.broadcast_to(answered, shape),
        capacity=device.room,
        tokens=tokens,
        reason=reason,
    )


def _settled(lowered: Lowered) -> Lowered:
    """Take the bytes that stay in memory as arrays, to the last bit as they are added up."""
    return lowered._replace(cache=plain(lowered.cache), activations=plain(lowered.activations))


def attempt(
    setting: Setting, batch_size: Any, seq_len: Any = None, efficiency: Any = None
) -> Predictions:
    """Predict like :func:`predict`; where that raises, mark every point with the reason."""
    try:
        return predict(setting, batch_size, seq_len, efficiency)
    except InputError as error:
        np = numpy_or_error()
        given = [one for one in (batch_size, seq_len, efficiency) if one is not None]
        shape = np.broadcast_shapes(*map(np.shape, given))
        nothing, never = np.broadcast_to(np.nan, shape), np.broadcast_to(False, shape)
        values = dict.fromkeys(
            ("seconds", "items_per_second", "mfu", "joules", "footprint"), nothing
        )
        truths = dict.fromkeys(("compute_bound", "feasible", "answered"), never)
        capacity = setting.hardware.memory.number("capacity") or 0.0
        return Predictions(**values, **truths, capacity=capacity, tokens=seq_len, reason=str(error))
