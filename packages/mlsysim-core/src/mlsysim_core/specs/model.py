"""A model: a name, an architecture, and the number format it was made in."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from .._registries import Kind
from ..deprecation import attributes_of_core, old_attribute
from ..formats import Precision, width
from ._base import Count, NamedSpec, Spec, Whole
from .decoder import Decoder, StateSpace
from .encoder import Encoder, EncoderDecoder
from .network import Network

if TYPE_CHECKING:
    from ..units import Quantity

__all__ = ["Architecture", "ModelSpec", "Totals"]


class Totals(Spec):
    """What is left when nobody has published a shape: sizes and operations, as printed.

    Attributes
    ----------
    parameters : int
        Every weight, once.
    active_parameters : int or None
        Weights that one token or sample meets; all of them if not given.
    layers : int or None
        Steps that run one after another.
    operations : int or None
        Operations of one token or sample; two for each active weight if not given.
    activations : int
        Elements that all steps write, for one token or sample.
    cache_elements : int
        Elements kept for each token of context, of an autoregressive model.
    autoregressive : bool
        Whether a pass emits one token of a sequence.
    """

    kind: Literal["totals"] = "totals"
    parameters: Count
    active_parameters: Count | None = None
    layers: Count = 1
    operations: Count | None = None
    activations: Whole = 0
    cache_elements: Whole = 0
    autoregressive: bool = False
    max_context: Count | None = None

    @model_validator(mode="after")
    def _part_of(self) -> "Totals":
        if self.active_parameters and self.active_parameters > self.parameters:
            raise ValueError(
                f"active_parameters ({self.active_parameters:,}) exceed "
                f"parameters ({self.parameters:,})"
            )
        return self


Architecture = Annotated[
    Decoder | Encoder | EncoderDecoder | StateSpace | Network | Totals,
    Field(discriminator="kind"),
]


_EMITTING = (Decoder, EncoderDecoder, StateSpace)


class ModelSpec(NamedSpec):
    """A model.

    Examples
    --------
    >>> model = ModelSpec(
    ...     name="tiny-llm",
    ...     architecture={
    ...         "kind": "decoder",
    ...         "layers": 16,
    ...         "hidden": 2048,
    ...         "heads": 32,
    ...         "kv_heads": 8,
    ...         "ffn": 8192,
    ...         "vocab": 128256,
    ...         "tied_embeddings": True,
    ...     },
    ... )
    >>> model.parameters.magnitude
    1235814400
    """

    kind: ClassVar[Kind] = "model"

    name: Annotated[str, Field(min_length=1)]
    title: str = ""
    family: str = ""
    released: Annotated[int, Field(strict=True, ge=1940, le=2100)] | None = None
    """Year."""
    native_precision: Precision | None = None
    """Format that its weights were published in."""
    architecture: Architecture
    published_parameters: Count | None = None
    """The count that its makers print, for comparison."""
    note: str = ""

    @property
    def autoregressive(self) -> bool:
        """Whether a pass emits one token of a sequence."""
        shape = self.architecture
        if isinstance(shape, Totals):
            return shape.autoregressive
        return isinstance(shape, _EMITTING)

    @property
    def max_context(self) -> int | None:
        """Longest context that it takes, in tokens."""
        limit: int | None = getattr(self.architecture, "max_context", None)
        return limit

    @property
    def parameters(self) -> "Quantity":
        """Every weight, once."""
        from ..units import ureg  # noqa: PLC0415  # only whoever shows a quantity needs pint

        return ureg.Quantity(self.architecture.parameters, "parameter")

    @property
    def active_parameters(self) -> "Quantity":
        """Weights that one token or sample meets."""
        from ..units import ureg  # noqa: PLC0415

        count = self.architecture.active_parameters or self.architecture.parameters
        return ureg.Quantity(count, "parameter")

    def size_in_bytes(self, precision: Any = "fp16") -> "Quantity":
        """Memory that the weights take in a number format.

        Parameters
        ----------
        precision : str or pint.Quantity
            A format, or the bytes of one parameter.

        Returns
        -------
        pint.Quantity
            Bytes.
        """
        from ..quantities import quantity  # noqa: PLC0415

        return quantity(self.architecture.parameters * width(precision), "byte")

    def __getattr__(self, name: str) -> Any:
        # Shapes read as if they were the model's own: model.layers, model.heads.
        if not name.startswith("_"):
            shape = self.__dict__.get("architecture")
            if name in getattr(type(shape), "model_fields", {}):
                return getattr(shape, name)
        return old_attribute(self, name, attributes_of_core)

    def __repr__(self) -> str:
        return f"<ModelSpec {self.name}>"
