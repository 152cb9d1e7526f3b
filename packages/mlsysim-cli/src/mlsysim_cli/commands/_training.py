"""The command that trains a model on a system: what it takes."""

from pathlib import Path
from typing import Annotated

import typer

from .._flags import FLAGS
from ..output._form import form_of
from . import _completion as completion
from . import _options as options
from . import _serving_options as serving

__all__ = ["register"]

_TRAIN = """\b
Examples:
  mlsysim train Llama3_8B DGX_H100 -b 64 --zero 1 --micro-batches 8
  mlsysim train Llama3_70B Research_256 -b 1024 --tp 8 --pp 4 --micro-batches 128 --explain
  mlsysim train Llama3_8B DGX_H100 -b 64 --zero 3 --micro-batches 4 --min-mfu 0.4 -o json
  mlsysim train Llama3_70B Research_256 -b 256 --tp 8 --pp 4 --trace step.json

\b
What --tp, --pp and --cp leave of the devices is data-parallel; --dp only checks it.
`mlsysim optimize parallelism` finds the best strategy.
Exit status: 0 an answer, 1 bad input, 2 it does not fit in memory,
3 a constraint is violated.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train", epilog=_TRAIN)(_train)


def _train(
    context: typer.Context,
    model: options.Model,
    system: serving.System,
    batch_size: serving.StepBatch = 1,
    precision: options.Precision = "bf16",
    efficiency: options.Efficiency = None,
    seq_len: options.SeqLen = None,
    tp: serving.TensorParallel = 1,
    pp: serving.PipelineParallel = 1,
    cp: Annotated[
        int,
        typer.Option(
            "--cp",
            parser=serving.read_whole,
            metavar="COUNT",
            help="Devices that share each sequence.",
        ),
    ] = 1,
    ep: serving.ExpertParallel = 1,
    dp: Annotated[
        int | None,
        typer.Option(
            "--dp",
            parser=serving.read_whole,
            metavar="COUNT",
            help="Data-parallel ranks; what is left, if not given.",
        ),
    ] = None,
    chunks: serving.VirtualStages = 1,
    micro_batches: serving.MicroBatches = None,
    zero: Annotated[
        int,
        typer.Option(
            "--zero",
            parser=serving.read_whole,
            metavar="STAGE",
            help="Sharded: 0 nothing, 1 optimizer, 2 gradients too, 3 weights too.",
        ),
    ] = 0,
    recompute: Annotated[
        str,
        typer.Option(
            *FLAGS["recompute"],
            metavar="WHAT",
            help="none, selective, alternate or full.",
            autocompletion=completion.any_of("none", "selective", "alternate", "full"),
        ),
    ] = "selective",
    schedule: Annotated[
        str,
        typer.Option(
            "--schedule",
            metavar="NAME",
            help="Of the pipeline: 1f1b, zero_bubble, dualpipe.",
            autocompletion=completion.any_of("1f1b", "zero_bubble", "dualpipe"),
        ),
    ] = "1f1b",
    optimizer: Annotated[
        str,
        typer.Option(
            *FLAGS["optimizer"],
            metavar="NAME",
            help="adam, adamw, adam_8bit, sgd, momentum, adafactor.",
            autocompletion=completion.optimizer,
        ),
    ] = "adam",
    lora_rank: Annotated[
        int | None,
        typer.Option(
            "--lora-rank",
            parser=serving.read_whole,
            metavar="RANK",
            help="Train only adapters of this rank.",
        ),
    ] = None,
    no_overlap: Annotated[
        bool, typer.Option("--no-overlap", help="Let computation hide no communication.")
    ] = False,
    stack: options.Stack = None,
    max_latency: options.MaxLatency = None,
    min_throughput: options.MinThroughput = None,
    max_memory: options.MaxMemory = None,
    min_mfu: options.MinMfu = None,
    by_part: Annotated[
        bool,
        typer.Option(*FLAGS["by_operator"], help="Say how much communication is hidden, too."),
    ] = False,
    trace: Annotated[
        Path | None,
        typer.Option(
            "--trace",
            metavar="FILE",
            parser=Path,
            help="Write the pipeline's timeline to a file for ui.perfetto.dev.",
        ),
    ] = None,
    output: options.Output = None,
) -> int:
    """Predict one training step of MODEL on SYSTEM."""
    from ..answers._train import answer  # noqa: PLC0415

    settings = {
        "batch_size": batch_size,
        "precision": precision,
        "efficiency": efficiency,
        "seq_len": seq_len,
        "tp_size": tp,
        "pp_size": pp,
        "cp_size": cp,
        "ep_size": ep,
        "v_stages": chunks,
        "microbatch_count": micro_batches,
        "zero_stage": zero,
        "recompute": recompute,
        "schedule": schedule,
        "optimizer": optimizer,
        "lora_rank": lora_rank,
        "overlap": False if no_overlap else None,
        "stack": stack,
    }
    limits = {
        "max_latency": max_latency,
        "min_throughput": min_throughput,
        "max_memory": max_memory,
        "min_mfu": min_mfu,
    }
    form = form_of(context, output)
    return answer(model, system, settings, limits, form, dp=dp, by_part=by_part, trace=trace)
