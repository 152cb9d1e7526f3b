"""Gemma 1 to 3: the text part."""

from ._config import Config, Family, Rule, fixed, flag
from ._decoders import DECODER, window

__all__ = ["FAMILIES"]

GEMMA = {**DECODER, "tied_embeddings": flag("tie_word_embeddings", default=True)}


def _every(default: int) -> Rule:
    """Make a rule for windows in all layers but one in so many."""

    def rule(config: Config) -> dict[str, int] | None:
        if config.words("layer_types"):
            return window(config)
        if config.get("sliding_window") is None:
            return None
        period = config.whole("sliding_window_pattern", "_sliding_window_pattern", default=default)
        size = config.whole("sliding_window")
        return {"size": size, "local": period - 1, "period": period} if period > 1 else None

    return rule


FOUR_NORMS = {**GEMMA, "norms_per_layer": fixed(4)}

FAMILIES = (
    Family("Gemma", ("gemma",), "decoder", {**GEMMA, "window": fixed(None)}),
    Family("Gemma 2", ("gemma2",), "decoder", {**FOUR_NORMS, "window": _every(2)}),
    Family(
        "Gemma 3",
        ("gemma3_text",),
        "decoder",
        {**FOUR_NORMS, "qk_norm": fixed("per_head"), "window": _every(6)},
    ),
)
