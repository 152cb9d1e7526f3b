"""The commands that search for the best way to train or to serve: what they take."""

from typing import Annotated

import typer

from .._flags import FLAGS
from .._group import Group
from ..output._form import Format, form_of
from ..output._terminal import write
from . import _completion as completion
from . import _options as options
from . import _serving_options as serving
from . import _several as several

__all__ = ["register"]

_OPTIMIZE = """\b
Examples:
  mlsysim optimize parallelism Llama3_70B Research_256 -b 1024
  mlsysim optimize serving Llama3_8B H100,A100 --max-itl "20 ms"
"""

_PARALLELISM = """\b
Examples:
  mlsysim optimize parallelism Llama3_70B Research_256 -b 1024
  mlsysim optimize parallelism Llama3_70B Research_256 -b 1024 --tp 8 --zero 0,1 --top 3
  mlsysim optimize parallelism Llama3_8B DGX_H100 -b 64 --objective memory -o json
  mlsysim optimize parallelism Llama3_8B DGX_H100 -b 64 --pareto -o csv > front.csv

\b
Exit status: 0 an answer, 1 bad input, 2 no strategy fits in memory,
3 none that fits keeps the constraints.
"""

_SERVING = """\b
Examples:
  mlsysim optimize serving Llama3_8B H100,A100 --input-len 2048 --output-len 256
  mlsysim optimize serving Llama3_70B H100 -p fp16,fp8 --max-ttft "2 s" --max-itl "20 ms"
  mlsysim optimize serving Llama3_70B H200 --prefill-hardware H100 --max-itl "25 ms"
  mlsysim optimize serving Llama3_8B H100 --pareto -o csv > front.csv

\b
Exit status: 0 an answer, 1 bad input, 2 nothing fits in memory,
3 nothing that fits keeps the constraints.
"""


def register(app: typer.Typer) -> None:
    """Add the commands, in a group of their own."""
    group = typer.Typer(cls=Group, rich_markup_mode=None, epilog=_OPTIMIZE)
    group.callback(invoke_without_command=True)(_optimize)
    group.command("parallelism", epilog=_PARALLELISM)(_parallelism)
    group.command("serving", epilog=_SERVING)(_serving)
    app.add_typer(group, name="optimize")


def _optimize(
    context: typer.Context,
    output: options.Output = None,  # noqa: ARG001  # a command looks for it here
) -> None:
    """Find the best way to train (parallelism) or to serve a model."""
    if context.invoked_subcommand is None:
        raise typer.Exit(write(context.get_help() + "\n"))


def _form(context: typer.Context, output: str | None) -> Format:
    said = context.parent.params.get("output") if context.parent else None
    return form_of(context, output or said)


def _counts(text: str | None, name: str) -> list[int] | None:
    """Read whole numbers between commas."""
    if text is None:
        return None
    try:
        found = [int(word) for word in serving.words_of(text)]
    except ValueError:
        found = []
    if not found:
        raise typer.BadParameter(f"--{name} must be such as 8 or 1,2,4, got {text!r}")
    return found


def _listed(top: int | None, *, pareto: bool) -> int:
    if top is not None and pareto:
        raise typer.BadParameter("--top and --pareto exclude each other")
    return top or _LISTED


_LISTED = 5
Counts = "COUNT[,COUNT]"
Pareto = Annotated[
    bool, typer.Option("--pareto", help="List the front instead: what no other beats in all.")
]


def _parallelism(
    context: typer.Context,
    model: options.Model,
    system: serving.System,
    batch_size: serving.StepBatch,
    precision: options.Precision = "bf16",
    efficiency: options.Efficiency = None,
    seq_len: options.SeqLen = None,
    objective: Annotated[
        str,
        typer.Option(
            "--objective",
            metavar="WHAT",
            help="time, memory or energy.",
            autocompletion=completion.any_of("time", "memory", "energy"),
        ),
    ] = "time",
    tp: Annotated[
        str | None,
        typer.Option(
            "--tp",
            metavar=Counts,
            help="Devices that share a layer, to try; all that divide, if not given.",
        ),
    ] = None,
    pp: Annotated[
        str | None, typer.Option("--pp", metavar=Counts, help="Stages to try; likewise.")
    ] = None,
    cp: Annotated[
        str, typer.Option("--cp", metavar=Counts, help="Devices that share a sequence, to try.")
    ] = "1",
    ep: Annotated[
        str | None, typer.Option("--ep", metavar=Counts, help="Groups of experts to try; likewise.")
    ] = None,
    zero: Annotated[
        str, typer.Option("--zero", metavar="STAGE[,STAGE]", help="ZeRO stages to try.")
    ] = "0,1,2,3",
    recompute: Annotated[
        str | None,
        typer.Option(
            *FLAGS["recompute"],
            metavar="WHAT[,WHAT]",
            help="What to try.",
            autocompletion=completion.each(
                completion.any_of("none", "selective", "alternate", "full")
            ),
        ),
    ] = None,
    stack: options.Stack = None,
    max_latency: options.MaxLatency = None,
    max_memory: options.MaxMemory = None,
    top: serving.Top = None,
    pareto: Pareto = False,
    output: options.Output = None,
) -> int:
    """Try every strategy to train MODEL on SYSTEM, and list the best."""
    from ..answers._optimize_parallelism import answer  # noqa: PLC0415

    most = _listed(top, pareto=pareto)
    settings = {
        "batch_size": batch_size,
        "precision": precision,
        "efficiency": efficiency,
        "seq_len": seq_len,
        "objective": objective,
        "tp_sizes": _counts(tp, "tp"),
        "pp_sizes": _counts(pp, "pp"),
        "cp_sizes": _counts(cp, "cp"),
        "ep_sizes": _counts(ep, "ep"),
        "zero_stages": _counts(zero, "zero"),
        "recompute": serving.words_of(recompute) if recompute else None,
        "stack": stack,
        "keep": max(most, 2),  # the second says why the first is best
    }
    limits = {"max_latency": max_latency, "max_memory": max_memory}
    return answer(model, system, settings, limits, _form(context, output), most, pareto=pareto)


def _serving(
    context: typer.Context,
    model: options.Model,
    hardware: several.Devices,
    input_len: serving.InputLen = 2048,
    output_len: serving.OutputLen = 256,
    precision: several.Precisions = "fp16,fp8",
    kv_precision: options.KvPrecision = None,
    efficiency: options.Efficiency = None,
    concurrency: Annotated[
        str,
        typer.Option("--concurrency", metavar=Counts, help="Requests under way on a replica."),
    ] = "1,2,4,8,16,32,64,128,256,512",
    max_devices: Annotated[
        int,
        typer.Option(
            "--max-devices",
            parser=serving.read_whole,
            metavar="COUNT",
            help="Devices of a replica at most.",
        ),
    ] = 8,
    prefill_hardware: Annotated[
        str | None,
        typer.Option(
            "--prefill-hardware",
            metavar="HARDWARE[,HARDWARE]",
            help="Devices that may read prompts for others; all of HARDWARE, if not given.",
            autocompletion=completion.each(completion.hardware),
        ),
    ] = None,
    stack: options.Stack = None,
    max_ttft: serving.MaxTtft = None,
    max_itl: serving.MaxItl = None,
    top: serving.Top = None,
    pareto: Pareto = False,
    output: options.Output = None,
) -> int:
    """Try devices, layouts, formats and batches to serve MODEL, and list the best."""
    from ..answers._optimize_serving import answer  # noqa: PLC0415

    settings = {
        "seq_len": input_len,
        "output_len": output_len,
        "precisions": serving.words_of(precision),
        "kv_precision": kv_precision,
        "efficiency": efficiency,
        "batches": _counts(concurrency, "concurrency"),
        "max_devices": max_devices,
        "prefill_hardware": serving.words_of(prefill_hardware) if prefill_hardware else None,
        "stack": stack,
    }
    limits = {"max_ttft": max_ttft, "max_itl": max_itl}
    devices, most = serving.words_of(hardware), _listed(top, pareto=pareto)
    return answer(model, devices, settings, limits, _form(context, output), most, pareto=pareto)
