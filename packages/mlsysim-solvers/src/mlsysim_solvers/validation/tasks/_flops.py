"""Operations of a step as whoever published a row counted them."""

from collections.abc import Mapping

from mlsysim_core.specs import Decoder, Encoder, ModelSpec

from ...training._result import DistributedResult
from ._told import operations

__all__ = ["step_flops"]


def step_flops(
    row: Mapping[str, str],
    model: ModelSpec,
    result: DistributedResult,
    batch: int,
    length: int | None,
) -> float:
    """Count the operations of a step by the convention that a row names."""
    shape = model.architecture
    if not isinstance(shape, Decoder | Encoder) or length is None:
        return result.flops
    tokens = batch * length
    heads = shape.heads
    size = shape.head_size if isinstance(shape, Decoder) else shape.hidden // heads
    if isinstance(shape, Decoder) and shape.latent:
        size = (shape.latent.nope_dim + shape.latent.rope_dim + shape.latent.value_dim) // 2
    head = 2.0 * shape.hidden * shape.vocab
    held = shape.embedding_parameters
    if isinstance(shape, Decoder) and not shape.tied_embeddings:
        held *= 2
    weights = 2.0 * max(shape.active_parameters - held, 0)
    counted = operations(row)
    square = 0.5 if counted == "causal" else 1.0
    layers = weights + square * 4.0 * shape.layers * heads * size * length
    again = 4.0 / 3.0 if counted == "hardware" else 1.0
    return 3.0 * tokens * (again * layers + head)
