"""The commands that serve a model, and tell whether it fits: what they take."""

import typer

from ..output._form import form_of
from . import _options as options
from . import _serving_options as serving

__all__ = ["register"]

_SERVE = """\b
Examples:
  mlsysim serve Llama3_8B H100 -b 32 --input-len 2048 --output-len 256
  mlsysim serve Llama3_70B H100 --tp 4 -p fp8 --kv-precision fp8 -o json
  mlsysim serve Llama3_8B H100 -b 64 --max-ttft "2 s" --max-itl "20 ms"

\b
Exit status: 0 an answer, 1 bad input, 2 it does not fit in memory,
3 a constraint is violated.
"""

_FIT = """\b
Examples:
  mlsysim fit Llama3_70B H100
  mlsysim fit Llama3_70B H100 --tp 4 -b 16 --seq-len 8192 -p fp8 -o json

\b
Exit status: 0 it fits, 1 bad input, 2 it does not fit in memory.
"""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve", epilog=_SERVE)(_serve)
    app.command("fit", epilog=_FIT)(_fit)


def _serve(
    context: typer.Context,
    model: options.Model,
    hardware: options.Hardware,
    batch_size: options.BatchSize = 1,
    input_len: serving.InputLen = 2048,
    output_len: serving.OutputLen = 256,
    precision: options.Precision = "fp16",
    kv_precision: options.KvPrecision = None,
    activation_precision: serving.ActivationPrecision = None,
    efficiency: options.Efficiency = None,
    tp: serving.TensorParallel = 1,
    pp: serving.PipelineParallel = 1,
    ep: serving.ExpertParallel = 1,
    stack: options.Stack = None,
    max_ttft: serving.MaxTtft = None,
    max_itl: serving.MaxItl = None,
    min_throughput: options.MinThroughput = None,
    output: options.Output = None,
) -> int:
    """Predict a batch of requests from the first token to the last."""
    from ..answers._serve import answer  # noqa: PLC0415

    settings = {
        "seq_len": input_len,
        "output_len": output_len,
        "batch_size": batch_size,
        "precision": precision,
        "kv_precision": kv_precision,
        "activation_precision": activation_precision,
        "efficiency": efficiency,
        "tp": tp,
        "pp": pp,
        "ep": ep,
        "stack": stack,
    }
    limits = {"max_ttft": max_ttft, "max_itl": max_itl, "min_throughput": min_throughput}
    return answer(model, hardware, settings, limits, form_of(context, output))


def _fit(
    context: typer.Context,
    model: options.Model,
    hardware: options.Hardware,
    batch_size: options.BatchSize = 1,
    seq_len: options.SeqLen = 2048,
    precision: options.Precision = "fp16",
    kv_precision: options.KvPrecision = None,
    activation_precision: serving.ActivationPrecision = None,
    tp: serving.TensorParallel = 1,
    pp: serving.PipelineParallel = 1,
    ep: serving.ExpertParallel = 1,
    stack: options.Stack = None,
    output: options.Output = None,
) -> int:
    """Tell whether MODEL fits, and how far: batch, context, devices, precision."""
    from ..answers._fit import answer  # noqa: PLC0415

    settings = {
        "seq_len": seq_len,
        "batch_size": batch_size,
        "precision": precision,
        "kv_precision": kv_precision,
        "activation_precision": activation_precision,
        "tp": tp,
        "pp": pp,
        "ep": ep,
        "stack": stack,
    }
    return answer(model, hardware, settings, form_of(context, output))
