"""Operations of a step as whoever published a row counted them."""

from collections.abc import Mapping

from mlsysim_core.specs import Decoder, Encoder, ModelSpec

from ...training._result import DistributedResult

__all__ = ["step_flops"]


def step_flops(
    row: Mapping[str, str],
    model: ModelSpec,
    result: DistributedResult,
    batch: int,
    length: int | None,
) -> float:
    """Count the operations of a step by the convention that a row's notes name.

    Model operations, with attention over the whole square, unless the notes say that it is
    halved; with the repeated forward pass where they speak of hardware operations.
    """
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
    notes = (row.get("notes") or "").casefold()
    square = 0.5 if "causal" in notes and "non-causal" not in notes else 1.0
    layers = weights + square * 4.0 * shape.layers * heads * size * length
    again = 1.0
    repeated = "hardware" in notes or "counts recompute" in notes
    if repeated and "flop" in notes and row.get("recompute") == "full":
        again = 4.0 / 3.0
    return 3.0 * tokens * (again * layers + head)
