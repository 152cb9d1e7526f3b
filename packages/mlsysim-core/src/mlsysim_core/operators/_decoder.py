"""Decoders as operators: attention of every kind, feed-forwards, experts, recurrences."""

from ..physics._numeric import Numeric
from ..physics.attention import UNLIMITED, attended_keys, causal_keys, score_flops
from ..physics.experts import experts_met
from ..specs.decoder import Decoder, StateSpace
from ._operator import Lowered, Operator, Workload, asked_flops
from ._parts import dense, elementwise, embedding, head, matmul
from ._recurrence import recurrence, state_bytes

__all__ = ["decoder", "state_space"]


def decoder(shape: Decoder, work: Workload) -> Lowered:
    """Lower one pass of a decoder."""
    decoding = work.phase == "decode"
    queries = 1.0 if decoding else work.length
    tokens = work.batch * queries
    operators = [embedding(shape, tokens, work)]
    operators += _attention_layers(shape, tokens, work)
    if shape.recurrence:
        operators += recurrence(shape.recurrence, shape.hidden, shape.recurring, tokens, work)
    if shape.dense_layers:
        operators += dense(shape, shape.dense_layers, tokens, work)
    operators += _experts(shape, tokens, work)
    norms = shape.layers * max(shape.norms_per_layer, 1)
    operators.append(elementwise("norm", norms, tokens * shape.hidden, 2, work, saved=1))
    # A prompt needs the scores of its last token only; training needs them all.
    scored = tokens if work.phase == "training" else work.batch
    operators += head(shape, scored, work)
    return Lowered(
        operators=tuple(operators),
        flops=asked_flops(operators),
        items=tokens,
        unit="token",
        weights=shape.parameters * work.weights,
        cache=work.batch * _cache_of_sequence(shape, work),
        activations=(
            tokens * (2.0 * shape.hidden + _widest(shape)) * work.activations
            + scored * shape.vocab * 4.0
        ),
    )


def _widest(shape: Decoder) -> int:
    """Elements that the widest part of a layer holds for one token."""
    attention = (2 * shape.heads + 2 * shape.key_value_heads) * shape.head_size
    feed_forward = shape.ffn
    if shape.experts:
        routed = shape.experts.top_k * shape.experts.ffn + shape.experts.shared_ffn
        feed_forward = max(feed_forward, routed)
    return max(attention, (2 if shape.gated_mlp else 1) * feed_forward)


def _spans(shape: Decoder) -> list[tuple[str, int, float]]:
    """Attention layers by their reach: name, how many, window."""
    if shape.window is None:
        return [("attention", shape.attending, UNLIMITED)]
    local = shape.window.local_layers(shape.attending)
    spans = [("attention.local", local, float(shape.window.size))]
    if shape.attending - local:
        spans.append(("attention", shape.attending - local, UNLIMITED))
    return spans


def _cache_elements(shape: Decoder) -> int:
    """Elements that one layer keeps for one token."""
    if shape.latent:
        return shape.latent.cache_elements
    return 2 * shape.key_value_heads * shape.head_size


def _cache_of_sequence(shape: Decoder, work: Workload) -> Numeric:
    """Bytes of cache and state that one sequence keeps."""
    if work.phase == "training":
        return 0.0
    kept = sum(layers * attended_keys(work.length, window) for _, layers, window in _spans(shape))
    cache = kept * _cache_elements(shape) * work.cache
    if shape.recurrence:
        cache = cache + shape.recurring * state_bytes(shape.recurrence, work)
    return cache


def _attention_layers(shape: Decoder, tokens: Numeric, work: Workload) -> list[Operator]:
    layers, hidden = shape.attending, shape.hidden
    decoding = work.phase == "decode"
    operators = []
    if shape.latent:
        latent, heads = shape.latent, shape.heads
        query = heads * (latent.nope_dim + latent.rope_dim)
        if latent.query_rank:
            down = latent.query_rank + latent.cache_elements
            operators.append(matmul("attention.compress", layers, tokens, down, hidden, work))
            operators.append(
                matmul("attention.query", layers, tokens, query, latent.query_rank, work)
            )
        else:
            columns = query + latent.cache_elements
            operators.append(matmul("attention.query", layers, tokens, columns, hidden, work))
        # The same weights expand the prompt's keys and values, or fold into the queries.
        operators.append(
            matmul(
                "attention.expand",
                layers,
                tokens,
                heads * (latent.nope_dim + latent.value_dim),
                latent.kv_rank,
                work,
            )
        )
        inner = heads * latent.value_dim
        if decoding:
            key_dim, value_dim = latent.cache_elements, latent.kv_rank
        else:
            key_dim, value_dim = latent.nope_dim + latent.rope_dim, latent.value_dim
    else:
        size = shape.head_size
        columns = (shape.heads + 2 * shape.key_value_heads) * size
        operators.append(matmul("attention.qkv", layers, tokens, columns, hidden, work))
        inner, key_dim, value_dim = shape.heads * size, size, size
    kept = _cache_elements(shape) * work.cache
    for name, count, window in _spans(shape):
        if decoding:
            keys = attended_keys(work.length, window)
            moved = work.batch * (keys + 1.0) * kept
        else:
            keys = causal_keys(work.length, window)
            moved = 0.0 if work.phase == "training" else tokens * kept
        operators.append(
            Operator(
                name,
                "attention",
                count,
                score_flops(tokens, keys, shape.heads, key_dim, value_dim),
                0.0,
                moved,
                tokens * (2.0 * inner + _cache_elements(shape)) * work.activations,
                (work.batch, shape.heads, tokens / work.batch, keys, key_dim),
                2,  # position and cache update, then the attention itself
                0.0,
                tokens * (inner + _cache_elements(shape)) * work.activations,
                1.0 if shape.latent or not decoding else shape.heads / shape.key_value_heads,
            )
        )
    operators.append(matmul("attention.output", layers, tokens, hidden, inner, work, reduced=True))
    return operators


def _experts(shape: Decoder, tokens: Numeric, work: Workload) -> list[Operator]:
    experts, layers, hidden = shape.experts, shape.expert_layers, shape.hidden
    if experts is None or not layers:
        return []
    met = experts_met(tokens, float(experts.count), float(experts.top_k))
    routed = tokens * experts.top_k
    up = (2 if shape.gated_mlp else 1) * experts.ffn
    common = {"groups": met, "experts": experts.top_k}
    operators = [
        matmul("experts.router", layers, tokens, experts.count, hidden, work),
        matmul("experts.up", layers, routed, up, hidden, work, **common),
        elementwise("experts.activation", layers, routed * experts.ffn, up // experts.ffn, work),
        matmul("experts.down", layers, routed, hidden, experts.ffn, work, reduced=True, **common),
        # Gathering tokens by expert, and scattering them back.
        elementwise("experts.route", layers, routed * hidden, 2, work, kernels=2, saved=0),
    ]
    if experts.shared_ffn:
        wide = (2 if shape.gated_mlp else 1) * experts.shared_ffn
        operators += [
            matmul("experts.shared.up", layers, tokens, wide, hidden, work),
            matmul(
                "experts.shared.down",
                layers,
                tokens,
                hidden,
                experts.shared_ffn,
                work,
                reduced=True,
            ),
        ]
    return operators


def state_space(shape: StateSpace, work: Workload) -> Lowered:
    """Lower one pass of a state-space model."""
    tokens = work.batch * (1.0 if work.phase == "decode" else work.length)
    scored = tokens if work.phase == "training" else work.batch
    mixer = shape.mixer
    operators = [
        embedding(shape, tokens, work),
        *recurrence(mixer, shape.hidden, shape.layers, tokens, work),
        elementwise("norm", shape.layers, tokens * shape.hidden, 2, work, saved=1),
        *head(shape, scored, work),
    ]
    return Lowered(
        operators=tuple(operators),
        flops=asked_flops(operators),
        items=tokens,
        unit="token",
        weights=shape.parameters * work.weights,
        cache=(
            0.0
            if work.phase == "training"
            else work.batch * shape.layers * state_bytes(mixer, work)
        ),
        activations=(
            tokens * (2.0 * shape.hidden + mixer.projected) * work.activations
            + scored * shape.vocab * 4.0
        ),
    )
