"""`mlsysim train`: one step on many devices."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_bytes, brief_time
from mlsysim_solvers import DistributedModel, DistributedResult, chrome_trace

from ..output._data import as_csv, as_json, save
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import write
from ._bounds import hold, verdict_section
from ._limits import Verdict, exit_status
from ._step_document import communication, devices_for, state_of, step_document
from ._systems import check_system

__all__ = ["advise", "answer", "combine"]

_COUNTS = tuple(2**power for power in range(1, 13))
_SPLITS = (2, 4, 8)
_RANK = 16
"""Of adapters, as most people have them."""
_OPTIONS = {
    "microbatch_count": "--micro-batches",
    "zero_stage": "--zero",
    "v_stages": "--virtual-stages",
    "tp_size": "--tp",
    "pp_size": "--pp",
    "cp_size": "--cp",
    "ep_size": "--ep",
    "batch_size": "--batch-size",
}
"""What the solver's settings are called here."""

Advice = list[dict[str, Any]]


def answer(
    model: str,
    system: str,
    settings: dict[str, Any],
    limits: Mapping[str, str | None],
    form: Format,
    *,
    dp: int | None,
    by_part: bool,
    trace: Path | None = None,
) -> int:
    """Ask, write the answer, and return the exit status."""
    check_system(system)
    found = _solved(model, system, settings)
    plan = found.layout
    if dp is not None and dp != plan.dp:
        raise InputError(
            f"--dp must be {plan.dp:,} or left out: tp {plan.tp} x pp {plan.pp} x cp {plan.cp} "
            f"leave that many ranks of the {plan.devices:,} devices of {found.system}; got {dp:,}"
        )
    verdicts = hold(
        limits,
        {
            "max_latency": (found.seconds, "s"),
            "min_throughput": (found.items_per_second, f"{found.unit}/s"),
            "max_memory": (found.footprint, "byte"),
            "min_mfu": (found.mfu, ""),
        },
    )
    if trace is not None:
        save(chrome_trace(found), trace)
    advice: Advice = []
    if not found.feasible:
        advice = list(advise(model, system, settings)) or list(combine(model, system, settings))
    if form in {Format.TABLE, Format.MARKDOWN}:
        sections = _sections(found, verdicts, advice, by_part=by_part)
        text = for_people(sections, form)
    else:
        text = _data(found, verdicts, advice, form, by_part=by_part)
    return write(text) or exit_status(_shortage(found), verdicts)


def _solved(model: str, system: str, settings: dict[str, Any]) -> DistributedResult:
    try:
        return DistributedModel().solve(model, system, **settings)
    except InputError as error:
        text = str(error)
        for name, flag in _OPTIONS.items():
            text = text.replace(name, flag)
        raise InputError(text) from None


def _shortage(found: DistributedResult) -> str:
    if found.feasible:
        return ""
    return (
        f"{found.model} does not fit on {found.system}: a device needs "
        f"{brief_bytes(found.footprint)} of {brief_bytes(found.capacity)}"
    )


def advise(model: Any, system: str, settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """List the single changes of the strategy that make it fit, each asked of the solver."""
    tried = (
        ("zero_stage", "zero", (1, 2, 3), "ZeRO stage"),
        ("tp_size", "tp", _SPLITS, "devices that share each layer:"),
        ("pp_size", "pp", (2, 4, 8, 16), "pipeline stages:"),
        ("cp_size", "cp", _SPLITS, "devices that share each sequence:"),
        ("microbatch_count", "micro-batches", _COUNTS, "micro-batches:"),
        ("recompute", "recompute", ("full",), "activations computed again:"),
    )
    for name, flag, values, what in tried:
        for value in values:
            if value == settings[name]:
                continue
            found = _tried(model, system, {**settings, name: value})
            if found and found.feasible:
                to = flag.replace("-", "_")
                yield {"change": to, "to": value, "text": f"{what} {value} (--{flag} {value})"}
                break


def combine(model: Any, system: str, settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """List what makes it fit where no single change does."""
    least = {**settings, "zero_stage": 3, "recompute": "full"}
    found = None
    given = settings["cp_size"]
    wider = (given, *(one for one in _SPLITS if one > given))
    for cp, count in product(wider, (1, *_COUNTS)):
        tried = {**least, "cp_size": cp, "microbatch_count": count}
        one = _tried(model, system, tried)
        if one and (found is None or one.footprint < found.footprint):
            found, least = one, tried
        if one and one.feasible:
            break
    if found is None:
        return
    plan = found.layout
    flags = f"--zero 3 --recompute full --micro-batches {plan.microbatches}"
    changes = {"zero": 3, "recompute": "full", "micro_batches": plan.microbatches}
    if plan.cp > given:
        flags, changes["cp"] = f"--cp {plan.cp} {flags}", plan.cp
    if found.feasible:
        yield {"change": "strategy", "to": changes, "text": f"all of these together: {flags}"}
        return
    adapted = _tried(model, system, {**least, "lora_rank": _RANK})
    if settings["lora_rank"] is None and adapted and adapted.feasible:
        to, text = {**changes, "lora_rank": _RANK}, f"adapters alone (--lora-rank {_RANK} {flags})"
        yield {"change": "strategy", "to": to, "text": text}
    state, devices = state_of(found), devices_for(found)
    if devices > plan.devices:
        text = f"{devices:,} devices or more: weights, gradients and optimizer are {state}"
        yield {"change": "devices", "to": devices, "text": text}


def _tried(model: Any, system: str, settings: dict[str, Any]) -> DistributedResult | None:
    try:
        return DistributedModel().solve(model, system, **settings)
    except InputError:  # not every size divides what it shares
        return None


def _data(
    found: DistributedResult,
    verdicts: Sequence[Verdict],
    advice: Advice,
    form: Format,
    *,
    by_part: bool,
) -> str:
    document = step_document(found)
    if form is Format.JSON:
        if verdicts:
            document["constraints"] = [verdict.record() for verdict in verdicts]
        if not found.feasible:
            document["advice"] = advice
        if by_part:
            document["communication"] = communication(found)
        return as_json(document)
    if by_part:
        return as_csv({"name": name, "time": time} for name, time in document["breakdown"].items())
    document.pop("if_spilled", None)  # every line has the same columns
    document["advice"] = [one["text"] for one in advice]
    document["violated"] = [verdict.name for verdict in verdicts if not verdict.satisfied]
    return as_csv([document])


def _sections(
    found: DistributedResult, verdicts: Sequence[Verdict], advice: Advice, *, by_part: bool
) -> list[Section]:
    outcome, times, *rest = found.sections()
    sections = [outcome]
    if not found.feasible:
        texts = [one["text"] for one in advice] or ["no change of the strategy that is known here"]
        if not any(one["change"] == "devices" for one in advice):
            texts.append("see `mlsysim optimize parallelism`, which tries all strategies")
        sections.append(Section(heading="What would fit", lines=texts))
    if verdicts:
        sections.append(verdict_section(verdicts))
    return [*sections, times, *(_hidden(found) if by_part else []), *rest]


def _hidden(found: DistributedResult) -> list[Section]:
    rows = [
        (name, brief_time(seconds), brief_time(found.exposed[name]))
        for name, seconds in found.communication.items()
        if seconds
    ]
    header = ("communication", "in all", "exposed")
    heading, right = "What computation hides", frozenset({1, 2})
    return [Section(heading=heading, header=header, rows=rows, right=right)] if rows else []
