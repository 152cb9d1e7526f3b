"""What the configurations of most decoders have in common."""

from typing import Any

from ._config import Config, Rule, fixed, flag, optional, whole

__all__ = ["BIASES", "DECODER", "NO_GATE", "experts", "times_hidden", "vocab_bias", "window"]


def window(config: Config) -> dict[str, int] | None:
    """Reach of the layers that see only the last tokens, and how many of them there are."""
    if config.get("sliding_window") is None or config.get("use_sliding_window") is False:
        return None
    size = config.whole("sliding_window")
    layers = config.whole("num_hidden_layers", "n_layer")
    if size >= config.whole("max_position_embeddings", default=2**62):
        return None
    local = layers
    if kinds := config.words("layer_types"):
        local = kinds.count("sliding_attention")
    elif config.get("max_window_layers") is not None:  # the first ones see everything
        local = layers - min(config.whole("max_window_layers", least=0), layers)
    if not local:
        return None
    return {"size": size} if local == layers else {"size": size, "local": local, "period": layers}


def times_hidden(factor: int, *keys: str) -> Rule:
    """Make a rule for a width that is a multiple of the hidden one if it is not given."""

    def rule(config: Config) -> int:
        hidden = config.whole("hidden_size", "n_embd", "n_embed")
        return config.whole(*keys, default=factor * hidden) if keys else factor * hidden

    return rule


def vocab_bias(config: Config) -> int:
    """Biases of the output layer, beside what a decoder has."""
    return config.whole("vocab_size")


DECODER: dict[str, Rule] = {
    "layers": whole("num_hidden_layers"),
    "hidden": whole("hidden_size"),
    "heads": whole("num_attention_heads"),
    "kv_heads": optional("num_key_value_heads"),
    "head_dim": optional("head_dim"),
    "ffn": whole("intermediate_size"),
    "vocab": whole("vocab_size"),
    "max_context": optional("max_position_embeddings"),
    "tied_embeddings": flag("tie_word_embeddings", default=False),
    "window": window,
}

NO_GATE: dict[str, Rule] = {"gated_mlp": fixed(False)}

BIASES: dict[str, Rule] = {
    name: fixed(True) for name in ("qkv_bias", "out_bias", "mlp_bias", "norm_bias")
}


def experts(config: Config, **values: Any) -> dict[str, Any]:
    """Mixture of experts, under the keys that most configurations use."""
    return {
        "count": config.whole("num_local_experts", "num_experts", "n_routed_experts"),
        "top_k": config.whole("num_experts_per_tok", "experts_per_token"),
        **values,
    }
