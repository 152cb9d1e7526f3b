"""Arguments and options that commands share, with their completion."""

from collections.abc import Iterator
from typing import Annotated

import typer

from .._flags import FLAGS
from ..output._form import Format

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
    "complete_category",
    "complete_entry",
    "complete_hardware",
    "complete_model",
    "complete_phase",
    "complete_precision",
    "complete_stack",
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


def _complete_form(incomplete: str) -> Iterator[str]:
    return _starting([one.value for one in Format], incomplete)


def _complete_schema(incomplete: str) -> Iterator[str]:
    return _starting(SCHEMAS, incomplete)


def complete_model(incomplete: str) -> Iterator[str]:
    """Complete names of models."""
    return _names("model", incomplete)


def _complete_model_or_scenario(incomplete: str) -> Iterator[str]:
    yield from _names("model", incomplete)
    yield from _names("scenario", incomplete)


def complete_hardware(incomplete: str) -> Iterator[str]:
    """Complete names of devices."""
    return _names("hardware", incomplete)


def complete_stack(incomplete: str) -> Iterator[str]:
    """Complete names of stacks."""
    return _names("stack", incomplete)


def complete_precision(incomplete: str) -> Iterator[str]:
    """Complete names of number formats."""
    from mlsysim_core.formats import FORMATS  # noqa: PLC0415

    return _starting(FORMATS, incomplete)


def complete_phase(incomplete: str) -> Iterator[str]:
    """Complete names of phases."""
    return _starting(PHASES, incomplete)


def complete_category(incomplete: str) -> Iterator[str]:
    """Complete the name of a list of the zoo."""
    from ..answers._columns import CATEGORIES  # noqa: PLC0415

    return _starting(CATEGORIES, incomplete)


def complete_entry(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Complete the name of an entry of the list that was chosen before it."""
    from ..answers._columns import CATEGORIES  # noqa: PLC0415

    category = CATEGORIES.get(str(ctx.params.get("category")))
    return _names(category.kind, incomplete) if category else iter(())


def _names(kind: str, incomplete: str) -> Iterator[str]:
    from mlsysim_core.catalog import names  # noqa: PLC0415  # nothing but completion needs it

    return _starting(names(kind), incomplete)


def _starting(words: object, incomplete: str) -> Iterator[str]:
    start = incomplete.casefold()
    return (word for word in words if word.casefold().startswith(start))  # type: ignore[attr-defined]


Output = Annotated[
    str | None,
    typer.Option(
        *FLAGS["output"],
        parser=read_form,
        metavar="table|json|markdown|csv",
        autocompletion=_complete_form,
        help="Form of the answer; before or after the command. [default: table]",
    ),
]
Model = Annotated[
    str, typer.Argument(metavar="MODEL", help="Model, by its name.", autocompletion=complete_model)
]
Hardware = Annotated[
    str,
    typer.Argument(
        metavar="HARDWARE", help="Device, by its name.", autocompletion=complete_hardware
    ),
]
ModelOrScenario = Annotated[
    str,
    typer.Argument(
        metavar="MODEL",
        help="Model, by its name; or, alone, a scenario, a plan file or a folder of them.",
        autocompletion=_complete_model_or_scenario,
    ),
]
HardwareOrNone = Annotated[
    str | None,
    typer.Argument(
        metavar="HARDWARE", help="Device, by its name.", autocompletion=complete_hardware
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
        autocompletion=complete_precision,
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
        autocompletion=complete_phase,
    ),
]
KvPrecision = Annotated[
    str | None,
    typer.Option(
        *FLAGS["kv_precision"],
        metavar="FORMAT",
        help="Format of the cache.",
        autocompletion=complete_precision,
    ),
]
Stack = Annotated[
    str | None,
    typer.Option(
        *FLAGS["stack"],
        metavar="NAME",
        help="Software, by its name: Optimized (the default), Ideal, ...",
        autocompletion=complete_stack,
    ),
]
SchemaKind = Annotated[
    str,
    typer.Argument(
        parser=_schema,
        metavar="KIND",
        help="hardware, model, scenario, entries, plan, result, measurements or report.",
        autocompletion=_complete_schema,
    ),
]
Training = Annotated[
    bool,
    typer.Option(*FLAGS["is_training"], help="A training step instead of a pass of inference."),
]
Recompute = Annotated[
    str | None,
    typer.Option(*FLAGS["recompute"], metavar="WHAT", help="In training: none, selective or full."),
]
Optimizer = Annotated[
    str | None,
    typer.Option(
        *FLAGS["optimizer"],
        metavar="NAME",
        help="In training: adam, adamw, sgd, momentum, adafactor.",
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
