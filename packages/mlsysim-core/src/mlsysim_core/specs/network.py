"""A network as its list of layers: convolutional, tiny, or anything without a closed form."""

import math
from typing import Annotated, Literal

from pydantic import Field

from ..errors import InputError
from ._base import Count, Spec, Whole
from ._layers import (
    Attention,
    Convolution,
    Convolution3D,
    Elementwise,
    Layer,
    Linear,
    Pool,
)

__all__ = ["Network"]


class Network(Spec):
    """Layers that run one after another, each different one listed once.

    Attributes
    ----------
    input : tuple of int
        Shape of one sample: channels, height and width; of a volume, its depth before them.
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
        weighted = (layer for layer in self.layers if layer.op in {"conv", "conv3d", "linear"})
        return sum(layer.repeat * layer.outputs for layer in weighted)

    def at_size(self, height: int, width: int, depth: int | None = None) -> "Network":
        """Return the same layers for samples of another height and width.

        Every map grows or shrinks with the sample; what works on one vector (after a global
        pooling) stays as it is, and so do the weights.

        Parameters
        ----------
        height, width : int
            Of one sample, in the unit of ``input``: pixels, or positions of a latent.
        depth : int, optional
            Of a volume, which needs it.

        Returns
        -------
        Network
            A copy.

        Raises
        ------
        InputError
            If samples do not have those dimensions.
        """
        channels, *before = self.input
        after = (height, width) if depth is None else (depth, height, width)
        if len(before) != len(after):
            named = _DIMENSIONS.get(len(before), "no height and width to change")
            raise InputError(f"samples, {self.input}, have {named}; got {after}")
        scales = [new / old for new, old in zip(after, before, strict=True)]
        layers = tuple(_at_scale(layer, scales) for layer in self.layers)
        return self.model_copy(update={"input": (channels, *after), "layers": layers})


_DIMENSIONS = {2: "a height and a width", 3: "a height, a width and a depth"}


def _at_scale(layer: Layer, scales: list[float]) -> Layer:
    def scaled(count: int, scale: float = math.prod(scales)) -> int:
        return count if count == 1 else max(math.ceil(count * scale), 1)

    match layer:
        case Convolution() | Convolution3D():
            update: dict[str, object] = {"size": tuple(map(scaled, layer.size, scales))}
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
