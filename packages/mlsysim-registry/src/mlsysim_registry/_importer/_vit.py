"""Vision transformers that classify images, or only describe them."""

from ._config import Config, Family, whole

__all__ = ["FAMILIES"]

_LABELS = 1000


def _side(config: Config, key: str, default: int) -> int:
    value = config.get(key)
    if isinstance(value, list):  # height and width
        return Config({key: value[0] if value else None}, config.where).whole(key)
    return config.whole(key, default=default)


def _patches(config: Config) -> int:
    return (_side(config, "image_size", 224) // _side(config, "patch_size", 16)) ** 2


def _positions(config: Config) -> int:
    """One for each patch, and one for the class."""
    return _patches(config) + 1


def _embedding(config: Config) -> int:
    """Weights of the layer that reads a patch."""
    pixels = config.whole("num_channels", default=3) * _side(config, "patch_size", 16) ** 2
    return pixels * config.whole("hidden_size")


def _classifies(config: Config) -> bool:
    return not any(name.endswith("ViTModel") for name in config.words("architectures"))


def _head(config: Config) -> int:
    hidden = config.whole("hidden_size")
    labels = config.get("id2label")
    count = len(labels) if isinstance(labels, dict) else config.whole("num_labels", default=_LABELS)
    return (hidden + 1) * count


def _other(config: Config) -> int:
    hidden = config.whole("hidden_size")
    front = _embedding(config) + hidden + hidden  # its bias, and the token of the class
    return front + (_head(config) if _classifies(config) else 0)


FAMILIES = (
    Family(
        "ViT",
        ("vit",),
        "encoder",
        {
            "layers": whole("num_hidden_layers"),
            "hidden": whole("hidden_size"),
            "heads": whole("num_attention_heads"),
            "ffn": whole("intermediate_size"),
            "max_context": _positions,
            "positions": _positions,
            "pooler": lambda config: not _classifies(config),
            "other_parameters": _other,
            "other_operations": lambda config: 2 * _patches(config) * _embedding(config),
        },
    ),
)
