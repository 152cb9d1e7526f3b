"""Mamba 1 and 2, in the keys of transformers and in those of their authors."""

from typing import Any

from ._config import Config, Family, Rule, flag, whole

__all__ = ["FAMILIES"]


def _inner(config: Config) -> int:
    hidden = config.whole("hidden_size", "d_model")
    return config.whole("intermediate_size", default=config.whole("expand", default=2) * hidden)


def _first(config: Config) -> dict[str, Any]:
    rank = config.get("time_step_rank")
    hidden = config.whole("hidden_size")
    automatic = rank in (None, "auto")
    return {
        "mixer": "mamba1",
        "inner": _inner(config),
        "state": config.whole("state_size", default=16),
        "convolution": config.whole("conv_kernel", default=4),
        "rank": -(-hidden // 16) if automatic else config.whole("time_step_rank"),
    }


def _second(config: Config) -> dict[str, Any]:
    inner = _inner(config)
    size = config.whole("head_dim", default=64)
    return {
        "mixer": "mamba2",
        "inner": inner,
        "state": config.whole("state_size", default=128),
        "convolution": config.whole("conv_kernel", default=4),
        "heads": config.whole("num_heads", default=inner // size),
        "groups": config.whole("n_groups", default=1),
    }


def _authors(config: Config) -> dict[str, Any]:
    """Mixer in the keys of the authors' own package."""
    layer = config.get("ssm_cfg") or {}
    if not isinstance(layer, dict) or config.get("attn_layer_idx"):
        raise config.error("ssm_cfg", "only models whose layers are all alike can be imported")
    inner = Config(
        {"hidden_size": config.get("d_model"), **_renamed(layer)}, f"{config.where}: ssm_cfg"
    )
    second = layer.get("layer", "Mamba1") == "Mamba2"
    return _second(inner) if second else _first(inner)


def _renamed(layer: dict[str, Any]) -> dict[str, Any]:
    names = {"d_state": "state_size", "d_conv": "conv_kernel", "headdim": "head_dim"}
    names |= {"ngroups": "n_groups", "dt_rank": "time_step_rank"}
    return {names.get(key, key): value for key, value in layer.items()}


def _padded(config: Config) -> int:
    step = config.whole("pad_vocab_size_multiple", default=8)
    return -(-config.whole("vocab_size") // step) * step


def _rules(mixer: Rule, *, tied: bool) -> dict[str, Rule]:
    return {
        "layers": whole("num_hidden_layers", "n_layer"),
        "hidden": whole("hidden_size", "d_model"),
        "mixer": mixer,
        "vocab": whole("vocab_size"),
        "tied_embeddings": flag("tie_word_embeddings", "tie_embeddings", default=tied),
    }


FAMILIES = (
    Family("Mamba", ("mamba", "falcon_mamba"), "state_space", _rules(_first, tied=True)),
    Family("Mamba-2", ("mamba2",), "state_space", _rules(_second, tied=False)),
    Family(
        "Mamba, authors' keys",
        ("mamba_ssm",),
        "state_space",
        {**_rules(_authors, tied=True), "vocab": _padded},
    ),
)
