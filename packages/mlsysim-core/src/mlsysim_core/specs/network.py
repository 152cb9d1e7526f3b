"""A network as its list of layers: convolutional, tiny, or anything without a closed form.

Sizes are of one sample. One multiply-accumulate is two operations, counted elsewhere.
"""

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..errors import InputError
from ._base import Count, Spec, Whole

__all__ = ["Attention", "Convolution", "Elementwise", "Layer", "Linear", "Network", "Pool"]


class Convolution(Spec):
    """A convolution, with the bias, normalisation and activation that fuse into it."""

    op: Literal["conv"] = "conv"
    channels: tuple[Count, Count]
    """In and out."""
    kernel: tuple[Count, Count]
    size: tuple[Count, Count]
    """Height and width of the output."""
    stride: tuple[Count, Count] = (1, 1)
    groups: Count = 1
    bias: bool = False
    norm: bool = False
    """Followed by a batch normalisation: two parameters for each output channel."""
    repeat: Count = 1

    @model_validator(mode="after")
    def _divides(self) -> "Convolution":
        if any(channels % self.groups for channels in self.channels):
            raise ValueError(f"channels {self.channels} do not divide into {self.groups} groups")
        return self

    @property
    def parameters(self) -> int:
        """Weights, bias and normalisation of one of them."""
        inside, out = self.channels
        weights = out * (inside // self.groups) * self.kernel[0] * self.kernel[1]
        return weights + out * self.bias + 2 * out * self.norm

    @property
    def multiply_accumulates(self) -> int:
        """Of one of them, for one sample."""
        inside, out = self.channels
        per_output = (inside // self.groups) * self.kernel[0] * self.kernel[1]
        return per_output * out * self.size[0] * self.size[1]

    @property
    def inputs(self) -> int:
        """Elements read."""
        height, width = self.size[0] * self.stride[0], self.size[1] * self.stride[1]
        return self.channels[0] * height * width

    @property
    def outputs(self) -> int:
        """Elements written."""
        return self.channels[1] * self.size[0] * self.size[1]


class Linear(Spec):
    """A matrix multiplication with weights."""

    op: Literal["linear"] = "linear"
    features: tuple[Count, Count]
    """In and out."""
    rows: Count = 1
    """Positions of a sample that pass through it."""
    bias: bool = True
    norm: bool = False
    repeat: Count = 1

    @property
    def parameters(self) -> int:
        """Weights, bias and normalisation of one of them."""
        inside, out = self.features
        return inside * out + out * self.bias + 2 * out * self.norm

    @property
    def multiply_accumulates(self) -> int:
        """Of one of them, for one sample."""
        return self.rows * self.features[0] * self.features[1]

    @property
    def inputs(self) -> int:
        """Elements read."""
        return self.rows * self.features[0]

    @property
    def outputs(self) -> int:
        """Elements written."""
        return self.rows * self.features[1]


class Attention(Spec):
    """Scores and their weighted sum; its projections are linear layers of their own."""

    op: Literal["attention"] = "attention"
    heads: Count
    head_dim: Count
    queries: Count
    keys: Count
    windows: Count = 1
    """Independent windows that a sample is cut into."""
    repeat: Count = 1

    @property
    def parameters(self) -> int:
        """None: it has no weights."""
        return 0

    @property
    def multiply_accumulates(self) -> int:
        """Of one of them, for one sample."""
        return 2 * self.windows * self.heads * self.head_dim * self.queries * self.keys

    @property
    def inputs(self) -> int:
        """Elements read: queries, keys and values."""
        return self.windows * self.heads * self.head_dim * (self.queries + 2 * self.keys)

    @property
    def outputs(self) -> int:
        """Elements written."""
        return self.windows * self.heads * self.head_dim * self.queries


class Elementwise(Spec):
    """Work on each element that does not fuse into a neighbour: a residual sum, a layer norm."""

    op: Literal["elementwise"] = "elementwise"
    elements: Count
    """Elements written."""
    tensors: Count = 1
    """Tensors of that size read."""
    weights: Whole = 0
    """Parameters, such as scale and shift."""
    repeat: Count = 1

    @property
    def parameters(self) -> int:
        """Scale, shift and the like."""
        return self.weights

    @property
    def multiply_accumulates(self) -> int:
        """None: its few operations an element are counted as element-wise work."""
        return 0

    @property
    def inputs(self) -> int:
        """Elements read."""
        return self.tensors * self.elements

    @property
    def outputs(self) -> int:
        """Elements written."""
        return self.elements


class Pool(Spec):
    """A pooling or resampling: many elements in, others out."""

    op: Literal["pool"] = "pool"
    reads: Count
    writes: Count
    repeat: Count = 1

    @property
    def parameters(self) -> int:
        """None: it has no weights."""
        return 0

    @property
    def multiply_accumulates(self) -> int:
        """None: its few operations an element are counted as element-wise work."""
        return 0

    @property
    def inputs(self) -> int:
        """Elements read."""
        return self.reads

    @property
    def outputs(self) -> int:
        """Elements written."""
        return self.writes


Layer = Annotated[Convolution | Linear | Attention | Elementwise | Pool, Field(discriminator="op")]


class Network(Spec):
    """Layers that run one after another, each different one listed once.

    Attributes
    ----------
    input : tuple of int
        Shape of one sample.
    layers : tuple of Layer
        In the order in which they first come; ``repeat`` counts the equal ones, wherever.
    steps : int
        Times that a sample is worked on: the steps of a diffusion model.
    forwards : int
        Passes through the layers in each step: two where guidance doubles them.
    tables : int
        Parameters that are held but not multiplied, such as embedding tables.
    """

    kind: Literal["network"] = "network"
    input: tuple[Count, ...]
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]
    steps: Count = 1
    forwards: Count = 1
    tables: Whole = 0

    @property
    def passes(self) -> int:
        """Times that a sample goes through the layers."""
        return self.steps * self.forwards

    @property
    def parameters(self) -> int:
        """Every weight, once."""
        return self.tables + sum(layer.repeat * layer.parameters for layer in self.layers)

    @property
    def active_parameters(self) -> int:
        """Weights that one sample meets."""
        return self.parameters

    @property
    def multiply_accumulates(self) -> int:
        """Of one sample in one pass."""
        return sum(layer.repeat * layer.multiply_accumulates for layer in self.layers)

    @property
    def activation_elements(self) -> int:
        """Outputs of every weighted layer, for one sample."""
        weighted = (layer for layer in self.layers if layer.op in {"conv", "linear"})
        return sum(layer.repeat * layer.outputs for layer in weighted)

    def at_size(self, height: int, width: int) -> "Network":
        """Return the same layers for samples of another height and width.

        Every map grows or shrinks with the sample; what works on one vector (after a global
        pooling) stays as it is, and so do the weights.

        Parameters
        ----------
        height, width : int
            Of one sample, in the unit of ``input``: pixels, or positions of a latent.

        Returns
        -------
        Network
            A copy.

        Raises
        ------
        InputError
            If samples have no height and width.
        """
        if len(self.input) != _MAP:
            raise InputError(f"input {self.input} has no height and width to change")
        tall, wide = height / self.input[1], width / self.input[2]
        layers = tuple(_at_scale(layer, tall, wide) for layer in self.layers)
        return self.model_copy(update={"input": (self.input[0], height, width), "layers": layers})


_MAP = 3  # channels, height, width


def _at_scale(layer: Layer, tall: float, wide: float) -> Layer:
    def scaled(count: int, scale: float = tall * wide) -> int:
        return count if count == 1 else max(math.ceil(count * scale), 1)

    match layer:
        case Convolution(size=(height, width)):
            update: dict[str, object] = {"size": (scaled(height, tall), scaled(width, wide))}
        case Linear():
            update = {"rows": scaled(layer.rows)}
        case Attention() if layer.windows > 1:
            update = {"windows": scaled(layer.windows)}
        case Attention():
            queries = scaled(layer.queries)
            keys = queries if layer.keys == layer.queries else layer.keys
            update = {"queries": queries, "keys": keys}
        case Elementwise():
            update = {"elements": scaled(layer.elements)}
        case Pool():
            update = {"reads": scaled(layer.reads), "writes": scaled(layer.writes)}
    return layer.model_copy(update=update)
