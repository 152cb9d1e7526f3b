"""The commands that draw: what they take."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from .._flags import FLAGS
from .._group import Group
from ..output._terminal import write
from . import _options as options
from . import _serving_options as serving
from . import _several as several

__all__ = ["register"]

_STATUSES = """\b
Exit status: 0 a picture, 1 bad input, 2 something does not fit in memory.
"""
_PLOT = """\b
Examples:
  mlsysim plot roofline Llama3_8B H100 -b 1,8,64 > roofline.svg
  mlsysim plot breakdown Llama3_8B A100 H100 B200 -b 32 -o breakdown.svg

\b
SVG goes to standard output, or to the file after -o. .png and .pdf take matplotlib.
"""
_BREAKDOWN = f"""\b
Examples:
  mlsysim plot breakdown Llama3_8B A100 H100 B200 -b 32 > breakdown.svg
  mlsysim plot breakdown Llama3_8B H100 -p fp16,fp8,int4 -o formats.svg

{_STATUSES}"""
_MEMORY = f"""\b
Examples:
  mlsysim plot memory Llama3_8B,Llama3_70B H100 -b 64 > memory.svg
  mlsysim plot memory Llama3_8B H100 --training -o training.svg

{_STATUSES}"""
_ROOFLINE = f"""\b
Examples:
  mlsysim plot roofline Llama3_8B H100 -b 1,8,64,256 > roofline.svg
  mlsysim plot roofline Llama3_8B,ResNet50 A100 H100 -b 32 -o roofline.svg

{_STATUSES}"""
_TIMELINE = f"""\b
Examples:
  mlsysim plot timeline Llama3_70B Research_256 -b 256 --tp 8 --pp 4 --micro-batches 8 > step.svg
  mlsysim plot timeline Llama3_8B DGX_H100 -b 64 --pp 4 --micro-batches 16 -o step.svg

{_STATUSES}"""
_PARETO = """\b
Examples:
  mlsysim plot pareto Llama3_8B A100,H100,B200 -b 1:512:log2 > front.svg
  mlsysim plot pareto Llama3_8B H100,B200 -b 1:256 --pareto "min latency, min energy" -o front.svg

\b
Exit status: 0 a picture, 1 bad input or no point that fits and keeps the constraints.
"""
_MEASURED = """\b
Examples:
  mlsysim plot measured mine.csv --task decode > decode.svg

\b
Exit status: 0 a picture, 1 bad input or not one row that could be predicted.
`mlsysim schema measurements` describes the file.
"""


_PASSES = {
    "breakdown": ("Draw where the time of passes goes: a bar for every combination.", _BREAKDOWN),
    "memory": ("Draw what the memory holds: a bar for every combination.", _MEMORY),
    "roofline": ("Draw rooflines, and a point under them for every combination.", _ROOFLINE),
}


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in {".svg", ".png", ".pdf"}:
        raise typer.BadParameter(
            f"a picture goes to a file that ends in .svg, .png or .pdf, got {text!r}"
        )
    return path


Target = Annotated[
    Path | None,
    typer.Option(
        *FLAGS["output"],
        parser=_file,
        metavar="OUT.svg|OUT.png|OUT.pdf",
        help="File to write to; standard output if not given.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands, in a group of their own."""
    group = typer.Typer(cls=Group, rich_markup_mode=None, epilog=_PLOT)
    group.callback(invoke_without_command=True)(_plot)
    for kind, (about, examples) in _PASSES.items():
        group.command(kind, help=about, epilog=examples)(_passes(kind))
    group.command("timeline", epilog=_TIMELINE)(_timeline)
    group.command("pareto", epilog=_PARETO)(_pareto)
    group.command("measured", epilog=_MEASURED)(_measured)
    app.add_typer(group, name="plot")


def _plot(context: typer.Context) -> None:
    """Draw predictions as SVG."""
    if form := context.find_root().params.get("output"):
        raise typer.BadParameter(f"a picture has no form: leave out -o {form}")
    if context.invoked_subcommand is None:
        raise typer.Exit(write(context.get_help() + "\n"))


def _passes(kind: str) -> Callable[..., int]:
    """Make the command that draws one kind of picture of passes."""

    def command(
        model: several.Models,
        hardware: several.MoreDevices,
        batch_size: several.Batches = "1",
        precision: several.Precisions = "fp16",
        efficiency: several.Efficiencies = None,
        seq_len: several.Lengths = None,
        phase: several.Phases = None,
        kv_precision: several.KvPrecisions = None,
        stack: several.Stacks = None,
        is_training: options.Training = False,
        recompute: options.Recompute = None,
        optimizer: options.Optimizer = None,
        output: Target = None,
    ) -> int:
        given = locals()
        from ..answers._plot import passes  # noqa: PLC0415

        return passes(kind, several.lists_of(given), several.shared_of(given), output)

    return command


def _timeline(
    model: options.Model,
    system: serving.System,
    batch_size: serving.StepBatch = 1,
    precision: options.Precision = "bf16",
    seq_len: options.SeqLen = None,
    tp: serving.TensorParallel = 1,
    pp: serving.PipelineParallel = 1,
    v_stages: serving.VirtualStages = 1,
    micro_batches: serving.MicroBatches = None,
    output: Target = None,
) -> int:
    """Draw a training step on a pipeline: who works on which micro-batch, and when."""
    from ..answers._plot import timeline  # noqa: PLC0415

    settings = {
        "batch_size": batch_size,
        "precision": precision,
        "seq_len": seq_len,
        "tp_size": tp,
        "pp_size": pp,
        "v_stages": v_stages,
        "microbatch_count": micro_batches,
    }
    return timeline(model, system, settings, output)


def _pareto(
    models: several.Models,
    hardware: several.Devices,
    batch_size: several.Ranges = "1",
    precision: several.Precisions = "fp16",
    seq_len: several.LengthRanges = None,
    phase: several.Phases = None,
    stack: several.Stacks = None,
    pareto: Annotated[
        str,
        typer.Option("--pareto", metavar="GOAL,GOAL", help="Two goals, separated by a comma."),
    ] = "min latency, max throughput",
    constraint: Annotated[
        list[str] | None,
        typer.Option(
            "--constraint", metavar="COMPARISON", help="Such as 'latency < 50 ms'; repeatable."
        ),
    ] = None,
    output: Target = None,
) -> int:
    """Draw the points of a design space over two goals, and their front."""
    from ..answers._plot import front  # noqa: PLC0415

    goals = serving.words_of(pareto)
    if len(goals) != 2:
        raise typer.BadParameter(
            f"--pareto takes two goals, such as 'min latency, max throughput', got {pareto!r}"
        )
    space = {
        "models": models,
        "hardware": hardware,
        "batch_size": batch_size,
        "precision": precision,
        "seq_len": seq_len,
        "phase": phase,
        "stack": stack,
    }
    given = {name: value for name, value in space.items() if value is not None}
    return front(given, goals, constraint or (), output)


def _measured(
    file: serving.Measurements,
    task: serving.Tasks = None,
    output: Target = None,
) -> int:
    """Draw predictions against the measurements of one task in FILE.csv."""
    from ..answers._plot import measured  # noqa: PLC0415

    tasks = [word for text in task or () for word in serving.words_of(text)]
    return measured(file, tasks or None, output)
