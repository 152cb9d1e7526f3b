"""Encoders, and encoders with decoders, as operators."""

from ..physics._numeric import Numeric
from ..physics.attention import UNLIMITED, attended_keys, causal_keys, score_flops
from ..specs.encoder import Encoder, EncoderDecoder
from ._operator import Lowered, Operator, Workload, asked_flops
from ._parts import dense, elementwise, embedding, head, matmul

__all__ = ["encoder", "encoder_decoder"]


def _attention(
    name: str,
    layers: Numeric,
    tokens: Numeric,
    keys: Numeric,
    heads: int,
    size: int,
    work: Workload,
    *,
    cache: Numeric = 0.0,
) -> Operator:
    inner = heads * size
    return Operator(
        name,
        "attention",
        layers,
        score_flops(tokens, keys, heads, size, size),
        0.0,
        cache,
        4.0 * tokens * inner * work.activations,
        (work.batch, heads, tokens / work.batch, keys, size),
        1,
        0.0,
        3.0 * tokens * inner * work.activations,
    )


def _front(operations: int, work: Workload) -> list[Operator]:
    """Work before the first layer, of which only the amount is known."""
    if not operations:
        return []
    flops = work.batch * operations
    return [Operator("front", "convolution", 1, flops, 0.0, 0.0, 0.0)]


def encoder(shape: Encoder, work: Workload) -> Lowered:
    """Lower one pass of an encoder over whole samples."""
    tokens = work.batch * work.length
    hidden, size = shape.hidden, shape.hidden // shape.heads
    operators = _front(shape.other_operations, work)
    if shape.vocab:
        operators.append(embedding(shape, tokens, work))
    operators.append(matmul("attention.qkv", shape.layers, tokens, 3 * hidden, hidden, work))
    local = shape.window.local_layers(shape.layers) if shape.window else 0
    if shape.window and local:
        near = attended_keys(work.length, float(shape.window.size))
        operators.append(
            _attention("attention.local", local, tokens, near, shape.heads, size, work)
        )
    if shape.layers - local:
        count = shape.layers - local
        operators.append(
            _attention("attention", count, tokens, work.length, shape.heads, size, work)
        )
    operators += [
        matmul("attention.output", shape.layers, tokens, hidden, hidden, work, reduced=True),
        *dense(shape, shape.layers, tokens, work),
        elementwise("norm", 2 * shape.layers, tokens * hidden, 2, work, saved=1),
    ]
    if shape.pooler:
        operators.append(matmul("pooler", 1, work.batch, hidden, hidden, work))
    widest = max(4 * hidden, (2 if shape.gated_mlp else 1) * shape.ffn)
    return Lowered(
        operators=tuple(operators),
        flops=asked_flops(operators),
        items=work.batch,
        unit="sample",
        weights=shape.parameters * work.weights,
        cache=0.0,
        activations=tokens * (2.0 * hidden + widest) * work.activations,
    )


def encoder_decoder(shape: EncoderDecoder, work: Workload) -> Lowered:
    """Lower a decode step, a source pass, or a training step of an encoder with a decoder."""
    source = float(shape.source_length) if shape.source_length else work.length
    kept = 2.0 * shape.heads * shape.head_size * work.cache
    operators: list[Operator] = []
    if work.phase != "decode":
        operators += _front(shape.other_operations, work)
        read = work.batch * source
        operators += _side("encoder", shape, shape.encoder_layers, read, source, work)
    scored: Numeric = 0.0
    tokens: Numeric = 0.0
    if work.phase != "prefill":
        decoding = work.phase == "decode"
        tokens = work.batch * (1.0 if decoding else work.length)
        keys = work.length if decoding else causal_keys(work.length, UNLIMITED)
        own = work.batch * (work.length + 1.0) * kept if decoding else 0.0
        read = work.batch * source * kept if decoding else 0.0
        inner, layers = shape.heads * shape.head_size, shape.decoder_layers
        scored = tokens
        operators += [
            embedding(shape, tokens, work),
            *_side("decoder", shape, layers, tokens, keys, work, cache=own),
            matmul("cross.query", layers, tokens, inner, shape.hidden, work),
            _attention(
                "cross", layers, tokens, source, shape.heads, shape.head_size, work, cache=read
            ),
            matmul("cross.output", layers, tokens, shape.hidden, inner, work, reduced=True),
            *head(shape, scored, work),
        ]
    if work.phase != "decode":
        # The decoder's keys and values of the source are made once.
        inner = shape.heads * shape.head_size
        operators.append(
            matmul(
                "cross.keys",
                shape.decoder_layers,
                work.batch * source,
                2 * inner,
                shape.hidden,
                work,
            )
        )
    widest = max(4 * shape.heads * shape.head_size, (2 if shape.gated_mlp else 1) * shape.ffn)
    alive = tokens + (0.0 if work.phase == "decode" else work.batch * source)
    cache = work.batch * shape.decoder_layers * (work.length + source) * kept
    return Lowered(
        operators=tuple(operators),
        flops=asked_flops(operators),
        items=work.batch * source if work.phase == "prefill" else tokens,
        unit="token",
        weights=shape.parameters * work.weights,
        cache=0.0 if work.phase == "training" else cache,
        activations=(
            alive * (2.0 * shape.hidden + widest) * work.activations + scored * shape.vocab * 4.0
        ),
    )


def _side(
    name: str,
    shape: EncoderDecoder,
    layers: int,
    tokens: Numeric,
    keys: Numeric,
    work: Workload,
    *,
    cache: Numeric = 0.0,
) -> list[Operator]:
    inner = shape.heads * shape.head_size
    operators = [
        matmul(f"{name}.qkv", layers, tokens, 3 * inner, shape.hidden, work),
        _attention(
            f"{name}.attention",
            layers,
            tokens,
            keys,
            shape.heads,
            shape.head_size,
            work,
            cache=cache,
        ),
        matmul(f"{name}.output", layers, tokens, shape.hidden, inner, work, reduced=True),
        elementwise(f"{name}.norm", 2 * layers, tokens * shape.hidden, 2, work, saved=1),
    ]
    feed_forward = dense(shape, layers, tokens, work)
    return operators + [part._replace(name=f"{name}.{part.name}") for part in feed_forward]
