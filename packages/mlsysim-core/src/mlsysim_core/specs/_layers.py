"""Layers of a network: sizes are of one sample.

One multiply-accumulate is two operations, counted elsewhere.
"""

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ._base import Count, Spec, Whole

__all__ = ["Attention", "Convolution", "Convolution3D", "Elementwise", "Layer", "Linear", "Pool"]


class _Convolving(Spec):
    """What convolutions of any number of dimensions share."""

    op: str
    channels: tuple[Count, Count]
    """In and out."""
    kernel: tuple[Count, ...]
    size: tuple[Count, ...]
    stride: tuple[Count, ...]
    groups: Count = 1
    bias: bool = False
    norm: bool = False
    """Followed by a batch normalisation: two parameters for each output channel."""
    repeat: Count = 1

    @model_validator(mode="after")
    def _divides(self) -> Self:
        if any(channels % self.groups for channels in self.channels):
            raise ValueError(f"channels {self.channels} do not divide into {self.groups} groups")
        return self

    @property
    def parameters(self) -> int:
        """Weights, bias and normalisation of one of them."""
        inside, out = self.channels
        weights = out * (inside // self.groups) * math.prod(self.kernel)
        return weights + out * self.bias + 2 * out * self.norm

    @property
    def multiply_accumulates(self) -> int:
        """Of one of them, for one sample."""
        inside, out = self.channels
        per_output = (inside // self.groups) * math.prod(self.kernel)
        return per_output * out * math.prod(self.size)

    @property
    def inputs(self) -> int:
        """Elements read."""
        return self.channels[0] * math.prod(self.size) * math.prod(self.stride)

    @property
    def outputs(self) -> int:
        """Elements written."""
        return self.channels[1] * math.prod(self.size)


class Convolution(_Convolving):
    """A convolution, with the bias, normalisation and activation that fuse into it."""

    op: Literal["conv"] = "conv"
    kernel: tuple[Count, Count]
    size: tuple[Count, Count]
    """Height and width of the output."""
    stride: tuple[Count, Count] = (1, 1)


class Convolution3D(_Convolving):
    """A convolution over a volume, or over the frames of a film."""

    op: Literal["conv3d"] = "conv3d"
    kernel: tuple[Count, Count, Count]
    size: tuple[Count, Count, Count]
    """Depth, height and width of the output."""
    stride: tuple[Count, Count, Count] = (1, 1, 1)


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


class _Moving(Spec):
    """What layers share whose few operations an element are counted as element-wise work."""

    @property
    def multiply_accumulates(self) -> int:
        """None."""
        return 0


class Elementwise(_Moving):
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
    def inputs(self) -> int:
        """Elements read."""
        return self.tensors * self.elements

    @property
    def outputs(self) -> int:
        """Elements written."""
        return self.elements


class Pool(_Moving):
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
    def inputs(self) -> int:
        """Elements read."""
        return self.reads

    @property
    def outputs(self) -> int:
        """Elements written."""
        return self.writes


Layer = Annotated[
    Convolution | Convolution3D | Linear | Attention | Elementwise | Pool,
    Field(discriminator="op"),
]
