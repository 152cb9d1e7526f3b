"""Lists of layers, and bare totals, as operators."""

import math

from ..physics._numeric import Numeric
from ..specs._layers import Attention, Convolution, Convolution3D, Elementwise, Linear
from ..specs.model import Totals
from ..specs.network import Network
from ._operator import Lowered, Operator, Workload, asked_flops

__all__ = ["network", "totals"]


def network(shape: Network, work: Workload) -> Lowered:
    """Lower one pass of a list of layers over whole samples."""
    # A training step draws one step at random for each sample.
    batch, passes = work.batch, 1 if work.phase == "training" else shape.passes
    operators = []
    for index, layer in enumerate(shape.layers):
        kind: str = "elementwise"
        extent: tuple[Numeric, ...] = ()
        saved: Numeric = layer.inputs
        moved, kernels = layer.inputs + layer.outputs, 1
        flops: Numeric = 2.0 * layer.multiply_accumulates * batch
        if isinstance(layer, Convolution | Convolution3D):
            kind = "convolution"
            inside, out = layer.channels
            saved = saved + layer.outputs * layer.norm
            inner = inside // layer.groups * math.prod(layer.kernel)
            rows = batch * math.prod(layer.size)
            extent = (rows, out // layer.groups, inner, layer.groups)
        elif isinstance(layer, Linear):
            kind = "matmul"
            extent = (batch * layer.rows, layer.features[1], layer.features[0], 1.0)
        elif isinstance(layer, Attention):
            kind = "attention"
            samples = batch * layer.windows
            extent = (samples, layer.heads, layer.queries, layer.keys, layer.head_dim)
        else:
            flops = 4.0 * layer.inputs * batch
            if isinstance(layer, Elementwise) and layer.tensors > 1:
                # A sum fuses into what makes one of its terms: only the others are read.
                moved, kernels = layer.inputs - layer.outputs, 0
        operators.append(
            Operator(
                f"{layer.op}.{index}",
                kind,
                layer.repeat * passes,
                flops,
                layer.parameters * work.weights,
                0.0,
                batch * moved * work.activations,
                extent,
                kernels,
                0.0,
                batch * saved * work.activations,
            )
        )
    largest = max(layer.inputs + layer.outputs for layer in shape.layers)
    return Lowered(
        operators=tuple(operators),
        flops=asked_flops(operators),
        items=batch,
        unit="sample",
        weights=shape.parameters * work.weights,
        cache=0.0,
        activations=batch * largest * work.activations,
    )


def totals(shape: Totals, work: Workload) -> Lowered:
    """Lower a model of which only totals are known: as many equal steps as it has layers."""
    decoding = work.phase == "decode"
    tokens = work.batch * (work.length if shape.autoregressive and not decoding else 1.0)
    active = shape.active_parameters or shape.parameters
    operations = shape.operations or 2 * active
    layers = shape.layers
    moved = 0.0
    if decoding:
        moved = work.batch * (work.length + 1.0) * shape.cache_elements * work.cache
    elif shape.autoregressive and work.phase == "prefill":
        moved = tokens * shape.cache_elements * work.cache
    # Many tokens meet every expert; one token meets the active part.
    share = active / shape.parameters
    met = shape.parameters * (1.0 - (1.0 - share) ** tokens) if share < 1 else active
    step = Operator(
        "layer",
        "convolution",
        layers,
        operations * tokens / layers,
        met * work.weights / layers,
        moved / layers,
        2.0 * tokens * shape.activations * work.activations / layers,
        saved=tokens * shape.activations * work.activations / layers,
    )
    context = work.batch * work.length * shape.cache_elements * work.cache
    return Lowered(
        operators=(step,),
        flops=asked_flops([step]),
        items=tokens,
        unit="token" if shape.autoregressive else "sample",
        weights=shape.parameters * work.weights,
        cache=context if shape.autoregressive and work.phase != "training" else 0.0,
        # A model of unknown depth frees activations as it goes: their peak is not known.
        activations=(
            2.0 * tokens * shape.activations * work.activations / layers if layers > 1 else 0.0
        ),
        notes=("only totals are published for this model: its steps are taken as equal",),
    )
