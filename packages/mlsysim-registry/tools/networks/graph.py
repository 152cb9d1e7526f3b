"""A small builder of layer lists.

A block is a function that takes the graph and a feature map, appends layers and returns
the feature map that comes out. Layers are plain tables, as they stand in a registry entry:
fields that equal their default are left out, and equal layers become one with ``repeat``.

What fuses is not listed: batch normalisation and activation after a convolution, activation
after a linear layer, concatenation, splitting and reshaping.
"""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["Built", "Entry", "Graph", "Layer", "Map", "Pair", "Value", "divisible"]

Value = str | int | bool | list[int]
Layer = dict[str, Value]
Pair = int | tuple[int, ...]


class Map(NamedTuple):
    """Shape of a feature map: of an image or, with a depth, of a volume."""

    channels: int
    height: int
    width: int
    depth: int = 0

    @property
    def size(self) -> tuple[int, ...]:
        """Extents, in the order in which layers state them."""
        image = (self.height, self.width)
        return (self.depth, *image) if self.depth else image

    @property
    def area(self) -> int:
        """Positions."""
        return math.prod(self.size)

    @property
    def elements(self) -> int:
        """Elements of all channels."""
        return self.channels * self.area


class Built(NamedTuple):
    """A network: the fields of its ``[architecture]``."""

    input: tuple[int, ...]
    layers: list[Layer]
    steps: int = 1
    forwards: int = 1
    tables: int = 0


class Entry(NamedTuple):
    """How to build a network, and what there is to say about it.

    ``stated`` holds figures of the facts that follow another convention, put into ours:
    ``params``, ``macs`` or ``activations``; zero if there is nothing to compare with. The
    note says what was done.
    """

    build: Callable[[], Built]
    note: str = ""
    stated: Mapping[str, float] = MappingProxyType({})


def each(value: Pair, x: Map) -> tuple[int, ...]:
    """One number for each extent of a map."""
    return (value,) * len(x.size) if isinstance(value, int) else value


def divisible(value: float, divisor: int = 8) -> int:
    """Nearest multiple of the divisor that is not more than a tenth below the value."""
    nearest = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return nearest + divisor if nearest < 0.9 * value else nearest


class Graph:
    """The layers so far."""

    def __init__(self) -> None:
        self.layers: list[Layer] = []

    def append(self, op: str, **fields: Value) -> None:
        """Add a layer, or count it with the equal ones before it."""
        layer: Layer = {"op": op, **fields}
        for known in self.layers:
            repeat = known.get("repeat", 1)
            if known == layer | ({"repeat": repeat} if repeat != 1 else {}):
                assert isinstance(repeat, int)  # noqa: S101
                known["repeat"] = repeat + 1
                return
        self.layers.append(layer)

    def conv(
        self,
        x: Map,
        out: int,
        kernel: Pair = 3,
        stride: Pair = 1,
        *,
        groups: int = 1,
        norm: bool = True,
        bias: bool | None = None,
        padding: Pair | None = None,
        dilation: int = 1,
    ) -> Map:
        """Convolution; padding keeps the size unless given, a bias stands in for a norm."""
        kernel, stride = each(kernel, x), each(stride, x)
        reach = [dilation * (k - 1) for k in kernel]
        pads = [r // 2 for r in reach] if padding is None else each(padding, x)
        size = [
            (extent + 2 * pad - r - 1) // s + 1
            for extent, pad, r, s in zip(x.size, pads, reach, stride, strict=True)
        ]
        fields: Layer = {"channels": [x.channels, out], "kernel": [*kernel], "size": size}
        if set(stride) != {1}:
            fields["stride"] = [*stride]
        if groups != 1:
            fields["groups"] = groups
        if bias or (bias is None and not norm):
            fields["bias"] = True
        if norm:
            fields["norm"] = True
        self.append("conv3d" if x.depth else "conv", **fields)
        *depth, height, width = size
        return Map(out, height, width, *depth)

    def widen(self, x: Map, out: int, factor: int = 2) -> Map:
        """Transposed convolution whose windows do not overlap: a linear layer, without bias."""
        self.linear(x.channels, out * factor ** len(x.size), x.area, bias=False)
        return Map(out, *(factor * extent for extent in x[1:]))

    def conv_apart(self, x: Map, out: int, kernel: Pair = 3, stride: Pair = 1) -> Map:
        """Convolution without bias, and a normalisation of groups that does not fuse into it."""
        return self.normalise(self.conv(x, out, kernel, stride, norm=False, bias=False))

    def depthwise(self, x: Map, kernel: Pair = 3, stride: Pair = 1, *, norm: bool = True) -> Map:
        """Convolution of each channel by itself."""
        return self.conv(x, x.channels, kernel, stride, groups=x.channels, norm=norm)

    def linear(
        self, inside: int, out: int, rows: int = 1, *, bias: bool = True, norm: bool = False
    ) -> int:
        """Matrix multiplication; gives the width that comes out."""
        fields: Layer = {"features": [inside, out]}
        if rows != 1:
            fields["rows"] = rows
        if not bias:
            fields["bias"] = False
        if norm:
            fields["norm"] = True
        self.append("linear", **fields)
        return out

    def dense(self, width: int, *widths: int) -> None:
        """Linear layers one after another."""
        for out in widths:
            width = self.linear(width, out)

    def attention(
        self, heads: int, head_dim: int, queries: int, keys: int, windows: int = 1
    ) -> None:
        """Scores and weighted sum."""
        fields: Layer = {"heads": heads, "head_dim": head_dim, "queries": queries, "keys": keys}
        if windows != 1:
            fields["windows"] = windows
        self.append("attention", **fields)

    def elementwise(self, elements: int, tensors: int = 1, weights: int = 0) -> None:
        """Work on each element."""
        fields: Layer = {"elements": elements}
        if tensors != 1:
            fields["tensors"] = tensors
        if weights:
            fields["weights"] = weights
        self.append("elementwise", **fields)

    def add(self, x: Map) -> Map:
        """Residual sum."""
        self.elementwise(x.elements, tensors=2)
        return x

    def normalise(self, x: Map) -> Map:
        """Normalisation with scale and shift that does not fuse into a convolution."""
        self.elementwise(x.elements, weights=2 * x.channels)
        return x

    def layer_norm(self, rows: int, width: int, extra: int = 0) -> None:
        """Layer normalisation; ``extra`` are weights that are added or read beside it."""
        self.elementwise(rows * width, weights=2 * width + extra)

    def pool(self, x: Map, kernel: int, stride: int, padding: int = 0, *, up: bool = False) -> Map:
        """Maximum or mean over windows; ``up`` rounds the size up."""
        size = [
            -(-(extent + 2 * padding - kernel) // stride) + 1
            if up
            else (extent + 2 * padding - kernel) // stride + 1
            for extent in x[1:]
        ]
        return self.resample(x, size[0], size[1])

    def resample(self, x: Map, height: int, width: int) -> Map:
        """Pooling or interpolation to a size."""
        out = Map(x.channels, height, width)
        self.append("pool", reads=x.elements, writes=out.elements)
        return out

    def mean(self, x: Map) -> Map:
        """Mean over all positions."""
        return self.resample(x, 1, 1)

    def classify(self, x: Map, classes: int = 1000) -> None:
        """Linear layer on the mean over all positions."""
        self.linear(self.mean(x).channels, classes)

    def upsample(self, x: Map, factor: int = 2) -> Map:
        """Interpolation to a multiple of the size."""
        return self.resample(x, factor * x.height, factor * x.width)

    def built(self, *shape: int, steps: int = 1, forwards: int = 1, tables: int = 0) -> Built:
        """The network, for an input of this shape."""
        return Built(shape, self.layers, steps, forwards, tables)
