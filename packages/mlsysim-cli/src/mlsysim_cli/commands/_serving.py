"""The commands that serve a model, and tell whether it fits: what they take."""

from typing import Any

import typer

from ..output._form import form_of
from . import _load_options as load_options
from . import _options as options
from . import _serving_options as serving

__all__ = ["register"]

_SERVE = """\b
Examples:
  mlsysim serve Llama3_8B H100 -b 32 --input-len 2048 --output-len 256
  mlsysim serve Llama3_70B H100 --tp 4 -p fp8 --kv-precision fp8 -o json
  mlsysim serve Llama3_8B H100 -b 64 --max-ttft "2 s" --max-itl "20 ms"
  mlsysim serve Llama3_70B H100 --tp 4 --draft Llama3_8B --draft-tokens 3
  mlsysim serve Llama3_8B H100 --concurrency 64
  mlsysim serve Llama3_8B H100 --requests day.csv --replicas 2 --trace passes.json

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

_NAMES = {"draft": "draft_model", "draft_acceptance": "draft_acceptance_rate"}
"""Settings of the solver, where an option is called otherwise."""
_NEEDED = {
    "draft_tokens": ("draft", "prediction_layers"),
    "draft_acceptance": ("draft", "prediction_layers"),
    "adapter_rank": ("adapters",),
    "policy": ("requests",),
    "replicas": ("requests",),
    "trace": ("requests",),
}
"""Options that say nothing without one of others."""


_DRAWN = ("input_len", "output_len", "cached_prefix")
"""Options that a file of requests answers."""
_LENGTHS = ("seq_len", "output_len", "cached_prefix_len")


def _told(context: typer.Context, name: str) -> bool:
    return "DEFAULT" not in str(context.get_parameter_source(name))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve", epilog=_SERVE)(_serve)
    app.command("fit", epilog=_FIT)(_fit)


def _serve(
    context: typer.Context,
    model: options.Model,
    hardware: options.Hardware,
    batch_size: serving.ServedBatch = None,
    input_len: serving.InputLen = 2048,
    output_len: serving.OutputLen = 256,
    precision: options.Precision = "fp16",
    kv_precision: options.KvPrecision = None,
    activation_precision: serving.ActivationPrecision = None,
    efficiency: options.Efficiency = None,
    tp: serving.TensorParallel = 1,
    pp: serving.PipelineParallel = 1,
    ep: serving.ExpertParallel = 1,
    dp_attention: serving.DataParallelAttention = 1,
    cached_prefix: serving.CachedPrefix = 0,
    prefill_chunk: serving.PrefillChunk = None,
    draft: serving.Draft = None,
    draft_tokens: serving.DraftTokens = None,
    draft_acceptance: serving.DraftAcceptance = None,
    prediction_layers: serving.PredictionLayers = None,
    adapters: serving.Adapters = None,
    adapter_rank: serving.AdapterRank = None,
    kv_offload: serving.KvOffload = None,
    concurrency: load_options.Concurrency = None,
    arrival_rate: load_options.ArrivalRate = None,
    max_batch: load_options.MaxBatch = None,
    requests: load_options.RequestFile = None,
    policy: load_options.Policy = None,
    replicas: load_options.Replicas = None,
    trace: load_options.Trace = None,
    stack: options.Stack = None,
    max_ttft: serving.MaxTtft = None,
    max_itl: serving.MaxItl = None,
    min_throughput: options.MinThroughput = None,
    output: options.Output = None,
) -> int:
    """Predict a batch of requests, or a load, from the first token to the last."""
    settings: dict[str, Any] = {
        "seq_len": input_len,
        "output_len": output_len,
        "precision": precision,
        "kv_precision": kv_precision,
        "activation_precision": activation_precision,
        "efficiency": efficiency,
        "tp": tp,
        "pp": pp,
        "ep": ep,
        "dp_attention": dp_attention,
        "cached_prefix_len": cached_prefix,
        "stack": stack,
    }
    asked: dict[str, Any] = {
        "batch_size": batch_size,
        "prefill_chunk": prefill_chunk,
        "draft": draft,
        "draft_tokens": draft_tokens,
        "draft_acceptance": draft_acceptance,
        "prediction_layers": prediction_layers,
        "adapters": adapters,
        "adapter_rank": adapter_rank,
        "kv_offload": kv_offload,
    }
    asked_load = {
        "concurrency": concurrency,
        "arrival_rate": arrival_rate,
        "max_batch": max_batch,
    }
    asked_requests = {
        "requests": requests,
        "policy": policy,
        "replicas": replicas,
        "trace": trace,
    }
    of_a_batch, load, of_requests = (
        {name: value for name, value in given.items() if value is not None}
        for given in (asked, asked_load, asked_requests)
    )
    given = of_a_batch.keys() | of_requests.keys()
    for name, needed in _NEEDED.items():
        if name in given and not given & set(needed):
            flags = " or ".join(f"--{one.replace('_', '-')}" for one in needed)
            raise typer.BadParameter(
                f"it needs {flags}", param_hint=f"'--{name.replace('_', '-')}'"
            )
    limits = {"max_ttft": max_ttft, "max_itl": max_itl, "min_throughput": min_throughput}
    form = form_of(context, output)
    if requests is not None:
        from ..answers import _serve_requests  # noqa: PLC0415

        foreign = [name for name in (*_DRAWN, *of_a_batch, "arrival_rate") if _told(context, name)]
        common = {name: value for name, value in settings.items() if name not in _LENGTHS}
        rules = {**load, **of_requests}
        for name in ("requests", "trace"):
            rules.pop(name, None)
        return _serve_requests.answer(
            model, hardware, requests, {**common, **rules}, foreign, trace, limits, form
        )
    if load:
        from ..answers import _serve_load  # noqa: PLC0415

        return _serve_load.answer(model, hardware, settings, load, of_a_batch, limits, form)
    from ..answers._serve import answer  # noqa: PLC0415

    named = {_NAMES.get(name, name): value for name, value in of_a_batch.items()}
    return answer(model, hardware, {"batch_size": 1, **settings, **named}, limits, form)


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
