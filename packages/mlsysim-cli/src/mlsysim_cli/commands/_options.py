"""Arguments and options that commands share, with their completion."""

from typing import Annotated

import typer

from .._flags import FLAGS
from ..output._form import Format
from . import _completion as completion

__all__ = [
    "BatchSize",
    "Efficiency",
    "Hardware",
    "HardwareOrNone",
    "KvPrecision",
    "MaxEnergy",
    "MaxLatency",
    "MaxMemory",
    "MaxPower",
    "MinMfu",
    "MinThroughput",
    "Model",
    "ModelOrScenario",
    "Optimizer",
    "Output",
    "Phase",
    "Precision",
    "Recompute",
    "SchemaKind",
    "SeqLen",
    "Stack",
    "Training",
    "read_form",
    "read_real",
    "read_whole",
]


SCHEMAS = ("hardware", "model", "scenario", "entries", "plan", "result", "measurements", "report")
"""What has a schema."""
PHASES = ("decode", "prefill")
"""Passes of a language model."""


def read_whole(text: str) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a whole number") from None


def read_real(text: str) -> float:
    """Read a number."""
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a number") from None


def _one_of(words: tuple[str, ...], text: str) -> str:
    if text.casefold() in words:
        return text.casefold()
    from difflib import get_close_matches  # noqa: PLC0415  # only ever needed by an error

    close = get_close_matches(text.casefold(), words, n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    raise typer.BadParameter(f"choose {', '.join(words)}; got {text!r}{hint}")


def read_form(text: str) -> str:
    """Read the name of a form."""
    return _one_of(tuple(one.value for one in Format), text)


def _schema(text: str) -> str:
    return _one_of(SCHEMAS, text)


Output = Annotated[
    str | None,
    typer.Option(
        *FLAGS["output"],
        parser=read_form,
        metavar="table|json|markdown|csv",
        autocompletion=completion.any_of(*Format),
        help="Form of the answer; before or after the command. [default: table]",
    ),
]
Model = Annotated[
    str,
    typer.Argument(metavar="MODEL", help="Model, by its name.", autocompletion=completion.model),
]
Hardware = Annotated[
    str,
    typer.Argument(
        metavar="HARDWARE", help="Device, by its name.", autocompletion=completion.hardware
    ),
]
ModelOrScenario = Annotated[
    str,
    typer.Argument(
        metavar="MODEL",
        help="Model, by its name; or, alone, a scenario, a plan file or a folder of them.",
        autocompletion=completion.model_or_scenario,
    ),
]
HardwareOrNone = Annotated[
    str | None,
    typer.Argument(
        metavar="HARDWARE", help="Device, by its name.", autocompletion=completion.hardware
    ),
]
BatchSize = Annotated[
    int,
    typer.Option(
        *FLAGS["batch_size"],
        parser=read_whole,
        metavar="COUNT",
        help="Sequences or samples that pass together.",
    ),
]
Precision = Annotated[
    str,
    typer.Option(
        *FLAGS["precision"],
        metavar="FORMAT",
        help="Format of weights and of arithmetic: fp16, bf16, fp8, int8, int4, ...",
        autocompletion=completion.precision,
    ),
]
Efficiency = Annotated[
    float | None,
    typer.Option(
        *FLAGS["efficiency"],
        parser=read_real,
        metavar="FRACTION",
        help="Fraction of the dense peak that arithmetic reaches, 0 to 1; predicted if not given.",
    ),
]
SeqLen = Annotated[
    int | None,
    typer.Option(
        *FLAGS["seq_len"],
        parser=read_whole,
        metavar="COUNT",
        help="Tokens of context, or of each sequence.",
    ),
]
Phase = Annotated[
    str | None,
    typer.Option(
        *FLAGS["phase"],
        metavar="PHASE",
        help="Of language models: decode (the default) or prefill.",
        autocompletion=completion.any_of(*PHASES),
    ),
]
KvPrecision = Annotated[
    str | None,
    typer.Option(
        *FLAGS["kv_precision"],
        metavar="FORMAT",
        help="Format of the cache.",
        autocompletion=completion.precision,
    ),
]
Stack = Annotated[
    str | None,
    typer.Option(
        *FLAGS["stack"],
        metavar="NAME",
        help="Software, by its name: Optimized (the default), Ideal, ...",
        autocompletion=completion.stack,
    ),
]
SchemaKind = Annotated[
    str,
    typer.Argument(
        parser=_schema,
        metavar="KIND",
        help="hardware, model, scenario, entries, plan, result, measurements or report.",
        autocompletion=completion.any_of(*SCHEMAS),
    ),
]
Training = Annotated[
    bool,
    typer.Option(*FLAGS["is_training"], help="A training step instead of a pass of inference."),
]
Recompute = Annotated[
    str | None,
    typer.Option(
        *FLAGS["recompute"],
        metavar="WHAT",
        help="In training: none, selective or full.",
        autocompletion=completion.any_of("none", "selective", "full"),
    ),
]
Optimizer = Annotated[
    str | None,
    typer.Option(
        *FLAGS["optimizer"],
        metavar="NAME",
        help="In training: adam, adamw, adam_8bit, sgd, momentum, adafactor.",
        autocompletion=completion.optimizer,
    ),
]
MaxLatency = Annotated[
    str | None,
    typer.Option(*FLAGS["max_latency"], metavar="TIME", help='Constraint, such as "50 ms".'),
]
MinThroughput = Annotated[
    str | None,
    typer.Option(
        *FLAGS["min_throughput"], metavar="RATE", help='Constraint, such as "1000 token/s".'
    ),
]
MaxMemory = Annotated[
    str | None,
    typer.Option(*FLAGS["max_memory"], metavar="BYTES", help='Constraint, such as "40 GB".'),
]
MaxPower = Annotated[
    str | None,
    typer.Option(*FLAGS["max_power"], metavar="POWER", help='Constraint, such as "300 W".'),
]
MaxEnergy = Annotated[
    str | None,
    typer.Option(*FLAGS["max_energy"], metavar="ENERGY", help='Constraint, such as "5 J".'),
]
MinMfu = Annotated[
    str | None,
    typer.Option(*FLAGS["min_mfu"], metavar="FRACTION", help='Constraint, such as "0.4".'),
]
