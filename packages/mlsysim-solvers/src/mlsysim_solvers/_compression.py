"""What a compressed model saves, and what a device makes of it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core._arguments import check_choice, find_hardware, find_model, find_stack
from mlsysim_core._former import Inputs, Renamed, Values
from mlsysim_core.answer import Answer
from mlsysim_core.device import machine
from mlsysim_core.engine import Engine
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.formats import WIDTH, Precision, resolve
from mlsysim_core.results import PerformanceProfile
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from ._accuracy import AccuracyLoss, Measured, measured_losses, summary_of
from ._amounts import share
from ._lowered import lowered_pass, time_kernels
from ._quantities import as_quantity

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["CompressionModel", "CompressionResult"]

_METHODS = ("quantization", "pruning", "distillation")
_PATTERNS = ("unstructured", "structured", "2:4")
_BIT = 1.0 / 8.0
_WEIGHTED = {"matmul", "convolution"}


def _format_of(bits: float) -> str:
    return f"{'int' if bits < 16 else 'fp'}{bits:g}"


@dataclass(frozen=True, kw_only=True, slots=True)
class CompressionResult(Answer):
    """A model before and after, on the same device."""

    _former: ClassVar[Values] = {
        "original_size_gb": "original_size",
        "compressed_size_gb": "compressed_size",
    }

    method: str
    original: PerformanceProfile
    compressed: PerformanceProfile | None
    """The engine's answer; nothing for 2:4 patterns, which it does not ask about."""
    compressed_seconds: float | None
    """Latency after, where it is known. [s]"""
    missing: str
    """Why it is not."""
    original_bytes: float
    """Weights. [byte]"""
    compressed_bytes: float
    """Weights, with whatever finds them again. [byte]"""
    measured: tuple[Measured, ...]
    """What models of the same kind were measured to lose to the format."""

    @property
    def original_size(self) -> "Quantity":
        """Weights as they were. [byte]."""
        return as_quantity(self.original_bytes, "byte")

    @property
    def compressed_size(self) -> "Quantity":
        """Weights, with whatever finds them again. [byte]."""
        return as_quantity(self.compressed_bytes, "byte")

    @property
    def compression_ratio(self) -> float:
        """Size before over size after; below one if it grew."""
        return self.original_bytes / self.compressed_bytes

    @property
    def memory_savings_pct(self) -> float:
        """Part of the weights that is saved, in per cent."""
        return 100.0 * (1.0 - self.compressed_bytes / self.original_bytes)

    @property
    def inference_speedup(self) -> float:
        """Latency before over latency after."""
        if self.compressed_seconds is None:
            raise MissingValueError(self.missing)
        return float(self.original.seconds / self.compressed_seconds)

    @property
    def accuracy_loss(self) -> AccuracyLoss:
        """What models of the same kind were measured to lose: no prediction for this one."""
        if not self.measured:
            raise MissingValueError(
                f"no measurement of what {self.method} costs such models is cited here: its "
                "accuracy has to be measured"
            )
        return summary_of(self.measured)

    @property
    def estimated_accuracy_delta(self) -> float:
        """Mean of what such models were measured to lose, as a part of one."""
        return self.accuracy_loss.mean

    def explain(self) -> str:
        """Say what is saved."""
        before, after = self.original_bytes / 1e9, self.compressed_bytes / 1e9
        details = self.original.details
        lines = [
            f"{self.method} of {details.model} from {details.precision} on {details.hardware}",
            "",
            f"  {before:.4g} GB of weights become {after:.4g} GB: {self.compression_ratio:.4g}x",
        ]
        try:
            lines.append(f"  {self.inference_speedup:.4g} times as fast")
        except MissingValueError as error:
            lines.append(f"  speed unknown: {error}")
        try:
            lost = self.accuracy_loss
        except MissingValueError as error:
            lines.append(f"  accuracy unknown: {error}")
            return "\n".join(lines)
        spread = f"{100.0 * lost.worst:+.3g} to {100.0 * lost.best:+.3g}"
        lines += [
            f"  {100.0 * lost.mean:+.3g} points of accuracy ({spread}) where it was measured",
            *dict.fromkeys(f"  of: {one.metric}" for one in self.measured),
            *dict.fromkeys(f"  source: {one.source}" for one in self.measured),
        ]
        return "\n".join(lines)


class CompressionModel(Solver):
    """Quantisation, pruning and distillation: sizes, and the engine's own speeds.

    References
    ----------
    .. [1] A. Mishra et al., "Accelerating sparse deep neural networks," 2021.
       arXiv:2104.08378.
    .. [2] S. Han, H. Mao, and W. J. Dally, "Deep compression," in ICLR, 2016.
       arXiv:1510.00149.
    """

    assumptions: ClassVar[tuple[str, ...]] = (
        "the baseline is the precision in which the model is served, not fp32",
        "speeds are those of the engine, conversion of formats that the device lacks included",
        "weights pruned here and there make no dense hardware faster, and need a bit each",
        "2:4 patterns double what the device says that they do, in all multiplications by weights",
        "accuracy is not predicted: what such models were measured to lose stands for it",
    )
    bounds: ClassVar[str] = (
        "sizes are exact; speeds are the engine's, and bounded from above where sparsity is used"
    )
    _former: ClassVar[Inputs] = {
        "target_bitwidth": Renamed("target_precision", _format_of),
    }

    def solve(
        self,
        model: ModelSpec | str,
        hardware: HardwareSpec | str,
        method: str = "quantization",
        *,
        precision: Precision = "fp16",
        target_precision: Precision | None = None,
        sparsity: float | None = None,
        sparsity_type: str = "unstructured",
        student: ModelSpec | str | None = None,
        batch_size: int = 1,
        efficiency: float | None = None,
        **settings: Any,
    ) -> CompressionResult:
        """Compare a model with its compressed self.

        Parameters
        ----------
        model, hardware, batch_size, efficiency
            As in :meth:`mlsysim_core.Engine.solve`.
        method : str
            ``"quantization"``, ``"pruning"`` or ``"distillation"``.
        precision : str
            In which the model is served without.
        target_precision : str, optional
            Of quantisation.
        sparsity : float, optional
            Part of the weights that pruning takes away; of structured pruning, part of the
            width of the feed-forward layers.
        sparsity_type : str
            ``"unstructured"``, ``"structured"`` or ``"2:4"``.
        student : ModelSpec or str, optional
            Of distillation.
        **settings
            The engine's keywords.

        Returns
        -------
        CompressionResult
            Sizes, and the engine's answers before and after.

        Raises
        ------
        InputError, InputTypeError
            If an argument cannot be used, or one that the method needs is not given.
        """
        check_choice("method", method, _METHODS)
        check_choice("sparsity_type", sparsity_type, _PATTERNS)
        wanted = {"quantization": "target_precision", "pruning": "sparsity"}
        needed = wanted.get(method, "student")
        values = {"target_precision": target_precision, "sparsity": sparsity, "student": student}
        for name, value in values.items():
            if name == needed and value is None:
                raise InputError(f"{method} needs {name}")
            if name != needed and value is not None:
                raise InputError(f"{name} is not for {method}")
        spec, device = find_model(model), find_hardware(hardware)

        def ask(what: ModelSpec | str, form: Precision) -> PerformanceProfile:
            return Engine.solve(what, device, batch_size, form, efficiency, **settings)

        before = after = ask(spec, precision)
        measured: tuple[Measured, ...] = ()
        if method == "quantization":
            after = ask(spec, target_precision or precision)
            if after.details.precision != before.details.precision:
                measured = measured_losses(spec, after.details.precision)
        elif method == "distillation":
            after = ask(student or spec, precision)
        elif sparsity_type == "structured":
            after = ask(_narrower(spec, share("sparsity", sparsity)), precision)
        size, held = float(before.details.weights), float(after.details.weights)
        seconds: float | None = float(after.seconds)
        missing = ""
        profile: PerformanceProfile | None = after
        if method == "pruning" and sparsity_type != "structured":
            # A bit for each weight says where the others were: of 2:4, two for two of four.
            kept = 1.0 - share("sparsity", sparsity) + _BIT / WIDTH[resolve(precision)]
            held = size * min(kept, 1.0)
            if sparsity_type == "2:4":
                if sparsity != 0.5:
                    raise InputError(f"2:4 takes half of the weights away, got {sparsity!r}")
                profile = None
                seconds, missing = _patterned(spec, device, before, kept, settings)
        return CompressionResult(
            method=method,
            original=before,
            compressed=profile,
            missing=missing,
            compressed_seconds=seconds,
            original_bytes=size,
            compressed_bytes=held,
            measured=measured,
        )


def _patterned(
    model: ModelSpec,
    device: HardwareSpec,
    before: PerformanceProfile,
    kept: float,
    settings: dict[str, Any],
) -> tuple[float | None, str]:
    """Return the latency with 2:4 weights, or why it is not known."""
    asked = before.details
    if asked.phase == "training":
        return None, "a training step with 2:4 weights is not modelled: ask about a pass"
    faster = device.compute.sparsity
    if faster is None:
        return None, f"no entry says how fast {device.name} multiplies 2:4 matrices"
    if asked.arithmetic != asked.precision:
        return None, f"{device.name} multiplies {asked.precision} in {asked.arithmetic}"
    if asked.footprint - (1.0 - kept) * asked.weights > asked.capacity:
        return None, f"{model.name} does not fit on {device.name} even so"
    _, lowered = lowered_pass(model, asked, settings)
    dense = machine(device, asked.precision, find_stack(settings.get("stack")))
    sparse = replace(dense, peak=dense.peak * faster)
    weighted = [one for one in lowered.operators if one.kind in _WEIGHTED and one.weights]
    thinned = [one._replace(weights=one.weights * kept) for one in weighted]
    rest = [one for one in lowered.operators if one not in weighted]
    parts = (
        time_kernels(lowered, part, by, asked.efficiency)[0].latency
        for part, by in ((thinned, sparse), (rest, dense))
    )
    return float(sum(parts)) - dense.per_call - dense.per_pass, ""


def _narrower(model: ModelSpec, part: float) -> ModelSpec:
    width = getattr(model.architecture, "ffn", None)
    if not width:
        raise InputError(f"{model.name} has no feed-forward layers whose width is known")
    left = round(width * (1.0 - part))
    if left < 1:
        raise InputError(f"sparsity={part:g} leaves nothing of the feed-forward layers")
    return model.model_copy(update={"architecture.ffn": left})
