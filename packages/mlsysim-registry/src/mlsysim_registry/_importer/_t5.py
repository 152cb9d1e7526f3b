"""T5: an encoder and a decoder with relative positions."""

from ._config import Config, Family, flag, whole

__all__ = ["FAMILIES"]


def _gated(config: Config) -> bool:
    return str(config.get("feed_forward_proj") or "relu").startswith("gated")


def _relative(config: Config) -> int:
    """Tables of relative positions, one on each side."""
    buckets = config.whole("relative_attention_num_buckets", default=32)
    return 2 * buckets * config.whole("num_heads")


FAMILIES = (
    Family(
        "T5",
        ("t5", "mt5"),
        "encoder_decoder",
        {
            "encoder_layers": whole("num_layers"),
            "decoder_layers": whole("num_decoder_layers", "num_layers"),
            "hidden": whole("d_model"),
            "heads": whole("num_heads"),
            "head_dim": whole("d_kv"),
            "ffn": whole("d_ff"),
            "vocab": whole("vocab_size"),
            "max_context": whole("n_positions", default=512),
            "tied_embeddings": flag("tie_word_embeddings", default=True),
            "gated_mlp": _gated,
            "other_parameters": _relative,
        },
    ),
)
