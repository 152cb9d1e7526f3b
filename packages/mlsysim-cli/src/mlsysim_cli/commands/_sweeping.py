"""The command that goes through a design space: what it takes."""

from typing import Annotated

import typer

from .._flags import FLAGS
from ..output._form import form_of
from . import _completion as completion
from . import _options as options
from . import _several as several

__all__ = ["register"]

_SWEEP = """\b
Examples:
  mlsysim sweep Llama3_8B A100,H100 --batch-size 1:256:log2
  mlsysim sweep Llama3_8B H100 -b 1:512 --objective "max throughput" \\
      --constraint "latency < 20 ms" --top 5
  mlsysim sweep Llama3_8B,Llama3_70B H100,B200 -b 1:1024:log2 -p fp16,fp8 \\
      --pareto "min latency, max throughput" -o csv > front.csv
  mlsysim sweep Llama3_8B H100 -b 1:4096:log -s 16:8192 --optimize 2000 \\
      --objective "max throughput" --constraint "latency < 20 ms"
  mlsysim sweep plan.yaml --workers 2 --out points

\b
Values: 8, or 1,2,4, or ranges with both ends, 1:256, 1:256:8 in steps, 1:256:log2 doubling;
for --sample and --optimize also without steps, 1:256:log, and efficiencies as 0.2:0.9.
A batch size or a length may be an expression as well: --seq-len "131072 / batch_size".
A plan is a file of YAML, JSON or TOML with the same words as keys: models, hardware,
batch_size, constraint, ... What is said here as well goes before what it says.
Killed at any moment, --out FOLDER goes on where it stood when the same is asked again.
Exit status: 0 an answer, 1 bad input, 2 no point fits, 3 no point keeps every constraint.
"""

_VALUES = "NUMBER|LIST|RANGE"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sweep", epilog=_SWEEP)(_sweep)


def _sweep(
    context: typer.Context,
    models: Annotated[
        str,
        typer.Argument(
            metavar="MODEL[,MODEL]|PLAN",
            help="Models, by their names, or a file.",
            autocompletion=completion.each(completion.model),
        ),
    ],
    hardware: Annotated[
        str | None,
        typer.Argument(
            metavar="HARDWARE[,HARDWARE]",
            help="Devices, by their names.",
            autocompletion=completion.each(completion.hardware),
        ),
    ] = None,
    batch_size: Annotated[
        str, typer.Option(*FLAGS["batch_size"], metavar=_VALUES, help="Batch sizes.")
    ] = "1",
    seq_len: Annotated[
        str | None,
        typer.Option(
            *FLAGS["seq_len"], metavar=_VALUES, help="Tokens of context, or of each sequence."
        ),
    ] = None,
    precision: several.Precisions = "fp16",
    efficiency: Annotated[
        str | None,
        typer.Option(*FLAGS["efficiency"], metavar=_VALUES, help="Fractions of the dense peak."),
    ] = None,
    phase: several.Phases = None,
    stack: several.Stacks = None,
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
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="COUNT", min=1, help="Draw so many points, not all."),
    ] = None,
    method: Annotated[
        str, typer.Option("--method", metavar="random|latin", help="How --sample draws them.")
    ] = "random",
    seed: Annotated[
        int, typer.Option("--seed", metavar="NUMBER", min=0, help="Equal seeds draw equal points.")
    ] = 0,
    optimize: Annotated[
        int | None,
        typer.Option(
            "--optimize", metavar="COUNT", min=1, help="Try so many points where others were good."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            metavar="PATH",
            help="Write points to a file (.csv, .json, .md, .parquet, .arrow) or a folder.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="COUNT", min=1, help="Processes that fill the folder."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Dask cluster that fills the folder."),
    ] = None,
    output: options.Output = None,
) -> int:
    """Predict every combination of MODELs, HARDWARE and values, or the best of them."""
    from mlsysim_solvers.exploration._plan import SPACE, SWEEP, SweepPlan  # noqa: PLC0415

    from ..answers._sweep import planned, sweep  # noqa: PLC0415

    given = {
        name: value
        for name, value in locals().items()
        if name in {*SPACE, *SWEEP}
        and value is not None
        and "DEFAULT" not in str(context.get_parameter_source(name))
    }
    return sweep(SweepPlan.of(planned(given)), form_of(context, output))
