"""`mlsysim optimize serving`: the best devices, layouts, formats and batches to serve by."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlsysim_core.errors import InputError
from mlsysim_core.explanation import brief_time
from mlsysim_core.quantities import brief
from mlsysim_solvers import ServingChoice, ServingOptimizer, ServingSearchResult

from .._ending import INFEASIBLE, VIOLATED
from ..output._data import as_csv, as_json, measure
from ..output._form import Format
from ..output._render import Section, for_people
from ..output._terminal import complain, write
from ._bounds import bound

__all__ = ["answer"]

_NO_PRICE = "the price of this hardware is unknown"
_NO_POWER = "the power of this hardware is unknown"
_LARGE = "does not fit"
_HEADER = (
    *("hardware", "format", "tp", "ep", "clients", "prompts", "TTFT", "ITL"),
    *("token/s, user", "token/s, device", "USD/Mtoken", "J/token"),
)


def answer(
    model: str,
    hardware: Sequence[str],
    settings: dict[str, Any],
    limits: Mapping[str, str | None],
    form: Format,
    top: int,
    *,
    pareto: bool,
) -> int:
    """Search, write the choices, and return the exit status."""
    given = {"max_ttft": "ttft_ms", "max_itl": "tpot_ms"}
    kept: dict[str, Any] = {
        given[name]: 1e3 * bound(name, text, "s")
        for name, text in limits.items()
        if text is not None
    }
    found = ServingOptimizer().solve(model, hardware, **settings, **kept)
    without = found if found.choices or not kept else None
    if without is None:
        without = ServingOptimizer().solve(model, hardware, **settings)
    mistakes = [why for _, why in found.refused if why != _LARGE]
    if not without.choices and mistakes and len(mistakes) == len(found.refused):
        raise InputError(mistakes[0])
    chosen = found.pareto if pareto else found.choices[:top]
    if form in {Format.TABLE, Format.MARKDOWN}:
        sections = _sections(model, found, chosen, pareto=pareto)
        text = for_people(sections, form)
    elif form is Format.CSV:
        text = as_csv(map(_record, chosen))
    else:
        text = as_json(_document(model, found, without, chosen))
    return write(text) or _status(model, found, without)


def _status(model: str, found: ServingSearchResult, without: ServingSearchResult) -> int:
    if found.choices:
        return 0
    if without.choices:
        complain("violated: nothing that fits keeps the limits of the first and the later tokens")
        return VIOLATED
    complain(f"{model} does not fit, in any layout, format and batch that was tried")
    return INFEASIBLE


def _document(
    model: str,
    found: ServingSearchResult,
    without: ServingSearchResult,
    chosen: Sequence[ServingChoice],
) -> dict[str, Any]:
    return {
        "model": model,
        "tried": found.tried,
        "feasible": bool(without.choices),
        "within_limits": len(found.choices),
        "choices": [_record(one) for one in chosen],
        "cheapest": None if found.cheapest is None else _record(found.cheapest),
        "refused": [{"what": what, "why": why} for what, why in found.refused],
    }


def _record(one: ServingChoice) -> dict[str, Any]:
    return {
        "hardware": one.hardware,
        "precision": one.precision,
        "tp": one.tp,
        "ep": one.ep,
        "concurrency": one.batch,
        "disaggregated": one.disaggregated,
        "prefill_hardware": one.prefill_hardware or None,
        "prefill_tp": one.prefill_tp or None,
        "prefill_devices": one.prefill_devices,
        "devices": one.devices,
        "ttft": measure(one.ttft_seconds, "s"),
        "itl": measure(one.itl_seconds, "s"),
        "throughput_per_user": measure(one.tokens_per_second_per_user, "token/s"),
        "throughput_per_device": measure(one.tokens_per_second_per_device, "token/s"),
        "cost_per_million_tokens": measure(one.dollars_per_million_tokens, "USD", _NO_PRICE),
        "energy_per_token": measure(one.joules_per_token, "J/token", _NO_POWER),
    }


def _sections(
    model: str, found: ServingSearchResult, chosen: Sequence[ServingChoice], *, pareto: bool
) -> list[Section]:
    rows = [_row(one) for one in chosen]
    what = "that nothing beats for a user and a device" if pareto else "with the most tokens"
    lines = [f"{len(found.choices):,} of {found.tried:,} tried fit and keep the limits"]
    if cheapest := found.cheapest:
        price = brief(cheapest.dollars_per_million_tokens or 0.0, "")
        where = f", prompts read by {_reader(cheapest)}" if cheapest.disaggregated else ""
        lines.append(
            f"cheapest: {cheapest.hardware} {cheapest.precision}{where}, "
            f"{price} USD for a million tokens"
        )
    refused = [f"{what}: {why}" for what, why in found.refused]
    table = Section(
        heading=f"{model}: choices {what}",
        header=_HEADER if rows else (),
        rows=rows,
        right=frozenset({2, 3, 4, 6, 7, 8, 9, 10, 11}),
        dispensable=(11, 3, 8, 10, 6, 7),
        lines=() if rows else ["none"],
    )
    sections = [table, Section(lines=lines)]
    if refused:
        sections.append(Section(heading="Left out", lines=refused))
    return sections


def _row(one: ServingChoice) -> tuple[str, ...]:
    price, joules = one.dollars_per_million_tokens, one.joules_per_token
    return (
        one.hardware,
        one.precision,
        str(one.tp),
        str(one.ep),
        f"{one.batch:,}",
        _reader(one) if one.disaggregated else "here",
        brief_time(one.ttft_seconds),
        brief_time(one.itl_seconds),
        brief(one.tokens_per_second_per_user, ""),
        brief(one.tokens_per_second_per_device, ""),
        "-" if price is None else brief(price, ""),
        "-" if joules is None else brief(joules, ""),
    )


def _reader(one: ServingChoice) -> str:
    return f"{one.prefill_devices:.2g} {one.prefill_hardware}"
