"""Options of `mlsysim serve` for requests that come and go."""

from pathlib import Path
from typing import Annotated

import typer

from ._options import read_real, read_whole

__all__ = [
    "ArrivalRate",
    "Concurrency",
    "MaxBatch",
    "Policy",
    "Replicas",
    "RequestFile",
    "Trace",
]

Concurrency = Annotated[
    int | None,
    typer.Option(
        "--concurrency",
        parser=read_whole,
        metavar="COUNT",
        help="Clients in a closed loop: the steady state, and no batch.",
    ),
]
ArrivalRate = Annotated[
    float | None,
    typer.Option(
        "--arrival-rate",
        parser=read_real,
        metavar="NUMBER",
        help="Requests that arrive in a second: the same.",
    ),
]
MaxBatch = Annotated[
    int | None,
    typer.Option(
        "--max-batch",
        parser=read_whole,
        metavar="COUNT",
        help="Most requests that run together under such a load. [default: 256]",
    ),
]
RequestFile = Annotated[
    Path | None,
    typer.Option(
        "--requests",
        metavar="FILE",
        parser=Path,
        help="Requests to play one by one: CSV or JSON lines with arrivals and tokens.",
    ),
]
Policy = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME",
        help="How prompts and tokens of such requests mix: chunked, continuous, prefill_first, "
        "static; as the stack does if not given.",
    ),
]
Replicas = Annotated[
    int | None,
    typer.Option(
        "--replicas",
        parser=read_whole,
        metavar="COUNT",
        help="Copies of the model that take such requests in turn. [default: 1]",
    ),
]
Trace = Annotated[
    Path | None,
    typer.Option(
        "--trace",
        metavar="FILE",
        parser=Path,
        help="Write every pass over such requests to a file for ui.perfetto.dev.",
    ),
]
