"""Arguments and options that take one value or several, with their completion."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from .._flags import FLAGS
from . import _completion as completion
from . import _options as options
from ._serving_options import words_of

__all__ = [
    "Batches",
    "Devices",
    "Efficiencies",
    "KvPrecisions",
    "LengthRanges",
    "Lengths",
    "Models",
    "MoreDevices",
    "Phases",
    "Precisions",
    "Ranges",
    "Stacks",
    "lists_of",
    "shared_of",
]


_LISTED = (
    *("model", "hardware", "batch_size", "precision", "efficiency", "seq_len", "phase"),
    *("kv_precision", "stack"),
)
_SHARED = ("is_training", "recompute", "optimizer")


def shared_of(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given once, for all."""
    return {name: given[name] for name in _SHARED if given[name]}


def lists_of(given: dict[str, Any]) -> dict[str, list[Any]]:
    """Part what was given by its commas, and read the numbers among it."""
    found: dict[str, list[Any]] = {}
    for name in _LISTED:
        text = given[name]
        if text is None:
            continue
        words = words_of(text if isinstance(text, str) else ",".join(text))
        if not words:
            flag = f"--{name.replace('_', '-')}" if name in FLAGS else name.upper()
            raise typer.BadParameter(f"{flag} has nothing in it, got {text!r}")
        found[name] = [_READERS.get(name, str)(word) for word in words]
    return found


_READERS: dict[str, Callable[[str], Any]] = {
    "batch_size": options.read_whole,
    "seq_len": options.read_whole,
    "efficiency": options.read_real,
}

Models = Annotated[
    str,
    typer.Argument(
        metavar="MODEL[,MODEL]",
        help="Models, by their names.",
        autocompletion=completion.each(completion.model),
    ),
]
Devices = Annotated[
    str,
    typer.Argument(
        metavar="HARDWARE[,HARDWARE]",
        help="Devices, by their names.",
        autocompletion=completion.each(completion.hardware),
    ),
]
MoreDevices = Annotated[
    list[str],
    typer.Argument(
        metavar="HARDWARE",
        help="Devices, by their names.",
        autocompletion=completion.each(completion.hardware),
    ),
]
Batches = Annotated[
    str, typer.Option(*FLAGS["batch_size"], metavar="COUNT[,COUNT]", help="Batch sizes.")
]
Ranges = Annotated[
    str,
    typer.Option(
        *FLAGS["batch_size"],
        metavar="NUMBER|LIST|RANGE",
        help="Batch sizes: 8, 1,2,4, 1:256 or 1:256:log2.",
    ),
]
LengthRanges = Annotated[
    str | None,
    typer.Option(
        *FLAGS["seq_len"],
        metavar="NUMBER|LIST|RANGE",
        help="Tokens of context, or of each sequence.",
    ),
]
Lengths = Annotated[
    str | None,
    typer.Option(
        *FLAGS["seq_len"], metavar="COUNT[,COUNT]", help="Tokens of context, or of each sequence."
    ),
]
Precisions = Annotated[
    str,
    typer.Option(
        *FLAGS["precision"],
        metavar="FORMAT[,FORMAT]",
        help="Number formats.",
        autocompletion=completion.each(completion.precision),
    ),
]
KvPrecisions = Annotated[
    str | None,
    typer.Option(
        *FLAGS["kv_precision"],
        metavar="FORMAT[,FORMAT]",
        help="Formats of the cache.",
        autocompletion=completion.each(completion.precision),
    ),
]
Efficiencies = Annotated[
    str | None,
    typer.Option(
        *FLAGS["efficiency"],
        metavar="FRACTION[,FRACTION]",
        help="Fractions of the dense peak that arithmetic reaches; predicted if not given.",
    ),
]
Phases = Annotated[
    str | None,
    typer.Option(
        *FLAGS["phase"],
        metavar="PHASE[,PHASE]",
        help="Of language models: decode (the default), prefill.",
        autocompletion=completion.each(completion.any_of(*options.PHASES)),
    ),
]
Stacks = Annotated[
    str | None,
    typer.Option(
        *FLAGS["stack"],
        metavar="NAME[,NAME]",
        help="Software, by its names.",
        autocompletion=completion.each(completion.stack),
    ),
]
