"""`mlsysim serve`: a batch of requests, from the first token to the last."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_bytes
from mlsysim_solvers import FitModel, ServingModel, ServingResult

from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import write
from ._bounds import hold, verdict_section
from ._fit import ledger
from ._halving import largest
from ._limits import Verdict, exit_status

__all__ = ["advise", "answer", "document"]

_TOO_LARGE = "does not fit in memory"
_NO_POWER = "the power of this hardware is unknown"
_RANKS = (2, 4, 8)
_ALSO = (
    "dp_attention", "cached_prefix_len", "prefill_chunk", "draft_model", "draft_tokens",
    "draft_acceptance_rate", "prediction_layers", "adapters", "adapter_rank", "kv_offload",
)  # fmt: skip
"""Settings that are told where they were given."""
_FITTED = ("precision", "kv_precision", "activation_precision", "tp", "pp", "ep", "stack")

Advice = list[dict[str, Any]]


def answer(
    model: str,
    hardware: str,
    settings: dict[str, Any],
    limits: Mapping[str, str | None],
    form: Format,
) -> int:
    """Ask, write the answer, and return the exit status."""
    found = ServingModel().solve(model, hardware, **settings)
    verdicts = hold(
        limits,
        {
            "max_ttft": (found.ttft_seconds, "s"),
            "max_itl": (found.itl_seconds, "s"),
            "min_throughput": (found.tokens_per_second, "token/s"),
        },
    )
    advice = [] if found.feasible else list(advise(model, hardware, settings))
    if form in {Format.TABLE, Format.MARKDOWN}:
        sections = _sections(found, settings, verdicts, advice)
        text = for_people(sections, form)
    else:
        text = _data(document(found, settings), verdicts, advice, form)
    return write(text) or exit_status(_shortage(found), verdicts)


def _shortage(found: ServingResult) -> str:
    asked, memory = found.settings, found.memory
    if found.feasible:
        return ""
    return (
        f"{asked.model} does not fit on {asked.devices} x {asked.hardware}: a device needs "
        f"{brief_bytes(memory.total)} of {brief_bytes(memory.capacity)}"
    )


def advise(model: Any, hardware: Any, settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """List the single changes that make it fit, each asked of the solver."""

    def fits(**changes: Any) -> bool:
        try:
            return ServingModel().solve(model, hardware, **{**settings, **changes}).feasible
        except InputError:  # not every layout or format can be had
            return False

    def change(name: str, value: Any, text: str) -> dict[str, Any]:
        return {"change": name, "to": value, "text": text}

    batch = largest(settings["batch_size"], lambda count: fits(batch_size=count))
    if batch:
        yield change("batch_size", batch, f"a batch of at most {batch:,} (--batch-size {batch})")
    length = largest(settings["seq_len"], lambda count: fits(seq_len=count))
    if length:
        yield change("input_len", length, f"at most {length:,} tokens in (--input-len {length})")
    fitted = {name: settings[name] for name in _FITTED}
    total = settings["seq_len"] + settings["output_len"]
    narrower = FitModel().solve(model, hardware, total - 1, settings["batch_size"], **fitted)
    for name in narrower.precisions:
        if fits(precision=name):
            yield change("precision", name, f"weights in {name} (--precision {name})")
            break
    for ranks in _RANKS:
        if ranks > settings["tp"] and fits(tp=ranks):
            text = f"{ranks * settings['pp']:,} devices that share it (--tp {ranks})"
            yield change("tp", ranks, text)
            break


def document(found: ServingResult, settings: dict[str, Any]) -> dict[str, Any]:
    """Describe the answer for scripts."""
    asked, why = found.settings, "" if found.feasible else _TOO_LARGE

    def answered(number: float | None, unit: str, reason: str = "") -> dict[str, Any]:
        return measure(number if found.feasible else None, unit, why or reason)

    energy = None if found.joules is None else found.joules
    tokens = asked.batch_size * asked.output_len
    return {
        "model": asked.model,
        "hardware": asked.hardware,
        "devices": asked.devices,
        "tp": settings["tp"],
        "pp": settings["pp"],
        "ep": settings["ep"],
        "precision": asked.precision,
        "batch_size": asked.batch_size,
        "input_len": asked.seq_len,
        "output_len": asked.output_len,
        "stack": asked.stack,
        **_also(settings),
        "feasible": found.feasible,
        "ttft": answered(found.ttft_seconds, "s"),
        "itl": answered(found.itl_seconds, "s"),
        "end_to_end": answered(found.end_to_end_seconds, "s"),
        "throughput": answered(found.tokens_per_second, "token/s"),
        "output_throughput": answered(found.output_tokens_per_second, "token/s"),
        "energy": answered(energy, "J", _NO_POWER),
        "energy_per_token": answered(
            None if energy is None else energy / tokens, "J/token", _NO_POWER
        ),
        "memory": ledger(found.memory),
        "prefill": {name: measure(seconds, "s") for name, seconds in found.prefill_parts},
        "decode": {name: measure(seconds, "s") for name, seconds in found.decode_parts},
        "notes": list(found.notes),
    }


def _also(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that were given beside the usual ones."""
    return {
        name: settings[name]
        for name in _ALSO
        if settings.get(name) and (name, settings[name]) != ("dp_attention", 1)
    }


def _data(record: dict[str, Any], verdicts: Sequence[Verdict], advice: Advice, form: Format) -> str:
    if form is Format.JSON:
        if verdicts:
            record["constraints"] = [verdict.record() for verdict in verdicts]
        if not record["feasible"]:
            record["advice"] = advice
        return as_json(record)
    record["advice"] = [one["text"] for one in advice]  # every line has the same columns
    record["violated"] = [verdict.name for verdict in verdicts if not verdict.satisfied]
    return as_csv([record])


def _sections(
    found: ServingResult, settings: dict[str, Any], verdicts: Sequence[Verdict], advice: Advice
) -> list[Section]:
    outcome, *rest = found.sections()
    if also := _also(settings):
        told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in also.items())
        outcome = outcome._replace(rows=[*outcome.rows, ("with", told)])
    sections = [outcome]
    if not found.feasible:
        texts = [one["text"] for one in advice]
        none = ["no single change of batch, length, precision or devices of a layer"]
        sections.append(Section(heading="What would fit", lines=texts or none))
    if verdicts:
        sections.append(verdict_section(verdicts))
    return [*sections, *rest]
