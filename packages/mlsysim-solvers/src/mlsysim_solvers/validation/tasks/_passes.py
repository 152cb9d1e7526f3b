"""Rows that measure whole passes of a model: tokens, prompts, samples."""

import math
import re
from collections.abc import Mapping
from dataclasses import replace

from mlsysim_core.account import Account, add_up
from mlsysim_core.device import machine
from mlsysim_core.errors import MissingValueError
from mlsysim_core.operators import Lowered, Phase, Workload, lower_once
from mlsysim_core.physics.energy import pass_energy
from mlsysim_core.specs import HardwareSpec, ModelSpec, Network, StackSpec, Totals

from ..._sharding import Shards, shard
from ...serving._layout import Exchange
from ...serving._links import exchange_seconds, node_of
from .._rows import Row
from ._devices import device_of
from ._formats import Formats, formats_of
from ._models import architecture_of, model_from_row, sequence_length
from ._stacks import stack_of

__all__ = ["predict"]

_PHASES: dict[str, Phase] = {
    "decode": "decode",
    "prefill": "prefill",
    "encode": "forward",
    "vision": "forward",
    "tiny": "forward",
}
_FILLED = {"SQuAD": 0.5}
"""Part of the longest sample that those of a data set fill on average (MLPerf Inference's
questions with their paragraphs, cut at 384 tokens)."""
_VOLUME = 4  # channels, depth, height, width
_HOST_POWER, _SUPPLY = 80.0, 0.9
"""Power of a desktop's processor, board and fans while one thread works [W], and efficiency of
its power supply at half load (80 PLUS Gold)."""
_LARGEST_BATCH = 512
"""Samples that pass together where a row asks only for the most that a device can do."""


def predict(row: Row) -> Mapping[str, float]:
    """Predict what one pass takes, and the rates that follow from it."""
    hardware = device_of(row["hardware"])
    model = model_from_row(row)
    _one_window(row, model)
    stack = stack_of(row["stack"], hardware)
    formats = _formats(row, model, hardware)
    phase = _PHASES[row["task"]]
    scenario = str(row.table("shape").get("scenario", ""))
    offline = scenario in {"Offline", "Server", "Interactive"}
    batch = float(row.count("batch", _LARGEST_BATCH if offline else 1))
    length = _length(row, phase)
    devices, ranks = row.count("devices"), row.count("tp")
    account = _pass(model, hardware, stack, formats, phase, batch, length, ranks, devices)
    seconds = float(account.latency)
    if phase == "prefill":
        seconds *= _overlap(stack, formats, batch * length, devices // ranks)
    # Without tensor parallelism, several devices work through layers one after another.
    copies = devices // ranks if offline or phase == "forward" else 1
    found = {"latency_s": seconds}
    if phase == "decode":
        found["tokens_per_s_per_user"] = 1.0 / seconds
        found["tokens_per_s"] = batch / seconds
        found["tpot_s"] = seconds
        weights = model.architecture.parameters * formats.weight_bytes / ranks
        found["gb_per_s"] = weights / seconds / 1e9
    elif phase == "prefill":
        found["ttft_s"] = seconds
        found["tokens_per_s"] = batch * length / seconds
    else:
        rate = copies * batch / seconds
        found |= {"samples_per_s": rate, "images_per_s": rate, "queries_per_s": rate}
    if power := hardware.number("tdp"):
        held = machine(hardware, formats.arithmetic, stack, formats.storage)
        joules = pass_energy(
            seconds, float(account.arithmetic), float(account.movement), power, held.idle
        )
        found["power_w"] = _drawn(row, ranks * joules / seconds)
        found["energy_j"] = ranks * joules / (batch if phase == "forward" else 1.0)
    return found


def _overlap(stack: StackSpec, formats: Formats, tokens: float, stages: int) -> float:
    """Return the part of the time that is left where stages work on parts of a prompt at once."""
    if stack.rows_at_once is None or formats.storage != formats.arithmetic:
        return 1.0
    parts = min(stack.parts_in_flight, math.ceil(tokens / stack.rows_at_once))
    return (parts + stages - 1.0) / (parts * stages)


def _one_window(row: Row, model: ModelSpec) -> None:
    """Refuse scans that a network takes window by window, where nothing tells how many."""
    shape = model.architecture
    if not isinstance(shape, Network) or len(shape.input) != _VOLUME:
        return
    if "patch" not in architecture_of(row):
        window = " x ".join(map(str, shape.input[1:]))
        raise MissingValueError(
            f"{model.name} works on windows of {window}, and the row does not tell how many "
            "there are in a sample"
        )


def _drawn(row: Row, power: float) -> float:
    """Return the power of devices, or of their whole machine where that was measured."""
    return (power + _HOST_POWER) / _SUPPLY if "wall power" in row["notes"].casefold() else power


def _formats(row: Row, model: ModelSpec, hardware: HardwareSpec) -> Formats:
    """Settle the formats; a submission that states none takes the narrowest that is usual."""
    stated = any(row[f"{part}precision"] for part in ("", "weight_", "activation_"))
    if stated:
        return formats_of(row)
    have = hardware.compute.peak.formats
    narrow = ("int8",) if isinstance(model.architecture, Network | Totals) else ("fp8", "int8")
    if str(row.table("shape").get("benchmark", "")).endswith("-99.9"):
        narrow = ("fp8",)  # integers do not keep that much of the accuracy
    name = next((one for one in (*narrow, "fp16", "bf16", "fp32") if one in have), have[0])
    return formats_of(Row({**row, "precision": name}))


def _length(row: Row, phase: Phase) -> float:
    if phase == "forward":
        tokens = row.number("input_len") or sequence_length(row) or _mean_length(row)
        return float(tokens or 1)
    read = row.number("input_len")
    if phase == "prefill":
        if not read:
            raise MissingValueError("a prompt needs input_len")
        return read
    if context := row.number("context_len"):
        return context
    written = row.number("output_len")
    if read is None and written is None:
        return 1.0  # nothing stated: the shortest context
    # The cache grows while tokens are written: half of them are there on average.
    return (read or 0.0) + (written or 0.0) / 2.0 + 1.0


def _mean_length(row: Row) -> float | None:
    """Read the length of a data set's samples from its description, without padding."""
    text = str(row.table("shape").get("dataset", ""))
    if found := re.search(r"max seq (\d+)", text):
        return float(found[1]) * _FILLED.get(text.partition(",")[0], 1.0)
    return None


def _pass(
    model: ModelSpec,
    hardware: HardwareSpec,
    stack: StackSpec,
    formats: Formats,
    phase: Phase,
    batch: float,
    length: float,
    ranks: int,
    devices: int,
) -> Account:
    network = isinstance(model.architecture, Network | Totals)
    width = formats.activation_bytes if network else max(formats.activation_bytes, 2.0)
    work = Workload(
        phase=phase,
        batch=batch,
        length=length,
        weights=formats.weight_bytes,
        activations=width,
        cache=formats.cache_bytes,
    )
    lowered = lower_once(model, work)
    exchanged = 0.0
    if ranks > 1:
        lowered, exchanged = _shared(model, hardware, stack, lowered, ranks)
    held = machine(hardware, formats.arithmetic, stack, formats.storage)
    # Devices that share the layers of a model share its memory.
    held = replace(held, capacity=held.capacity * max(devices // ranks, 1))
    account = add_up(lowered, held, None)
    return account._replace(launch=account.launch + exchanged)


def _shared(
    model: ModelSpec, hardware: HardwareSpec, stack: StackSpec, lowered: Lowered, ranks: int
) -> tuple[Lowered, float]:
    """Share a pass among ranks: what each is left with, and the time of their exchanges."""
    links, waiting = node_of(hardware, ranks), stack.number("exchange") or 0.0
    exchanged = sum(
        exchange_seconds(Exchange("reduce", float(one.count), float(one.reduced), ranks), links)
        + one.count * waiting
        for one in lowered.operators
        if one.reduced
    )
    own = shard(model, lowered.operators, Shards(tensor=ranks))
    return lowered._replace(
        operators=tuple(own),
        weights=lowered.weights / ranks,
        cache=lowered.cache / ranks,
        activations=lowered.activations / ranks,
    ), exchanged
