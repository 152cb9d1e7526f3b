"""The commands that predict one pass: what they take."""

from typing import Annotated, Any

import typer

from .._flags import FLAGS, Request
from ..output._form import form_of
from . import _options as options

__all__ = ["STATUSES", "register"]

STATUSES = """\b
Exit status: 0 an answer, 1 bad input, 2 it does not fit in memory,
3 a constraint is violated.
"""

_EVAL = (
    """\b
Examples:
  mlsysim eval Llama3_8B H100 --batch-size 32
  mlsysim eval Llama3_8B H100 --phase prefill --seq-len 8192
  mlsysim eval Llama3_8B H100 -b 64 --max-latency "20 ms"
  mlsysim eval ResNet50 A100 --training -b 256 -o json
  mlsysim eval KeywordSpotting
  mlsysim eval plan.yaml --junit report.xml
  mlsysim eval mymodel mychip --registry ./mine

"""
    + STATUSES
)

_EXPLAIN = (
    """\b
Examples:
  mlsysim explain Llama3_8B H100 --batch-size 32
  mlsysim explain Llama3_8B H100 -o csv > operators.csv

"""
    + STATUSES
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("eval", epilog=_EVAL)(_eval)
    app.command("explain", epilog=_EXPLAIN)(_explain)


def _eval(
    context: typer.Context,
    model: options.ModelOrScenario,
    hardware: options.HardwareOrNone = None,
    batch_size: options.BatchSize = 1,
    precision: options.Precision = "fp16",
    efficiency: options.Efficiency = None,
    seq_len: options.SeqLen = None,
    phase: options.Phase = None,
    kv_precision: options.KvPrecision = None,
    stack: options.Stack = None,
    is_training: options.Training = False,
    recompute: options.Recompute = None,
    optimizer: options.Optimizer = None,
    max_latency: options.MaxLatency = None,
    min_throughput: options.MinThroughput = None,
    max_memory: options.MaxMemory = None,
    max_power: options.MaxPower = None,
    max_energy: options.MaxEnergy = None,
    min_mfu: options.MinMfu = None,
    by_operator: Annotated[
        bool, typer.Option(*FLAGS["by_operator"], help="Show the time of each operator, too.")
    ] = False,
    junit: Annotated[
        str | None,
        typer.Option(
            "--junit",
            metavar="PATH",
            help="Of a plan: write a JUnit report, with a test case for each assertion.",
        ),
    ] = None,
    output: options.Output = None,
) -> int:
    """Predict one pass of MODEL on HARDWARE, or hold a scenario or a plan against its limits."""
    given = {name: value for name, value in locals().items() if name in FLAGS}
    if hardware is None:  # what nobody said is the scenario's to choose
        given = {
            name: value
            for name, value in given.items()
            if name == "output" or "DEFAULT" not in str(context.get_parameter_source(name))
        }
    return _answer(context, model, hardware, given, junit)


def _explain(
    context: typer.Context,
    model: options.Model,
    hardware: options.Hardware,
    batch_size: options.BatchSize = 1,
    precision: options.Precision = "fp16",
    efficiency: options.Efficiency = None,
    seq_len: options.SeqLen = None,
    phase: options.Phase = None,
    kv_precision: options.KvPrecision = None,
    stack: options.Stack = None,
    is_training: options.Training = False,
    recompute: options.Recompute = None,
    optimizer: options.Optimizer = None,
    output: options.Output = None,
) -> int:
    """Show where the time of a pass goes, operator by operator."""
    given = {name: value for name, value in locals().items() if name in FLAGS}
    return _answer(context, model, hardware, {**given, "by_operator": True})


def _answer(
    context: typer.Context,
    model: str,
    hardware: str | None,
    given: dict[str, Any],
    junit: str | None = None,
) -> int:
    from ..answers._eval import answer  # noqa: PLC0415

    form = form_of(context, given.pop("output"))
    return answer(Request.of(model, hardware, given, form), junit)
