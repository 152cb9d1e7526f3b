"""Rows that measure training: what the library predicts for each of their metrics."""

from collections.abc import Mapping
from functools import lru_cache

from mlsysim_core.errors import InputError, MissingValueError
from mlsysim_core.formats import FORMATS, resolve
from mlsysim_core.specs import ModelSpec

from ...training._job import Job
from ...training._result import DistributedResult
from ._devices import device_of
from ._flops import step_flops
from ._models import model_from_row, sequence_length
from ._stacks import training_stack
from ._strategies import PER_DEVICE, best_open, best_stated, is_open, least_state, ranks_stated
from ._systems import system_from_row, usual_node
from ._told import adapters, mean_length

__all__ = ["predict"]

_HOUR = 3600.0
_PRODUCTIVE = 0.86
"""Part of a whole run that its steps take: of six that publish the rate of their steps and their
hours (BLOOM, BloombergGPT, Llama 3.1 405B, LLaMA 65B, PaLM, IBM's Llama 2 7B) the median."""
_RUN = 54.0 * 24.0
"""Hours that a whole run takes at most, where nothing tells its devices: those of Llama 3.1 405B
(Llama Team, 2024, arXiv:2407.21783, sec. 3.3.4) and of DeepSeek-V3 (2024, arXiv:2412.19437)."""
_MOST_DOUBLINGS = 12

_remembered_job = lru_cache(maxsize=256)(Job)
"""Built once, however many of its strategies were measured."""


def predict(row: Mapping[str, str]) -> dict[str, float]:
    """Predict what a row of task ``train`` measured.

    Where a row leaves a part of the strategy open, the fastest that fits is taken: whoever
    published it had tried.

    Parameters
    ----------
    row : mapping of str to str
        A row in the measurement format.

    Returns
    -------
    dict of str to float
        Value by metric.

    Raises
    ------
    MLSysimError
        If the row cannot be predicted; the message is the reason.
    """
    result, model, length = _best(row)
    # Whatever was measured did fit, by means that the row does not tell.
    parts = dict(result.parts)
    del parts["host"]
    if _one_layer(row):
        parts = {name: parts[name] for name in ("compute", "memory", "launch", "tensor")}
    seconds, devices = sum(parts.values()), result.layout.devices
    batch = result.layout.microbatch * result.layout.microbatches * result.layout.dp
    tokens = batch * (length or 1)
    flops = step_flops(row, model, result, batch, length)
    found = {
        "iteration_s": seconds,
        "latency_s": seconds,
        "samples_per_s": batch / seconds,
        "images_per_s": batch / seconds,
        "tokens_per_s": tokens / seconds,
        "tokens_per_s_per_device": tokens / seconds / devices,
        "tflops_per_device": flops / seconds / devices / 1e12,
        "mfu_percent": 100.0 * flops / seconds / devices / result.peak,
    }
    if row.get("tokens"):
        found["device_hours"] = _hours(row, seconds, tokens) * devices
    if result.joules is not None:
        found["power_w"] = result.joules / seconds
    return found


def _best(row: Mapping[str, str]) -> tuple[DistributedResult, ModelSpec, int | None]:
    """Solve every strategy that a row leaves open, and return the best that fits."""
    model = model_from_row(row)
    length = mean_length(row, sequence_length(row))
    if row.get("devices"):
        job = _job(row, model, length)
        found = best_open(row, job) if is_open(row, job) else best_stated(row, job)
        if found is None:
            raise InputError(f"no strategy makes {model.name} fit the row's devices")
        return found, model, job.length
    if row["metric"] not in PER_DEVICE:
        raise MissingValueError("the row does not state its devices")
    return _on_the_fewest(row, model, length)


def _on_the_fewest(
    row: Mapping[str, str], model: ModelSpec, length: int | None
) -> tuple[DistributedResult, ModelSpec, int | None]:
    """Solve on the fewest devices, of one or of whole nodes, that hold a model.

    Of a whole run, on the fewest that end it in time.
    """
    node = usual_node(device_of(row["hardware"]))
    enough = 1.0
    for devices in (1, *(node * 2**power for power in range(_MOST_DOUBLINGS))):
        if devices % ranks_stated(row) or devices < enough:
            continue
        stated = {**row, "devices": str(devices)}
        job = _job(stated, model, length)
        if least_state(job) > devices * job.machine.capacity:
            continue
        found = best_open(stated, job) if is_open(row, job) else best_stated(stated, job)
        if found is None or not found.feasible:
            continue
        if row["metric"] != "device_hours" or _hours(row, found.seconds, found.items) <= _RUN:
            return found, model, job.length
        # Fewer would not do at the full peak.
        enough = _hours(row, found.flops / found.peak, found.items) / _RUN
    raise MissingValueError(f"the row does not state its devices, and {devices:,} are too few")


def _hours(row: Mapping[str, str], seconds: float, tokens: float) -> float:
    """Return the hours of a whole run, of steps that take so long, over so many tokens each."""
    return float(row.get("tokens") or 0.0) / tokens * seconds / _HOUR / _PRODUCTIVE


def _job(row: Mapping[str, str], model: ModelSpec, length: int | None) -> Job:
    precision = _precision(row)
    stack = training_stack(row, model, device_of(row["hardware"]))
    return _remembered_job(
        model,
        system_from_row(row),
        precision,
        None,
        seq_len=length,
        stack=stack,
        flash_attention=row.get("flash_attention") != "0",
        dropout=row.get("flash_attention") == "0",
        gradient_precision=row.get("gradient_precision") or None,
        lora_rank=adapters(row),
        steady=not _one_layer(row),  # some milliseconds reach no power limit
    )


def _one_layer(row: Mapping[str, str]) -> bool:
    """Tell whether a row timed passes of one layer alone."""
    return "forward+backward only" in (row.get("architecture") or "")


def _precision(row: Mapping[str, str]) -> str:
    text = (row.get("precision") or "").casefold()
    if not text:
        device = device_of(row["hardware"])
        return "bf16" if "bf16" in device.precisions else "fp16"
    return _format_in(text)


@lru_cache(maxsize=256)
def _format_in(text: str) -> str:
    for part in (text, *text.split("_")):
        try:
            name = resolve(part)
        except InputError:
            continue
        return name
    for name in FORMATS:
        if name in text:
            return name
    raise InputError(f"precision {text!r} is not known")
