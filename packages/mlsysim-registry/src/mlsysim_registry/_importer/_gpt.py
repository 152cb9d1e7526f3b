"""GPT-2 and its kin: layer norms with biases, and no gate."""

from typing import Any

from ._config import Config, Family, Rule, fixed, flag, optional, whole
from ._decoders import BIASES, DECODER, NO_GATE, times_hidden, vocab_bias

__all__ = ["FAMILIES"]

_TIED = flag("tie_word_embeddings", default=True)

GPT2: dict[str, Rule] = {
    "layers": whole("n_layer", "num_hidden_layers"),
    "hidden": whole("n_embd", "hidden_size"),
    "heads": whole("n_head", "num_attention_heads"),
    "ffn": times_hidden(4, "n_inner"),
    "vocab": whole("vocab_size"),
    "max_context": whole("n_positions", "max_position_embeddings"),
    "positions": whole("n_positions", "max_position_embeddings"),
    "tied_embeddings": _TIED,
    **BIASES,
    **NO_GATE,
}
# Attention and feed-forward share a norm, and the output layer has a bias.
GPT_J = {
    **GPT2,
    "positions": fixed(0),
    "qkv_bias": fixed(False),
    "out_bias": fixed(False),
    "norms_per_layer": fixed(1),
    "tied_embeddings": flag("tie_word_embeddings", default=False),
    "other_parameters": vocab_bias,
}


def _half_local(config: Config) -> dict[str, int] | None:
    size = config.whole("window_size", default=256)
    local = config.words("attention_layers").count("local")
    layers = config.whole("num_layers")
    if not config.words("attention_layers"):
        local = layers // 2
    return {"size": size, "local": local, "period": layers} if 0 < local < layers else None


GPT_NEO = {
    **GPT2,
    "layers": whole("num_layers"),
    "heads": whole("num_heads"),
    "ffn": times_hidden(4, "intermediate_size"),
    "qkv_bias": fixed(False),
    "window": _half_local,
}
NEOX = {
    **DECODER,
    **BIASES,
    **NO_GATE,
    "kv_heads": fixed(None),
    "qkv_bias": flag("attention_bias", default=True),
    "out_bias": flag("attention_bias", default=True),
}
PHI = {
    **DECODER,
    **BIASES,
    **NO_GATE,
    "norms_per_layer": fixed(1),
    "other_parameters": vocab_bias,
}


def _opt_positions(config: Config) -> int:
    """The first two are never used."""
    return config.whole("max_position_embeddings") + 2


def _opt_hidden(config: Config) -> int:
    hidden = config.whole("hidden_size")
    if config.whole("word_embed_proj_dim", default=hidden) != hidden or not config.flag(
        "do_layer_norm_before", default=True
    ):
        raise config.error(
            "word_embed_proj_dim", "this OPT narrows its embeddings, which no description can say"
        )
    return hidden


_OPT_BIAS = flag("enable_bias", default=True)
OPT = {
    **DECODER,
    **BIASES,
    **NO_GATE,
    "hidden": _opt_hidden,
    "kv_heads": fixed(None),
    "ffn": whole("ffn_dim"),
    "positions": _opt_positions,
    "tied_embeddings": _TIED,
    "qkv_bias": _OPT_BIAS,
    "out_bias": _OPT_BIAS,
    "mlp_bias": _OPT_BIAS,
}
BLOOM = {
    **GPT2,
    "hidden": whole("hidden_size", "n_embed"),
    "ffn": times_hidden(4),
    "max_context": optional("seq_length"),
    "positions": fixed(0),
    # A norm with a bias follows the embeddings.
    "other_parameters": lambda config: 2 * config.whole("hidden_size", "n_embed"),
}


def _new_falcon(config: Config) -> bool:
    return config.flag("new_decoder_architecture", default=config.get("n_head_kv") is not None)


def _falcon_heads(config: Config) -> int:
    heads = config.whole("num_attention_heads", "n_head")
    if _new_falcon(config):
        return config.whole("num_kv_heads", "n_head_kv", default=heads)
    return 1 if config.flag("multi_query", default=True) else heads


def _falcon_norms(config: Config) -> int:
    if _new_falcon(config):
        return config.whole("num_ln_in_parallel_attn", default=2)
    return 1 if config.flag("parallel_attn", default=True) else 2


_FALCON_BIAS = flag("bias", default=False)
FALCON: dict[str, Any] = {
    **GPT2,
    "hidden": whole("hidden_size"),
    "kv_heads": _falcon_heads,
    "ffn": times_hidden(4, "ffn_hidden_size"),
    "max_context": whole("max_position_embeddings", default=2048),
    "positions": fixed(0),
    "norms_per_layer": _falcon_norms,
    "qkv_bias": _FALCON_BIAS,
    "out_bias": _FALCON_BIAS,
    "mlp_bias": _FALCON_BIAS,
}


def _one_key(config: Config) -> int | None:
    return 1 if config.flag("multi_query", default=True) else None


FAMILIES = (
    Family("GPT-2", ("gpt2",), "decoder", GPT2),
    Family("StarCoder", ("gpt_bigcode",), "decoder", {**GPT2, "kv_heads": _one_key}),
    Family("GPT-J", ("gptj", "codegen"), "decoder", GPT_J),
    Family("GPT-Neo", ("gpt_neo",), "decoder", GPT_NEO),
    Family("GPT-NeoX", ("gpt_neox",), "decoder", NEOX),
    Family("Phi", ("phi",), "decoder", PHI),
    Family("OPT", ("opt",), "decoder", OPT),
    Family("BLOOM", ("bloom",), "decoder", BLOOM),
    Family("Falcon", ("falcon", "RefinedWeb", "RefinedWebModel"), "decoder", FALCON),
)
