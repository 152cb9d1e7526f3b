"""What a compressed model saves, and what a device makes of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from mlsysim_core._arguments import check_choice, find_hardware, find_model
from mlsysim_core._former import Inputs, Renamed, Values
from mlsysim_core.answer import Answer
from mlsysim_core.deprecation import OldAttribute
from mlsysim_core.engine import Engine
from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.formats import WIDTH, Precision, resolve
from mlsysim_core.results import PerformanceProfile
from mlsysim_core.solver import Solver
from mlsysim_core.specs import HardwareSpec, ModelSpec

from ._amounts import share
from ._quantities import as_quantity

if TYPE_CHECKING:
    from mlsysim_core.units import Quantity

__all__ = ["CompressionModel", "CompressionResult"]

_METHODS = ("quantization", "pruning", "distillation")
_PATTERNS = ("unstructured", "structured", "2:4")
_BIT = 1.0 / 8.0


def _format_of(bits: float) -> str:
    return f"{'int' if bits < 16 else 'fp'}{bits:g}"


@dataclass(frozen=True, kw_only=True, slots=True)
class CompressionResult(Answer):
    """A model before and after, on the same device."""

    _former: ClassVar[Values] = {
        "original_size_gb": "original_size",
        "compressed_size_gb": "compressed_size",
        "estimated_accuracy_delta": OldAttribute("a measurement: no formula gives it"),
    }

    method: str
    original: PerformanceProfile
    compressed: PerformanceProfile | None
    """The engine's answer; nothing where no entry says what the device makes of it."""
    missing: str
    """Why there is none."""
    original_bytes: float
    """Weights. [byte]"""
    compressed_bytes: float
    """Weights, with whatever finds them again. [byte]"""

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
        if self.compressed is None:
            raise MissingValueError(self.missing)
        return float(self.original.seconds / self.compressed.seconds)

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
        lines.append("  accuracy has to be measured")
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
        "accuracy is not predicted: no formula gives it",
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

        before = ask(spec, precision)
        after: PerformanceProfile | None
        missing = ""
        size = float(before.details.weights)
        if method == "quantization":
            after = ask(spec, target_precision or precision)
            held = float(after.details.weights)
        elif method == "distillation":
            after = ask(student or spec, precision)
            held = float(after.details.weights)
        else:
            part = share("sparsity", sparsity)
            if sparsity_type == "structured":
                after = ask(_narrower(spec, part), precision)
                held = float(after.details.weights)
            elif sparsity_type == "2:4":
                if part != 0.5:
                    raise InputError(f"2:4 takes half of the weights away, got sparsity={part:g}")
                after = None
                missing = f"no entry says how fast {device.name} multiplies 2:4 matrices"
                # Two of four are kept, and two bits each say where they were.
                held = size * (0.5 + _BIT / WIDTH[resolve(precision)])
            else:
                after = before
                kept = (1.0 - part) + _BIT / WIDTH[resolve(precision)]
                held = size * min(kept, 1.0)
        return CompressionResult(
            method=method,
            original=before,
            compressed=after,
            missing=missing,
            original_bytes=size,
            compressed_bytes=held,
        )


def _narrower(model: ModelSpec, part: float) -> ModelSpec:
    width = getattr(model.architecture, "ffn", None)
    if not width:
        raise InputError(f"{model.name} has no feed-forward layers whose width is known")
    left = round(width * (1.0 - part))
    if left < 1:
        raise InputError(f"sparsity={part:g} leaves nothing of the feed-forward layers")
    return model.model_copy(update={"architecture.ffn": left})
