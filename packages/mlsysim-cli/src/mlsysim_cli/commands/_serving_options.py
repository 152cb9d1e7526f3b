"""Arguments and options of the commands that serve, fit, train and optimize."""

from typing import Annotated

import typer

from .._flags import FLAGS
from . import _completion as completion
from ._options import read_real, read_whole

__all__ = [
    "ActivationPrecision",
    "AdapterRank",
    "Adapters",
    "CachedPrefix",
    "DataParallelAttention",
    "Draft",
    "DraftAcceptance",
    "DraftTokens",
    "ExpertParallel",
    "InputLen",
    "KvOffload",
    "MaxItl",
    "MaxTtft",
    "Measurements",
    "MicroBatches",
    "OutputLen",
    "PipelineParallel",
    "PredictionLayers",
    "PrefillChunk",
    "ServedBatch",
    "StepBatch",
    "System",
    "Tasks",
    "TensorParallel",
    "Top",
    "VirtualStages",
    "read_whole",
    "words_of",
]


def words_of(text: str) -> list[str]:
    """Part a list by its commas."""
    words = [word.strip() for word in text.split(",")]
    return [word for word in words if word]


ServedBatch = Annotated[
    int | None,
    typer.Option(
        *FLAGS["batch_size"],
        parser=read_whole,
        metavar="COUNT",
        help="Requests served together. [default: 1]",
    ),
]
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
        autocompletion=completion.system,
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
    typer.Option(
        "--task",
        metavar="TASK",
        help="Only rows of this task; may be repeated.",
        autocompletion=completion.each(completion.task),
    ),
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
DataParallelAttention = Annotated[
    int,
    typer.Option(
        "--dp-attention",
        parser=read_whole,
        metavar="COUNT",
        help="Groups that attend to sequences of their own.",
    ),
]
CachedPrefix = Annotated[
    int,
    typer.Option(
        "--cached-prefix",
        parser=read_whole,
        metavar="COUNT",
        help="Tokens of each prompt whose cache is there already.",
    ),
]
PrefillChunk = Annotated[
    int | None,
    typer.Option(
        "--prefill-chunk",
        parser=read_whole,
        metavar="COUNT",
        help="Tokens of a prompt that pass together; all if not given.",
    ),
]
Draft = Annotated[
    str | None,
    typer.Option(
        "--draft",
        metavar="MODEL",
        help="Smaller model that proposes tokens.",
        autocompletion=completion.model,
    ),
]
DraftTokens = Annotated[
    int | None,
    typer.Option(
        "--draft-tokens",
        parser=read_whole,
        metavar="COUNT",
        help="Tokens proposed in each round. [default: 4]",
    ),
]
DraftAcceptance = Annotated[
    float | None,
    typer.Option(
        "--draft-acceptance",
        parser=read_real,
        metavar="FRACTION",
        help="Chance that a proposed token is accepted, 0 to 1. [default: 0.7]",
    ),
]
PredictionLayers = Annotated[
    int | None,
    typer.Option(
        "--prediction-layers",
        parser=read_whole,
        metavar="COUNT",
        help="Layers of the model itself that propose tokens.",
    ),
]
Adapters = Annotated[
    int | None,
    typer.Option(
        "--adapters",
        parser=read_whole,
        metavar="COUNT",
        help="Low-rank adapters that requests choose from.",
    ),
]
AdapterRank = Annotated[
    int | None,
    typer.Option(
        "--adapter-rank",
        parser=read_whole,
        metavar="RANK",
        help="Their rank. [default: 16]",
    ),
]
KvOffload = Annotated[
    float | None,
    typer.Option(
        "--kv-offload",
        parser=read_real,
        metavar="FRACTION",
        help="Part of the cache in the memory of the host, 0 to 1.",
    ),
]
ActivationPrecision = Annotated[
    str | None,
    typer.Option(
        "--activation-precision",
        metavar="FORMAT",
        help="Format of activations.",
        autocompletion=completion.precision,
    ),
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
