"""BERT and its kin."""

from ._config import Config, Family, Rule, fixed, optional, whole

__all__ = ["FAMILIES"]

_SPARE_POSITIONS = 2
"""Positions that RoBERTa keeps for padding."""


BERT: dict[str, Rule] = {
    "layers": whole("num_hidden_layers"),
    "hidden": whole("hidden_size"),
    "heads": whole("num_attention_heads"),
    "ffn": whole("intermediate_size"),
    "vocab": whole("vocab_size"),
    "positions": whole("max_position_embeddings"),
    "max_context": whole("max_position_embeddings"),
    "token_types": whole("type_vocab_size", default=2),
    "pooler": fixed(True),
}


def _roberta_context(config: Config) -> int:
    return config.whole("max_position_embeddings", least=3) - _SPARE_POSITIONS


def _narrow(config: Config) -> int | None:
    """Width of the token table, where it is not that of the layers."""
    width = optional("embedding_size")(config)
    return None if width == config.whole("hidden_size") else width


def _one_group(config: Config) -> bool:
    if config.whole("num_hidden_groups", default=1) != 1:
        raise config.error("num_hidden_groups", "only one group of layers can be described")
    return True


FAMILIES = (
    Family("BERT", ("bert",), "encoder", BERT),
    Family(
        "RoBERTa",
        ("roberta", "xlm-roberta", "camembert"),
        "encoder",
        {**BERT, "max_context": _roberta_context},
    ),
    Family(
        "DistilBERT",
        ("distilbert",),
        "encoder",
        {
            **BERT,
            "layers": whole("n_layers"),
            "hidden": whole("dim"),
            "heads": whole("n_heads"),
            "ffn": whole("hidden_dim"),
            "token_types": fixed(None),
            "pooler": fixed(None),
        },
    ),
    Family(
        "ALBERT",
        ("albert",),
        "encoder",
        {**BERT, "embedding_dim": optional("embedding_size"), "shared_layers": _one_group},
    ),
    Family(
        "ELECTRA",
        ("electra",),
        "encoder",
        {**BERT, "embedding_dim": _narrow, "pooler": fixed(None)},
    ),
)
