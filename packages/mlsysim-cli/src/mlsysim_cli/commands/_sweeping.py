"""The command that goes through a design space: what it takes."""

from typing import Annotated

import typer

from .._flags import FLAGS
from ..output._form import form_of
from . import _options as options

__all__ = ["register"]

_SWEEP = """\b
Examples:
  mlsysim sweep Llama3_8B A100,H100 --batch-size 1:256:log2
  mlsysim sweep Llama3_8B H100 -b 1:512 --objective "max throughput" \\
      --constraint "latency < 20 ms" --top 5
  mlsysim sweep Llama3_8B,Llama3_70B H100,B200 -b 1:1024:log2 -p fp16,fp8 \\
      --pareto "min latency, max throughput" -o csv > front.csv

\b
Values: 8, or 1,2,4, or ranges with both ends, 1:256, 1:256:8 in steps, 1:256:log2 doubling.
A batch size or a length may be an expression as well: --seq-len "131072 / batch_size".
Exit status: 0 an answer, 1 bad input, 2 no point fits, 3 no point keeps every constraint.
"""

_VALUES = "NUMBER|LIST|RANGE"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sweep", epilog=_SWEEP)(_sweep)


def _sweep(
    context: typer.Context,
    models: Annotated[str, typer.Argument(metavar="MODEL[,MODEL]", help="Models, by their names.")],
    hardware: Annotated[
        str, typer.Argument(metavar="HARDWARE[,HARDWARE]", help="Devices, by their names.")
    ],
    batch_size: Annotated[
        str, typer.Option(*FLAGS["batch_size"], metavar=_VALUES, help="Batch sizes.")
    ] = "1",
    seq_len: Annotated[
        str | None,
        typer.Option(
            *FLAGS["seq_len"], metavar=_VALUES, help="Tokens of context, or of each sequence."
        ),
    ] = None,
    precision: Annotated[
        str, typer.Option(*FLAGS["precision"], metavar="FORMAT[,FORMAT]", help="Number formats.")
    ] = "fp16",
    efficiency: Annotated[
        str | None,
        typer.Option(*FLAGS["efficiency"], metavar=_VALUES, help="Fractions of the dense peak."),
    ] = None,
    phase: Annotated[
        str | None,
        typer.Option(*FLAGS["phase"], metavar="PHASE[,PHASE]", help="decode, prefill or both."),
    ] = None,
    stack: Annotated[
        str | None, typer.Option(*FLAGS["stack"], metavar="NAME[,NAME]", help="Software.")
    ] = None,
    kv_precision: options.KvPrecision = None,
    is_training: options.Training = False,
    recompute: options.Recompute = None,
    optimizer: options.Optimizer = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where", metavar="COMPARISON", help="Only points of which this is true; repeatable."
        ),
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option(
            "--objective", metavar="GOAL", help="Such as 'max throughput' or 'min energy'."
        ),
    ] = None,
    constraint: Annotated[
        list[str] | None,
        typer.Option(
            "--constraint", metavar="COMPARISON", help="Such as 'latency < 50 ms'; repeatable."
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option("--top", metavar="COUNT", min=1, help="Only the best by the objective."),
    ] = None,
    pareto: Annotated[
        str | None,
        typer.Option(
            "--pareto", metavar="GOAL,GOAL", help="Only the front of goals separated by commas."
        ),
    ] = None,
    output: options.Output = None,
) -> int:
    """Predict every combination of MODELs, HARDWARE and values, or the best of them."""
    from ..answers._sweep import sweep  # noqa: PLC0415

    space = {
        "models": models,
        "hardware": hardware,
        "batch_size": batch_size,
        "seq_len": seq_len,
        "precision": precision,
        "efficiency": efficiency,
        "phase": phase,
        "stack": stack,
        "kv_precision": kv_precision,
        "is_training": is_training,
        "recompute": recompute,
        "optimizer": optimizer,
        "where": where,
    }
    return sweep(
        {name: value for name, value in space.items() if value is not None},
        objective,
        constraint or (),
        [part.strip() for part in pareto.split(",")] if pareto else (),
        top,
        form_of(context, output),
    )
