"""`mlsysim serve` for requests of one's own, played one by one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_solvers import Requests, SimulationModel, SimulationResult

from ..output._data import measure, save
from ..output._form import Format
from ._bounds import bound, hold, verdict_section
from ._conclusion import conclude

__all__ = ["answer"]

_HELD = 99
"""Percentile that the limits are held against."""
_NO_POWER = "the power of this hardware is unknown"


def answer(
    model: str,
    hardware: str,
    requests: Path,
    settings: dict[str, Any],
    foreign: list[str],
    trace: Path | None,
    limits: Mapping[str, str | None],
    form: Format,
) -> int:
    """Ask, write the answer, and return the exit status.

    ``foreign`` are options that were given and that requests of one's own do not know.
    """
    if foreign:
        flags = " and ".join(f"--{name.replace('_', '-')}" for name in foreign)
        raise InputError(f"{flags}: the requests of --requests are simulated without; leave it out")
    asked = Requests.read(requests)
    found = SimulationModel().solve(model, hardware, asked, record=trace is not None, **settings)
    if trace is not None:
        save(found.chrome_trace(), trace)
    verdicts = hold(
        limits,
        {
            "max_ttft": (found.percentiles["ttft"][_HELD], "s"),
            "max_itl": (found.percentiles["tpot"][_HELD], "s"),
            "min_throughput": (found.tokens_per_second, "token/s"),
        },
    )
    outcome, *rest = found.sections()
    held = [verdict_section(verdicts)._replace(heading=f"Constraints on P{_HELD}")]
    sections = [outcome, *(held if verdicts else ()), *rest]
    shortage = "" if found.served else f"not one request fits: {'; '.join(found.notes)}"
    return conclude(_document(found, limits), sections, form, shortage, verdicts)


def _document(found: SimulationResult, limits: Mapping[str, str | None]) -> dict[str, Any]:
    """Describe the answer for scripts."""
    names = {"max_ttft": "ttft", "max_itl": "tpot"}
    given = {
        short: bound(name, text, "s") for name, short in names.items() if (text := limits[name])
    }
    times = {
        name: {f"p{percent}": measure(seconds, "s") for percent, seconds in values.items()}
        for name, values in found.percentiles.items()
    }
    return {
        "model": found.model,
        "hardware": found.hardware,
        "devices": found.devices,
        "replicas": found.replicas,
        "policy": found.policy,
        "requests": found.requests,
        "served": found.served,
        "stable": found.stable,
        "duration": measure(found.seconds, "s"),
        "ttft": times["ttft"],
        "itl": times["tpot"],
        "end_to_end": times["end_to_end"],
        "attainment": found.attainment(**given),
        "requests_per_second": measure(found.requests_per_second, "1/s"),
        "throughput": measure(found.tokens_per_second, "token/s"),
        "utilization": measure(found.utilization, ""),
        "running": measure(found.mean_batch, "request"),
        "preempted": found.preempted,
        "power": measure(found.watts, "W", _NO_POWER),
        "energy_per_token": measure(found.joules_per_token, "J/token", _NO_POWER),
        "notes": list(found.notes),
    }
