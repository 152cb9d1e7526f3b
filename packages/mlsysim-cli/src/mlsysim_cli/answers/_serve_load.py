"""`mlsysim serve` under a load: requests that come and go, in a steady state."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.specs import optimized_stack
from mlsysim_solvers import BatchingResult, ContinuousBatchingModel

from ..output._data import measure
from ..output._form import Format
from ..output._render import Section
from ._bounds import hold, verdict_section
from ._conclusion import conclude
from ._limits import Verdict

__all__ = ["answer"]

_NO_POWER = "the power of this hardware is unknown"


def answer(
    model: str,
    hardware: str,
    settings: dict[str, Any],
    load: Mapping[str, Any],
    of_a_batch: Mapping[str, Any],
    limits: Mapping[str, str | None],
    form: Format,
) -> int:
    """Ask, write the answer, and return the exit status.

    ``of_a_batch`` are the options that were given and that no load knows.
    """
    if not {"concurrency", "arrival_rate"} & load.keys():
        raise InputError("--max-batch is of a load: give --concurrency or --arrival-rate too")
    if of_a_batch:
        flags = " and ".join(f"--{name.replace('_', '-')}" for name in of_a_batch)
        raise InputError(
            f"{flags}: of one batch of requests; leave it out, or the load "
            "(--concurrency, --arrival-rate, --max-batch)"
        )
    under = {"max_batch_size" if name == "max_batch" else name: load[name] for name in load}
    found = ContinuousBatchingModel().solve(model, hardware, **settings, **under)
    verdicts = hold(
        limits,
        {
            "max_ttft": (found.ttft_seconds, "s"),
            "max_itl": (found.itl_seconds, "s"),
            "min_throughput": (found.throughput_tokens_per_sec, "token/s"),
        },
    )
    stack = settings["stack"] or optimized_stack().name
    asked = {"model": model, "hardware": hardware, **settings, "stack": stack, **load}
    shortage = "" if found.feasible else f"not one request fits: {'; '.join(found.notes)}"
    sections = _sections(found, asked, verdicts)
    return conclude(_document(found, asked), sections, form, shortage, verdicts)


def _document(found: BatchingResult, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Describe the answer for scripts."""
    return {
        **{
            {"seq_len": "input_len"}.get(name, name): value
            for name, value in asked.items()
            if value is not None
        },
        "feasible": found.feasible,
        "stable": found.stable,
        "ttft": measure(found.ttft_seconds, "s"),
        "itl": measure(found.itl_seconds, "s"),
        "end_to_end": measure(found.end_to_end_seconds, "s"),
        "requests_per_second": measure(found.requests_per_second, "1/s"),
        "peak_requests_per_second": measure(found.peak_requests_per_second, "1/s"),
        "throughput": measure(found.throughput_tokens_per_sec, "token/s"),
        "energy_per_token": measure(found.joules_per_token, "J/token", _NO_POWER),
        "running": measure(found.mean_active, "request"),
        "waiting": measure(found.mean_waiting, "request"),
        "most_running": found.max_active_requests,
        "utilization": measure(found.utilization, ""),
        "prefill_share": measure(found.prefill_share, ""),
        "cache": measure(found.paged_bytes, "byte"),
        "notes": list(found.notes),
    }


def _sections(
    found: BatchingResult, asked: Mapping[str, Any], verdicts: Sequence[Verdict]
) -> list[Section]:
    load = f"{asked['arrival_rate']:,g} requests a second, open" if "arrival_rate" in asked else ""
    rows = [
        ("load", load or f"{asked['concurrency']:,} clients in a closed loop"),
        ("requests", f"{asked['seq_len']:,} tokens in, {asked['output_len']:,} out"),
        ("layout", ", ".join(f"{name} {asked[name]}" for name in ("tp", "pp", "ep"))),
        ("precision", str(asked["precision"])),
        ("assumed", f"{asked['stack']} stack"),
    ]
    outcome, *rest = found.sections()
    heading = f"{asked['model']} on {asked['hardware']}"
    sections = [outcome._replace(heading=heading, rows=[*rows, *outcome.rows])]
    if verdicts:
        sections.append(verdict_section(verdicts))
    return [*sections, *rest]
