"""Models out of the configuration files that they are published with."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlsysim_core import ModelSpec
from mlsysim_core._files import read_text
from mlsysim_core.errors import InputError, InputTypeError, SpecError, nearest

from . import _bert, _deepseek, _gemma, _gpt, _gpt_oss, _llama, _mamba, _qwen, _t5, _vit
from ._config import Config, Family
from ._nested import language_part

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["import_model"]

_MODULES = (_llama, _qwen, _gemma, _gpt, _deepseek, _gpt_oss, _mamba, _bert, _t5, _vit)
_FAMILIES: dict[str, Family] = {
    name: family for module in _MODULES for family in module.FAMILIES for name in family.types
}
_FORMATS = {
    "float64": "fp64",
    "float32": "fp32",
    "float16": "fp16",
    "bfloat16": "bf16",
    "float8_e4m3fn": "fp8",
}
_QUANTIZED = {"fp8": "fp8", "mxfp4": "fp4", "nvfp4": "fp4"}
_BITS = {4: "int4", 8: "int8"}
_BY_HAND = (
    'describe it by hand: ModelSpec(name="...", architecture={"kind": "decoder", "layers": ..., '
    '"hidden": ..., "heads": ..., "ffn": ..., "vocab": ...})'
)


def import_model(
    source: "Mapping[str, Any] | str | PathLike[str]", name: str | None = None
) -> ModelSpec:
    """Make a model out of a ``config.json``, as transformers writes them; nothing is downloaded.

    Parameters
    ----------
    source : mapping, str or path-like
        The configuration, the path of its file, or that of the folder with the file.
    name : str, optional
        What to call the model; what the configuration or the folder says if not given.

    Returns
    -------
    ModelSpec
        The model.

    Raises
    ------
    SpecError
        If its ``model_type`` is not known, or a value is missing or cannot be right.
    CatalogError
        If the file cannot be read.

    Examples
    --------
    >>> model = import_model(
    ...     {
    ...         "model_type": "llama",
    ...         "hidden_size": 4096,
    ...         "intermediate_size": 14336,
    ...         "num_attention_heads": 32,
    ...         "num_hidden_layers": 32,
    ...         "num_key_value_heads": 8,
    ...         "vocab_size": 128256,
    ...     },
    ...     name="mine",
    ... )
    >>> model.parameters.magnitude
    8030261248
    """
    values, where, called, text = _read(source)
    part, note = language_part(values)
    config = Config(part, where, text)
    family = _family(config)
    architecture = {"kind": family.kind}
    architecture |= {
        key: value for key, rule in family.rules.items() if (value := rule(config)) is not None
    }
    stated = str(part.get("_name_or_path") or "").rstrip("/").rpartition("/")[2]
    try:
        return ModelSpec(
            name=name or called or stated or str(part["model_type"]),
            family=family.title,
            native_precision=_format(config),
            architecture=architecture,
            note=note,
        )
    except SpecError as error:
        raise SpecError(f"{where}: {error}") from error


def _read(source: Any) -> tuple[Mapping[str, Any], str, str, str]:
    """Return the values, what to call their place, what that says of the name, and their text."""
    if isinstance(source, Mapping):
        return source, "config", "", ""
    if not isinstance(source, str) and not hasattr(source, "__fspath__"):
        raise InputTypeError(
            "import_model takes a configuration, or the path of one, "
            f"got {source!r:.80} ({type(source).__name__})"
        )
    path = Path(source).expanduser()
    file = path / "config.json" if path.is_dir() else path
    if not file.exists():
        raise InputError(
            f"{file}: there is no such file; nothing is downloaded, so save the model's "
            "config.json and give its path"
        )
    text = read_text(file)
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise SpecError(f"{file}:{error.lineno}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise SpecError(f"{file}: is no configuration: {error}") from None
    if not isinstance(values, dict):
        raise SpecError(f"{file}:1: must be a JSON object, got a {type(values).__name__}")
    folder = file.resolve().parent.name
    return values, str(file), folder if file.name == "config.json" else file.stem, text


def _family(config: Config) -> Family:
    kind = config.get("model_type")
    if isinstance(kind, str) and kind in _FAMILIES:
        return _FAMILIES[kind]
    known = ", ".join(sorted(_FAMILIES, key=str.casefold))
    if kind is None:
        raise config.error("model_type", f"missing; it must be one of {known}; or {_BY_HAND}")
    close = nearest(str(kind), _FAMILIES, count=2)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise config.error("model_type", f"{kind!r:.60} is none of {known}{hint}; or {_BY_HAND}")


def _format(config: Config) -> str | None:
    """Format of the published weights."""
    quantized = config.get("quantization_config")
    if isinstance(quantized, Mapping):
        method = str(quantized.get("quant_method", "")).casefold()
        bits = quantized.get("bits") or (4 if quantized.get("load_in_4bit") else None)
        if found := _QUANTIZED.get(method) or _BITS.get(bits if isinstance(bits, int) else 0):
            return found
    return _FORMATS.get(str(config.get("dtype", "torch_dtype")).removeprefix("torch."))
