"""Arguments and options of the commands that serve, fit, train and optimize."""

from collections.abc import Iterator
from typing import Annotated

import typer

from .._flags import FLAGS
from ._options import read_whole

__all__ = [
    "ActivationPrecision",
    "ExpertParallel",
    "InputLen",
    "MaxItl",
    "MaxTtft",
    "Measurements",
    "MicroBatches",
    "OutputLen",
    "PipelineParallel",
    "StepBatch",
    "System",
    "Tasks",
    "TensorParallel",
    "Top",
    "VirtualStages",
    "read_whole",
    "words_of",
]


def _complete_system(incomplete: str) -> Iterator[str]:
    from mlsysim_core.catalog import names  # noqa: PLC0415  # nothing but completion needs it

    start = incomplete.casefold()
    for kind in ("system", "node", "hardware"):
        yield from (name for name in names(kind) if name.casefold().startswith(start))


def words_of(text: str) -> list[str]:
    """Part a list by its commas."""
    words = [word.strip() for word in text.split(",")]
    return [word for word in words if word]


StepBatch = Annotated[
    int,
    typer.Option(
        *FLAGS["batch_size"],
        parser=read_whole,
        metavar="COUNT",
        help="Sequences or samples of one step, of the whole system.",
    ),
]
System = Annotated[
    str,
    typer.Argument(
        metavar="SYSTEM",
        help="Cluster, node or single device, by its name.",
        autocompletion=_complete_system,
    ),
]
VirtualStages = Annotated[
    int,
    typer.Option(
        "--virtual-stages",
        parser=read_whole,
        metavar="COUNT",
        help="Stages that each device holds.",
    ),
]
MicroBatches = Annotated[
    int | None,
    typer.Option(
        "--micro-batches",
        parser=read_whole,
        metavar="COUNT",
        help="Micro-batches of each data-parallel rank.",
    ),
]
Measurements = Annotated[
    str, typer.Argument(metavar="FILE.csv", help="Measurements, as a CSV file in the format.")
]
Tasks = Annotated[
    list[str] | None,
    typer.Option("--task", metavar="TASK", help="Only rows of this task; may be repeated."),
]
InputLen = Annotated[
    int,
    typer.Option(
        "--input-len",
        *FLAGS["seq_len"],
        parser=read_whole,
        metavar="COUNT",
        help="Tokens of a prompt.",
    ),
]
OutputLen = Annotated[
    int,
    typer.Option(
        "--output-len", parser=read_whole, metavar="COUNT", help="Tokens written for each request."
    ),
]
TensorParallel = Annotated[
    int,
    typer.Option("--tp", parser=read_whole, metavar="COUNT", help="Devices that share each layer."),
]
PipelineParallel = Annotated[
    int,
    typer.Option("--pp", parser=read_whole, metavar="COUNT", help="Stages that share the layers."),
]
ExpertParallel = Annotated[
    int,
    typer.Option(
        "--ep", parser=read_whole, metavar="COUNT", help="Groups among which experts are dealt out."
    ),
]
ActivationPrecision = Annotated[
    str | None,
    typer.Option("--activation-precision", metavar="FORMAT", help="Format of activations."),
]
MaxTtft = Annotated[
    str | None,
    typer.Option(
        "--max-ttft", metavar="TIME", help='Constraint on the first token, such as "500 ms".'
    ),
]
MaxItl = Annotated[
    str | None,
    typer.Option(
        "--max-itl", metavar="TIME", help='Constraint on each later token, such as "20 ms".'
    ),
]
Top = Annotated[
    int | None,
    typer.Option("--top", metavar="COUNT", min=1, help="How many to list. [default: 5]"),
]
